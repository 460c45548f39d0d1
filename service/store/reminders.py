"""Reminders: what a clinic sends, who gave leave, and what was in hand."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final, cast
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from schemas.reminders import (
    Reminder,
    ReminderChannel,
    ReminderKind,
    ReminderLeave,
    ReminderSettings,
    ReminderStatus,
)
from service.core.expected import AWAY, MISSED, NOT_THERE
from service.core.reminders import UNSET, clock
from service.store.database.pool import Tx
from service.store.visits import InCare

IN_HAND: Final = timedelta(minutes=10)
"""How long a reminder may be in somebody's hand before it is given up."""
VAIN: Final = timedelta(days=4)
"""After how long a reminder that was never taken is given up."""
LATEST: Final = 12
"""At how many of an enrollment's latest facts is looked for a missed visit."""


TOLD: Final = 30
"""At how many of the latest reminders of somebody is looked."""


class Told(Struct, frozen=True):
    """One occasion that somebody was reminded of, and when."""

    kind: ReminderKind
    occasion: str
    at: datetime


class ReminderFilter(Struct, frozen=True):
    """Which reminders are asked for."""

    participant: UUID | None = None
    kind: ReminderKind | None = None
    status: ReminderStatus | None = None


class Missed(Struct, frozen=True):
    """When a visit of an enrollment was last missed, and when somebody last came."""

    missed_at: datetime | None
    came_at: datetime | None


class Kept(Struct, frozen=True):
    """Days on which people were expected, with a reminder and without, and how many of them were kept."""

    reminded: int
    reminded_kept: int
    others: int
    others_kept: int


async def settings(tx: Tx) -> ReminderSettings:
    """What the clinic sends; nothing where nobody has set it."""
    row = await tx.row("reminders/settings")
    if row is None:
        return UNSET
    return ReminderSettings(
        tuple(row["kinds"]),
        row["hours_before"],
        _text(row["quiet_from"]),
        _text(row["quiet_until"]),
        _text(row["visits_begin"]),
        row["called"],
        replies=row["replies"],
        set_at=row["set_at"],
        set_by=row["set_by"],
    )


async def set_settings(tx: Tx, new: ReminderSettings, by: UUID) -> None:
    """Write what is sent from now on."""
    await tx.run(
        "reminders/set",
        kinds=list(new.kinds),
        hours_before=new.hours_before,
        quiet_from=clock(new.quiet_from),
        quiet_until=clock(new.quiet_until),
        visits_begin=clock(new.visits_begin),
        called=new.called,
        replies=new.replies,
        set_by=by,
    )


async def leave(tx: Tx, participant: UUID, charts: Sequence[UUID]) -> ReminderLeave:
    """What a person said last about being reminded; no leave where they never said anything."""
    row = await tx.row("reminders/leave", charts=list(charts))
    if row is None:
        return ReminderLeave(participant, None)
    return ReminderLeave(participant, row["channel"], row["how"], row["changed_at"], row["changed_by"])


async def say(tx: Tx, new: ReminderLeave) -> None:
    """Write what a locked person said."""
    await tx.run(
        "reminders/say",
        participant_id=new.participant,
        channel=new.channel,
        how=new.how,
        changed_at=new.changed_at,
        changed_by=new.changed_by,
    )


async def people(
    tx: Tx, channels: Iterable[str], after: UUID, rows_max: int
) -> tuple[list[tuple[UUID, ReminderChannel]], UUID | None]:
    """Who gave leave for a way that there is and is in care, after an id, in the order of ids.

    At most `rows_max` are looked at; gives the id after which the others come, where there may be any.
    """
    rows = await tx.rows("reminders/people", channels=sorted(channels), after=after, limit=rows_max)
    last = rows[-1]["participant_id"] if len(rows) == rows_max else None
    return [(row["participant_id"], row["channel"]) for row in rows if row["is_asked"]], last


