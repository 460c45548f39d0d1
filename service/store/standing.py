"""How it stands with the subscribers: what they were last heard of, and what waits for them."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from service.store.database.pool import Tx

COUNTED_MAX = 200
"""Up to how many waiting notices are counted for each subscriber."""


class Standing(Struct, frozen=True):
    """The delivery state of one subscriber: `waiting` notices, how many were tried, the oldest's time.

    `sequence` is how many it was ever queued, and `circuit` is open while it is left alone.
    """

    circuit: str
    silences: int
    sequence: int
    waiting: int
    failing: int
    oldest: datetime | None


async def of_clinic(tx: Tx) -> dict[UUID, Standing]:
    """How it stands with each subscriber of a clinic."""
    rows = await tx.rows("subscriber_heads/standing", limit=COUNTED_MAX)
    return {row["subscriber_id"]: Standing(*tuple(row)[1:]) for row in rows}
