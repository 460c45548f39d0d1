"""Change a source: its name, how its messages are read, its secret; or delete it."""

import secrets
from datetime import timedelta
from uuid import UUID

from msgspec import UNSET
from msgspec.structs import asdict, replace

from schemas.inbound import IssuedSource, NewSecret, Source, SourceChange
from service.core.inbound.sources import OVERLAP_S, judge_secret, write_secret
from service.core.refusals import Refused, refused
from service.flows.add_source import SECRET_BYTES, faulty
from service.flows.perform import Act, Done
from service.store import sources

NO_SOURCE = "There is no such source."


async def change_source(
    act: Act, source_id: UUID, change: SourceChange, revision: int
) -> Done[Source] | Refused:
    """Change what is named; refused where somebody else changed the source since `revision`.

    Messages that wait for review are read by the new mapping when they are tried again.
    """
    known = await sources.lock(act, act.clinic, source_id)
    if known is None or known.deleted:
        return refused("not_found", NO_SOURCE)
    if known.revision != revision:
        words = "The source was changed meanwhile; read it again and change that."
        return refused("precondition_failed", words)
    changed = {field: value for field, value in asdict(change).items() if value is not UNSET}
    after = replace(known.source, **changed)
    if after == known.source:
        return Done(after, revision=revision)
    refusal = faulty(after.mapping, "$.mapping")
    if refusal is not None:
        return refusal
    await sources.change(act, act.clinic, after)
    fields = ",".join(sorted(changed))
    act.tell("source.changed", source_id, fields=fields, rules=sources.digest_of(after))
    return Done(after, revision=revision + 1)


async def rotate_secret(act: Act, source_id: UUID, new: NewSecret) -> Done[IssuedSource] | Refused:
    """Give a source its next secret; for a day the one before is believed too."""
    known = await sources.lock(act, act.clinic, source_id)
    if known is None or known.deleted:
        return refused("not_found", NO_SOURCE)
    verifier = known.source.verifier
    refusal = None if new.secret is None else judge_secret(verifier, new.secret)
    if refusal is not None:
        return refusal
    secret = new.secret or write_secret(verifier, secrets.token_bytes(SECRET_BYTES))
    until = act.now + timedelta(seconds=OVERLAP_S)
    await sources.rotate(act, act.clinic, source_id, secret, until)
    act.tell("source.secret_rotated", source_id, own_secret=int(bool(new.secret)))
    after = replace(known.source, old_secret_until=until)
    return Done(IssuedSource(**asdict(after), secret=secret), revision=known.revision + 1)


async def remove_source(act: Act, source_id: UUID) -> Done[Source] | Refused:
    """Delete a source: nothing more is taken from it, and what came stays and can still be reviewed."""
    known = await sources.lock(act, act.clinic, source_id)
    if known is None or known.deleted:
        return refused("not_found", NO_SOURCE)
    await sources.remove(act, act.clinic, source_id)
    act.tell("source.removed", source_id)
    return Done(known.source)
