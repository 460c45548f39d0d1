"""Caps over all programs, who came near them, what a point is worth, and the tax office's thresholds."""

from functools import partial
from typing import Any, Literal
from uuid import UUID

from msgspec import Struct

from schemas.caps import CapWarning, ClinicCap, EndCap, NewCap, NewTaxThreshold, TaxThreshold
from schemas.events import Day
from schemas.people import Text
from schemas.worth import Cents, NewPointsWorth, PointsWorth
from service.core.calendar import local_day
from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.ledger.caps import (
    Fullness,
    end_cap,
    list_caps,
    list_fullness,
    list_warnings,
    read_cap,
    set_cap,
)
from service.flows.ledger.points_worth import list_points_worth, state_points_worth
from service.flows.ledger.tax import list_thresholds, set_tax_threshold
from service.flows.people.participants import Called, read_names
from service.flows.perform import Act, Done
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import faults_of, word_of
from service.web.pages.framework.page import MANAGING, READING, page
from service.web.pages.manage.shelf import amount_of

PATH = "/manage/caps"
CAPS_MAX = 200
WARNINGS_MAX = 200


class CapsQuery(Struct, frozen=True):
    """Query parameters: the message of the operation just done."""

    done: Literal["set", "ended", "threshold", "worth"] | None = None


class Listed(Struct, frozen=True):
    """Every cap, what points were said to be worth, and from which year on how much is to be reported."""

    caps: tuple[ClinicCap, ...]
    worths: tuple[PointsWorth, ...]
    thresholds: tuple[TaxThreshold, ...]
    full: dict[UUID, Fullness]


class PointsWorthForm(Struct, frozen=True):
    """What a point is worth, as the form's fields say it beside those of a cap."""

    cents: Cents
    worth_from: Day | None = None
    worth_reason: Text | None = None


class Watched(Struct, frozen=True):
    """One cap with who came near it."""

    cap: ClinicCap
    warnings: tuple[CapWarning, ...]
    called: Called


@page("GET", PATH, who=READING)
async def listed(call: PageCall, asked: CapsQuery) -> Answer:
    """Show the caps and the thresholds."""
    return await _listed(call, asked.done)


@page("POST", PATH, who=MANAGING)
async def add(call: PageCall) -> Answer:
    """Set a cap."""
    amount = amount_of(call, "amount")
    if isinstance(amount, Refused):
        return await _listed(call, None, amount)
    new = call.form.read(NewCap, amount=amount)
    if isinstance(new, Refused):
        return await _listed(call, None, new)
    operation = partial(set_cap, new=new)
    done = await call.do(operation, call.form.once, ClinicCap)
    return await _listed(call, None, done) if isinstance(done, Refused) else call.go(f"{PATH}?done=set")


@page("POST", PATH + "/{cap}/end", who=MANAGING)
async def end(call: PageCall, cap: UUID) -> Answer:
    """Set a cap's last day."""
    wanted = call.form.read(EndCap)
    if isinstance(wanted, Refused):
        return await _shown(call, cap, wanted)
    done = await call.do(partial(end_cap, cap_id=cap, end=wanted))
    return await _shown(call, cap, done) if isinstance(done, Refused) else call.go(f"{PATH}?done=ended")


@page("GET", PATH + "/{cap}", who=READING)
async def show(call: PageCall, cap: UUID) -> Answer:
    """Show who came to a cap, or near it."""
    return await _shown(call, cap)


@page("POST", PATH + "/thresholds", who=MANAGING)
async def threshold(call: PageCall) -> Answer:
    """Set from which year on how much is to be reported."""
    amount = amount_of(call, "tax_amount")
    new = amount if isinstance(amount, Refused) else call.form.read(NewTaxThreshold, amount=amount)
    if isinstance(new, Refused):
        return await _listed(call, None, new)
    done = await call.do(partial(set_tax_threshold, new=new), call.form.once, TaxThreshold)
    return await _listed(call, None, done) if isinstance(done, Refused) else call.go(f"{PATH}?done=threshold")


@page("POST", PATH + "/worth", who=MANAGING)
async def worth(call: PageCall) -> Answer:
    """Set what a point is worth from a day on."""
    form = call.form.read(PointsWorthForm)
    if isinstance(form, Refused):
        return await _listed(call, None, form)
    new = NewPointsWorth(form.cents, starts_on=form.worth_from, reason=form.worth_reason or None)
    done = await call.do(partial(state_points_worth, new=new), call.form.once, PointsWorth)
    return await _listed(call, None, done) if isinstance(done, Refused) else call.go(f"{PATH}?done=worth")


async def _listed(call: PageCall, done: str | None, refusal: Refused | None = None) -> Answer:
    async def operation(act: Act) -> Done[Listed] | Refused:
        caps = await list_caps(act, Page(CAPS_MAX))
        if isinstance(caps, Refused):
            return caps
        worths = await list_points_worth(act, Page(CAPS_MAX))
        if isinstance(worths, Refused):
            return worths
        is_tax = act.actor.role in {"manager", "auditor"}
        years = await list_thresholds(act, Page(CAPS_MAX)) if is_tax else None
        full = await list_fullness(act, caps.value.items, local_day(call.now, call.voice.zone))
        shown = years.value.items if isinstance(years, Done) else ()
        return Done(Listed(caps.value.items, worths.value.items, shown, full.value))

    found = await call.do(operation)
    if isinstance(found, Refused):
        return call.refuse(found)
    values: dict[str, Any] = {
        "found": found,
        "done": done,
        "faults": faults_of(call, refusal),
        "once": word_of(call),
        "today": local_day(call.now, call.voice.zone),
    }
    return call.show_refused("manage/caps.html", refusal, **values)


async def _shown(call: PageCall, cap: UUID, refusal: Refused | None = None) -> Answer:
    async def operation(act: Act) -> Done[Watched] | Refused:
        known = await read_cap(act, cap)
        if isinstance(known, Refused):
            return known
        near = await list_warnings(act, cap, Page(WARNINGS_MAX))
        if isinstance(near, Refused):
            return near
        called = await read_names(act, (), [one.participant for one in near.value.items])
        names = called.value if isinstance(called, Done) else Called({}, {})
        return Done(Watched(known.value, near.value.items, names))

    found = await call.do(operation)
    if isinstance(found, Refused):
        return call.refuse(found)
    values: dict[str, Any] = {
        "found": found,
        "faults": faults_of(call, refusal),
        "today": local_day(call.now, call.voice.zone),
    }
    return call.show_refused("manage/cap.html", refusal, **values)
