"""Approvals: what one person proposed and another must look at, and a form to propose."""

from functools import partial
from typing import Any, Literal
from uuid import UUID

from msgspec import Struct

from schemas.proposals import ManualAward, NewManualAward, WriteOff
from schemas.redemption_changes import NewSecondPersonLimit, RedemptionChange, SecondPersonLimit
from schemas.shelf import RewardName
from service.core.cursors import Page
from service.core.refusals import Refused
from service.core.shelf import called as shelf_name
from service.flows.access.persons import own_among
from service.flows.ledger.manual_awards import (
    approve_manual_award,
    list_manual_awards,
    propose_manual_award,
    refuse_manual_award,
)
from service.flows.ledger.openings import list_openings
from service.flows.people.participants import Called, read_names
from service.flows.perform import Act, Done
from service.flows.shelf.redemption_changes import (
    approve_redemption_change,
    list_redemption_changes,
    refuse_redemption_change,
)
from service.flows.shelf.rewards import list_rewards
from service.flows.shelf.second_person_limits import list_second_person_limits, set_second_person_limit
from service.flows.shelf.write_offs import approve_write_off, list_write_offs, refuse_write_off
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import faults_of, person_of, word_of
from service.web.pages.framework.page import CLINICAL, MANAGING, READING, page
from service.web.pages.manage.shelf import amount_of

PATH = "/manage/approvals"
WAITING_MAX = 100
SETTLED_MAX = 10
SHELF_MAX = 1000
REASON_MAX = 1000


class ApprovalsQuery(Struct, frozen=True):
    """Query parameters: the message of the operation just done."""

    done: Literal["proposed", "approved", "refused", "limited"] | None = None


class Waiting(Struct, frozen=True):
    """Proposals that wait, those settled lately, and the names that their rows show."""

    awards: tuple[ManualAward, ...]
    write_offs: tuple[WriteOff, ...]
    changes: tuple[RedemptionChange, ...]
    openings: int
    limits: tuple[SecondPersonLimit, ...]
    settled: tuple[ManualAward, ...]
    called: Called
    rewards: dict[UUID, RewardName | str]
    own: frozenset[UUID]
    """Whoever the one who looks at them is, by account and by key."""


@page("GET", PATH, who=READING)
async def listed(call: PageCall, asked: ApprovalsQuery) -> Answer:
    """Show what waits for a second person."""
    return await _listed(call, asked.done)


@page("POST", PATH, who=CLINICAL)
async def propose(call: PageCall) -> Answer:
    """Propose a manual award."""
    person = await person_of(call, call.form.value("person"))
    if isinstance(person, Refused):
        return await _listed(call, None, person)
    amount = amount_of(call, "amount")
    if isinstance(amount, Refused):
        return await _listed(call, None, amount)
    new = call.form.read(NewManualAward, participant=person.id, amount=amount)
    if isinstance(new, Refused):
        return await _listed(call, None, new)
    done = await call.do(partial(propose_manual_award, new=new), call.form.once, ManualAward)
    if isinstance(done, Refused):
        return await _listed(call, None, done)
    return call.go(f"{PATH}?done=proposed")


@page("POST", PATH + "/awards/{award}/approve", who=MANAGING)
async def approve_award(call: PageCall, award: UUID) -> Answer:
    """Pay what somebody else proposed."""
    done = await call.do(partial(approve_manual_award, manual_award=award))
    return await _listed(call, None, done) if isinstance(done, Refused) else call.go(f"{PATH}?done=approved")


@page("POST", PATH + "/awards/{award}/refuse", who=MANAGING)
async def refuse_award(call: PageCall, award: UUID) -> Answer:
    """Leave unpaid what somebody else proposed."""
    reason = call.form.value("refusal")[:REASON_MAX] or None
    done = await call.do(partial(refuse_manual_award, manual_award=award, reason=reason))
    return await _listed(call, None, done) if isinstance(done, Refused) else call.go(f"{PATH}?done=refused")


@page("POST", PATH + "/changes/{change}/approve", who=MANAGING)
async def approve_change(call: PageCall, change: UUID) -> Answer:
    """Replace or take back what somebody else proposed."""
    done = await call.do(partial(approve_redemption_change, change_id=change))
    return await _listed(call, None, done) if isinstance(done, Refused) else call.go(f"{PATH}?done=approved")


