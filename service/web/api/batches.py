"""Batches: up to 10,000 events in one request, each of which stands alone."""

import asyncio
from collections import deque
from typing import Annotated, Any

import msgspec
import structlog
from msgspec import Meta

from schemas.events import BatchResults, NewEvent
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done, Once, moves_value, perform
from service.flows.visits.record_events import Recorded, ToRecord
from service.store.database.absence import is_away
from service.store.database.ids import new_id
from service.web.http.answers import Answer, as_json, problem_of
from service.web.http.call import NO_STORE, REPLAYED, Call
from service.web.http.decoding import malformed, shape
from service.web.http.route import RECORDERS, route

NDJSON = "application/x-ndjson"
PIECE_ITEMS = 1024
"""How many events of a batch are handed on together."""
PIECES_AT_ONCE = 2
"""How many such pieces may be under way: the next waits behind the one that is recorded."""
SMALL_BYTES_MAX = 64 * 1024
"""Batches up to this size, in bytes, wait for no turn of their own: thousands of events take seconds."""
_ITEM = {
    "anyOf": [
        {"$ref": "#/components/schemas/NewEvent"},
        {"title": "anything else", "description": "It is answered with a problem at its place."},
    ]
}
Batch = Annotated[tuple[Any, ...], Meta(extra_json_schema={"items": _ITEM})]
"""The schema of a batch: an array whose items are judged one by one."""

_log = structlog.get_logger(__name__)
_array = msgspec.json.Decoder(list[msgspec.Raw])
_encode = msgspec.json.Encoder().encode


@moves_value
async def _claim(_act: Act) -> Done[None]:
    return Done(None, "created")


@route(
    "POST",
    "/v1/events/batch",
    "record_events",
    speaks=True,
    roles=RECORDERS,
    answer=BatchResults,
    large=True,
    reads=("application/json", NDJSON),
    shape=Batch,
)
async def record(call: Call, body: bytes) -> Answer:
    """Record up to 10,000 events, as a JSON array or one a line; each stands alone.

    The answer has a result for every item, in order: its status with a receipt or a problem. An
    Idempotency-Key covers each item by itself: a repeat of the batch answers each item's first receipt,
    and records those that were refused before if they can now be recorded.
    """
    if len(body) <= SMALL_BYTES_MAX:
        return await _record(call, body)
    async with call.resources.batches.place(call.line):
        return await _record(call, body)


async def _record(call: Call, body: bytes) -> Answer:
    parts = _parts(body, ndjson=call.media == NDJSON)
    if isinstance(parts, Refused):
        return call.refuse(parts)
    items_max = call.resources.settings.batch_items_max
    if len(parts) > items_max:
        return call.refuse(refused("too_large.batch", items=len(parts), most=items_max))
    once = call.once()
    if once is not None:
        # The whole batch under the bare key: another body is refused before anything of it is recorded.
        claimed = await perform(call.resources.database, call.actor, _claim, once)
        if isinstance(claimed, Refused):
            return call.refuse(claimed)
    items = _read(call, parts)
    parts.clear()
    return await answer_all(call, items)


async def answer_all(call: Call, items: list[ToRecord | Refused]) -> Answer:
    """Record items in the order in which they happened, and answer each at its place; empties the list."""
    results = [
        b"" if isinstance(item, ToRecord) else _result(call, no, item) for no, item in enumerate(items)
    ]
    wanted = sorted(
        ((no, item) for no, item in enumerate(items) if isinstance(item, ToRecord)),
        key=lambda one: one[1].event.occurred_at,
    )
    items.clear()
    replayed = bool(results) and len(wanted) == len(results)
    replayed &= await _recorded(call, wanted, results)
    results[0:1] = [b'{"results":[' + one for one in results[0:1] or [b""]]
    results[-1] += b"]}"
    answer = b",".join(results)
    return as_json(answer, 200, NO_STORE, REPLAYED) if replayed else as_json(answer, 200, NO_STORE)


async def _recorded(call: Call, wanted: list[tuple[int, ToRecord]], results: list[bytes]) -> bool:
    """Record items in their order, and put each one's result in its place; gives whether all were replayed.

    Two pieces of them are under way at once: what a batch holds is its events and its answer, and not what
    recording each of ten thousand takes.
    """
    replayed = True
    under_way: deque[tuple[list[int], asyncio.Future[list[Recorded | Refused | BaseException]]]] = deque()
    events = call.resources.events
    wanted.reverse()
    try:
        while wanted or under_way:
            while wanted and len(under_way) < PIECES_AT_ONCE:
                piece = [wanted.pop() for _ in range(min(PIECE_ITEMS, len(wanted)))]
                asked = events.ask_all(call.actor.clinic, [item for _, item in piece], call.line)
                under_way.append(([no for no, _ in piece], asyncio.ensure_future(asked)))
            places, answers = under_way[0]
            for no, answer in zip(places, await answers, strict=True):
                end = _end(call, answer)
                replayed &= isinstance(end, Recorded) and end.replayed
                results[no] = _result(call, no, end)
            under_way.popleft()
    finally:
        for _, answers in under_way:
            answers.cancel()
    return replayed


def _parts(body: bytes, *, ndjson: bool) -> list[bytes] | Refused:
    """The items of a batch as bytes; only an array that is no array is refused as a whole."""
    if ndjson:
        return [line for line in body.split(b"\n") if line.strip()]
    try:
        return [bytes(part) for part in _array.decode(body)]
    except msgspec.ValidationError:
        return refused("invalid.not_an_array", "$")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return malformed(error)


def _read(call: Call, parts: list[bytes]) -> list[ToRecord | Refused]:
    """The shape of each item; the items of one request share their entry in the audit trail."""
    recording, language = new_id(), call.language
    items: list[ToRecord | Refused] = []
    for index, part in enumerate(parts):
        event: NewEvent | Refused = shape(part, NewEvent)
        if isinstance(event, Refused):
            items.append(event)
            continue
        items.append(ToRecord(call.actor, event, language, once_of(call, index, part), recording))
    return items


def once_of(call: Call, index: int, part: bytes) -> Once | None:
    """The idempotency key of one item of a request that carries one."""
    # A blank cannot be in a key that came over HTTP, so these meet no other key.
    return None if call.key is None else Once.of(f"{call.key} {index}", part)


def _end(call: Call, answer: Recorded | Refused | BaseException) -> Recorded | Refused:
    if not isinstance(answer, BaseException):
        return answer
    call.resources.readiness.note(answer)
    if isinstance(answer, Exception) and is_away(answer):
        return refused("unavailable.item")
    if not isinstance(answer, Exception):
        raise answer
    _log.error("item_failed", exc_info=answer)
    return refused("internal.item")


def _result(call: Call, index: int, end: Recorded | Refused) -> bytes:
    if isinstance(end, Refused):
        problem = problem_of(end, f"{call.path}#/results/{index}", call.context.trace_id)
        return b'{"index":%d,"status":%d,"problem":%b}' % (index, problem.status, _encode(problem))
    status = 201 if end.made == "created" else 200
    return b'{"index":%d,"status":%d,"receipt":%b}' % (index, status, end.receipt)
