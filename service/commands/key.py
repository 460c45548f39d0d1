"""`rewards key create`: a key for one clinic with one role, shown once."""

import asyncio
from argparse import Namespace

from schemas.people import IssuedKey, NewKey
from service.commands.failures import refusal, unknown_clinic
from service.commands.ground import open_database, ready
from service.commands.speech import Exit, say, say_json
from service.core.refusals import Refused
from service.flows.access.keys import issue_key
from service.flows.perform import Again, perform
from service.flows.setup.clinics import operator
from service.settings import Settings


def run(args: Namespace) -> int:
    """Issue the key and print it."""
    with ready(args.data) as ground:
        issued = asyncio.run(_issue(ground.settings, args))
    if args.json:
        say_json({"id": issued.id, "key": issued.key})
    else:
        say(issued.key)
        say(f"This key of role {issued.role} is shown only now. Its id is {issued.id}.")
    return Exit.DONE


async def _issue(settings: Settings, args: Namespace) -> IssuedKey:
    database = await open_database(settings)
    try:
        new = NewKey(args.role, args.label)
        made = await perform(database, operator(args.clinic), lambda act: issue_key(act, new))
    finally:
        await database.close()
    match made:
        case Refused(code="not_found"):
            raise unknown_clinic(args.clinic)
        case Refused():
            raise refusal(made)
        case Again():
            raise AssertionError("a request without an idempotency key is never answered again")
        case _:
            return made.value
