"""Openings: what somebody brings along from another system, without being paid or taxed for it twice."""

from uuid import UUID

from msgspec import Struct

from schemas.openings import NewOpening, Opening, OpeningPage, OpeningStatus, WithdrawOpening
from schemas.proposals import Refusal
from service.core.cursors import LIMIT, Page
from service.flows.ledger.openings import (
    approve_opening,
    list_openings,
    propose_opening,
    read_opening,
    refuse_opening,
    withdraw_opening,
)
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.pagination import IdCursor, Limit
from service.web.http.route import MANAGERS, READERS, route


class OpeningsQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which openings are asked for."""

    status: OpeningStatus | None = None
    participant: UUID | None = None
    limit: Limit = LIMIT
    cursor: IdCursor | None = None


@route(
    "POST",
    "/v1/openings",
    "propose_opening",
    roles=MANAGERS,
    answer=Opening,
    statuses=(201,),
    refusals=("unknown_participant", "unknown_enrollment", "opening_stands"),
)
async def propose(call: Call, body: NewOpening) -> Answer:
    """Propose an opening: what somebody brings along from another system.

    Nothing changes before another person approves it. A participant has one opening in each unit; to enter
    another, withdraw the first.
    """
    return await call.perform(lambda act: propose_opening(act, body), lambda made: f"/v1/openings/{made.id}")


@route("GET", "/v1/openings", "list_openings", roles=READERS, answer=OpeningPage)
async def find(call: Call, asked: OpeningsQuery) -> Answer:
    """List openings, newest first."""
    page = Page(asked.limit, asked.cursor)
    return await call.perform(
        lambda act: list_openings(act, page, status=asked.status, participant=asked.participant)
    )


@route(
    "GET",
    "/v1/openings/{opening}",
    "read_opening",
    roles=READERS,
    answer=Opening,
    refusals=("not_found",),
)
async def read(call: Call, opening: UUID) -> Answer:
    """Read an opening."""
    return await call.perform(lambda act: read_opening(act, opening))


@route(
    "POST",
    "/v1/openings/{opening}/approve",
    "approve_opening",
    roles=MANAGERS,
    answer=Opening,
    refusals=("not_found", "same_person", "already_settled"),
)
async def approve(call: Call, opening: UUID) -> Answer:
    """Approve an opening that somebody else proposed.

    What can be spent is credited, and what was paid before stands as given. No cap takes anything off, and
    both count once for the year of `as_of`, in caps and in the tax report.
    """
    return await call.perform(lambda act: approve_opening(act, opening))


@route(
    "POST",
    "/v1/openings/{opening}/refuse",
    "refuse_opening",
    roles=MANAGERS,
    answer=Opening,
    bodiless=True,
    refusals=("not_found", "same_person", "already_settled"),
)
async def refuse(call: Call, opening: UUID, body: Refusal) -> Answer:
    """Refuse an opening that somebody else proposed."""
    return await call.perform(lambda act: refuse_opening(act, opening, body.reason))


@route(
    "POST",
    "/v1/openings/{opening}/withdraw",
    "withdraw_opening",
    roles=MANAGERS,
    answer=Opening,
    refusals=("not_found", "same_person", "already_settled"),
)
async def withdraw(call: Call, opening: UUID, body: WithdrawOpening) -> Answer:
    """Withdraw an approved opening that was wrong, as another person than who proposed it.

    It is taken out of the books by transfers of its own. What was spent of it by then stays with the
    participant and is recorded as `unrecovered`.
    """
    return await call.perform(lambda act: withdraw_opening(act, opening, body.reason))
