"""Add a source: another service that will send us messages."""

import secrets
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec.structs import asdict

from schemas.inbound import EventMapping, IssuedSource, NewSource, Source
from schemas.problem import Fault
from service.core.inbound.mapping import judge
from service.core.inbound.sources import judge_secret, write_secret
from service.core.refusals import Refused
from service.flows.perform import Act, Done
from service.store import sources

SECRET_BYTES = 32


async def add_source(act: Act, new: NewSource) -> Done[IssuedSource] | Refused:
    """Add a source; its secret is in this answer and nowhere else."""
    refusal = faulty(new.mapping, "$.mapping")
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
        mapping=new.mapping,
    )
    await sources.insert(act, act.clinic, made, secret)
    act.tell("source.added", made.id, rules=sources.digest_of(made), own_secret=int(bool(new.secret)))
    return Done(IssuedSource(**asdict(made), secret=secret), "created", revision=1)


def faulty(mapping: EventMapping | None, pointer: str) -> Refused | None:
    """Refuse a mapping that cannot be right, with every fault at its place in the request."""
    if mapping is None:
        return None
    faults = [Fault(f"{pointer}{one.pointer[1:]}", one.detail) for one in judge(mapping)]
    zone = mapping.occurred_at.zone
    if zone is not None:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            words = "This is not the name of a time zone; write one such as America/Los_Angeles."
            faults.append(Fault(f"{pointer}.occurred_at.zone", words))
    if not faults:
        return None
    return Refused("invalid", f"{faults[0].pointer}: {faults[0].detail}", tuple(faults))
