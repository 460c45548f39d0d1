"""What may be planned of a single visit: which one is meant, whether it is open, and where it may go."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo

from msgspec import Struct

from service.core.calendar import local_day, program_week
from service.core.compiled import Rules
from service.core.expected import met
from service.core.expected_days import Closed, DueVisit, Plans, due_visits, is_closed
from service.core.laid_days import can_move, visits_in
from service.core.refusals import Refused, refused
from service.core.state import Fact


class Course(Struct, frozen=True):
    """An enrollment with its days, the facts by which its visits are met, and what is planned of it by `now`.

    `last_day` is its last local day, planned or come, or None.
    """

    rules: Rules
    starts_on: date
    last_day: date | None
    facts: Sequence[Fact]
    closed: Closed
    plans: Plans
    now: datetime
    zone: tzinfo

    @property
    def today(self) -> date:
        """The clinic's day."""
        return local_day(self.now, self.zone)

    @property
    def ends_on(self) -> date:
        """The last day on which a visit may lie: the enrollment's, or the program's where that is earlier."""
        over = self.starts_on + timedelta(weeks=self.rules.program.weeks, days=-1)
        return over if self.last_day is None else min(self.last_day, over)

    def dues(self, place: int, *, heed_closures: bool = True) -> tuple[DueVisit, ...]:
        """The visits of a target as they are expected by now."""
        closed = self.closed if heed_closures else ()
        return due_visits(self.rules, place, self.starts_on, self.last_day, closed, self.plans)

    def met(self, place: int) -> dict[DueVisit, Fact]:
        """Which fact meets each visit of a target."""
        own = (fact for fact in self.facts if fact.target == place)
        return met(self.dues(place), own, self.starts_on)


def expected_on(one: Course, place: int, day: date) -> DueVisit | None:
    """The visit that is expected on a day, or would be if the clinic were open; first one that nobody met."""
    came = one.met(place)
    there = [due for due in one.dues(place) if due.on == day]
    there += (due for due in one.dues(place, heed_closures=False) if due.on == day and due not in there)
    return min(there, key=lambda due: (due in came, due.ordinal), default=None)


def may_change(one: Course, due: DueVisit) -> Refused | None:
    """Why a visit is not planned otherwise any more: somebody came to it, or its time is over."""
    deadline = due.deadline(one.zone)
    is_over = max(due.on, due.laid_on) < one.today if deadline is None else deadline <= one.now
    said = any(fact.expected_on == due.expected_on and fact.target == due.target for fact in one.facts)
    if is_over or said or due in one.met(due.target):
        return refused("invalid.visit_over", "$.due_on", day=due.on)
    return None


def may_be_on(one: Course, place: int, day: date, moved: DueVisit | None) -> Refused | None:
    """Why a visit is not planned for a day; `moved` is the one that leaves its own for it."""
    if not one.starts_on <= day <= one.ends_on:
        return refused(
            "invalid.visit_outside", "$.day", day=day, first_day=one.starts_on, last_day=one.ends_on
        )
    if day < one.today:
        return refused("invalid.visit_in_past", "$.day", day=day)
    if is_closed(day, one.closed):
        return refused("invalid.visit_on_closed_day", "$.day", day=day)
    there = [due for due in one.dues(place) if due.on == day and due != moved]
    visits = visits_in(
        one.rules.targets[place], program_week(day, one.starts_on), (day - one.starts_on).days % 7
    )
    if len(there) >= (1 if visits is None else visits.per_day):
        return refused("invalid.visit_day_taken", "$.day", day=day)
    return None


def stands_for(one: Course, place: int, day: date, bound: Sequence[tuple[date, int]]) -> DueVisit | None:
    """Which visit of the program an appointment on a day stands for; None where it is one of its own.

    It is the one of that day. Where the program names a number of visits a week, it is else the nearest one
    of that week which no other appointment stands for, nobody came to, and which is not over. `bound` are
    those visits, by the program's own day and their number on it, that appointments stand for.
    """
    came = one.met(place)
    free = [
        due
        for due in one.dues(place, heed_closures=False)
        if due.ordinal > 0
        and (due.laid_on, due.ordinal) not in bound
        and due not in came
        and may_change(one, due) is None
    ]
    week = program_week(day, one.starts_on)
    there = [due for due in free if due.on == day]
    if not there and can_move(one.rules.targets[place], week):
        there = [due for due in free if due.week == week]
    return min(there, key=lambda due: (abs((due.on - day).days), due.on, due.ordinal), default=None)
