"""`rewards audit pack`: one archive for an auditor, who can work it out again without this service."""

from argparse import Namespace
from pathlib import Path
from typing import IO

import msgspec
import uvloop

from schemas.packs import PackMade, PackScope
from service.commands.failures import refusal, unknown_clinic
from service.commands.ground import open_database, ready
from service.commands.speech import CommandError, Exit, say, say_json
from service.core.refusals import Refused
from service.flows.setup.clinics import operator
from service.flows.trail.packs import make_pack
from service.settings import Settings


def run(args: Namespace) -> int:
    """Write the pack into a new file, which is taken away again where nothing could be packed."""
    path: Path = args.file
    try:
        with path.open("xb") as file, ready(args.data) as ground:
            made = uvloop.run(_made(ground.settings, args, file))
    except FileExistsError as error:
        detail = f"{path} is there already, and no pack is written over another file. Name a new one."
        raise CommandError(Exit.USAGE, "file_unusable", detail) from error
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    if args.json:
        say_json({"file": str(path), **msgspec.to_builtins(made)})
        return Exit.DONE
    say(f"{path}: {made.enrollments} enrollment(s) of {made.people} chart(s).")
    say("Whoever gets it unpacks it and runs `python3 check.py`. Give them this key by another way:")
    say(made.public_key)
    say("It is protected by 42 CFR part 2; keep it so.")
    return Exit.DONE


async def _made(settings: Settings, args: Namespace, file: IO[bytes]) -> PackMade:
    database = await open_database(settings)
    try:
        if args.clinic not in await database.clinics():
            raise unknown_clinic(args.clinic)
        scope = PackScope(args.participant, args.program, args.since, args.until, args.names, args.recipient)
        done = await make_pack(database, operator(args.clinic), scope, file)
    finally:
        await database.close()
    if isinstance(done, Refused):
        raise refusal(done)
    return done.value
