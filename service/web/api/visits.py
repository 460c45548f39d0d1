"""Expected visits: the clinic's list of a day, and those of one enrollment."""

from uuid import UUID

from msgspec import Struct

from schemas.events import Day
from schemas.visits import EnrollmentVisits, NewVisitPlan, PlannedVisit, VisitPage
from service.core.cursors import LIMIT, Page
from service.flows.visits.plan_visits import plan_visit
from service.flows.visits.visits import list_visits, read_visits
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.pagination import Limit, PlaceCursor
from service.web.http.route import DESK, READERS, route


class VisitsQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which local day is asked for; today where it is left out."""

    day: Day | None = None
    """The local day; today where left out."""
    limit: Limit = LIMIT
    cursor: PlaceCursor | None = None


class DaysQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """From which local day to which, both included; from the start day on where they are left out."""

    since: Day | None = None
    """First local day; the start day where left out."""
    until: Day | None = None
    """Last local day, included."""


@route("GET", "/v1/visits", "list_visits", roles=READERS, answer=VisitPage)
async def find(call: Call, asked: VisitsQuery) -> Answer:
    """List who is expected on a day, who came, and who was missed.

    Whoever came without being expected that day is listed with `due_on` null. A page may be short and still
    lead on to the next.
    """
    return await call.perform(lambda act: list_visits(act, Page(asked.limit, asked.cursor), asked.day))


@route(
    "GET",
    "/v1/enrollments/{enrollment}/visits",
    "list_enrollment_visits",
    roles=READERS,
    answer=EnrollmentVisits,
    refusals=("not_found", "invalid"),
)
async def of_enrollment(call: Call, enrollment: UUID, asked: DaysQuery) -> Answer:
    """List the visits of an enrollment, past and ahead; at most 366 days at once."""
    return await call.perform(lambda act: read_visits(act, enrollment, since=asked.since, until=asked.until))


@route(
    "POST",
    "/v1/enrollments/{enrollment}/planned-visits",
    "plan_visit",
    roles=DESK,
    answer=PlannedVisit,
    statuses=(201,),
    refusals=("not_found", "invalid", "unknown_target"),
)
async def plan(call: Call, enrollment: UUID, body: NewVisitPlan) -> Answer:
    """Move a single visit to another day, call it off, or expect one more.

    A visit that is called off is not missed. One that somebody came to, or whose time is over, stays as it
    is.
    """
    return await call.perform(lambda act: plan_visit(act, enrollment, body))
