"""Write-offs: pieces that are to leave the stock, proposed by one person and approved by another."""

from uuid import UUID

from msgspec import Struct

from schemas.proposals import ProposalStatus, Refusal, WriteOff, WriteOffPage
from service.core.cursors import LIMIT, Page
from service.flows.shelf.write_offs import (
    approve_write_off,
    list_write_offs,
    read_write_off,
    refuse_write_off,
)
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.pagination import IdCursor, Limit
from service.web.http.route import MANAGERS, READERS, route


class WriteOffsQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which write-offs are asked for."""

    status: ProposalStatus | None = None
    limit: Limit = LIMIT
    cursor: IdCursor | None = None


@route("GET", "/v1/write-offs", "list_write_offs", roles=READERS, answer=WriteOffPage)
async def find(call: Call, asked: WriteOffsQuery) -> Answer:
    """List write-offs, newest first."""
    page = Page(asked.limit, asked.cursor)
    return await call.perform(lambda act: list_write_offs(act, page, status=asked.status))


@route(
    "GET",
    "/v1/write-offs/{write_off}",
    "read_write_off",
    roles=READERS,
    answer=WriteOff,
    refusals=("not_found",),
)
async def read(call: Call, write_off: UUID) -> Answer:
    """Read a write-off."""
    return await call.perform(lambda act: read_write_off(act, write_off))


@route(
    "POST",
    "/v1/write-offs/{write_off}/approve",
    "approve_write_off",
    roles=MANAGERS,
    answer=WriteOff,
    refusals=("not_found", "same_person", "already_settled", "out_of_stock"),
)
async def approve(call: Call, write_off: UUID) -> Answer:
    """Approve a write-off that somebody else proposed; the pieces leave the stock."""
    return await call.perform(lambda act: approve_write_off(act, write_off))


@route(
    "POST",
    "/v1/write-offs/{write_off}/refuse",
    "refuse_write_off",
    roles=MANAGERS,
    answer=WriteOff,
    bodiless=True,
    refusals=("not_found", "same_person", "already_settled"),
)
async def refuse(call: Call, write_off: UUID, body: Refusal) -> Answer:
    """Refuse a write-off that somebody else proposed; the stock stays as it is."""
    return await call.perform(lambda act: refuse_write_off(act, write_off, body.reason))
