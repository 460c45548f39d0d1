"""One visit otherwise than the program lays it: moved, called off, or one more, each with why."""

from datetime import date
from functools import partial
from typing import Final, Literal, get_args
from uuid import UUID

from msgspec import Struct

from schemas.events import Day
from schemas.people import Participant
from schemas.program import Slug
from schemas.visits import NewVisitPlan, VisitReason
from service.core.refusals import Refused, refused
from service.flows.people.enrollments import read_enrollment
from service.flows.people.participants import read_participant
from service.flows.perform import Act, Done
from service.flows.programs.titles import Titles, read_titles
from service.flows.visits.plan_visits import plan_visit
from service.web.http.answers import Answer
from service.web.pages.desk import views
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import faults_of
from service.web.pages.framework.page import AT_DESK, page
from service.web.pages.framework.page_refusal import page_refusal

PATH: Final = "/desk/people/{person}/visits/{enrollment}"
REASONS: Final = tuple(one for one in get_args(VisitReason) if one != "scheduler")
"""The reasons that somebody at the desk gives; a scheduler's is its own."""
What = Literal["move", "call_off", "add"]


class PlanQuery(Struct, frozen=True):
    """Which visit: its target and the day on which it is expected; without a day it is one more."""

    target: Slug = ""
    due_on: Day | None = None
    back: Literal["week", "person"] = "person"


class PlanForm(Struct, frozen=True):
    """What becomes of the visit, and why."""

    target: Slug
    reason: VisitReason
    what: What
    due_on: Day | None = None
    day: Day | None = None
    back: Literal["week", "person"] = "person"


class _About(Struct, frozen=True):
    person: Participant
    titles: Titles


@page("GET", PATH, who=AT_DESK)
async def form(call: PageCall, person: UUID, enrollment: UUID, asked: PlanQuery) -> Answer:
    """Show the form."""
    return await _show(call, person, enrollment, asked)


@page("POST", PATH, who=AT_DESK)
async def plan(call: PageCall, person: UUID, enrollment: UUID) -> Answer:
    """Plan it, and go back to where it was asked for."""
    read = call.form.read(PlanForm)
    if isinstance(read, Refused):
        return await _again(call, person, enrollment, read)
    if read.what != "call_off" and read.day is None:
        return await _again(
            call, person, enrollment, page_refusal("invalid", "desk.plan.day_needed", "$.day")
        )
    day = None if read.what == "call_off" else read.day
    new = NewVisitPlan(read.target, read.reason, read.due_on, day)
    about = await call.do(partial(_about, person=person, enrollment=enrollment))
    if isinstance(about, Refused):
        return call.refuse(about)
    done = await call.do(partial(plan_visit, enrollment_id=enrollment, new=new))
    if isinstance(done, Refused):
        return await _again(call, person, enrollment, done)
    if read.back == "week":
        on = done.day or done.due_on
        return call.go(f"/desk/week?on={on}&planned={read.what}")
    return call.go(f"/desk/people/{person}?done={read.what}")


async def _again(call: PageCall, person: UUID, enrollment: UUID, refusal: Refused) -> Answer:
    """Show the form again as it was filled in."""
    before = call.form.read(PlanQuery)
    asked = PlanQuery() if isinstance(before, Refused) else before
    return await _show(call, person, enrollment, asked, refusal)


async def _about(act: Act, person: UUID, enrollment: UUID) -> Done[_About] | Refused:
    """Whose visit it is: an enrollment of somebody else's is not there."""
    known = await read_participant(act, person)
    if isinstance(known, Refused):
        return known
    found = await read_enrollment(act, enrollment)
    if isinstance(found, Refused):
        return found
    if found.value.participant != known.value.id:
        return refused("not_found.enrollment")
    return Done(_About(known.value, (await read_titles(act, [enrollment])).value))


async def _show(
    call: PageCall, person: UUID, enrollment: UUID, asked: PlanQuery, refusal: Refused | None = None
) -> Answer:
    about = await call.do(partial(_about, person=person, enrollment=enrollment))
    if isinstance(about, Refused):
        return call.refuse(about)
    today: date = views.now_local(call).date()
    faults = faults_of(call, refusal)
    return call.show_refused(
        "desk/plan_visit.html",
        refusal,
        about=about,
        enrollment=enrollment,
        asked=asked,
        today=today,
        reasons=REASONS,
        general=faults.pop("", None),
        faults=faults,
        titles=about.titles.targets[enrollment],
    )
