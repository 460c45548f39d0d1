"""The tax office: thresholds by year of payment, and who has come to them."""

from msgspec import Struct

from schemas.caps import NewTaxThreshold, TaxReport, TaxThreshold, TaxThresholdPage, Year
from service.core.cursors import LIMIT, Page
from service.flows.ledger.tax import list_thresholds, set_tax_threshold, tax_report
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.pagination import IdCursor, Limit, NumberCursor
from service.web.http.route import AUDITORS, MANAGERS, route


class ThresholdsQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which page of the thresholds is asked for."""

    limit: Limit = LIMIT
    cursor: NumberCursor | None = None


class ReportQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which year is asked for, the running one where none is named; `reached` chooses by its threshold."""

    year: Year | None = None
    """The calendar year of payment; the running one where left out."""
    reached: bool | None = None
    """Only those who came to the threshold, or only those who did not."""
    limit: Limit = LIMIT
    cursor: IdCursor | None = None


@route(
    "POST", "/v1/tax-thresholds", "set_tax_threshold", roles=MANAGERS, answer=TaxThreshold, statuses=(201,)
)
async def add(call: Call, body: NewTaxThreshold) -> Answer:
    """Set a tax threshold: from which calendar year of payment on how much is to be reported.

    Nothing is overwritten: of several thresholds for one year, the newest holds.
    """
    return await call.perform(lambda act: set_tax_threshold(act, body))


@route("GET", "/v1/tax-thresholds", "list_tax_thresholds", roles=AUDITORS, answer=TaxThresholdPage)
async def find(call: Call, asked: ThresholdsQuery) -> Answer:
    """List the tax thresholds: the one that holds from each year on, the latest year first."""
    return await call.perform(lambda act: list_thresholds(act, Page(asked.limit, asked.cursor)))


@route("GET", "/v1/reports/tax", "read_tax_report", roles=AUDITORS, answer=TaxReport)
async def report(call: Call, asked: ReportQuery) -> Answer:
    """Read the tax report: money credited in a calendar year of payment, by participant id.

    The year is that of the payment on the clinic's calendar, not that of the visit. A page looks at a bounded
    number of participants: it may have fewer lines than the limit, or none, while `next_cursor` leads on.
    """
    page = Page(asked.limit, asked.cursor)
    return await call.perform(lambda act: tax_report(act, page, asked.year, is_reached=asked.reached))
