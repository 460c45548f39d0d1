"""What a batch of events leaves behind, written in few statements over arrays."""

from collections.abc import Sequence
from uuid import UUID

import msgspec
from msgspec import Struct

from schemas.receipts import RecordedEvent
from service.core.actors import Actor
from service.core.ledger import Posting
from service.core.recording import Episode
from service.store.database import Tx

_encode = msgspec.json.Encoder().encode


class NewFact(Struct, frozen=True):
    """An event as it goes on record, with the first answer to it; `no` is its place in the enrollment."""

    event: RecordedEvent
    actor: Actor
    recording: UUID
    evidence: bytes | None
    note: bytes | None
    digest: bytes
    receipt: bytes
    no: int


class NewAward(Struct, frozen=True):
    """A posting as it goes on record: which event it is for, and which fact caused it."""

    id: UUID
    enrollment: UUID
    participant: UUID
    event: UUID | None
    cause_no: int
    posting: Posting


class FirstAnswer(Struct, frozen=True):
    """The answer to a request with an idempotency key, sealed."""

    actor: Actor
    key: str
    digest: bytes
    answer: bytes
    moved_value: bool


async def facts(tx: Tx, clinic: UUID, recorded: Sequence[NewFact], episodes: Sequence[Episode]) -> None:
    """Write facts, and the checkpoints of the enrollments as they stand after them.

    Raises UniqueViolationError where a reference was taken meanwhile.
    """
    events = [fact.event for fact in recorded]
    await tx.run(
        "events/insert",
        clinic,
        tx.now,
        [e.id for e in events],
        [e.enrollment for e in events],
        [e.participant for e in events],
        [f.no for f in recorded],
        [e.target for e in events],
        [e.outcome for e in events],
        [e.effect for e in events],
        [e.week for e in events],
        [e.occurred_at for e in events],
        [e.recorded_by for e in events],
        [f.recording for f in recorded],
        [e.reference for e in events],
        [f.evidence for f in recorded],
        [f.note for f in recorded],
        [f.digest for f in recorded],
        [f.receipt for f in recorded],
        [episode.id for episode in episodes],
        [episode.facts for episode in episodes],
        [_encode(episode.state) for episode in episodes],
    )


async def awards(tx: Tx, clinic: UUID, posted: Sequence[NewAward]) -> None:
    """Write what was posted."""
    await tx.run(
        "awards/insert",
        clinic,
        tx.now,
        [a.enrollment for a in posted],
        [a.posting.fact_no for a in posted],
        [a.id for a in posted],
        [a.participant for a in posted],
        [a.event for a in posted],
        [a.cause_no for a in posted],
        [a.posting.slot for a in posted],
        [a.posting.kind for a in posted],
        [a.posting.unit for a in posted],
        [a.posting.amount for a in posted],
        [a.posting.clipped for a in posted],
        [a.posting.overpaid for a in posted],
        [a.posting.unrecovered for a in posted],
        [_encode(a.posting.why) for a in posted],
    )


async def first_answers(tx: Tx, clinic: UUID, answers: Sequence[FirstAnswer]) -> None:
    """Keep the answers to requests with idempotency keys.

    Raises UniqueViolationError where another request with the key was first.
    """
    if answers:
        await tx.run(
            "idempotency/keep_many",
            clinic,
            tx.now,
            [a.actor.id for a in answers],
            [a.key for a in answers],
            [a.digest for a in answers],
            [a.answer for a in answers],
            [a.moved_value for a in answers],
        )
