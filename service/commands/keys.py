"""`rewards keys rotate`: what is sealed under an old key of FIELD_KEYS is sealed under the first."""

import asyncio
from argparse import Namespace

from service.commands.ground import ready
from service.commands.speech import CommandError, Exit, say, say_json
from service.store.database.cipher import Cipher
from service.store.resealing import reseal


def rotate(args: Namespace) -> int:
    """Seal all values anew; raises CommandError where there is no old key, or values were left."""
    with ready(args.data, exact=True) as found:
        given = found.settings
        first, *old = given.field_keys
        if not old:
            detail = (
                "FIELD_KEYS holds one key. Put a new one before it, start the processes again, then rotate."
            )
            raise CommandError(Exit.USAGE, "no_old_key", detail)
        cipher = Cipher(given.field_keys, given.index_key, given.audit_key)

        def told(table: str, values: int) -> None:
            if not args.json:
                say(f"{table}: {values}")

        done = asyncio.run(reseal(given.migration_database_url, cipher, told))
    said = {"key": first.id, "sealed": done.done, "left": dict(done.left)}
    if done.left:
        names = ", ".join(f"{name} ({count})" for name, count in sorted(done.left.items()))
        detail = f"Values do not open, or break a rule, and were left: {names}. Keep the old key."
        raise CommandError(Exit.WRONG, "values_left", detail, said)
    if args.json:
        say_json(said)
    else:
        keys = ", ".join(one.id for one in old)
        say(f"{done.done} value(s) sealed under {first.id}. Nothing needs {keys} any more.")
    return Exit.DONE
