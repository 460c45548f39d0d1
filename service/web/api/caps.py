"""Caps of the clinic and of funders: set with dates, ended, and what was reached of them."""

from uuid import UUID

from msgspec import Struct

from schemas.caps import CapWarningPage, ClinicCap, ClinicCapPage, EndCap, NewCap
from schemas.events import Day
from service.core.cursors import LIMIT, Page
from service.flows.ledger.caps import end_cap, list_caps, list_warnings, read_cap, set_cap
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.pagination import IdCursor, Limit, PageQuery
from service.web.http.route import MANAGERS, READERS, route


class CapsQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which caps are asked for: with `on`, those that are in force on that day."""

    on: Day | None = None
    """Only those in force on this local day."""
    limit: Limit = LIMIT
    cursor: IdCursor | None = None


@route("POST", "/v1/caps", "add_cap", roles=MANAGERS, answer=ClinicCap, statuses=(201,))
async def add(call: Call, body: NewCap) -> Answer:
    """Set a cap: the most that a participant is credited in a calendar period, over all programs.

    It binds what is posted from now on for days that it is in force; what it leaves no room for is withheld,
    with the reason, and is not owed.
    """
    return await call.perform(lambda act: set_cap(act, body), lambda made: f"/v1/caps/{made.id}")


@route("GET", "/v1/caps", "list_caps", roles=READERS, answer=ClinicCapPage)
async def find(call: Call, asked: CapsQuery) -> Answer:
    """List the caps, newest first."""
    page = Page(asked.limit, asked.cursor)
    return await call.perform(lambda act: list_caps(act, page, asked.on))


@route("GET", "/v1/caps/{cap}", "read_cap", roles=READERS, answer=ClinicCap, refusals=("not_found",))
async def read(call: Call, cap: UUID) -> Answer:
    """Read a cap."""
    return await call.perform(lambda act: read_cap(act, cap))


@route(
    "POST",
    "/v1/caps/{cap}/end",
    "end_cap",
    roles=MANAGERS,
    answer=ClinicCap,
    refusals=("not_found", "cap_ended"),
)
async def end(call: Call, cap: UUID, body: EndCap) -> Answer:
    """Set the last day of a cap, once: today or later."""
    return await call.perform(lambda act: end_cap(act, cap, body))


@route(
    "GET",
    "/v1/caps/{cap}/warnings",
    "list_cap_warnings",
    roles=READERS,
    answer=CapWarningPage,
    refusals=("not_found",),
)
async def warnings(call: Call, cap: UUID, asked: PageQuery) -> Answer:
    """List who came to 80 or 100 percent of a cap, and in which period, newest first."""
    return await call.perform(lambda act: list_warnings(act, cap, Page(asked.limit, asked.cursor)))
