"""Write a batch of events and all that follows from them in few statements over arrays."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

import msgspec
from msgspec import Struct, UnsetType

from schemas.events import NewEvent
from schemas.program import Unit
from schemas.receipts import Balance, RecordedEvent
from service.core.actors import Actor
from service.core.episode import Decided, Episode
from service.core.ledger import Movement, Posting
from service.core.live import is_reading
from service.core.notices import telling
from service.core.notices.telling import Notice
from service.core.recording import content_digest, event_of, movement
from service.store import audit
from service.store.database.pool import Tx

_encode = msgspec.json.Encoder().encode

BalanceKey = tuple[UUID, Unit]
EVIDENCE = "events.evidence"
NOTE = "events.note"
"""The fields that an event's words are sealed as."""


class NewFact(Struct, frozen=True):
    """An event as it goes on record, with the first answer to it; `no` is its place in the enrollment.

    `reference_no` counts the events that were withdrawn under its reference before it. `imported` says that
    it comes from a file.
    """

    event: RecordedEvent
    actor: Actor
    recording: UUID
    evidence: bytes | None
    note: bytes | None
    digest: bytes
    receipt: bytes
    no: int
    reference_no: int
    imported: bool = False


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


class Books(Struct, frozen=True):
    """Rows that operations add to the books.

    Facts, the enrollments after them, awards, transfers, balances, the entries of the audit trail, and what
    subscribers are told of it.
    """

    facts: Sequence[NewFact] = ()
    episodes: Sequence[Episode] = ()
    awards: Sequence[NewAward] = ()
    movements: Sequence[Movement] = ()
    balances: Mapping[BalanceKey, Balance] = {}
    entries: Sequence[audit.Entry] = ()
    notices: Sequence[Notice] = ()


def fact(
    tx: Tx,
    event: NewEvent,
    recorded: RecordedEvent,
    actor: Actor,
    recording_id: UUID | None,
    receipt: bytes,
    no: int,
    reference_no: int = 0,
) -> NewFact:
    """An event made ready to go on record: its words sealed, and its content's digest taken."""
    seal = tx.cipher.seal
    return NewFact(
        recorded,
        actor,
        recording_id or recorded.id,
        None if event.evidence is None else seal(tx.clinic, EVIDENCE, event.evidence),
        None if event.note is None else seal(tx.clinic, NOTE, event.note),
        digest(tx, event, recorded.enrollment, recorded.target),
        receipt,
        no,
        reference_no,
    )


def digest(tx: Tx, event: NewEvent, enrollment: UUID, target: str) -> bytes:
    """The digest of an event's content; of evidence and note only keyed hashes go into it."""
    blind = tx.cipher.blind
    return content_digest(
        enrollment,
        target,
        event.outcome,
        event.occurred_at,
        None if event.evidence is None else blind(tx.clinic, EVIDENCE, event.evidence),
        None if event.note is None else blind(tx.clinic, NOTE, event.note),
    )


def posted(
    decided: Decided, event: UUID | None, award_ids: Sequence[UUID]
) -> tuple[list[NewAward], list[Movement]]:
    """A decision's awards as they go on record, and their transfers."""
    awards, movements = [], []
    episode = decided.episode
    for award_id, posting in zip(award_ids, decided.postings, strict=True):
        about = event_of(decided, posting, event)
        awards.append(NewAward(award_id, episode.id, episode.participant, about, episode.facts, posting))
        made = movement(decided, posting, award_id)
        if made is not None:
            movements.append(made)
    return awards, movements


async def write(tx: Tx, books: Books) -> None:
    """Write all of it in one statement, the last of its transaction where it has entries for the audit trail.

    Raises UniqueViolationError where a reference was taken meanwhile.
    """
    if books.notices and not books.entries:
        message = "notices are numbered by the audit trail, so what is told to others is told there too"
        raise AssertionError(message)
    tx.touched.update(_touched(books))
    await tx.run(
        "ledger/record",
        **_facts(books.facts),
        **_checkpoints(books.episodes),
        **_awards(books.awards),
        **_movements(tx, books.movements),
        **_balances(books.balances),
        **audit.columns(tx.cipher.trail.of(tx.clinic), tx.now, books.entries),
        notices=telling.logged(books.notices) if books.notices else None,
    )


def _touched(books: Books) -> Iterator[UUID]:
    """Whose records are changed, and not only read."""
    yield from (participant for participant, _ in books.balances)
    yield from (episode.participant for episode in books.episodes)
    for entry in books.entries:
        if entry.participant is not None and not is_reading(entry.deed):
            yield entry.participant


