"""Live: what changes, as it changes, by server-sent events."""

from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar
from uuid import UUID

from msgspec import Meta, Struct

from schemas.books import Transfer
from schemas.live import Changed, RedemptionMoved
from schemas.receipts import BalanceSheet
from service.core.live import mark_of, number_of
from service.core.refusals import Refused, refused
from service.flows.perform import Again, Done, perform
from service.flows.screens.changes import open_clinic, open_participant
from service.web.http.answers import Answer
from service.web.http.call import Call, Operation
from service.web.http.route import READERS, route
from service.web.http.streaming import Stream, beating
from service.web.http.streams import ClinicPage, ParticipantPage

T = TypeVar("T")

STAYS_S_MAX = 3600
"""How long a stream lasts: then the client comes back, perhaps to another process."""

_FOR_S = "How many seconds it lasts; with 0 it says how things are, and ends."


class StreamQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """How long a stream is wanted."""

    for_s: Annotated[int, Meta(ge=0, le=STAYS_S_MAX, description=_FOR_S)] = STAYS_S_MAX


@route(
    "GET",
    "/v1/participants/{participant}/stream",
    "follow_participant",
    scope="money.read",
    roles=READERS,
    answer=str,
    speaks=True,
    answer_media="text/event-stream",
    refusals=("not_found", "too_many_streams"),
    events={"award": Transfer, "balance": BalanceSheet, "draw": Transfer, "redemption": RedemptionMoved},
)
async def of_participant(call: Call, participant: UUID, asked: StreamQuery) -> Answer:
    """Follow what a participant earns and spends, as it happens.

    `balance` comes first and after every change, one that moved nothing included, such as a visit that
    earned nothing. The others are lines of the statement; whatever credits value is an `award`. With the last
    `id` as `Last-Event-ID` a stream goes on from there; a comment comes at least every 15 seconds.
    """
    mark = mark_of(call.header(b"last-event-id") or "")
    opened = await _opened(call, lambda act: open_participant(act, participant, call.language, mark))
    if isinstance(opened, Answer):
        return opened
    page = ParticipantPage(call.resources, call.actor.clinic, participant, opened)
    return _stream(call, participant, page.news(opened.missed), page.look, asked.for_s)


@route(
    "GET",
    "/v1/stream",
    "follow_clinic",
    roles=READERS,
    answer=str,
    answer_media="text/event-stream",
    refusals=("too_many_streams",),
    events={"changed": Changed},
)
async def of_clinic(call: Call, asked: StreamQuery) -> Answer:
    """Follow whose records change in the whole clinic: ids, and nothing else.

    The first event names nobody: it says from where the stream goes on.
    """
    seq = number_of(call.header(b"last-event-id") or "")
    opened = await _opened(call, lambda act: open_clinic(act, seq))
    if isinstance(opened, Answer):
        return opened
    page = ClinicPage(call.resources, call.actor.clinic, opened)
    return _stream(call, None, page.first, page.look, asked.for_s)


async def _opened(call: Call, operation: Operation[T]) -> T | Answer:
    """Open a stream, in the audit trail too; or refuse it."""
    if call.resources.watchers.is_full:
        return _too_many(call)
    done = await perform(call.resources.database, call.actor, operation)
    match done:
        case Done(value):
            return value
        case Refused():
            return call.refuse(done)
        case Again():
            raise AssertionError


def _stream(
    call: Call, participant: UUID | None, first: bytes, look: Callable[[], Awaitable[bytes]], stays_s: int
) -> Answer:
    watchers = call.resources.watchers
    watch = watchers.open(call.actor.clinic, participant, call.bearer)
    if watch is None:
        return _too_many(call)
    # What changed since it was opened woke nobody.
    watch.wake()
    return Stream(watchers, watch, beating(watchers, watch, first, look, stays_s))


def _too_many(call: Call) -> Answer:
    return call.refuse(refused("too_many_streams"))
