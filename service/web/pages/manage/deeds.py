"""Who did what: a report by person, what is odd first; and when one person is not enough."""

from functools import partial
from typing import Any, Final, Literal
from uuid import UUID

from msgspec import Struct

from schemas.deeds import PersonDeedsReport
from schemas.people import Role
from schemas.second_looks import SecondPersonRules, SecondPersonRulesChange
from service.core.refusals import Refused
from service.flows.people.participants import Called, read_names
from service.flows.perform import Act, Done
from service.flows.screens.deeds import read_deeds, read_deeds_of
from service.flows.shelf.second_person_rules import read_rules, set_rules
from service.web.http.answers import Answer
from service.web.pages.editor.reading import money_in
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import day_in, faults_of
from service.web.pages.framework.page import MANAGING, SEEING, page
from service.web.pages.framework.page_refusal import page_refusal
from service.web.pages.manage.shelf import typed

PATH: Final = "/manage/reports/deeds"
COUNTS: Final = {"record_within_days": 3650, "enroll_within_days": 3650, "new_address_hours": 720}
"""The fields that hold a number of days or hours, each with the most that it may be."""
AMOUNTS: Final = (
    "recorded_usd_max", "recorded_points_max", "welcomed_usd_max", "welcomed_points_max", "given_usd_max",
    "given_points_max", "unseen_usd_max",
)  # fmt: skip  # table: fields of the form
DIGITS_MAX: Final = 4
ASKED: Final[tuple[Role, ...]] = ("front_desk", "clinician", "manager", "integration")


class DeedsQuery(Struct, frozen=True):
    """Which days, empty for the last four weeks; and the message of what was just done."""

    since: str = ""
    until: str = ""
    done: Literal["set"] | None = None


class DeedsOfOne(Struct, frozen=True):
    """What one person did, and what the people that it is about are called."""

    report: PersonDeedsReport
    called: Called


@page("GET", PATH, who=SEEING)
async def show(call: PageCall, asked: DeedsQuery) -> Answer:
    """Show who did what in some days."""
    return await _show(call, asked)


@page("GET", PATH + "/{actor}", who=SEEING)
async def one(call: PageCall, actor: UUID, asked: DeedsQuery) -> Answer:
    """Show what one person did in some days."""

    async def operation(act: Act) -> Done[DeedsOfOne] | Refused:
        read = await read_deeds_of(act, actor, day_in(asked.since), day_in(asked.until))
        if isinstance(read, Refused):
            return read
        called = await read_names(act, [], {each.participant for each in read.value.items})
        return Done(DeedsOfOne(read.value, called.value if isinstance(called, Done) else Called({}, {})))

    found = await call.do(operation)
    if isinstance(found, Refused):
        return call.refuse(found)
    return call.show("manage/deeds_of_one.html", found=found)


@page("POST", PATH + "/rules", who=MANAGING, asks_again=True)
async def rules(call: PageCall) -> Answer:
    """Set when one person is not enough."""
    asked = _typed(call)
    if isinstance(asked, Refused):
        return await _show(call, DeedsQuery(), asked)
    done = await call.do(partial(set_rules, new=asked))
    if isinstance(done, Refused):
        return await _show(call, DeedsQuery(), done)
    return call.go(f"{PATH}?done=set#rules")


def _typed(call: PageCall) -> SecondPersonRulesChange | Refused:
    """The rules as the form says them; an empty field sets no bound."""
    values: dict[str, Any] = {
        "roles": tuple(role for role in ASKED if call.form.value(f"role_{role}")),
        "overturn_own": bool(call.form.value("overturn_own")),
    }
    for name, most in COUNTS.items():
        text = call.form.value(name)
        if text and not (text.isascii() and text.isdigit() and len(text) <= DIGITS_MAX and int(text) <= most):
            said = "manage.deeds.unread_hours" if "hours" in name else "manage.deeds.unread_days"
            return page_refusal("invalid", said, f"$.{name}")
        values[name] = int(text) if text else None
    for name in AMOUNTS:
        text = call.form.value(name)
        try:
            values[name] = money_in(text, "usd" if "usd" in name else "points") if text else None
        except ValueError:
            return page_refusal("invalid", "manage.unread.money", f"$.{name}")
    return SecondPersonRulesChange(**values)


def _fields(known: SecondPersonRules) -> dict[str, str]:
    """The rules as the form's fields hold them."""
    amounts = {name: getattr(known, name) for name in AMOUNTS}
    counts = {name: getattr(known, name) for name in COUNTS}
    return {
        **{name: "" if value is None else str(value) for name, value in counts.items()},
        **{
            name: "" if value is None else typed(value, "usd" if "usd" in name else "points")
            for name, value in amounts.items()
        },
    }


async def _show(call: PageCall, asked: DeedsQuery, refusal: Refused | None = None) -> Answer:
    report = await call.do(partial(read_deeds, since=day_in(asked.since), until=day_in(asked.until)))
    known = await call.do(read_rules)
    if isinstance(report, Refused):
        refusal = refusal or report
        report = await call.do(partial(read_deeds, since=None, until=None))
    if isinstance(report, Refused):
        return call.refuse(report)
    if isinstance(known, Refused):
        return call.refuse(known)
    return call.show_refused(
        "manage/deeds.html",
        refusal,
        report=report,
        done=asked.done,
        known=known,
        is_own=known.set_by is not None and known.set_by == call.actor.id,
        fields=_fields(known),
        asked_roles=ASKED,
        faults=faults_of(call, refusal),
    )