async def awards(tx: Tx, posted: Sequence[NewAward]) -> None:
    """Write what was posted."""
    await write(tx, Books(awards=posted))


Columns = dict[str, Sequence[object]]
"""Rows to be written, an array a column, by the names that `ledger/record` gives to them."""


def _facts(recorded: Sequence[NewFact]) -> Columns:
    events = [fact.event for fact in recorded]
    return {
        "event_id": [e.id for e in events],
        "event_enrollment_id": [e.enrollment for e in events],
        "event_participant_id": [e.participant for e in events],
        "event_fact_no": [f.no for f in recorded],
        "event_target": [e.target for e in events],
        "event_outcome": [e.outcome for e in events],
        "event_effect": [e.effect for e in events],
        "event_program_week": [e.week for e in events],
        "event_occurred_at": [e.occurred_at for e in events],
        "event_recorded_by": [e.recorded_by for e in events],
        "event_recording_id": [f.recording for f in recorded],
        "event_reference": [e.reference for e in events],
        "event_reference_no": [f.reference_no for f in recorded],
        "event_evidence": [f.evidence for f in recorded],
        "event_note": [f.note for f in recorded],
        "event_digest": [f.digest for f in recorded],
        "event_receipt": [f.receipt for f in recorded],
        "event_expected_on": [
            None if isinstance(e.expected_on, UnsetType) else e.expected_on for e in events
        ],
        "event_another_of": [None if isinstance(e.another_of, UnsetType) else e.another_of for e in events],
        "event_imported": [f.imported for f in recorded],
    }


def _checkpoints(episodes: Sequence[Episode]) -> Columns:
    return {
        "checkpoint_enrollment_id": [episode.id for episode in episodes],
        "checkpoint_facts": [episode.facts for episode in episodes],
        "checkpoint_state": [_encode(episode.state) for episode in episodes],
    }


def _awards(posted: Sequence[NewAward]) -> Columns:
    return {
        "award_enrollment_id": [a.enrollment for a in posted],
        "award_fact_no": [a.posting.fact_no for a in posted],
        "award_id": [a.id for a in posted],
        "award_participant_id": [a.participant for a in posted],
        "award_event_id": [a.event for a in posted],
        "award_cause_no": [a.cause_no for a in posted],
        "award_slot": [a.posting.slot for a in posted],
        "award_kind": [a.posting.kind for a in posted],
        "award_unit": [a.posting.unit for a in posted],
        "award_amount": [a.posting.amount for a in posted],
        "award_clipped": [a.posting.clipped for a in posted],
        "award_overpaid": [a.posting.overpaid for a in posted],
        "award_unrecovered": [a.posting.unrecovered for a in posted],
        "award_withheld": [a.posting.withheld for a in posted],
        "award_why": [_encode(a.posting.why) for a in posted],
    }


def _movements(tx: Tx, movements: Sequence[Movement]) -> Columns:
    return {
        "transfer_id": [tx.new_id() for _ in movements],
        "transfer_participant_id": [m.participant for m in movements],
        "transfer_unit": [m.unit for m in movements],
        "transfer_source": [m.source for m in movements],
        "transfer_destination": [m.destination for m in movements],
        "transfer_amount": [m.amount for m in movements],
        "transfer_cause": [m.cause for m in movements],
        "transfer_cause_id": [m.cause_id for m in movements],
        "transfer_enrollment_id": [m.enrollment for m in movements],
        "transfer_fact_no": [m.fact_no for m in movements],
        "transfer_day": [m.day for m in movements],
        "transfer_funding": [m.funding for m in movements],
    }


def _balances(balances: Mapping[BalanceKey, Balance]) -> Columns:
    sheets = balances.values()
    return {
        "balance_participant_id": [participant for participant, _ in balances],
        "balance_unit": [b.unit for b in sheets],
        "balance_available": [b.available for b in sheets],
        "balance_held": [b.held for b in sheets],
        "balance_given": [b.given for b in sheets],
        "balance_earned": [b.earned for b in sheets],
    }


async def first_answers(tx: Tx, answers: Sequence[FirstAnswer]) -> None:
    """Keep the answers to requests with idempotency keys.

    Raises UniqueViolationError where another request with the key was first.
    """
    if answers:
        await tx.run(
            "idempotency/keep_many",
            actor_id=[a.actor.id for a in answers],
            key=[a.key for a in answers],
            digest=[a.digest for a in answers],
            answer=[a.answer for a in answers],
            moved_value=[a.moved_value for a in answers],
        )
