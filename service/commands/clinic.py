"""`rewards clinic create`: a new clinic, with its name and time zone."""

import asyncio
from argparse import Namespace

from schemas.people import Clinic
from service.commands.ground import open_database, ready
from service.commands.speech import CommandError, say, say_json
from service.core.refusals import Refused
from service.flows.setup.clinics import create_clinic
from service.settings import Settings


def run(args: Namespace) -> int:
    """Create the clinic and print its id."""
    with ready(args.data) as ground:
        clinic = asyncio.run(_create(ground.settings, args.name, args.timezone))
    if args.json:
        say_json({"id": clinic.id, "name": clinic.name, "timezone": clinic.timezone})
    else:
        say(f"{clinic.id}  {clinic.name}")
        say(f"Next: rewards key create --clinic {clinic.id} --role manager")
    return 0


async def _create(settings: Settings, name: str, zone: str) -> Clinic:
    database = await open_database(settings)
    try:
        made = await create_clinic(database, name, zone)
    finally:
        await database.close()
    if isinstance(made, Refused):
        raise CommandError(made.detail)
    return made.value
