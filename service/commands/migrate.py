"""`rewards migrate`: bring the database up to date, or with `--check` say whether it is."""

import asyncio
from argparse import Namespace

from service.commands.ground import ground
from service.commands.speech import complain, say
from service.store.database.migrate import migrate, pending


def run(args: Namespace) -> int:
    """Apply what is missing; `--check` applies nothing and ends with 1 where something is missing."""
    with ground(args.data) as found:
        url = found.settings.migration_database_url
        if args.check:
            waiting = asyncio.run(pending(url))
            for name in waiting:
                say(f"missing: {name}")
            if waiting:
                complain("The database is not up to date. Run: rewards migrate")
                return 1
            say("The database is up to date.")
            return 0
        applied = asyncio.run(migrate(url))
        for name in applied:
            say(f"applied: {name}")
        say(f"The database is up to date; {len(applied)} migration(s) applied.")
    return 0
