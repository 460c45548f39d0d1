"""Where reward providers' lists of orders differ from ours: found by a match, ended by a later one."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from schemas.providers import ProviderDifference
from service.core.order_matching import Difference
from service.store.database.pool import Tx


class Noted(Struct, frozen=True):
    """How many differences a match found that no match before it had, and how many are gone."""

    new: int
    ended: int


async def put(tx: Tx, account: UUID, found: Sequence[Difference]) -> Noted:
    """Write what a match found: what stands goes on standing, and what it did not find is ended."""
    rows = await tx.rows(
        "provider_differences/put",
        provider_account_id=account,
        provider_difference_id=[tx.new_id() for _ in found],
        reference=[one.reference for one in found],
        redemption_id=[one.redemption for one in found],
        kind=[one.kind for one in found],
        ours=[one.ours for one in found],
        theirs=[one.theirs for one in found],
    )
    ended = await tx.rows(
        "provider_differences/end",
        provider_account_id=account,
        found=[f"{one.reference} {one.kind}" for one in found],
    )
    return Noted(sum(row["is_new"] for row in rows), len(ended))


async def before(
    tx: Tx, account: UUID, last: UUID, rows_max: int, *, standing: bool | None
) -> list[ProviderDifference]:
    """Differences of an account found before `last`, newest first."""
    rows = await tx.rows(
        "provider_differences/list",
        provider_account_id=account,
        before=last,
        limit=rows_max,
        standing=standing,
    )
    return [
        ProviderDifference(
            row["provider_difference_id"],
            row["provider_account_id"],
            row["kind"],
            row["reference"],
            row["ours"],
            row["theirs"],
            row["found_at"],
            row["redemption_id"],
            row["ended_at"],
        )
        for row in rows
    ]
