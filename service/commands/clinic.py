"""`rewards clinic create` and `rewards clinic list`: clinics with their names and time zones."""

import asyncio
from argparse import Namespace

from schemas.people import Clinic
from service.commands.failures import refusal
from service.commands.ground import open_database, ready
from service.commands.speech import Exit, say, say_json
from service.core.refusals import Refused
from service.flows.setup.clinics import create_clinic
from service.settings import Settings
from service.store import clinics


def create(args: Namespace) -> int:
    """Create the clinic and print its id."""
    with ready(args.data) as ground:
        clinic = asyncio.run(_create(ground.settings, args.name, args.timezone))
    if args.json:
        say_json({"id": clinic.id, "name": clinic.name, "timezone": clinic.timezone})
    else:
        say(f"{clinic.id}  {clinic.name}")
        say(f"Next: rewards key create --clinic {clinic.id} --role manager")
    return Exit.DONE


def show(args: Namespace) -> int:
    """List every clinic with its id, name and time zone, by name."""
    with ready(args.data) as ground:
        found = asyncio.run(_all(ground.settings))
    if args.json:
        say_json({"clinics": [{"id": one.id, "name": one.name, "timezone": one.timezone} for one in found]})
        return Exit.DONE
    for one in found:
        say(f"{one.id}  {one.name} ({one.timezone})")
    if not found:
        say("There is no clinic yet. Make one with: rewards clinic create")
    return Exit.DONE


async def _create(settings: Settings, name: str, zone: str) -> Clinic:
    database = await open_database(settings)
    try:
        made = await create_clinic(database, name, zone)
    finally:
        await database.close()
    if isinstance(made, Refused):
        raise refusal(made)
    return made.value


async def _all(settings: Settings) -> list[Clinic]:
    database = await open_database(settings)
    found: list[Clinic] = []
    try:
        for clinic in await database.clinics():
            async with database.transaction(clinic) as tx:
                one = await clinics.find(tx)
                found += [] if one is None else [one]
    finally:
        await database.close()
    return sorted(found, key=lambda one: (one.name, one.id))
