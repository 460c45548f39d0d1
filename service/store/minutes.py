"""Sessions of a span of days, with the minutes attended that stand, and who was in a program then."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from service.core.corrections import minutes_stand, stands
from service.store import corrections
from service.store.database.pool import Tx


class Session(Struct, frozen=True):
    """An event as it stands, of any behavior, with the minutes that stand for it."""

    participant: UUID
    program: str
    version: int
    event: UUID
    enrollment: UUID
    target: str
    outcome: str
    """The outcome now, after corrections."""
    occurred_at: datetime
    minutes: int | None


async def versions(tx: Tx) -> list[tuple[str, int]]:
    """Every version of every program."""
    return [(row["name"], row["version"]) for row in await tx.rows("minutes/versions")]


async def people(
    tx: Tx, of: Iterable[tuple[str, int]], first_day: date, last_day: date, before: UUID, rows_max: int
) -> list[UUID]:
    """Who was in one of some versions of programs between two days, the newest id first."""
    wanted = list(of)
    rows = await tx.rows(
        "minutes/people",
        programs=[program for program, _ in wanted],
        versions=[version for _, version in wanted],
        first_day=first_day,
        last_day=last_day,
        before=before,
        limit=rows_max,
    )
    return [row["participant_id"] for row in rows]


async def sessions(tx: Tx, participants: Sequence[UUID], since: datetime, until: datetime) -> list[Session]:
    """What happened to some participants in a span, as it stands: what was withdrawn is left out."""
    rows = await tx.rows("minutes/sessions", participants=participants, since=since, until=until)
    of = await corrections.of_events(tx, [row["event_id"] for row in rows if row["corrected"]])
    found = []
    for row in rows:
        own = [one.past for one in of.get(row["event_id"], ())]
        outcome = stands(row["event_id"], row["outcome"], own)
        if outcome is not None:
            minutes = minutes_stand(row["event_id"], row["minutes"], outcome, own)
            found.append(
                Session(
                    row["participant_id"],
                    row["program"],
                    row["version"],
                    row["event_id"],
                    row["enrollment_id"],
                    row["target"],
                    outcome,
                    row["occurred_at"],
                    minutes,
                )
            )
    return found