@page("POST", PATH + "/changes/{change}/refuse", who=MANAGING)
async def refuse_change(call: PageCall, change: UUID) -> Answer:
    """Leave the reward as it was given."""
    reason = call.form.value("refusal")[:REASON_MAX] or None
    done = await call.do(partial(refuse_redemption_change, change_id=change, reason=reason))
    return await _listed(call, None, done) if isinstance(done, Refused) else call.go(f"{PATH}?done=refused")


@page("POST", PATH + "/limit", who=MANAGING, asks_again=True)
async def limit(call: PageCall) -> Answer:
    """Set how much one person may replace or take back alone."""
    amount = amount_of(call, "limit")
    if isinstance(amount, Refused):
        return await _listed(call, None, amount)
    new = call.form.read(NewSecondPersonLimit, amount=amount)
    if isinstance(new, Refused):
        return await _listed(call, None, new)
    done = await call.do(partial(set_second_person_limit, new=new))
    return await _listed(call, None, done) if isinstance(done, Refused) else call.go(f"{PATH}?done=limited")


@page("POST", PATH + "/write-offs/{write_off}/approve", who=MANAGING)
async def approve_pieces(call: PageCall, write_off: UUID) -> Answer:
    """Take the pieces out of the stock."""
    done = await call.do(partial(approve_write_off, write_off=write_off))
    return await _listed(call, None, done) if isinstance(done, Refused) else call.go(f"{PATH}?done=approved")


@page("POST", PATH + "/write-offs/{write_off}/refuse", who=MANAGING)
async def refuse_pieces(call: PageCall, write_off: UUID) -> Answer:
    """Leave the stock as it is."""
    reason = call.form.value("refusal")[:REASON_MAX] or None
    done = await call.do(partial(refuse_write_off, write_off=write_off, reason=reason))
    return await _listed(call, None, done) if isinstance(done, Refused) else call.go(f"{PATH}?done=refused")


async def _waiting(act: Act) -> Done[Waiting] | Refused:
    awards = await list_manual_awards(act, Page(WAITING_MAX), status="proposed")
    every = await list_manual_awards(act, Page(SETTLED_MAX * 2))
    pieces = await list_write_offs(act, Page(WAITING_MAX), status="proposed")
    rewards = await list_rewards(act, Page(SHELF_MAX))
    changes = await list_redemption_changes(act, Page(WAITING_MAX), status="proposed")
    openings = await list_openings(act, Page(WAITING_MAX), status="proposed")
    for found in (awards, every, pieces, rewards, changes, openings):
        if isinstance(found, Refused):
            return found
    assert isinstance(awards, Done)  # noqa: S101 -- the loop above returned every refusal
    assert isinstance(every, Done)  # noqa: S101 -- the same
    assert isinstance(pieces, Done)  # noqa: S101 -- the same
    assert isinstance(rewards, Done)  # noqa: S101 -- the same
    assert isinstance(changes, Done)  # noqa: S101 -- the same
    assert isinstance(openings, Done)  # noqa: S101 -- the same
    settled = tuple(one for one in every.value.items if one.status != "proposed")[:SETTLED_MAX]
    shown = (*awards.value.items, *settled)
    acting = {one.proposed_by for one in shown} | {one.proposed_by for one in pieces.value.items}
    acting |= {one.settled_by for one in settled if one.settled_by is not None}
    acting |= {who for one in changes.value.items for who in (one.proposed_by, one.given_by)}
    people = [*(one.participant for one in shown), *(one.participant for one in changes.value.items)]
    called = await read_names(act, acting, people)
    names = called.value if isinstance(called, Done) else Called({}, {})
    shelf = {one.id: shelf_name(one) for one in rewards.value.items}
    limits = (await list_second_person_limits(act)).value.items
    return Done(
        Waiting(
            awards.value.items,
            pieces.value.items,
            changes.value.items,
            len(openings.value.items),
            limits,
            settled,
            names,
            shelf,
            await own_among(act, acting),
        )
    )


async def _listed(call: PageCall, done: str | None, refusal: Refused | None = None) -> Answer:
    found = await call.do(_waiting)
    if isinstance(found, Refused):
        return call.refuse(found)
    values: dict[str, Any] = {
        "found": found,
        "done": done,
        "faults": faults_of(call, refusal),
        "once": word_of(call),
    }
    return call.show_refused("manage/approvals.html", refusal, **values)
