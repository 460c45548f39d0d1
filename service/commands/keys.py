"""`rewards keys rotate`: what is under a key of before comes under the present one, while processes serve."""

import asyncio
from argparse import Namespace
from collections.abc import Callable

import uvloop

from service.commands.ground import open_database, ready
from service.commands.speech import CommandError, Exit, say, say_json
from service.flows.trail.rekeying import rekey_chains
from service.settings import Settings
from service.store.database.cipher import Cipher
from service.store.resealing import Resealed, reseal

Told = Callable[[str], None]


def rotate(args: Namespace) -> int:
    """Seal all values anew, and note the new key in every audit chain.

    Raises CommandError where there is no key of before, or values were left.
    """
    with ready(args.data, exact=True) as found:
        given = found.settings
        first, *old = given.field_keys
        if not old and given.audit_key_other is None:
            detail = (
                "FIELD_KEYS holds one key, and there is no AUDIT_KEY_OTHER. Put a new key before the old "
                "one, or give both audit keys, start the processes again, then rotate."
            )
            raise CommandError(Exit.USAGE, "no_old_key", detail)

        def told(line: str) -> None:
            if not args.json:
                say(line)

        chains = None if given.audit_key_other is None else uvloop.run(_rekeyed(given, told))
        done = asyncio.run(_resealed(given, told)) if old else Resealed()
    said = {"key": first.id, "sealed": done.done, "left": dict(done.left), "chains": chains or 0}
    if done.left:
        names = ", ".join(f"{name} ({count})" for name, count in sorted(done.left.items()))
        detail = f"Values do not open, or break a rule, and were left: {names}. Keep the old key."
        raise CommandError(Exit.WRONG, "values_left", detail, said)
    if args.json:
        say_json(said)
        return Exit.DONE
    if old:
        keys = ", ".join(one.id for one in old)
        say(f"{done.done} value(s) sealed under {first.id}. Nothing needs {keys} any more.")
    if chains is not None:
        say(f"{chains} audit chain(s) came under AUDIT_KEY. Nothing needs AUDIT_KEY_OTHER any more.")
    return Exit.DONE


async def _resealed(given: Settings, told: Told) -> Resealed:
    cipher = Cipher(given.field_keys, given.index_key, given.audit_key, given.audit_key_other)
    return await reseal(
        given.migration_database_url, cipher, lambda table, values: told(f"{table}: {values}")
    )


async def _rekeyed(given: Settings, told: Told) -> int:
    database = await open_database(given)
    try:
        return await rekey_chains(database, lambda place, of: told(f"audit chains: {place} of {of}"))
    finally:
        await database.close()
