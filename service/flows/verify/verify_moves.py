"""Whether a clinic is served here, for `rewards verify`, beside what the audit trail tells of its moves."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Final

from service.core.verify.books import Mismatch
from service.store.database.pool import Tx

FITS: Final[Mapping[str | None, frozenset[str | None]]] = {
    None: frozenset({None}),
    "clinic.leaving": frozenset({"leaving", "left"}),
    "clinic.stayed": frozenset({None}),
    # By an archive alone it is served at once, by a move a little later.
    "clinic.imported": frozenset({None, "arriving"}),
    "clinic.arrived": frozenset({None}),
}
"""What was told of a clinic's moves last, with how far a move may be then."""


async def moves(tx: Tx) -> AsyncIterator[Mismatch]:
    """A clinic that is closed, or served, where its trail tells otherwise: else two places might serve it."""
    row = await tx.row("clinics/moves")
    if row is None or row["step"] in FITS[row["told"]]:
        return
    told = row["told"] or "no move of it"
    yield Mismatch("clinic_moves", {"clinic_id": str(tx.clinic)}, f"as {told} tells", row["step"] or "none")
