"""What waits in a clinic, counted cheaply enough to be looked at all the time."""

from datetime import datetime
from typing import Final

from msgspec import Struct

from service.store.database.pool import Tx

COUNTED_MAX: Final = 1000
"""Up to how many of a kind are counted in a clinic, and of notices for a subscriber."""


class Tally(Struct, frozen=True):
    """Counts of what waits; the notices are those of active subscribers, and `dead` ones were given up.

    `review` and `kept` are inbound messages: put aside for somebody, and not understood yet. `queued` are
    texts and mails. The lines are those of the imports that are `running`, previews too. `provider_balance`
    is the least that an account with a provider holds, in cents; `orders_waiting` are on order with one.
    """

    waiting: int
    oldest: datetime | None
    dead: int
    review: int
    kept: int
    queued: int
    running: int
    lines: int
    lines_done: int
    import_oldest: datetime | None
    out_of_stock: int
    provider_balance: int | None = None
    providers_low: int = 0
    orders_waiting: int = 0
    orders_oldest: datetime | None = None
    provider_differences: int = 0


async def look(tx: Tx) -> Tally:
    """Count what waits in the transaction's clinic."""
    row = await tx.row("tallies/look", limit=COUNTED_MAX)
    if row is None:
        raise AssertionError("counts are one row")
    return Tally(*row)
