"""A transaction with somebody in it: what is done in it is told to the audit trail under their name."""

from uuid import UUID

from service.core.actors import Actor
from service.store.audit import Entry
from service.store.database import Tx


class Act(Tx):
    """A transaction with the actor in it; what the deed does or reads of a record, it tells."""

    def __init__(self, tx: Tx, actor: Actor) -> None:
        """Act in an open transaction as one actor."""
        super().__init__(tx.connection, tx.cipher, tx.now)
        self.touched = tx.touched
        self.actor = actor
        self.clinic = actor.clinic
        self.told: list[Entry] = []

    def tell(
        self, deed: str, subject: UUID | None = None, participant: UUID | None = None, **detail: str | int
    ) -> None:
        """Put what is done into the audit trail, with ids, numbers and closed words only."""
        self.told.append(Entry(self.actor, deed, subject, participant, detail))
