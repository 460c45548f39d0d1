"""Sources: other services that send us messages, how they sign, and how their messages are read."""

from uuid import UUID

import msgspec

from schemas.inbound import (
    Doubtful,
    IssuedSource,
    NewSecret,
    NewSource,
    PutBack,
    Source,
    SourceChange,
    SourcePage,
)
from schemas.message_trials import Sample, Tried, TriedEvent, TriedPerson, TriedVisit
from service.core.cursors import Page
from service.core.inbound.said import Booking, Ignored, Item, Person, Report, Understood, Withdrawal
from service.core.refusals import Refused
from service.core.words.refusals.catalog import in_english, wire_faults
from service.flows.inbound.review import put_all_back
from service.flows.inbound.sources import (
    add_source,
    change_source,
    list_sources,
    read_source,
    remove_source,
    rotate_secret,
    try_sample,
)
from service.flows.perform import Act, Done
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.pagination import PageQuery
from service.web.http.route import MANAGERS, route


@route(
    "POST",
    "/v1/sources",
    "add_source",
    scope="secrets.write",
    roles=MANAGERS,
    answer=IssuedSource,
    statuses=(201,),
    tagged=True,
    bodiless=True,
)
async def add(call: Call, body: NewSource) -> Answer:
    """Add a source; its secret is in this answer and nowhere else.

    It posts its messages to `address`, signed as its `verifier` says.
    """
    return await call.perform(lambda act: add_source(act, body), lambda made: f"/v1/sources/{made.id}")


@route("GET", "/v1/sources", "list_sources", roles=MANAGERS, answer=SourcePage)
async def find(call: Call, asked: PageQuery) -> Answer:
    """List the sources, newest first, without their secrets."""
    return await call.perform(lambda act: list_sources(act, Page(asked.limit, asked.cursor)))


@route(
    "GET",
    "/v1/sources/{source}",
    "read_source",
    roles=MANAGERS,
    answer=Source,
    tagged=True,
    refusals=("not_found",),
)
async def read(call: Call, source: UUID) -> Answer:
    """Read a source, without its secret."""
    return await call.perform(lambda act: read_source(act, source))


@route(
    "PATCH",
    "/v1/sources/{source}",
    "change_source",
    scope="secrets.write",
    roles=MANAGERS,
    answer=Source,
    tagged=True,
    edits=True,
    refusals=("not_found",),
)
async def change(call: Call, source: UUID, body: SourceChange) -> Answer:
    """Change a source's name, or how its messages are read; a field left out stays.

    Messages that were put aside before are read by the new mapping when they are tried again.
    """
    return await call.perform(
        call.edited(
            lambda act: read_source(act, source),
            lambda act, revision: change_source(act, source, body, revision),
        )
    )


@route(
    "DELETE",
    "/v1/sources/{source}",
    "remove_source",
    scope="secrets.write",
    roles=MANAGERS,
    answer=Source,
    refusals=("not_found",),
)
async def remove(call: Call, source: UUID) -> Answer:
    """Delete a source: nothing more is taken from it, and what came from it stays on record."""
    return await call.perform(lambda act: remove_source(act, source))


@route(
    "POST",
    "/v1/sources/{source}/secret",
    "rotate_source_secret",
    scope="secrets.write",
    roles=MANAGERS,
    answer=IssuedSource,
    tagged=True,
    bodiless=True,
    refusals=("not_found",),
)
async def rotate(call: Call, source: UUID, body: NewSecret) -> Answer:
    """Give a source its next secret; for 24 hours the one before is believed too."""
    return await call.perform(lambda act: rotate_secret(act, source, body))


@route(
    "POST",
    "/v1/sources/{source}/retry",
    "retry_source",
    roles=MANAGERS,
    answer=PutBack,
    refusals=("not_found",),
)
async def retry(call: Call, source: UUID) -> Answer:
    """Retry a source's messages that wait for review, such as after its mapping was mended.

    The worker does so within seconds; at most 200 at a time.
    """
    return await call.perform(lambda act: put_all_back(act, source))


@route(
    "POST", "/v1/sources/{source}/try", "try_source", roles=MANAGERS, answer=Tried, refusals=("not_found",)
)
async def try_(call: Call, source: UUID, body: Sample) -> Answer:
    """Try a sample of a message: how it would be read by the source's mapping or another; without effect."""

    async def operation(act: Act) -> Done[Tried] | Refused:
        done = await try_sample(act, source, body)
        return done if isinstance(done, Refused) else Done(_tried(done.value.found))

    return await call.perform(operation)


def _tried(found: Understood | Ignored | Refused) -> Tried:
    match found:
        case Understood(items=items):
            first = next((item.event for item in items if isinstance(item, Report)), None)
            return Tried(ignored=False, event=first, events=tuple(map(_tried_event, items)))
        case Ignored():
            return Tried(ignored=True)
        case Refused(code=code, faults=faults):
            return Tried(ignored=False, review=Doubtful(code, in_english(found), wire_faults(faults)))


def _tried_event(item: Item) -> TriedEvent:
    match item:
        case Report(event=event, standing=standing, numbers=numbers, day_alone=day_alone):
            return TriedEvent(standing, event, numbers=numbers, day_alone=day_alone)
        case Withdrawal(reference=reference, numbers=numbers):
            return TriedEvent("withdrawn", None, reference, numbers)
        case Booking(reference=reference, numbers=numbers, target=target, at=at, program=program):
            visit = TriedVisit(reference, target, at, program)
            standing = "canceled" if at is None else "final"
            return TriedEvent(standing, numbers=numbers, says="visit", visit=visit)
        case Person(numbers=numbers):
            said = msgspec.convert(item, TriedPerson, from_attributes=True)
            return TriedEvent("final", numbers=numbers, says="person", person=said)
