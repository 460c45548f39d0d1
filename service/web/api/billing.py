"""Service lines for billing, and the codes that a clinic sets for them."""

from uuid import UUID

from msgspec import Struct

from schemas.billing import BillingRule, BillingRulePage, NewBillingRule, ServiceLinePage
from schemas.events import Day
from service.core.cursors import LIMIT, Page
from service.flows.ledger.billing import list_billing_rules, list_service_lines, set_billing_rule
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.pagination import IdCursor, Limit, PageQuery
from service.web.http.route import AUDITORS, MANAGERS, route


class ServiceLinesQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which service lines are asked for."""

    since: Day | None = None
    """First local day; 12 weeks before the last where left out."""
    until: Day | None = None
    """Last local day; today where left out."""
    participant: UUID | None = None
    """Only this participant's."""
    limit: Limit = LIMIT
    cursor: IdCursor | None = None


@route(
    "POST",
    "/v1/billing-rules",
    "set_billing_rule",
    roles=MANAGERS,
    answer=BillingRule,
    statuses=(201,),
    refusals=("unknown_program", "unknown_target", "outcome_not_allowed"),
)
async def add(call: Call, body: NewBillingRule) -> Answer:
    """Set by which codes a target is billed from a day on.

    Nothing is overwritten: of rules for one target and outcome the latest first day holds, and of one day the
    newest.
    """
    return await call.perform(lambda act: set_billing_rule(act, body))


@route("GET", "/v1/billing-rules", "list_billing_rules", roles=AUDITORS, answer=BillingRulePage)
async def find(call: Call, asked: PageQuery) -> Answer:
    """List the billing rules, newest first."""
    return await call.perform(lambda act: list_billing_rules(act, Page(asked.limit, asked.cursor)))


@route(
    "GET",
    "/v1/service-lines",
    "list_service_lines",
    roles=AUDITORS,
    answer=ServiceLinePage,
    refusals=("not_found",),
)
async def lines(call: Call, asked: ServiceLinesQuery) -> Answer:
    """List what was done in some days and is to be billed, as it stands now: date, minutes, staff and codes.

    A line keeps its event's id whatever is corrected: it is `corrected` with other codes or minutes, and
    `void` where nothing is left to be billed. A page may have fewer lines than the limit while `next_cursor`
    leads on.
    """
    page = Page(asked.limit, asked.cursor)
    return await call.perform(
        lambda act: list_service_lines(act, page, asked.since, asked.until, asked.participant)
    )
