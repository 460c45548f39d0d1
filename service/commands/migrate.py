"""`rewards migrate`: bring the database up to date, or with `--check` say whether it is."""

import asyncio
from argparse import Namespace

from service.commands.ground import ground, keyed
from service.commands.speech import CommandError, Exit, say, say_json
from service.settings import Settings
from service.store.database.logins import LoginError
from service.store.database.migrate import migrate, pending


def run(args: Namespace) -> int:
    """Apply what is missing; `--check` applies nothing and raises CommandError where something is missing."""
    with ground(args.data) as found:
        given = found.settings
        url = given.migration_database_url
        return _check(url, args) if args.check else _apply(given, args)


def _check(url: str, args: Namespace) -> int:
    waiting = asyncio.run(pending(url))
    if not args.json:
        for name in waiting:
            say(f"missing: {name}")
    if waiting:
        detail = "The database is not up to date. Run: rewards migrate"
        raise CommandError(Exit.PENDING, "migrations_pending", detail, {"pending": waiting})
    if args.json:
        say_json({"pending": []})
    else:
        say("The database is up to date.")
    return Exit.DONE


def _apply(given: Settings, args: Namespace) -> int:
    # A pooler passes the server's word on a wrong password on as another fault, and hides that one is needed.
    applied = asyncio.run(migrate(given.migration_database_url, given.database_direct_url))
    if not args.json:
        for name in applied:
            say(f"applied: {name}")
    try:
        chains = asyncio.run(keyed(given))
    except LoginError as why:
        raise CommandError(Exit.USAGE, "login_unfit", str(why), {"applied": applied}) from why
    if args.json:
        say_json({"applied": applied, "keyed": chains})
    else:
        say(f"The database is up to date; {len(applied)} migration(s) applied.")
    return Exit.DONE
