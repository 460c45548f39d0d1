"""Corrected reports: an event that says of itself that it corrects what is on record.

Another outcome is a lab overturn of the event on record. Another person, target or time is an entry error,
and a new event under the same reference.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from schemas.corrections import NewCorrection
from schemas.events import NewEvent
from service.core.outcomes import EXCUSED
from service.core.quantities import ONE
from service.core.recording import Admitted
from service.core.refusals import Refused, refused
from service.flows.perform import close
from service.flows.visits.corrections import correct_event
from service.flows.visits.to_record import Recorded, ToRecord
from service.store import charts, idempotency, known_events, record, visits
from service.store.act import Act
from service.store.database.pool import Tx
from service.store.known_events import KnownEvent

CORRECTORS: Final = frozenset({"clinician", "manager", "integration", "system"})
"""Who may say that what they bring corrects the record."""
REASON: Final = "Corrected report."
"""The reason on record where the report brings no note of its own."""
REASON_LETTERS_MAX: Final = 1000


class Corrected(Struct, frozen=True):
    """What a corrected report is about: the event on record with the outcome that stands, and its place.

    A report of another quantity is one of another visit: the event is withdrawn, and recorded anew.
    """

    known: KnownEvent
    outcome: str
    admitted: Admitted

    @property
    def is_same_visit(self) -> bool:
        """Whether person, target, moment and quantity are those on record."""
        episode, fact = self.admitted.episode, self.admitted.fact
        target = episode.rules.program.targets[fact.target].name
        known = self.known
        on_record = (known.enrollment, known.target, known.occurred_at, known.quantity or ONE)
        return on_record == (episode.id, target, fact.at, fact.quantity)


class _Refusal(Exception):  # noqa: N818  carries a value out of the savepoint, so that it rolls back
    def __init__(self, refusal: Refused) -> None:
        self.refusal = refusal


async def lock_all(tx: Tx, items: Sequence[ToRecord]) -> None:
    """Lock whomever some items are about, and whose events they correct, at once and so in one order."""
    if any(item.due is not None for item in items):
        await visits.heed_closures(tx)
    events = [item.event for item in items]
    owners = [
        known.participant
        for event in events
        if event.corrects and event.reference is not None
        for known in await known_events.under_reference(tx, event.reference)
    ]
    await charts.lock(
        tx,
        [e.enrollment for e in events if e.enrollment is not None],
        [*(e.participant for e in events if e.participant is not None), *owners],
        [e.participant_reference for e in events if e.participant_reference is not None],
    )


async def correct_record(
    tx: Tx,
    item: ToRecord,
    corrected: Corrected,
    anew: Callable[[NewEvent], Awaitable[Recorded | Refused]],
) -> Recorded | Refused:
    """Correct the event on record as a report says; `anew` records a new event in the same transaction."""
    if item.actor.role not in CORRECTORS:
        return refused("forbidden.corrects", "$.corrects")
    event, known = item.event, corrected.known
    if corrected.is_same_visit:
        return await _same_visit(tx, item, known, corrected.outcome)
    try:
        async with tx.savepoint():
            withdrawal = NewCorrection("entry_error", _reason(event))
            _granted(await _correct(tx, item, known, withdrawal, keep=False))
            return _granted(await anew(replace(event, corrects=False)))
    except _Refusal as raised:
        return raised.refusal


async def _same_visit(tx: Tx, item: ToRecord, known: KnownEvent, outcome: str) -> Recorded | Refused:
    """Put another outcome in place, or other minutes, or both: the outcome first, so that minutes fit it."""
    event, wanted = item.event, list[NewCorrection]()
    if event.outcome != outcome:
        overturn = NewCorrection("lab_overturn", _reason(event), event.outcome)
        wanted.append(NewCorrection("excuse", _reason(event)) if event.outcome == EXCUSED else overturn)
    if event.minutes not in {None, await known_events.minutes_now(tx, known, event.outcome)}:
        wanted.append(NewCorrection("minutes", _reason(event), minutes=event.minutes))
    if not wanted:
        return Recorded(known.receipt, "found")
    try:
        async with tx.savepoint():
            for one in wanted[:-1]:
                _granted(await _correct(tx, item, known, one, keep=False))
            return _granted(await _correct(tx, item, known, wanted[-1], keep=True))
    except _Refusal as raised:
        return raised.refusal


def _granted(answer: Recorded | Refused) -> Recorded:
    if isinstance(answer, Refused):
        raise _Refusal(answer)
    return answer


async def _correct(
    tx: Tx, item: ToRecord, known: KnownEvent, new: NewCorrection, *, keep: bool
) -> Recorded | Refused:
    """Append the correction; with `keep` its receipt is the first answer to the item's idempotency key."""
    act = Act(tx, item.actor)
    done = await correct_event(act, known.event, new, language=item.language)
    if isinstance(done, Refused):
        return done
    await close(act)
    receipt = msgspec.json.encode(done.value)
    if keep and item.once is not None:
        sealed = tx.cipher.seal(tx.clinic, idempotency.ANSWER, receipt)
        once = item.once
        first = record.FirstAnswer(item.actor, once.key, once.digest, sealed, None, moved_value=True)
        await record.first_answers(tx, [first])
    return Recorded(receipt, "created")


def _reason(event: NewEvent) -> str:
    """Why the record is corrected: the report's own note, as far as a reason holds it."""
    said = (event.note or "").strip()
    return said[:REASON_LETTERS_MAX] or REASON
