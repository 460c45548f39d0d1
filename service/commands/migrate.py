"""`rewards migrate`: bring the database up to date, or with `--check` say whether it is."""

import asyncio
from argparse import Namespace

from service.commands.ground import ground
from service.commands.speech import CommandError, Exit, say, say_json
from service.store.database.migrate import migrate, pending


def run(args: Namespace) -> int:
    """Apply what is missing; `--check` applies nothing and raises CommandError where something is missing."""
    with ground(args.data) as found:
        given = found.settings
        url = given.migration_database_url
        return _check(url, args) if args.check else _apply(url, given.database_url, args)


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


def _apply(url: str, service_url: str, args: Namespace) -> int:
    applied = asyncio.run(migrate(url, service_url))
    if args.json:
        say_json({"applied": applied})
        return Exit.DONE
    for name in applied:
        say(f"applied: {name}")
    say(f"The database is up to date; {len(applied)} migration(s) applied.")
    return Exit.DONE
