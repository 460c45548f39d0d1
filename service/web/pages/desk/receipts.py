"""A receipt for whoever came: what their visit earned and what they have, on a strip of 80 mm or a sheet.

It tells nobody who finds it what the visit was about: no name, no program, no behavior and no outcome.
"""

from functools import partial
from typing import Literal
from uuid import UUID

from msgspec import Struct

from schemas.receipts import Receipt
from service.core.calendar import local_day
from service.core.refusals import Refused, refused
from service.flows.access.clinic_phone import read_phone
from service.flows.people.participants import read_participant
from service.flows.perform import Act, Done
from service.flows.visits.read_events import read_event
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import AT_DESK, page

Paper = Literal["roll", "sheet"]
"""`roll`: a receipt printer's 80 mm; `sheet`: whatever the printer has."""


class PaperQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which paper it is printed on."""

    paper: Paper = "roll"


class _Read(Struct, frozen=True):
    """What a receipt is made of."""

    receipt: Receipt
    code: str
    phone: str | None


@page("GET", "/desk/people/{person}/receipts/{event}", who=AT_DESK)
async def show(call: PageCall, person: UUID, event: UUID, asked: PaperQuery) -> Answer:
    """Show the receipt of one visit, to be printed."""
    found = await call.do(partial(_read, person=person, event=event))
    if isinstance(found, Refused):
        return call.refuse(found)
    at = found.receipt.event.occurred_at
    return call.show(
        "desk/receipt.html",
        receipt=found.receipt,
        code=found.code,
        phone=found.phone,
        on=local_day(at, call.voice.zone),
        person=person,
        paper=asked.paper,
    )


async def _read(act: Act, person: UUID, event: UUID) -> Done[_Read] | Refused:
    """The event with its balances of now, of a person whom it is of, by whichever of their charts."""
    who = await read_participant(act, person)
    if isinstance(who, Refused):
        return who
    found = await read_event(act, event)
    if isinstance(found, Refused):
        return found
    of = await read_participant(act, found.value.event.participant)
    if isinstance(of, Refused) or of.value.id != who.value.id:
        return refused("not_found.event")
    phone = await read_phone(act)
    return Done(_Read(found.value, who.value.display_code, phone.value))
