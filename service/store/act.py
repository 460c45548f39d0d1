"""A unit of work: a transaction, the acting user, and its audit entries and notices."""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from uuid import UUID

from schemas.receipts import Balance
from service.core.actors import Actor
from service.core.notices.telling import Notice
from service.store.audit import Entry
from service.store.cap_totals import told_of
from service.store.database.pool import Tx
from service.store.record import BalanceKey


class Act(Tx):
    """A transaction, its acting user, and the audit entries of what the operation does or reads.

    `after` is done once all of it is committed, and not where it is taken back.
    `notices` and the balances `changed` are what subscribers are told of it, once it is done. `moves_value`
    says whether an operation that moves value runs in it.
    """

    def __init__(self, tx: Tx, actor: Actor) -> None:
        """Act in an open transaction as one actor."""
        super().__init__(tx.connection, tx.cipher, tx.now, tx.clinic)
        if actor.clinic != tx.clinic:
            raise AssertionError("an actor of one clinic acts in a transaction that sees another")
        self.touched = tx.touched
        self.actor = actor
        self.entries: list[Entry] = []
        self.notices: list[Notice] = []
        self.changed: dict[BalanceKey, Balance] = {}
        self.moves_value = False
        self.after: list[Callable[[], None]] = []

    def audit(
        self, deed: str, subject: UUID | None = None, participant: UUID | None = None, **detail: str | int
    ) -> None:
        """Put what is done into the audit trail, with ids, numbers and closed words only."""
        # JSON's true is neither a number nor a word: an entry that held it could not be read again.
        said = {name: int(value) if isinstance(value, bool) else value for name, value in detail.items()}
        self.entries.append(Entry(self.actor, deed, subject, participant, said))

    def audit_listed(self, deed: str, rows: Iterable[tuple[UUID, UUID]]) -> None:
        """Put a list that was shown into the audit trail: one entry a participant, however many its rows.

        `rows` are pairs of a row's id and its participant. An entry names the row where there is one, and
        says how many there were otherwise.
        """
        shown: dict[UUID, list[UUID]] = {}
        for row, participant in rows:
            shown.setdefault(participant, []).append(row)
        for participant, ids in shown.items():
            if len(ids) == 1:
                self.audit(deed, ids[0], participant)
            else:
                self.audit(deed, None, participant, count=len(ids))

    def notify(self, *notices: Notice) -> None:
        """Tell subscribers, where the clinic has any, once the operation is done."""
        self.notices += notices

    @asynccontextmanager
    async def preview(self) -> AsyncIterator[None]:
        """Take back all that is done within: what is shown of it is what the deed itself would do."""
        kept = (list(self.entries), list(self.notices), dict(self.changed), set(self.touched))
        await self.run("previews/begin")
        try:
            yield
        finally:
            await self.run("previews/take_back")
            self.entries, self.notices, self.changed = kept[:3]
            self.touched.clear()
            self.touched |= kept[3]

    def audit_caps(self, entries: Iterable[Entry]) -> None:
        """Tell the audit trail and the subscribers of the caps that were reached."""
        for entry in entries:
            self.entries.append(entry)
            self.notices.append(told_of(entry))
