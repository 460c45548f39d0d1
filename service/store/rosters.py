"""Who is known and enrolled, asked for many people at once."""

from collections.abc import Iterable, Sequence
from datetime import tzinfo
from uuid import UUID

from service.core.calendar import local_day
from service.core.dated_episodes import KnownEpisode
from service.core.spellings import number_spelling
from service.store.database.pool import Tx


async def known(tx: Tx, references: Sequence[str]) -> dict[str, UUID]:
    """The participants among some references, by reference as asked; a former one leads to its person too."""
    keys = [number_spelling(one) for one in references]
    return {
        row["reference"]: row["participant_id"]
        for row in await tx.rows("participants/by_references", references=references, keys=keys)
    }


async def owners(tx: Tx, enrollments: Sequence[UUID]) -> dict[UUID, UUID]:
    """The participants of some enrollments, by enrollment."""
    return {
        row["enrollment_id"]: row["participant_id"]
        for row in await tx.rows("enrollments/owners", enrollments=enrollments)
    }


async def episodes(tx: Tx, participants: Iterable[UUID], zone: tzinfo) -> dict[UUID, list[KnownEpisode]]:
    """All enrollments of some participants, open or closed, by participant."""
    found: dict[UUID, list[KnownEpisode]] = {}
    for row in await tx.rows("enrollments/of_people", participants=list(participants)):
        latest_at = row["latest_at"]
        one = KnownEpisode(
            row["enrollment_id"],
            row["program"],
            row["starts_on"],
            row["closed_on"],
            row["ends_on"],
            None if latest_at is None else local_day(latest_at, zone),
        )
        found.setdefault(row["participant_id"], []).append(one)
    return found


async def programs(tx: Tx) -> list[str]:
    """The names of all published programs."""
    return [row["name"] for row in await tx.rows("programs/names")]
