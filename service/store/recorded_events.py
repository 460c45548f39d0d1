"""Events as they are read again: the facts on record, and all that was posted for one."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import UNSET, Struct
from msgspec.structs import replace

from schemas.program import Effect, Unit
from schemas.receipts import AwardKind, Money, RecordedEvent
from service.core.compiled import Rules
from service.core.corrections import PastCorrection, minutes_stand, stands
from service.core.outcomes import titles_of
from service.core.quantities import as_number
from service.core.state import Why
from service.store.database.pool import Tx
from service.store.reports import earliest_id
from service.store.time_ranges import EARLIEST, LATEST, is_sought_by_time

_why = msgspec.json.Decoder(tuple[Why, ...])


class EventFilter(Struct, frozen=True):
    """Which events are looked for; all that is given must match, `since` <= occurred_at < `until`."""

    participant: UUID | None = None
    enrollment: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


class StoredEvent(Struct, frozen=True):
    """One recorded event, with the program version that its enrollment is in."""

    id: UUID
    enrollment: UUID
    participant: UUID
    fact_no: int
    target: str
    outcome: str
    effect: Effect
    week: int
    occurred_at: datetime
    recorded_at: datetime
    recorded_by: UUID
    reference: str | None
    program: str
    version: int
    starts_on: date
    expected_on: date | None
    another_of: UUID | None
    quantity: int | None = None
    minutes: int | None = None


class StoredAward(Struct, frozen=True):
    """One posting for a fact, in minor units of `unit`."""

    id: UUID
    event: UUID | None
    kind: AwardKind
    unit: Unit
    amount: int
    clipped: int
    overpaid: int
    unrecovered: int
    why: tuple[Why, ...]


class Earned(Struct, frozen=True):
    """When an event happened, and what was posted for it until now in each unit."""

    at: datetime
    money: tuple[Money, ...]


async def find(tx: Tx, event: UUID) -> StoredEvent | None:
    """One event by id."""
    row = await tx.row("events/find", event_id=event)
    return None if row is None else _event(row)


async def before(tx: Tx, last: UUID, rows_max: int, filters: EventFilter) -> list[StoredEvent]:
    """Events recorded before `last` that match the filters, newest recorded first."""
    wanted = {"before": last, "limit": rows_max, "since": filters.since, "until": filters.until}
    if filters.enrollment is not None:
        rows = await tx.rows("events/list_of_enrollment", **wanted, enrollment_id=filters.enrollment)
        if filters.participant is not None:
            rows = [row for row in rows if row["participant_id"] == filters.participant]
    elif filters.participant is not None:
        rows = await tx.rows("events/list_of_participant", **wanted, participant_id=filters.participant)
    elif is_sought_by_time(tx.now, filters.since, filters.until):
        since, until = filters.since or EARLIEST, filters.until or LATEST
        wanted |= {"since": since, "until": until}
        rows = await tx.rows("events/list_of_time", **wanted)
    else:
        rows = await tx.rows("events/list", **wanted)
    return [_event(row) for row in rows]


async def count_of(tx: Tx, participant: UUID) -> int:
    """How many events are on record of one participant."""
    return cast("int", await tx.value("events/count_of_participant", participant_id=participant))


def shown(
    known: StoredEvent, rules: Rules, corrections: Sequence[PastCorrection], effect: Effect | None = None
) -> RecordedEvent:
    """An event as it is answered: what stands now, after its corrections.

    Without `effect` that is what was said when it was recorded, or what its corrected outcome stands for.
    """
    target = rules.targets[rules.place_of[known.target]]
    now = stands(known.id, known.outcome, corrections)
    minutes = minutes_stand(known.id, known.minutes, now, corrections)
    event = RecordedEvent(
        known.id,
        known.enrollment,
        known.participant,
        known.target,
        target.target.behavior,
        known.outcome if now is None else now,
        effect or known.effect,
        known.occurred_at,
        known.recorded_at,
        known.recorded_by,
        known.week,
        known.reference,
        expected_on=known.expected_on or UNSET,
        another_of=known.another_of or UNSET,
        quantity=UNSET if known.quantity is None else as_number(known.quantity),
        minutes=UNSET if minutes is None else minutes,
        outcome_title=titles_of(target.target).get(known.outcome if now is None else now, UNSET),
    )
    if now is None:
        return replace(event, effect="neutral", withdrawn=True)
    if now == known.outcome:
        return event
    return replace(event, effect=effect or target.effects[now], recorded_outcome=known.outcome)


async def earned(tx: Tx, events: Sequence[UUID]) -> dict[UUID, Earned]:
    """When some events happened and what each has earned, by event."""
    found: dict[UUID, Earned] = {}
    for row in await tx.rows("events/earned", events=events):
        known = found.get(row["event_id"]) or Earned(row["occurred_at"], ())
        if row["unit"] is not None:
            known = Earned(known.at, (*known.money, Money(row["unit"], row["amount"])))
        found[row["event_id"]] = known
    return found


async def awards_of(tx: Tx, enrollment: UUID, fact_no: int) -> list[StoredAward]:
    """Everything that was posted for one fact so far, in the order posted."""
    return [_award(row) for row in await tx.rows("awards/of_fact", enrollment_id=enrollment, fact_no=fact_no)]


def _event(row: Record) -> StoredEvent:
    return StoredEvent(
        row["event_id"],
        row["enrollment_id"],
        row["participant_id"],
        row["fact_no"],
        row["target"],
        row["outcome"],
        cast("Effect", row["effect"]),
        row["program_week"],
        row["occurred_at"],
        row["recorded_at"],
        row["recorded_by"],
        row["reference"],
        row["program"],
        row["version"],
        row["starts_on"],
        row["expected_on"],
        row["another_of"],
        row["quantity"],
        row["minutes"],
    )


def _award(row: Record) -> StoredAward:
    return StoredAward(
        row["award_id"],
        row["event_id"],
        cast("AwardKind", row["kind"]),
        cast("Unit", row["unit"]),
        row["amount"],
        row["clipped"],
        row["overpaid"],
        row["unrecovered"],
        _why.decode(row["why"]),
    )


async def since(tx: Tx, since: datetime, after: UUID, rows_max: int) -> list[StoredEvent]:
    """Events recorded at `since` or later and after one with an id, the first recorded first."""
    rows = await tx.rows(
        "events/recorded_since", since=since, after=after, earliest_id=earliest_id(since), limit=rows_max
    )
    return [_event(row) for row in rows]


async def corrected_since(
    tx: Tx, since: datetime, after: UUID, rows_max: int
) -> list[tuple[UUID, StoredEvent]]:
    """Events that were corrected at `since` or later, each with the correction, in that order."""
    rows = await tx.rows(
        "events/corrected_since", since=since, after=after, earliest_id=earliest_id(since), limit=rows_max
    )
    return [(row["place"], _event(row)) for row in rows]
