"""Sources of inbound messages: add, change, delete, read, and try a mapping on a sample."""

import secrets
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import UNSET, Struct
from msgspec.structs import asdict, replace

from schemas.inbound import IssuedSource, NewSecret, NewSource, Source, SourceChange, SourcePage
from schemas.mapping import EventMapping
from schemas.message_trials import Sample
from schemas.program import Behavior
from service.core.cursors import Page, before_id, cut
from service.core.inbound.judging import judge, time_rules
from service.core.inbound.mapping import understand
from service.core.inbound.old_places import modern
from service.core.inbound.said import Ignored, Understood, Zones
from service.core.inbound.sources import OVERLAP_S, judge_secret, write_secret
from service.core.outcomes import own_words
from service.core.refusals import Refused, fault, invalid, refused
from service.flows.perform import Act, Done
from service.store import clinics, programs, sources
from service.store.database.pool import Tx

SECRET_BYTES = 32
PROGRAMS_MAX = 1000
"""How many programs of a clinic are asked for outcome words of their own."""


async def change_source(
    act: Act, source_id: UUID, change: SourceChange, revision: int
) -> Done[Source] | Refused:
    """Change what is named; refused where somebody else changed the source since `revision`.

    Messages that wait for review are read by the new mapping when they are tried again.
    """
    known = await sources.lock(act, source_id)
    if known is None or known.deleted:
        return refused("not_found.source")
    if known.revision != revision:
        return refused("precondition_failed.source")
    changed = {field: value for field, value in asdict(change).items() if value is not UNSET}
    if isinstance(changed.get("mapping"), EventMapping):
        changed["mapping"] = modern(changed["mapping"])
    after = replace(known.source, **changed)
    if after == known.source:
        return Done(after, revision=revision)
    refusal = await faulty(act, after.mapping, "$.mapping")
    if refusal is not None:
        return refusal
    await sources.change(act, after)
    fields = ",".join(sorted(changed))
    act.audit("source.changed", source_id, fields=fields, rules=sources.digest_of(after))
    return Done(after, revision=revision + 1)


async def rotate_secret(act: Act, source_id: UUID, new: NewSecret) -> Done[IssuedSource] | Refused:
    """Give a source its next secret; for a day the one before is believed too."""
    known = await sources.lock(act, source_id)
    if known is None or known.deleted:
        return refused("not_found.source")
    verifier = known.source.verifier
    refusal = None if new.secret is None else judge_secret(verifier, new.secret)
    if refusal is not None:
        return refusal
    secret = new.secret or write_secret(verifier, secrets.token_bytes(SECRET_BYTES))
    until = act.now + timedelta(seconds=OVERLAP_S)
    await sources.rotate(act, source_id, secret, until)
    act.audit("source.secret_rotated", source_id, own_secret=int(bool(new.secret)))
    after = replace(known.source, old_secret_until=until)
    return Done(IssuedSource(**asdict(after), secret=secret), revision=known.revision + 1)


async def remove_source(act: Act, source_id: UUID) -> Done[Source] | Refused:
    """Delete a source: nothing more is taken from it, and what came stays and can still be reviewed."""
    known = await sources.lock(act, source_id)
    if known is None or known.deleted:
        return refused("not_found.source")
    await sources.remove(act, source_id)
    act.audit("source.removed", source_id)
    return Done(known.source)


async def add_source(act: Act, new: NewSource) -> Done[IssuedSource] | Refused:
    """Add a source; its secret is in this answer and nowhere else."""
    mapping = None if new.mapping is None else modern(new.mapping)
    refusal = await faulty(act, mapping, "$.mapping")
    if refusal is None and new.secret is not None:
        refusal = judge_secret(new.verifier, new.secret)
    if refusal is not None:
        return refusal
    secret = new.secret or write_secret(new.verifier, secrets.token_bytes(SECRET_BYTES))
    source_id = act.new_id()
    made = Source(
        id=source_id,
        address=f"{sources.ADDRESS}{source_id}",
        verifier=new.verifier,
        created_at=act.now,
        created_by=act.actor.id,
        name=new.name,
        mapping=mapping,
    )
    await sources.insert(act, made, secret)
    act.audit("source.added", made.id, rules=sources.digest_of(made), own_secret=int(bool(new.secret)))
    return Done(IssuedSource(**asdict(made), secret=secret), "created", revision=1)


async def faulty(tx: Tx, mapping: EventMapping | None, pointer: str) -> Refused | None:
    """Refuse a mapping that cannot be right, with every fault at its place in the request."""
    if mapping is None:
        return None
    own = await _own_words(tx)
    faults = [replace(one, pointer=f"{pointer}{one.pointer[1:]}") for one in judge(mapping, own)]
    for place, rule in time_rules(mapping):
        if rule.zone is not None and _zone(rule.zone) is None:
            faults.append(fault(f"{pointer}{place[1:]}.zone", "mapping.zone"))
    if not faults:
        return None
    return invalid(*faults)


async def _own_words(tx: Tx) -> dict[Behavior, set[str]]:
    """The outcome words that the clinic's programs have of their own, by behavior."""
    found: dict[Behavior, set[str]] = {}
    for published in await programs.after(tx, "", PROGRAMS_MAX):
        for target in published.document.targets:
            found.setdefault(target.behavior, set()).update(own_words(target))
    return found


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


async def read_source(act: Act, source_id: UUID) -> Done[Source] | Refused:
    """One source by id."""
    known = await sources.find(act, source_id)
    if known is None or known.deleted:
        return refused("not_found.source")
    return Done(known.source, revision=known.revision)


async def list_sources(act: Act, page: Page) -> Done[SourcePage] | Refused:
    """Sources, newest first."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await sources.before(act, last, page.limit + 1)
    return Done(SourcePage(*cut(found, page, lambda source: source.id.bytes)))


class ReadSample(Struct, frozen=True):
    """What a sample says: events, nothing, or a reason to wait for review."""

    found: Understood | Ignored | Refused


async def try_sample(act: Act, source_id: UUID, sample: Sample) -> Done[ReadSample] | Refused:
    """Read a sample as a message of the source would be read; nothing is kept and nothing recorded."""
    known = await sources.find(act, source_id)
    if known is None or known.deleted:
        return refused("not_found.source")
    mapping = known.source.mapping if sample.mapping is UNSET else sample.mapping
    mapping = None if mapping is None else modern(mapping)
    refusal = await faulty(act, mapping, "$.mapping")
    if refusal is not None:
        return refusal
    is_text = mapping is not None and mapping.format == "hl7" and isinstance(sample.sample, str)
    body = sample.sample.encode() if is_text else msgspec.json.encode(sample.sample)
    return Done(ReadSample(understand(mapping, body, await zones_of(act, mapping), source_id)))


async def zones_of(tx: Tx, mapping: EventMapping | None) -> Zones:
    """The zones of times without an offset: the clinic's, and those that a mapping names."""
    known = await clinics.find(tx)
    names = set() if mapping is None else {rule.zone for _, rule in time_rules(mapping) if rule.zone}
    named = {name: zone for name in names if (zone := _zone(name)) is not None}
    return Zones(ZoneInfo(known.timezone if known else "UTC"), named)
