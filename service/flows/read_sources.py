"""Read sources, and try how a sample of a message would be read."""

from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from msgspec import UNSET

from schemas.events import NewEvent
from schemas.inbound import Doubtful, EventMapping, Sample, Source, SourcePage, Tried
from service.core.cursors import Page, before_id, cut
from service.core.inbound.mapping import Ignored, reference_of, understand
from service.core.refusals import Refused, refused
from service.flows.add_source import faulty
from service.flows.change_source import NO_SOURCE
from service.flows.perform import Act, Done
from service.store import clinics, sources
from service.store.database.pool import Tx


async def read_source(act: Act, source_id: UUID) -> Done[Source] | Refused:
    """One source by id."""
    known = await sources.find(act, act.clinic, source_id)
    if known is None or known.deleted:
        return refused("not_found", NO_SOURCE)
    return Done(known.source, revision=known.revision)


async def list_sources(act: Act, page: Page) -> Done[SourcePage] | Refused:
    """Sources, newest first."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await sources.before(act, act.clinic, last, page.limit + 1)
    return Done(SourcePage(*cut(found, page, lambda source: source.id.bytes)))


async def try_sample(act: Act, source_id: UUID, sample: Sample) -> Done[Tried] | Refused:
    """Read a sample as a message of the source would be read; nothing is kept and nothing recorded."""
    known = await sources.find(act, act.clinic, source_id)
    if known is None or known.deleted:
        return refused("not_found", NO_SOURCE)
    mapping = known.source.mapping if sample.mapping is UNSET else sample.mapping
    refusal = faulty(mapping, "$.mapping")
    if refusal is not None:
        return refusal
    zone = await zone_of(act, act.clinic, mapping)
    body = msgspec.json.encode(sample.sample)
    found = understand(mapping, body, zone, reference_of(source_id))
    match found:
        case NewEvent():
            return Done(Tried(ignored=False, event=found))
        case Ignored():
            return Done(Tried(ignored=True))
        case Refused(code=code, detail=detail, faults=faults):
            return Done(Tried(ignored=False, review=Doubtful(code, detail, faults)))


async def zone_of(tx: Tx, clinic: UUID, mapping: EventMapping | None) -> ZoneInfo:
    """The zone of times without an offset: the mapping's own, or the clinic's."""
    if mapping is not None and mapping.occurred_at.zone is not None:
        return ZoneInfo(mapping.occurred_at.zone)
    known = await clinics.find(tx, clinic)
    return ZoneInfo(known.timezone if known else "UTC")
