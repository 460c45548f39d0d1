"""Looks at a whole record in an emergency: open one with its reason, list them, look one over."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from msgspec.structs import replace

from schemas.restrictions import Emergency, EmergencyPage, NewEmergency
from service.core.cursors import Page, before_id, cut
from service.core.persons import second_person
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import accounting, charts, emergencies, persons

OPEN_FOR: Final = timedelta(hours=1)
"""How long whoever opened a record in an emergency may look at it."""


async def open_emergency(act: Act, new: NewEmergency) -> Done[Emergency] | Refused:
    """Open somebody's whole record to whoever asks, for an hour, and account for it as a disclosure."""
    participant = await charts.lock_person(act, new.participant)
    if participant is None:
        return refused("unknown_participant", "$.participant")
    made = Emergency(
        act.new_id(),
        participant,
        new.reason,
        new.recipient,
        act.now,
        act.actor.id,
        act.now + OPEN_FOR,
    )
    await emergencies.insert(act, made)
    await accounting.release(
        act, act.actor, [participant], "emergency", "record", recipient=new.recipient, purpose=new.reason
    )
    act.audit("emergency.opened", made.id, participant)
    return Done(made, "created")


async def review_emergency(act: Act, emergency: UUID) -> Done[Emergency] | Refused:
    """Say that it was looked over, by somebody else than looked."""
    known = await emergencies.find(act, emergency)
    if known is None:
        return refused("not_found.emergency")
    looked, who = await persons.pair(act, known.opened_by)
    refusal = second_person(looked, who, refused("same_person.review_emergency"))
    if refusal is not None:
        return refusal
    if not await emergencies.review(act, emergency, act.actor.id):
        return refused("already_settled.emergency")
    act.audit("emergency.reviewed", emergency, known.participant)
    return Done(replace(known, reviewed_at=act.now, reviewed_by=act.actor.id))


async def list_emergencies(
    act: Act, page: Page, participant: UUID | None = None, *, to_review: bool = False
) -> Done[EmergencyPage] | Refused:
    """Looks in emergencies, newest first; each one shown is audited."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await emergencies.before(act, last, page.limit + 1, participant, to_review=to_review)
    shown, more = cut(found, page, lambda one: one.id.bytes)
    act.audit_listed("emergency.listed", ((one.id, one.participant) for one in shown))
    return Done(EmergencyPage(shown, more))
