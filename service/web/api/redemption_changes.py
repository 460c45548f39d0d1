"""Replacements and takings back of given rewards, those that wait for a second person among them."""

from uuid import UUID

from msgspec import Struct

from schemas.proposals import ProposalStatus, Refusal
from schemas.redemption_changes import (
    NewSecondPersonLimit,
    RedemptionChange,
    RedemptionChangePage,
    SecondPersonLimit,
    SecondPersonLimits,
)
from service.core.cursors import LIMIT, Page
from service.flows.shelf.redemption_changes import (
    approve_redemption_change,
    list_redemption_changes,
    read_redemption_change,
    refuse_redemption_change,
)
from service.flows.shelf.second_person_limits import list_second_person_limits, set_second_person_limit
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.pagination import IdCursor, Limit
from service.web.http.route import MANAGERS, READERS, route


class RedemptionChangesQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which replacements and takings back are asked for."""

    status: ProposalStatus | None = None
    redemption: UUID | None = None
    """Only those of this redemption."""
    prize: UUID | None = None
    """Only those of this prize."""
    limit: Limit = LIMIT
    cursor: IdCursor | None = None


@route("GET", "/v1/redemption-changes", "list_redemption_changes", roles=READERS, answer=RedemptionChangePage)
async def find(call: Call, asked: RedemptionChangesQuery) -> Answer:
    """List replacements and takings back, newest first."""
    page = Page(asked.limit, asked.cursor)
    return await call.perform(
        lambda act: list_redemption_changes(
            act, page, status=asked.status, redemption=asked.redemption, prize=asked.prize
        )
    )


@route(
    "GET",
    "/v1/redemption-changes/{redemption_change}",
    "read_redemption_change",
    roles=READERS,
    answer=RedemptionChange,
    refusals=("not_found",),
)
async def read(call: Call, redemption_change: UUID) -> Answer:
    """Read a replacement or taking back."""
    return await call.perform(lambda act: read_redemption_change(act, redemption_change))


@route(
    "POST",
    "/v1/redemption-changes/{redemption_change}/approve",
    "approve_redemption_change",
    roles=MANAGERS,
    answer=RedemptionChange,
    refusals=("not_found", "same_person", "already_settled", "out_of_stock"),
)
async def approve(call: Call, redemption_change: UUID) -> Answer:
    """Replace or take back what somebody else proposed."""
    return await call.perform(lambda act: approve_redemption_change(act, redemption_change))


@route(
    "POST",
    "/v1/redemption-changes/{redemption_change}/refuse",
    "refuse_redemption_change",
    roles=MANAGERS,
    answer=RedemptionChange,
    bodiless=True,
    refusals=("not_found", "same_person", "already_settled"),
)
async def refuse(call: Call, redemption_change: UUID, body: Refusal) -> Answer:
    """Refuse what somebody else proposed; the redemption stays as it is."""
    return await call.perform(lambda act: refuse_redemption_change(act, redemption_change, body.reason))


@route(
    "GET",
    "/v1/second-person-limits",
    "list_second_person_limits",
    roles=READERS,
    answer=SecondPersonLimits,
)
async def limits(call: Call) -> Answer:
    """List how much one person may replace or take back alone."""
    return await call.perform(list_second_person_limits)


@route(
    "POST",
    "/v1/second-person-limits",
    "set_second_person_limit",
    roles=MANAGERS,
    answer=SecondPersonLimit,
    statuses=(201,),
    scope="access.write",
)
async def set_limit(call: Call, body: NewSecondPersonLimit) -> Answer:
    """Set how much one person may replace or take back alone."""
    return await call.perform(
        lambda act: set_second_person_limit(act, body), lambda _made: "/v1/second-person-limits"
    )
