"""Reports of how it goes, for whoever answers for it."""

from msgspec import Struct

from schemas.events import Day
from schemas.reports import ProgressReport, ReportProgram
from service.flows.ledger.report_parts import read_whole
from service.flows.ledger.reports import ReportFilter
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.route import AUDITORS, route


class ProgressQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which days are asked for, both included: eight weeks up to today where none are named, 400 at most."""

    since: Day | None = None
    """The first local day."""
    until: Day | None = None
    """The last local day."""
    program: ReportProgram | None = None
    """The program that it is about; all of them where none is named."""
    than_since: Day | None = None
    """The first of the days that are compared; where none are named, as many just before."""
    than_until: Day | None = None
    """The last of the days that are compared."""


@route(
    "GET",
    "/v1/reports/progress",
    "report_progress",
    roles=AUDITORS,
    answer=ProgressReport,
    refusals=("invalid",),
)
async def progress(call: Call, asked: ProgressQuery) -> Answer:
    """Report who stays, who comes and what it costs."""
    now = ReportFilter(asked.since, asked.until, asked.program)
    before = ReportFilter(asked.than_since, asked.than_until, asked.program)
    return await call.perform(lambda act: read_whole(act, now, before))
