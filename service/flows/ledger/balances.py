"""Read balances: those asked for together in one transaction, with each reading in the audit trail."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from schemas.receipts import BalanceSheet
from service.core.actors import Actor
from service.core.refusals import Refused, refused
from service.store import audit, ledger, record
from service.store.database.pool import Database


class ToRead(Struct, frozen=True):
    """Whose balances someone wants to read."""

    actor: Actor
    participant: UUID


class BalanceReader:
    """Reads the balances of one clinic that were asked for together."""

    def __init__(self, database: Database) -> None:
        """Read from a database."""
        self._database = database

    async def read(self, clinic: UUID, items: Sequence[ToRead]) -> list[BalanceSheet | Refused]:
        """Answer each reading; none is answered before it stands in the audit trail."""
        async with self._database.transaction(clinic) as tx:
            sheets = await ledger.sheets(tx, {item.participant for item in items})
            entries = [
                audit.Entry(item.actor, "balance.read", known.participant, known.participant)
                for item in items
                if (known := sheets.get(item.participant)) is not None
            ]
            if entries:
                await record.write(tx, record.Books(entries=entries))
        unknown = refused("not_found.participant")
        return [sheets.get(item.participant, unknown) for item in items]
