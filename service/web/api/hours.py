"""Hours attended by week, against those that the level of care asks for."""

from uuid import UUID

from msgspec import Struct

from schemas.events import Day
from schemas.hours import WeekHoursPage
from service.core.cursors import LIMIT, Page
from service.flows.visits.hours import list_hours
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.pagination import IdCursor, Limit
from service.web.http.route import READERS, route


class HoursQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which week is asked for, and of whom."""

    on: Day | None = None
    """A local day of the week; today where left out."""
    participant: UUID | None = None
    """Only this participant's."""
    limit: Limit = LIMIT
    cursor: IdCursor | None = None


@route("GET", "/v1/hours", "list_hours", roles=READERS, answer=WeekHoursPage, refusals=("not_found",))
async def find(call: Call, asked: HoursQuery) -> Answer:
    """List the hours attended in one week, of everybody in a program with sessions, against those asked for.

    Intensive outpatient care asks for nine hours a week of adults, and six of adolescents. What an event says
    of minutes counts; where it says none, the session is counted in `unnamed`.
    """
    page = Page(asked.limit, asked.cursor)
    return await call.perform(lambda act: list_hours(act, page, asked.on, asked.participant))
