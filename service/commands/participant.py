"""`rewards participant export` and `erase`: a person's whole record, and erasing who they are."""

import asyncio
import sys
from argparse import Namespace
from collections.abc import Awaitable, Callable
from typing import TypeVar

from schemas.erasures import Erasure, NewErasure
from service.commands.failures import refusal
from service.commands.ground import open_database, ready
from service.commands.performed import performed
from service.commands.speech import CommandError, Exit, say, say_json
from service.core.actors import Actor
from service.core.refusals import Refused, refused
from service.flows.people.erasures import propose_erasure
from service.flows.people.whole_record import WholeRecord, read_whole_record
from service.flows.perform import Act, Done
from service.flows.setup.clinics import operator
from service.settings import Settings
from service.store import staff

T = TypeVar("T")


def export(args: Namespace) -> int:
    """Write everything that is held of a person, line by line or in words."""
    with ready(args.data) as ground:
        record: WholeRecord = asyncio.run(
            _done(ground.settings, args, lambda act: read_whole_record(act, args.participant))
        )
    body = record.words.encode() if args.words else record.ndjson
    if args.out is None:
        sys.stdout.buffer.write(body)
        sys.stdout.flush()
        return Exit.DONE
    try:
        args.out.write_bytes(body)
    except OSError as error:
        detail = f"{args.out} cannot be written ({error.strerror}); name another place."
        raise CommandError(Exit.USAGE, "usage", detail) from error
    if args.json:
        say_json({"participant": args.participant, "out": str(args.out), "bytes": len(body)})
    else:
        say(f"{args.out}: {len(body)} bytes. It is protected by 42 CFR part 2; keep it so.")
    return Exit.DONE


def erase(args: Namespace) -> int:
    """Show what an erasure takes, and with `--by` propose it for a manager; another approves it on a page."""
    new = NewErasure(args.reason, dry_run=args.by is None)
    with ready(args.data) as ground:
        keep = ground.settings.retention_days
        made: Erasure = asyncio.run(
            _done(ground.settings, args, lambda act: propose_erasure(act, args.participant, new, keep))
        )
    if args.json:
        erases = {one.place: one.count for one in made.erases}
        say_json(
            {
                "id": made.id if args.by is not None else None,
                "participant": made.participant,
                "erases": erases,
            }
        )
        return Exit.DONE
    for one in made.erases:
        say(f"{one.count:6}  {one.place}")
    if args.by is not None:
        say(f"Proposed as {made.id}. A manager approves it under Manage, Records; nothing is erased before.")
    else:
        say("This is what would go, for good. To propose it, name a manager with --by.")
    return Exit.DONE


async def _done(
    settings: Settings, args: Namespace, operation: Callable[[Act], Awaitable[Done[T] | Refused]]
) -> T:
    database = await open_database(settings)
    try:
        actor = operator(args.clinic)
        if args.by is not None:
            async with database.transaction(args.clinic) as tx:
                known = await staff.find_by_email(tx, args.by)
            if known is None or known.staff.role != "manager":
                raise refusal(refused("not_found.staff_address", email=args.by))
            actor = Actor(args.clinic, known.staff.id, "manager")
        return await performed(database, actor, operation)
    finally:
        await database.close()
