"""Sign-in codes for the demo: a new one for each participant at each start, since a code works once."""

from datetime import timedelta
from typing import Final

from service.core.actors import system
from service.core.words.refusals.catalog import in_english
from service.demo.clinic import DemoClinic, DemoError
from service.flows.access.codes import issue_code
from service.flows.perform import Act, Done, perform
from service.store.database.pool import Database

TERM: Final = timedelta(days=30)
"""How long a demo's code can be used: nobody stands at its desk to print another."""


async def issue_codes(database: Database, clinic: DemoClinic) -> list[str]:
    """Issue a code to each of the clinic's participants, in their order.

    Raises DemoError where one is refused.
    """

    async def operation(act: Act) -> Done[list[str]]:
        codes = []
        for person in clinic.participants:
            done = await issue_code(act, person.id, "printed", TERM)
            if not isinstance(done, Done):
                raise DemoError(in_english(done))
            codes.append(done.value.code)
        return Done(codes)

    issued = await perform(database, system(clinic.clinic), operation)
    if not isinstance(issued, Done):
        raise DemoError("no codes were issued")
    return issued.value
