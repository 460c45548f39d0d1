"""Days drawn by lot: the public records that prove which days somebody was asked to come on."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct


class DayRecord(Struct, frozen=True):
    """The public record of one day's turn, by which anyone can check it once its seed is revealed.

    The slip is made of the HMAC-SHA256 under the seed of `cm-draw|{draw_id}|0|{counter}`; the first
    `wanted` slips draw the day.
    """

    id: UUID
    draw_id: str
    """Name that goes into the proof: the enrollment, the target and the day."""
    enrollment: UUID
    target: str
    """Name of the target that the day was drawn for, or not."""
    day: date
    """The clinic's local day that had its turn."""
    days: tuple[date, ...]
    """The days of its program week that were left on that morning, itself the first."""
    wanted: int
    """How many of them were still to be drawn."""
    slip: int | None
    """The slip, from 1 to the number of `days`; null where nothing more was wanted."""
    drawn: bool
    """Whether somebody was asked to come on that day."""
    commitment: str
    """SHA-256 of the seed, in hexadecimal, published before the day's turn."""
    seed: UUID
    """Id of the seed behind `commitment`."""
    drawn_at: datetime
    revealed_seed: str | None = None
    """The seed itself in hexadecimal, once it is revealed."""


class DayPage(Struct, frozen=True):
    """One page of the days of an enrollment that had their turn, newest first."""

    items: tuple[DayRecord, ...]
    next_cursor: str | None = None
