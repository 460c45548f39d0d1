"""Plan a single visit otherwise than its program lays it: by a person, or by an appointment of a scheduler.

What is planned is a fact of its own, and nothing of it is ever changed: the last one holds. Nobody is missed
at a visit that was called off. One that somebody came to, or whose time is over, stays as it is: what is on
record of it is corrected or excused as ever.
"""

import hashlib
from datetime import date, datetime, timedelta
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from schemas.people import Enrollment
from schemas.visits import NewVisitPlan, PlannedVisit, VisitReason
from service.core.calendar import local_day
from service.core.cursors import LAST_ID
from service.core.expected_days import DueVisit, due_visits
from service.core.planning import Course, expected_on, may_be_on, may_change, stands_for
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import charts, clinics, drawn_days, enrollments, episodes, planned_visits, visits
from service.store.episodes import Ruled
from service.store.planned_visits import PlannedRow

ENROLLMENTS_MAX = 100
"""How many enrollments of one person are looked through for an appointment."""


class _Plan(Struct, frozen=True):
    """An enrollment of a locked participant, with all that was planned of it."""

    enrollment: Enrollment
    course: Course
    rows: tuple[PlannedRow, ...]

    def bound(self, beside: bytes | None = None) -> list[tuple[date, int]]:
        """The program's visits that appointments stand for, but for one."""
        last = {row.visit: row for row in self.rows}
        return [
            (row.laid_on, row.ordinal)
            for row in last.values()
            if row.laid_on is not None
            and row.ordinal is not None
            and row.appointment is not None
            and row.appointment != beside
        ]


async def plan_visit(act: Act, enrollment_id: UUID, new: NewVisitPlan) -> Done[PlannedVisit] | Refused:
    """Move a visit, call it off, or expect one more; whoever is asked for must be enrolled on that day."""
    if new.due_on is None and new.day is None:
        return refused("invalid.plan_of_nothing", "$.day")
    await charts.lock(act, [enrollment_id], [], [])
    plan = await _plan_of(act, enrollment_id)
    if plan is None:
        return refused("not_found.enrollment")
    place = plan.course.rules.place_of.get(new.target)
    if place is None:
        return refused("unknown_target", "$.target", known=tuple(plan.course.rules.place_of))
    due = None
    if new.due_on is not None:
        due = expected_on(plan.course, place, new.due_on)
        if due is None:
            return refused("not_found.planned_visit", "$.due_on", day=new.due_on)
    return await _change(act, plan, place, due, _Change(new.day, new.reason))


class Appointment(Struct, frozen=True):
    """What a scheduler says of somebody's appointment: when and on which local day it is, or that it is not.

    `reference` is the scheduler's own number of it.
    """

    source: UUID
    reference: str
    target: str
    at: datetime | None
    day: date | None
    program: str | None = None

    @property
    def digest(self) -> bytes:
        """What it is looked for by."""
        return hashlib.sha256(self.source.bytes + self.reference.encode()).digest()


async def keep_appointment(act: Act, said: Appointment, participant: UUID) -> PlannedVisit | Refused | None:
    """Expect, move or call off the visit that an appointment stands for; None where nothing changes by it.

    The participant is locked.
    """
    before = await planned_visits.of_appointment(act, said.digest)
    plan = None if before is None else await _plan_of(act, before.enrollment)
    if before is None or plan is None:
        # What was never expected is not called off.
        return None if said.day is None else await _book(act, said, said.day, participant)
    if not await _is_of(act, plan, participant):
        return refused("reference_conflict.appointment", "$.reference")
    if (before.day, before.begins_at) == (said.day, said.at):
        return None
    place = plan.course.rules.place_of.get(said.target)
    due = None if place is None or said.target != before.target else _due_of(plan.course, place, before)
    if place is None or due is None:
        # It is for something else now, or its visit is not expected any more: what it stood for is let be.
        return None if said.day is None else await _book(act, said, said.day, participant)
    if said.day is not None and may_change(plan.course, due) is not None:
        return await _book(act, said, said.day, participant)
    change = _Change(said.day, "scheduler", said.digest, said.at)
    done = await _change(act, plan, place, due, change)
    return done if isinstance(done, Refused) else done.value


async def _book(act: Act, said: Appointment, day: date, participant: UUID) -> PlannedVisit | Refused | None:
    """Find the visit that an appointment stands for from now on, and plan it."""
    if day < local_day(act.now, await clinics.zone(act)):
        # Nobody is expected on a day that is over.
        return None
    found = await _enrolled(act, said, day, participant)
    if isinstance(found, Refused):
        return found
    plan, place = found
    due = stands_for(plan.course, place, day, plan.bound(said.digest))
    change = _Change(day, "scheduler", said.digest, said.at)
    done = await _change(act, plan, place, due, change)
    return done if isinstance(done, Refused) else done.value


