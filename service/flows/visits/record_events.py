"""Record verified behaviors: one transaction for all events that arrived together in one clinic."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from datetime import timedelta, tzinfo
from itertools import groupby
from uuid import UUID

from msgspec.structs import replace

from schemas.events import NewEvent
from service.core.refusals import Refused
from service.flows.visits.at_hand import ChartsAtHand, Start
from service.flows.visits.batch import Batch
from service.flows.visits.corrected_reports import Corrected, correct_record, lock_all
from service.flows.visits.to_record import Recorded, ToRecord
from service.store import clinics
from service.store.database.pool import Database, Tx
from service.store.record import StateMovedError

__all__ = ["Recorded", "Recorder", "ToRecord"]


class Recorder:
    """Records the events of one clinic that arrived together; keeps what never changes between batches."""

    def __init__(self, database: Database, skew: timedelta) -> None:
        """Record into a database; events may lie `skew` in the future, for clocks that run ahead."""
        self._database = database
        self._skew = skew
        self._zones: dict[UUID, tzinfo] = {}
        self._at_hand = ChartsAtHand()

    async def record(self, clinic: UUID, items: Sequence[ToRecord]) -> list[Recorded | Refused]:
        """Record events of one clinic in their order; each stands alone and gets its own answer.

        Raises asyncpg.UniqueViolationError where another transaction took a reference or key meanwhile:
        nothing was written then, and the next try sees it.
        """
        if any(item.event.corrects for item in items):
            async with self._database.transaction(clinic) as tx:
                return await self.record_in(tx, items)
        start = self._at_hand.take(clinic, items)
        if start is not None:
            with suppress(StateMovedError):
                return await self._record(clinic, items, start)
        return await self._record(clinic, items, None)

    async def _record(
        self, clinic: UUID, items: Sequence[ToRecord], start: Start | None
    ) -> list[Recorded | Refused]:
        """Record events in a transaction of their own, from what is at hand, or else from what is read."""
        async with self._database.transaction(clinic, () if start is None else start.people) as tx:
            batch = Batch(tx, await self._zone(tx), self._skew)
            answers = await self._answers(batch, items, start)
        self._at_hand.keep(clinic, batch.left())
        return answers

    async def record_in(self, tx: Tx, items: Sequence[ToRecord]) -> list[Recorded | Refused]:
        """Record events in a transaction that is open, and which others may write in as well."""
        answers: list[Recorded | Refused] = []
        zone = await self._zone(tx)
        if any(item.event.corrects for item in items):
            await lock_all(tx, items)
        told: set[UUID] = set()
        for corrects, group in groupby(items, lambda item: item.event.corrects):
            some = [_apart(item, told) for item in group]
            told.update(item.recording for item in some if item.recording is not None)
            if corrects:
                alone = [replace(item, recording=None) for item in some]
                answers += [await self._corrected(tx, zone, item) for item in alone]
            else:
                answers += await self._batch(tx, zone, some)
        return answers

    async def _batch(self, tx: Tx, zone: tzinfo, items: Sequence[ToRecord]) -> list[Recorded | Refused]:
        return await self._answers(Batch(tx, zone, self._skew), items)

    async def _answers(
        self, batch: Batch, items: Sequence[ToRecord], start: Start | None = None
    ) -> list[Recorded | Refused]:
        items = await batch.read(items, start)
        answers = [await batch.answer(item) for item in items]
        await batch.write()
        return answers

    async def _corrected(self, tx: Tx, zone: tzinfo, item: ToRecord) -> Recorded | Refused:
        """Correct what is on record already, or record the event where nothing is."""
        batch = Batch(tx, zone, self._skew)
        (item,) = await batch.read([item])
        answer = batch.kept_answer(item)
        if answer is not None:
            return answer
        admitted = batch.admit(item)
        if isinstance(admitted, Refused):
            return admitted
        known = batch.corrected(item, admitted)
        if known is None:
            answer = await batch.answer(item)
            await batch.write()
            return answer
        corrected = Corrected(known, batch.on_record.standing(known).outcome, admitted)

        async def anew(event: NewEvent) -> Recorded | Refused:
            return (await self._batch(tx, zone, [replace(item, event=event)]))[0]

        return await correct_record(tx, item, corrected, anew)

    async def _zone(self, tx: Tx) -> tzinfo:
        zone = self._zones.get(tx.clinic)
        if zone is None:
            zone = self._zones[tx.clinic] = await clinics.zone(tx)
        return zone


def _apart(item: ToRecord, told: AbstractSet[UUID]) -> ToRecord:
    """The item with a recording of its own, where the audit trail was told of its recording before.

    One transaction tells of a recording once.
    """
    return replace(item, recording=None) if item.recording in told else item
