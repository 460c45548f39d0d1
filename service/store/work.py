"""Work that waits for staff and is not counted elsewhere: people who slip, what runs low, what ends."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from service.store.database.pool import Tx

LOOKED_MAX: Final = 5000
"""Of how many open enrollments, the newest first, it is looked who slips."""
LATEST: Final = 12
"""At how many of an enrollment's latest facts is looked."""


class Slipping(Struct, frozen=True):
    """Somebody who slips: when they came last, if they did, and whether they missed two visits in a row."""

    enrollment: UUID
    participant: UUID
    program: str
    came_at: datetime | None
    missed_twice: bool


class EndingConsent(Struct, frozen=True):
    """A consent with its last day."""

    consent: UUID
    participant: UUID
    expires_on: date


class LowReward(Struct, frozen=True):
    """A reward with how many pieces are left."""

    reward: UUID
    name: str
    stock: int


async def slipping(tx: Tx, today: date, since: datetime, first_day: date, rows_max: int) -> list[Slipping]:
    """Who missed two visits of one target in a row, or came to none since a moment; two misses first.

    Of those who came to none, only enrollments from before `first_day` count.
    """
    rows = await tx.rows(
        "work/slipping",
        today=today,
        since=since,
        first_day=first_day,
        looked=LOOKED_MAX,
        latest=LATEST,
        limit=rows_max,
    )
    return [Slipping(*row) for row in rows]


async def consents_ending(tx: Tx, today: date, until: date, rows_max: int) -> list[EndingConsent]:
    """Consents in force that end until a day, the first to end first."""
    rows = await tx.rows("work/consents_ending", today=today, until=until, limit=rows_max)
    return [EndingConsent(*row) for row in rows]


async def low(tx: Tx, few: int, rows_max: int) -> list[LowReward]:
    """Rewards on the shelf of which few are left, the fewest first."""
    return [LowReward(*row) for row in await tx.rows("work/low", few=few, limit=rows_max)]
