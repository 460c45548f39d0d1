"""`rewards staff create`: a member of staff, with a password that is shown once."""

import asyncio
from argparse import Namespace

import msgspec

from schemas.staff import CreatedStaff, NewStaff
from service.commands.ground import open_database, ready
from service.commands.performed import performed
from service.commands.speech import CommandError, Exit, say, say_json
from service.flows.access.staff import create_staff
from service.flows.setup.clinics import operator
from service.settings import Settings


def run(args: Namespace) -> int:
    """Create the member of staff and print how they sign in."""
    with ready(args.data) as ground:
        made = asyncio.run(_create(ground.settings, args))
    if args.json:
        say_json({"id": made.id, "email": made.email, "password": made.password})
    else:
        say(f"{made.email}  {made.password}")
        say(f"This password of {made.role} {made.id} is shown only now. They change it under /account.")
    return Exit.DONE


async def _create(settings: Settings, args: Namespace) -> CreatedStaff:
    try:
        new = msgspec.convert({"email": args.email, "role": args.role, "name": args.name}, NewStaff)
    except msgspec.ValidationError as why:
        detail = "This is not an address, or no name; write for example ana@clinic.org."
        raise CommandError(Exit.USAGE, "usage", detail) from why
    database = await open_database(settings)
    try:
        return await performed(database, operator(args.clinic), lambda act: create_staff(act, new))
    finally:
        await database.close()
