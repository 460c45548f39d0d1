"""Tax thresholds, and what participants were paid in a calendar year."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from schemas.caps import TaxThreshold
from service.store.database.pool import Tx


class PaidInYear(Struct, frozen=True):
    """One participant's money credited, taken back and handed over, in cents.

    `in_kind` is what was given for anything but money is worth; `unvalued` counts what has no known worth.
    """

    participant: UUID
    reference: str
    display_code: str
    credited: int
    taken_back: int
    given: int
    in_kind: int
    unvalued: int
    brought_over: int


async def insert(tx: Tx, by: UUID, new: Sequence[TaxThreshold]) -> None:
    """Write new thresholds."""
    await tx.run(
        "tax_thresholds/insert",
        created_by=by,
        from_year=[one.from_year for one in new],
        tax_threshold_id=[one.id for one in new],
        amount=[one.amount for one in new],
    )


async def thresholds(tx: Tx, before_year: int, rows_max: int) -> list[TaxThreshold]:
    """The thresholds that hold from years before one on, the latest first."""
    rows = await tx.rows("tax_thresholds/list", before_year=before_year, limit=rows_max)
    return [
        TaxThreshold(
            row["tax_threshold_id"], row["from_year"], row["amount"], row["created_at"], row["created_by"]
        )
        for row in rows
    ]


async def paid(
    tx: Tx, after: UUID, people_max: int, year: int, within: tuple[datetime, datetime], zone: str
) -> list[PaidInYear]:
    """Payments of the next participants after one in a year, those with nothing too.

    The year lies `within` two moments on the clinic's clock.
    """
    first, end = within
    rows = await tx.rows(
        "transfers/of_year", after=after, limit=people_max, year=year, since=first, until=end, zone=zone
    )
    return [_paid(row) for row in rows]


async def paid_newest(
    tx: Tx, before: UUID, people_max: int, year: int, within: tuple[datetime, datetime], zone: str
) -> list[PaidInYear]:
    """Payments of those registered before one, the newest first."""
    first, end = within
    rows = await tx.rows(
        "transfers/of_year_newest",
        before=before,
        limit=people_max,
        year=year,
        since=first,
        until=end,
        zone=zone,
    )
    return [_paid(row) for row in rows]


def _paid(row: Record) -> PaidInYear:
    return PaidInYear(
        participant=row["participant_id"],
        reference=row["reference"],
        display_code=row["display_code"],
        credited=row["credited"],
        taken_back=row["taken_back"],
        given=row["given"],
        in_kind=row["in_kind"],
        unvalued=row["unvalued"],
        brought_over=row["brought_over"],
    )
