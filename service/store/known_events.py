"""Events that are on record already, as whoever records another one asks for them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from service.core.corrections import minutes_stand, stands
from service.store import corrections
from service.store.database.pool import Tx
from service.store.receipts import unpack


class KnownEvent(Struct, frozen=True):
    """An event on record, with the outcome that it was recorded with and its first receipt.

    `reference_no` counts the events that were withdrawn under its reference before it. `corrected` says that
    there are corrections of it, `quantity` how much it named, in hundredths, and `minutes` those attended.
    """

    event: UUID
    enrollment: UUID
    participant: UUID
    fact_no: int
    target: str
    outcome: str
    occurred_at: datetime
    recorded_by: UUID
    reference: str | None
    reference_no: int
    digest: bytes
    receipt: bytes
    corrected: bool = False
    quantity: int | None = None
    minutes: int | None = None


class DayAsked(Struct, frozen=True):
    """One local day of one target of an enrollment."""

    enrollment: UUID
    target: str
    day: date


def known_event(row: Record, fact_no: int) -> KnownEvent:
    """An event on record, from any query that reads what is known of one."""
    return KnownEvent(
        row["event_id"],
        row["enrollment_id"],
        row["participant_id"],
        fact_no,
        row["target"],
        row["outcome"],
        row["occurred_at"],
        row["recorded_by"],
        row["reference"],
        row["reference_no"],
        row["digest"],
        unpack(row["receipt"]),
        row["corrected"],
        row["quantity"],
        row["minutes"],
    )


async def of_days(tx: Tx, asked: Sequence[DayAsked], zone: tzinfo) -> list[KnownEvent]:
    """The events that people recorded of some targets on some local days, each day's in their order."""
    if not asked:
        return []
    starts = [datetime.combine(one.day, time(), zone) for one in asked]
    ends = [datetime.combine(one.day + timedelta(days=1), time(), zone) for one in asked]
    rows = await tx.rows(
        "events/of_days",
        enrollments=[one.enrollment for one in asked],
        targets=[one.target for one in asked],
        since=starts,
        until=ends,
    )
    return [known_event(row, row["fact_no"]) for row in rows]


async def under_reference(tx: Tx, reference: str) -> list[KnownEvent]:
    """Every event that was recorded under a reference, the first one first."""
    rows = await tx.rows("events/under_reference", reference=reference)
    return [known_event(row, row["fact_no"]) for row in rows]


async def hold_references(tx: Tx, references: Iterable[str]) -> None:
    """Let nobody else give these references away, or back, until the transaction ends."""
    for reference in sorted(set(references)):
        await tx.run("events/hold_reference", reference=reference)


async def outcomes_now(tx: Tx, known: Iterable[KnownEvent]) -> dict[UUID, str | None]:
    """The outcome that stands for each of some events, or none where it is withdrawn, by event."""
    events = {one.event: one for one in known}
    found: dict[UUID, str | None] = {one.event: one.outcome for one in events.values()}
    corrected = [one.event for one in events.values() if one.corrected]
    if corrected:
        for event, own in (await corrections.of_events(tx, corrected)).items():
            found[event] = stands(event, events[event].outcome, [one.past for one in own])
    return found


async def minutes_now(tx: Tx, known: KnownEvent, outcome: str | None) -> int | None:
    """The minutes that stand for an event whose outcome by now is `outcome`."""
    own = (await corrections.of_events(tx, [known.event])).get(known.event, []) if known.corrected else []
    return minutes_stand(known.event, known.minutes, outcome, [one.past for one in own])
