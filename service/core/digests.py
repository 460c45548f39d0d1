"""What an event and a recording are known by: SHA-256 over what they say."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime

from schemas.ids import Id
from service.core.quantities import ONE


def content_digest(
    enrollment: Id,
    target: str,
    outcome: str,
    at: datetime,
    evidence: bytes | None,
    note: bytes | None,
    quantity: int | None = None,
    minutes: int | None = None,
) -> bytes:
    """SHA-256 over what an event says; `evidence` and `note` are their keyed hashes, not their words.

    `quantity` is in hundredths; one alone, which is what an event without a quantity counts as, is not said.
    `minutes` are those attended, as they were recorded.
    """
    said = () if quantity in {None, ONE} else (str(quantity),)
    stayed = () if minutes is None else (f"minutes {minutes}",)
    fields = (str(enrollment), target, outcome, at.astimezone(UTC).isoformat(), *said, *stayed)
    words = "\x1f".join(fields).encode() + b"\x1f" + (evidence or b"-") + b"\x1f" + (note or b"-")
    return hashlib.sha256(words).digest()


def recording_digest(facts: Iterable[tuple[Id, bytes]]) -> str:
    """SHA-256 (hexadecimal) over the ids and digests of the events of one recording, in id order."""
    whole = hashlib.sha256()
    for event, digest in sorted(facts, key=lambda pair: pair[0].bytes):
        whole.update(event.bytes + digest)
    return whole.hexdigest()
