"""Events: verified behaviors recorded one by one, read and listed."""

from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct

from schemas.events import EventPage, NewEvent
from schemas.problem import Code
from schemas.receipts import Receipt
from service.core.cursors import LIMIT, Page
from service.core.refusals import Refused
from service.flows.visits.read_events import EventFilter, list_events, read_event
from service.flows.visits.record_events import ToRecord
from service.web.http.answers import Answer, as_json
from service.web.http.call import NO_STORE, REPLAYED, Call
from service.web.http.pagination import IdCursor, Limit, Since
from service.web.http.route import READERS, RECORDERS, route


class EventsQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which events are asked for: those with `since` <= `occurred_at` < `until`."""

    participant: UUID | None = None
    enrollment: UUID | None = None
    since: Since | None = None
    until: Since | None = None
    limit: Limit = LIMIT
    cursor: IdCursor | None = None


class _Id(Struct, frozen=True):
    id: UUID


class _OfEvent(Struct, frozen=True):
    event: _Id


_id = msgspec.json.Decoder(_OfEvent)
"""Reads an event's id from its receipt, and nothing else."""

RECORD_REFUSALS: Final[tuple[Code, ...]] = (
    "not_enrolled",
    "ambiguous_enrollment",
    "unknown_participant",
    "unknown_enrollment",
    "unknown_target",
    "outcome_not_allowed",
    "event_in_future",
    "outside_enrollment",
    "recorded_too_late",
    "reference_conflict",
    "reference_reserved",
    "already_recorded",
    "already_corrected",
    "same_person",
)


@route(
    "POST",
    "/v1/events",
    "record_event",
    speaks=True,
    roles=RECORDERS,
    answer=Receipt,
    statuses=(201, 200),
    refusals=RECORD_REFUSALS,
)
async def record(call: Call, body: NewEvent) -> Answer:
    """Record a verified behavior, and answer with what it earned.

    A repeat answers with the first receipt: the same `reference` and content, the same Idempotency-Key and
    body, or the same outcome of one target at one moment. Another event of that target and local day is
    refused (`already_recorded`) unless `another` says that it is meant.
    """
    item = ToRecord(call.actor, body, call.language, call.once())
    answer = await call.resources.events.ask(call.actor.clinic, item, call.line)
    if isinstance(answer, Refused):
        return call.refuse(answer)
    if answer.made == "found":
        return as_json(answer.receipt, 200, NO_STORE)
    told = [REPLAYED] if answer.replayed else []
    place = b"/v1/events/" + str(_id.decode(answer.receipt).event.id).encode("ascii")
    return as_json(answer.receipt, 201, NO_STORE, (b"location", place), *told)


@route("GET", "/v1/events", "list_events", roles=READERS, answer=EventPage)
async def find(call: Call, asked: EventsQuery) -> Answer:
    """List events, newest first."""
    wanted = EventFilter(asked.participant, asked.enrollment, asked.since, asked.until)
    return await call.perform(lambda act: list_events(act, wanted, Page(asked.limit, asked.cursor)))


@route(
    "GET",
    "/v1/events/{event}",
    "read_event",
    speaks=True,
    roles=READERS,
    answer=Receipt,
    refusals=("not_found",),
)
async def read(call: Call, event: UUID) -> Answer:
    """Read an event, with all that was posted for it until now."""
    return await call.perform(lambda act: read_event(act, event, language=call.language))
