"""Balances and statements of a participant."""

from uuid import UUID

import msgspec
from msgspec import Struct

from schemas.books import Statement
from schemas.program import Unit
from schemas.receipts import BalanceSheet
from service.core.cursors import LIMIT, Page
from service.core.refusals import Refused
from service.flows.ledger.balances import ToRead
from service.flows.ledger.statements import read_statement
from service.web.http.answers import Answer, as_json
from service.web.http.call import NO_STORE, Call
from service.web.http.pagination import IdCursor, Limit
from service.web.http.route import EVERYONE, READERS, route

_encode = msgspec.json.Encoder().encode


class StatementQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which part of a statement is asked for."""

    unit: Unit | None = None
    limit: Limit = LIMIT
    cursor: IdCursor | None = None


@route(
    "GET",
    "/v1/participants/{participant}/balance",
    "read_balance",
    roles=EVERYONE,
    answer=BalanceSheet,
    refusals=("not_found",),
)
async def read_balance(call: Call, participant: UUID) -> Answer:
    """Read what a participant has in each unit."""
    answer = await call.resources.balances.ask(call.actor.clinic, ToRead(call.actor, participant))
    return call.refuse(answer) if isinstance(answer, Refused) else as_json(_encode(answer), 200, NO_STORE)


@route(
    "GET",
    "/v1/participants/{participant}/statement",
    "read_statement",
    speaks=True,
    roles=READERS,
    answer=Statement,
    refusals=("not_found",),
)
async def statement(call: Call, participant: UUID, asked: StatementQuery) -> Answer:
    """Read a participant's transfers, newest first, each with its cause and one sentence."""
    page = Page(asked.limit, asked.cursor)
    return await call.perform(
        lambda act: read_statement(act, participant, page, unit=asked.unit, language=call.language)
    )