async def enrollments(tx: Tx, participants: Sequence[UUID], today: date) -> list[InCare]:
    """What some people are enrolled in and is not over; one that begins later is among them."""
    rows = await tx.rows("reminders/enrollments", participants=list(participants), today=today)
    return [InCare(*row) for row in rows]


async def missed(tx: Tx, some: Sequence[UUID]) -> dict[UUID, Missed]:
    """When a visit of some enrollments was last missed, by what stands on record."""
    rows = await tx.rows(
        "reminders/missed",
        enrollments=list(some),
        missed=sorted(set(MISSED.values())),
        not_there=sorted(NOT_THERE),
        latest=LATEST,
    )
    return {row["enrollment_id"]: Missed(row["missed_at"], row["came_at"]) for row in rows}


async def waiting(tx: Tx, participants: Sequence[UUID]) -> dict[UUID, tuple[UUID, datetime]]:
    """The newest thing that waits for each of some people, and since when; the others are left out."""
    rows = await tx.rows("reminders/waiting", participants=list(participants))
    return {row["participant_id"]: (row["thing"], row["since"]) for row in rows}


async def told(tx: Tx, participants: Sequence[UUID]) -> dict[UUID, list[Told]]:
    """What each of some people was reminded of last; who never was is left out."""
    found: dict[UUID, list[Told]] = {}
    for row in await tx.rows("reminders/told", participants=list(participants), latest=TOLD):
        found.setdefault(row["participant_id"], []).append(Told(row["kind"], row["occasion"], row["made_at"]))
    return found


async def claim(
    tx: Tx,
    participant: UUID,
    kind: ReminderKind,
    occasion: str,
    visit_on: date | None,
    channel: ReminderChannel,
) -> tuple[UUID, int] | None:
    """Take a reminder in hand; gives its id and the number of this try, none where it ever was in hand."""
    row = await tx.row(
        "reminders/claim",
        reminder_id=tx.new_id(),
        participant_id=participant,
        kind=kind,
        occasion=occasion,
        visit_on=visit_on,
        channel=channel,
        next_at=tx.now + IN_HAND,
    )
    return None if row is None else (row["reminder_id"], row["tries"])


async def settle(tx: Tx, reminder: UUID, status: ReminderStatus, next_at: datetime) -> None:
    """Write what became of a reminder that was in hand, and from when on it is tried again."""
    await tx.run(
        "reminders/settle",
        reminder_id=reminder,
        status=status,
        next_at=next_at,
        sent_at=tx.now if status == "sent" else None,
    )


async def give_up(tx: Tx) -> None:
    """Write off what was in hand for too long, and what was tried in vain for days."""
    await tx.run("reminders/give_up", vain_before=tx.now - VAIN)


async def before(
    tx: Tx, last_id: UUID, rows_max: int, wanted: ReminderFilter, charts: Sequence[UUID] | None
) -> list[Reminder]:
    """Reminders before an id, newest first; of the charts of one person where those are given."""
    values: dict[str, Any] = {
        "before": last_id,
        "limit": rows_max,
        "kind": wanted.kind,
        "status": wanted.status,
    }
    if charts is None:
        rows = await tx.rows("reminders/list", **values)
    else:
        rows = await tx.rows("reminders/list_of_participant", charts=list(charts), **values)
    return [_reminder(row) for row in rows]


async def kept(tx: Tx, since: datetime, until: datetime, zone: str) -> Kept:
    """How many days that people were expected on were kept between two moments, reminded and not."""
    row = await tx.row(
        "reminders/kept",
        since=since,
        until=until,
        zone=zone,
        not_there=sorted(NOT_THERE),
        away=sorted(AWAY),
    )
    assert row is not None  # noqa: S101  an aggregate has one row
    return Kept(*row)


def _text(wall: time) -> str:
    return f"{wall:%H:%M}"


def _reminder(row: Record) -> Reminder:
    return Reminder(
        row["reminder_id"],
        row["participant_id"],
        row["kind"],
        row["channel"],
        cast("ReminderStatus", row["status"]),
        row["made_at"],
        row["sent_at"],
        row["visit_on"],
    )