class _Change(Struct, frozen=True):
    day: date | None
    reason: VisitReason
    appointment: bytes | None = None
    at: datetime | None = None


async def _change(
    act: Act, plan: _Plan, place: int, due: DueVisit | None, change: _Change
) -> Done[PlannedVisit] | Refused:
    if due is not None and (refusal := may_change(plan.course, due)) is not None:
        return refusal
    if change.day is not None and (due is None or change.day != due.on):
        refusal = may_be_on(plan.course, place, change.day, due)
        if refusal is not None:
            return refusal
    number = len(plan.rows) + 1
    own = due is not None and due.ordinal < 0
    row = PlannedRow(
        plan.enrollment.id,
        number,
        act.new_id(),
        plan.course.rules.program.targets[place].name,
        None if due is None or own else due.laid_on,
        None if due is None or own else due.ordinal,
        number if due is None else -due.ordinal if own else None,
        change.day,
        None if change.day is None else change.at,
        change.reason,
        change.appointment,
        act.now,
        act.actor.id,
    )
    if change.appointment is None and due is not None:
        # Whoever moves it by hand moves the appointment's visit.
        before = next((one for one in reversed(plan.rows) if one.visit == row.visit), None)
        row = replace(row, appointment=None if before is None else before.appointment)
    await planned_visits.insert(act, act.actor, row)
    zone = await clinics.zone(act)
    if row.laid_on is not None:
        # What was settled of its days is looked at again: other visits are expected of them now.
        await visits.look_back(act, plan.enrollment.id, row.laid_on - timedelta(days=1), zone.key)
    act.audit("visit.planned", row.id, plan.enrollment.participant, enrollment=str(row.enrollment), no=row.no)
    return Done(_shown(plan, row, None if due is None else due.on), "created")


def _shown(plan: _Plan, row: PlannedRow, due_on: date | None) -> PlannedVisit:
    return PlannedVisit(
        row.id,
        row.enrollment,
        plan.enrollment.participant,
        row.target,
        due_on,
        row.day,
        row.laid_on,
        row.reason,
        row.planned_at,
        row.planned_by,
    )


def _due_of(course: Course, place: int, row: PlannedRow) -> DueVisit | None:
    """The visit of a row as it is expected now, or as the program lays it where it was called off."""
    _, laid_on, ordinal = row.visit
    dues = (
        course.dues(place)
        if row.day
        else due_visits(
            course.rules,
            place,
            course.starts_on,
            course.last_day,
            plans=[one for one in course.plans if one.drawn],
        )
    )
    there = (due for due in dues if due.ordinal == ordinal and laid_on in {None, due.laid_on})
    return next(there, None)


async def _is_of(act: Act, plan: _Plan, participant: UUID) -> bool:
    """Whether an enrollment is that of somebody, whatever charts were merged."""
    owner = plan.enrollment.participant
    return (await charts.leads_to(act, [owner])).get(owner, owner) == participant


async def _enrolled(act: Act, said: Appointment, day: date, participant: UUID) -> tuple[_Plan, int] | Refused:
    """The enrollment that covers an appointment's day and has its target."""
    own = await enrollments.before(act, LAST_ID, ENROLLMENTS_MAX, participant, None)
    found: list[tuple[Enrollment, int]] = []
    known: dict[str, None] = {}
    for one in own:
        last_day = one.closed_on or one.ends_on
        if said.program not in {None, one.program} or day < one.starts_on:
            continue
        if last_day is not None and day > last_day:
            continue
        rules = await episodes.rules_of(act, one.program, one.version)
        known |= dict.fromkeys(rules.place_of)
        if said.target in rules.place_of:
            found.append((one, rules.place_of[said.target]))
    if len(found) > 1:
        return refused("ambiguous_enrollment", "$.enrollment")
    if not found:
        return (
            refused("unknown_target", "$.target", known=tuple(known))
            if known
            else refused("not_enrolled", "$")
        )
    (one, place) = found[0]
    return await _read(act, one), place


async def _plan_of(act: Act, enrollment_id: UUID) -> _Plan | None:
    known = await enrollments.find(act, enrollment_id)
    return None if known is None else await _read(act, known)


async def _read(act: Act, known: Enrollment) -> _Plan:
    zone = await clinics.zone(act)
    rules = await episodes.rules_of(act, known.program, known.version)
    facts = await episodes.came_facts(act, [Ruled(known.id, rules, known.starts_on)], zone)
    rows = (await planned_visits.rows_of(act, [known.id])).get(known.id, [])
    drawn = (await drawn_days.of_enrollments(act, [known.id])).get(known.id, [])
    course = Course(
        rules,
        known.starts_on,
        known.closed_on or known.ends_on,
        [one.fact for one in facts[known.id]],
        await visits.closed_days(act),
        (*planned_visits.planned(rows), *drawn),
        act.now,
        zone,
    )
    return _Plan(known, course, tuple(rows))
