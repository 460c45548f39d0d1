"""Who did what: a report for whoever answers for it."""

from uuid import UUID

from msgspec import Struct

from schemas.deeds import DeedsReport, PersonDeedsReport
from schemas.events import Day
from service.flows.screens.deeds import read_deeds, read_deeds_of
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.route import AUDITORS, route


class DeedsQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which days are asked for, both included: four weeks up to today where none are named, 100 at most."""

    since: Day | None = None
    """The first local day."""
    until: Day | None = None
    """The last local day."""


@route(
    "GET",
    "/v1/reports/deeds",
    "report_deeds",
    roles=AUDITORS,
    answer=DeedsReport,
    refusals=("invalid",),
)
async def everybody(call: Call, asked: DeedsQuery) -> Answer:
    """Report who did what, those with odd deeds first."""
    return await call.perform(lambda act: read_deeds(act, asked.since, asked.until))


@route(
    "GET",
    "/v1/reports/deeds/{actor}",
    "report_deeds_of_one",
    roles=AUDITORS,
    answer=PersonDeedsReport,
    refusals=("not_found", "invalid"),
)
async def of_one(call: Call, actor: UUID, asked: DeedsQuery) -> Answer:
    """Report what one person did, what is odd first."""
    return await call.perform(lambda act: read_deeds_of(act, actor, asked.since, asked.until))
