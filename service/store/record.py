"""Write a batch of events and all that follows from them in few statements over arrays."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

import asyncpg
import msgspec
from msgspec import Struct, UnsetType

from schemas.events import NewEvent
from schemas.program import Unit
from schemas.receipts import Balance, RecordedEvent
from service.core.actors import Actor
from service.core.digests import content_digest
from service.core.episode import Decided, Episode
from service.core.ledger import Movement, Posting
from service.core.live import is_reading
from service.core.notices import telling
from service.core.notices.telling import Notice
from service.core.quantities import in_hundredths
from service.core.recording import event_of, movement
from service.store import audit
from service.store.checkpoints import checkpoint_rows
from service.store.database.pool import Tx
from service.store.receipts import pack
from service.store.rows import AwardRow, BalanceRow, KnownRow, TimedEventRow, TransferRow
from service.store.versions_at_hand import AtHand, Written

_encode = msgspec.json.Encoder().encode

BalanceKey = tuple[UUID, Unit]
EVIDENCE = "events.evidence"
NOTE = "events.note"
"""The fields that an event's words are sealed as."""
MOVED = "RW001"
"""The error of `hold_to`."""


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
    """The answer to a request with an idempotency key: sealed, or else the receipt of an event."""

    actor: Actor
    key: str
    digest: bytes
    answer: bytes | None
    event: UUID | None
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
        None if event.quantity is None else in_hundredths(event.quantity),
        event.minutes,
    )


def said_quantity(event: RecordedEvent) -> int | None:
    """The quantity that an event named, in hundredths."""
    return None if isinstance(event.quantity, UnsetType) else in_hundredths(event.quantity)


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


class StateMovedError(Exception):
    """What was decided from is no longer so; nothing is written, and what is read anew is right."""


async def write(tx: Tx, books: Books, at_hand: AtHand | None = None) -> Written | None:
    """Write all of it in one statement, the last of its transaction where it has entries for the audit trail.

    Gives the version of the rows that it writes, none where it writes entries alone. Raises
    UniqueViolationError where a reference was taken meanwhile, and StateMovedError where what was at hand is
    not so.
    """
    if books.notices and not books.entries:
        message = "notices are numbered by the audit trail, so what is told to others is told there too"
        raise AssertionError(message)
    tx.touched.update(_touched(books))
    told = {
        "entries": audit.rows(tx.cipher.trail.of(tx.clinic), tx.now, books.entries),
        "notices": telling.logged(books.notices) if books.notices else None,
    }
    if not (books.facts or books.episodes or books.awards or books.movements or books.balances):
        await tx.run("ledger/tell", **told)
        return None
    try:
        written = await tx.row(
            "ledger/record",
            events=[_event(one) for one in books.facts],
            checkpoints=checkpoint_rows((one.event for one in books.facts), books.episodes),
            awards=[_award(one) for one in books.awards],
            transfers=[_transfer(tx.new_id(), one) for one in books.movements],
            balances=[_balance(*one) for one in books.balances.items()],
            known=[KnownRow(who, one.all()) for who, one in at_hand.versions.items()] if at_hand else [],
            references=at_hand.references if at_hand else [],
            listens=at_hand.listens if at_hand else None,
            timeline=at_hand.timeline if at_hand else None,
            **told,
        )
    except asyncpg.PostgresError as why:
        if why.sqlstate == MOVED:
            raise StateMovedError from why
        raise
    if written is None:
        raise AssertionError("what is written has a version")
    return Written(written["version"], written["timeline"])


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


def _event(fact: NewFact) -> TimedEventRow:
    event = fact.event
    return TimedEventRow(
        event_id=event.id,
        enrollment_id=event.enrollment,
        participant_id=event.participant,
        fact_no=fact.no,
        target=event.target,
        outcome=event.outcome,
        effect=event.effect,
        program_week=event.week,
        occurred_at=event.occurred_at,
        recorded_by=event.recorded_by,
        recording_id=fact.recording,
        reference=event.reference,
        reference_no=fact.reference_no,
        evidence=fact.evidence,
        note=fact.note,
        digest=fact.digest,
        receipt=pack(fact.receipt),
        expected_on=None if isinstance(event.expected_on, UnsetType) else event.expected_on,
        another_of=None if isinstance(event.another_of, UnsetType) else event.another_of,
        imported=fact.imported,
        quantity=said_quantity(event),
        minutes=None if isinstance(event.minutes, UnsetType) else event.minutes,
    )


def _award(new: NewAward) -> AwardRow:
    posting = new.posting
    return AwardRow(
        enrollment_id=new.enrollment,
        fact_no=posting.fact_no,
        award_id=new.id,
        participant_id=new.participant,
        event_id=new.event,
        cause_no=new.cause_no,
        slot=posting.slot,
        kind=posting.kind,
        unit=posting.unit,
        amount=posting.amount,
        clipped=posting.clipped,
        overpaid=posting.overpaid,
        unrecovered=posting.unrecovered,
        withheld=posting.withheld,
        why=_encode(posting.why),
    )


def _transfer(transfer: UUID, movement: Movement) -> TransferRow:
    return TransferRow(
        participant_id=movement.participant,
        unit=movement.unit,
        transfer_id=transfer,
        source=movement.source,
        destination=movement.destination,
        amount=movement.amount,
        cause=movement.cause,
        cause_id=movement.cause_id,
        enrollment_id=movement.enrollment,
        fact_no=movement.fact_no,
        day=movement.day,
        funding=movement.funding,
    )


def _balance(key: BalanceKey, balance: Balance) -> BalanceRow:
    participant, unit = key
    return BalanceRow(participant, unit, balance.available, balance.held, balance.given, balance.earned)


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
            event_id=[a.event for a in answers],
            moved_value=[a.moved_value for a in answers],
        )
