"""`rewards audit checkpoint`: signed checkpoints of the audit trails, to be kept elsewhere."""

from argparse import Namespace
from functools import partial

import msgspec
import uvloop

from schemas.checkpoints import Checkpoint, Checkpoints
from service.commands.failures import unknown_clinic
from service.commands.ground import open_database, ready
from service.commands.speech import Exit, say, say_json
from service.flows.perform import Done, perform
from service.flows.setup.clinics import operator
from service.flows.trail.checkpoints import make_checkpoint
from service.settings import Settings


def run(args: Namespace) -> int:
    """Make a checkpoint of each clinic that is served here, and write them to a file or to stdout."""
    with ready(args.data) as ground:
        made = uvloop.run(_made(ground.settings, args))
    if args.out is not None:
        # What stood there is not lost: an anchor is kept, and never written over.
        with args.out.open("xb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(made)) + b"\n")
    if args.json or args.out is None:
        say_json(made)
    else:
        say(f"{len(made.checkpoints)} checkpoint(s) are in {args.out}. Keep it where this database is not.")
    return Exit.DONE


async def _made(settings: Settings, args: Namespace) -> Checkpoints:
    database = await open_database(settings)
    made: list[Checkpoint] = []
    try:
        for clinic in [args.clinic] if args.clinic else await database.served_clinics():
            done = await perform(database, operator(clinic), partial(make_checkpoint, why="asked"))
            if not isinstance(done, Done):
                raise unknown_clinic(clinic)
            made.append(done.value)
    finally:
        await database.close()
    return Checkpoints(tuple(made))
