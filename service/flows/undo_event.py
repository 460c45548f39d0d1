"""Undo an event: an entry error that whoever has just recorded it takes back, also at the front desk."""

from typing import Final
from uuid import UUID

from schemas.corrections import NewCorrection
from schemas.people import Language
from schemas.receipts import Receipt
from service.core.refusals import Refused, refused
from service.core.undoing import may_undo
from service.flows.correct_event import correct_event
from service.flows.perform import Act, Done
from service.store import corrections, enrollments, recorded_events

REASON: Final = "Undone at once by whoever recorded it."


async def undo_event(act: Act, event_id: UUID, language: Language | None = None) -> Done[Receipt] | Refused:
    """Withdraw one's own event of the last minutes as an entry error; nothing is deleted.

    It is judged under the participant's lock, so nobody corrects it in between.
    """
    event = await recorded_events.find(act, act.clinic, event_id)
    if event is None:
        return refused("not_found", "There is no such event.")
    await enrollments.lock(act, act.clinic, [], [event.participant], [])
    before = (await corrections.of_events(act, act.clinic, [event_id])).get(event_id, [])
    past = [one.past for one in before]
    refusal = may_undo(event.recorded_by, event.recorded_at, past, act.actor.id, act.now)
    if refusal is not None:
        return refusal
    return await correct_event(act, event_id, NewCorrection("entry_error", REASON), language=language)
