"""Openings: what people bring along from another system, proposed by one manager and approved by another."""

from functools import partial
from typing import Any, Literal
from uuid import UUID

from msgspec import Struct

from schemas.openings import NewOpening, Opening
from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.access.persons import own_among
from service.flows.ledger.openings import (
    approve_opening,
    list_openings,
    propose_opening,
    refuse_opening,
    withdraw_opening,
)
from service.flows.people.participants import Called, read_names
from service.flows.perform import Act, Done
from service.flows.screens.openings import read_openings
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.download import amount_cell, as_csv
from service.web.pages.framework.forms import faults_of, person_of, word_of
from service.web.pages.framework.page import MANAGING, READING, SEEING, page
from service.web.pages.manage.shelf import amount_of

PATH = "/manage/openings"
SHOWN = 100
REASON_MAX = 1000


class OpeningsQuery(Struct, frozen=True):
    """Query parameters: the message of the operation just done."""

    done: Literal["proposed", "approved", "refused", "withdrawn"] | None = None


class Found(Struct, frozen=True):
    """Openings, those that wait first, and the names that their rows show."""

    items: tuple[Opening, ...]
    called: Called
    own: frozenset[UUID]
    """Whoever the one who looks at them is, by account and by key."""


@page("GET", PATH, who=READING)
async def listed(call: PageCall, asked: OpeningsQuery) -> Answer:
    """Show what was brought along, and a form for more."""
    return await _listed(call, asked.done)


@page("POST", PATH, who=MANAGING)
async def propose(call: PageCall) -> Answer:
    """Propose an opening."""
    person = await person_of(call, call.form.value("person"))
    if isinstance(person, Refused):
        return await _listed(call, None, person)
    amounts: dict[str, int] = {}
    for name in ("available", "paid_before", "paid_in_year"):
        if call.form.value(name):
            amount = amount_of(call, name)
            if isinstance(amount, Refused):
                return await _listed(call, None, amount)
            amounts[name] = amount
    new = call.form.read(NewOpening, participant=person.id, **amounts)
    if isinstance(new, Refused):
        return await _listed(call, None, new)
    done = await call.do(partial(propose_opening, new=new), call.form.once, Opening)
    return await _listed(call, None, done) if isinstance(done, Refused) else call.go(f"{PATH}?done=proposed")


@page("POST", PATH + "/{opening}/approve", who=MANAGING)
async def approve(call: PageCall, opening: UUID) -> Answer:
    """Enter into the books what somebody else proposed."""
    done = await call.do(partial(approve_opening, opening_id=opening))
    return await _listed(call, None, done) if isinstance(done, Refused) else call.go(f"{PATH}?done=approved")


@page("POST", PATH + "/{opening}/refuse", who=MANAGING)
async def refuse(call: PageCall, opening: UUID) -> Answer:
    """Leave out of the books what somebody else proposed."""
    reason = call.form.value("refusal")[:REASON_MAX] or None
    done = await call.do(partial(refuse_opening, opening_id=opening, reason=reason))
    return await _listed(call, None, done) if isinstance(done, Refused) else call.go(f"{PATH}?done=refused")


@page("POST", PATH + "/{opening}/withdraw", who=MANAGING)
async def withdraw(call: PageCall, opening: UUID) -> Answer:
    """Take an opening that was wrong out of the books."""
    reason = call.form.value("why")[:REASON_MAX]
    if not reason:
        return call.go(PATH)
    done = await call.do(partial(withdraw_opening, opening_id=opening, reason=reason))
    return await _listed(call, None, done) if isinstance(done, Refused) else call.go(f"{PATH}?done=withdrawn")


@page("GET", PATH + ".csv", who=SEEING)
async def file(call: PageCall) -> Answer:
    """Give every opening as a file."""
    purpose = call.voice.plain("manage.acc.for_openings")
    found = await call.do(partial(read_openings, purpose=purpose))
    if isinstance(found, Refused):
        return call.refuse(found)
    head: list[object] = ["reference", "code", "unit", "available", "paid_before", "paid_in_year", "as_of"]
    head += ["funding", "status", "reason", "proposed_at", "proposed_by", "settled_at", "settled_by"]
    rows: list[list[object]] = [
        [
            found.people[one.participant].reference,
            found.people[one.participant].display_code,
            one.unit,
            amount_cell(one.available, one.unit),
            amount_cell(one.paid_before, one.unit),
            amount_cell(one.paid_in_year, one.unit),
            one.as_of,
            one.funding,
            one.status,
            one.reason,
            one.proposed_at.isoformat(),
            found.acting.get(one.proposed_by),
            None if one.settled_at is None else one.settled_at.isoformat(),
            None if one.settled_by is None else found.acting.get(one.settled_by),
            one.refusal or one.withdrawal,
        ]
        for one in found.items
    ]
    whole = [[*head, "why_not"], *rows]
    return as_csv("openings.csv", whole, tells_of_people=True)


async def _read(act: Act) -> Done[Found] | Refused:
    waiting = await list_openings(act, Page(SHOWN), status="proposed")
    every = await list_openings(act, Page(SHOWN))
    if isinstance(waiting, Refused):
        return waiting
    if isinstance(every, Refused):
        return every
    others = (one for one in every.value.items if one.status != "proposed")
    items = (*waiting.value.items, *others)
    acting = {who for one in items for who in (one.proposed_by, one.settled_by, one.withdrawn_by) if who}
    called = await read_names(act, acting, [one.participant for one in items])
    names = called.value if isinstance(called, Done) else Called({}, {})
    return Done(Found(items, names, await own_among(act, acting)))


async def _listed(call: PageCall, done: str | None, refusal: Refused | None = None) -> Answer:
    found = await call.do(_read)
    if isinstance(found, Refused):
        return call.refuse(found)
    values: dict[str, Any] = {
        "found": found,
        "done": done,
        "faults": faults_of(call, refusal),
        "once": word_of(call),
    }
    return call.show_refused("manage/openings.html", refusal, **values)
