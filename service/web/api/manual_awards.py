"""Manual awards: value that no event earns, proposed by one person and approved by another."""

from uuid import UUID

from msgspec import Struct

from schemas.proposals import ManualAward, ManualAwardPage, NewManualAward, ProposalStatus, Refusal
from service.core.cursors import LIMIT, Page
from service.flows.ledger.manual_awards import (
    approve_manual_award,
    list_manual_awards,
    propose_manual_award,
    read_manual_award,
    refuse_manual_award,
)
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.pagination import IdCursor, Limit
from service.web.http.route import CLINICIANS, MANAGERS, READERS, route


class ManualAwardsQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which manual awards are asked for."""

    status: ProposalStatus | None = None
    participant: UUID | None = None
    limit: Limit = LIMIT
    cursor: IdCursor | None = None


@route(
    "POST",
    "/v1/manual-awards",
    "propose_manual_award",
    roles=CLINICIANS,
    answer=ManualAward,
    statuses=(201,),
    key_required=True,
    refusals=("unknown_participant", "unknown_enrollment"),
)
async def propose(call: Call, body: NewManualAward) -> Answer:
    """Propose a manual award, with its reason.

    Nothing is paid before another person approves it.
    """
    return await call.perform(
        lambda act: propose_manual_award(act, body), lambda made: f"/v1/manual-awards/{made.id}"
    )


@route("GET", "/v1/manual-awards", "list_manual_awards", roles=READERS, answer=ManualAwardPage)
async def find(call: Call, asked: ManualAwardsQuery) -> Answer:
    """List manual awards, newest first."""
    page = Page(asked.limit, asked.cursor)
    return await call.perform(
        lambda act: list_manual_awards(act, page, status=asked.status, participant=asked.participant)
    )


@route(
    "GET",
    "/v1/manual-awards/{manual_award}",
    "read_manual_award",
    roles=READERS,
    answer=ManualAward,
    refusals=("not_found",),
)
async def read(call: Call, manual_award: UUID) -> Answer:
    """Read a manual award."""
    return await call.perform(lambda act: read_manual_award(act, manual_award))


@route(
    "POST",
    "/v1/manual-awards/{manual_award}/approve",
    "approve_manual_award",
    roles=MANAGERS,
    answer=ManualAward,
    refusals=("not_found", "same_person", "already_settled"),
)
async def approve(call: Call, manual_award: UUID) -> Answer:
    """Approve a manual award that somebody else proposed; it is paid at once, inside the caps."""
    return await call.perform(lambda act: approve_manual_award(act, manual_award))


@route(
    "POST",
    "/v1/manual-awards/{manual_award}/refuse",
    "refuse_manual_award",
    roles=MANAGERS,
    answer=ManualAward,
    bodiless=True,
    refusals=("not_found", "same_person", "already_settled"),
)
async def refuse(call: Call, manual_award: UUID, body: Refusal) -> Answer:
    """Refuse a manual award that somebody else proposed; it is never paid."""
    return await call.perform(lambda act: refuse_manual_award(act, manual_award, body.reason))
