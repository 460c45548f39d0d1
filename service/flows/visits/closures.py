"""Closures: days on which the clinic is closed, entered, listed, and taken back while they lie ahead."""

from datetime import date
from uuid import UUID

from schemas.corrections import NewCorrection
from schemas.visits import Closure, ClosurePage, EnteredClosure, NewClosure
from service.core.calendar import local_day
from service.core.cursors import Page, before_id, cut
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.flows.visits.corrections import correct_event
from service.store import clinics, planned_visits, visits

DAYS_MAX = 366
"""How long a closure may be, and how far away its first day may lie: further off, a year was mistyped."""
EXCUSED_MAX = 500
"""How many missed visits one closure excuses, in a second or two; more are entered in parts."""
EXCUSE = "The clinic was closed."


async def enter_closure(act: Act, new: NewClosure) -> Done[EnteredClosure] | Refused:
    """Enter a closure: nobody is expected on its days, and what was recorded as missed on them is excused."""
    today = await _today(act)
    if not 0 <= (new.last_day - new.first_day).days < DAYS_MAX:
        return refused("invalid.closure_length", "$.last_day", days=DAYS_MAX)
    if abs((new.first_day - today).days) > DAYS_MAX:
        return refused("invalid.closure_far", "$.first_day", days=DAYS_MAX)
    # Before anybody is locked: what is being recorded as missed meanwhile either comes first and is excused
    # here, or waits and is not missed.
    await visits.enter_closures(act)
    made = Closure(act.new_id(), new.first_day, new.last_day, new.reason, act.now, act.actor.id)
    await visits.insert_closure(act, act.actor, made)
    zone = (await clinics.zone(act)).key
    missed = await visits.missed_on(act, new.first_day, new.last_day, zone, EXCUSED_MAX + 1)
    missed += await planned_visits.missed_there(act, new.first_day, new.last_day, zone, EXCUSED_MAX + 1)
    if len(missed) > EXCUSED_MAX:
        return refused("invalid.closure_of_many", "$.last_day", visits=EXCUSED_MAX)
    excused = 0
    for one in sorted(missed, key=lambda one: (one.participant.bytes, one.event.bytes)):
        # What was withdrawn, or excused for another closure, needs no excuse.
        answer = await correct_event(act, one.event, NewCorrection("excuse", EXCUSE), closure=made.id)
        excused += isinstance(answer, Done)
    act.audit("closure.entered", made.id, None, days=(new.last_day - new.first_day).days + 1, excused=excused)
    return Done(
        EnteredClosure(
            made.id, made.first_day, made.last_day, made.reason, made.created_at, made.created_by, excused
        ),
        "created",
    )


async def list_closures(act: Act, page: Page) -> Done[ClosurePage] | Refused:
    """The closures, newest first."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await visits.closures_before(act, last, page.limit + 1)
    shown, more = cut(found, page, lambda closure: closure.id.bytes)
    return Done(ClosurePage(shown, more))


async def remove_closure(act: Act, closure_id: UUID) -> Done[Closure] | Refused:
    """Take back a closure that has not begun: its days are open again."""
    await visits.enter_closures(act)
    known = await visits.find_closure(act, closure_id)
    if known is None:
        return refused("not_found.closure")
    if known.first_day <= await _today(act):
        return refused("closure_begun", day=known.first_day)
    await visits.delete_closure(act, closure_id)
    act.audit("closure.removed", closure_id)
    return Done(known)


async def _today(act: Act) -> date:
    return local_day(act.now, await clinics.zone(act))
