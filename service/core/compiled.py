"""A program made ready for stepping: what is looked up for each event is worked out once."""

from datetime import timedelta
from functools import cached_property

from msgspec import Struct

from schemas.program import Condition, Draws, Effect, Phase, Program, Target, Unit, Visits
from service.core.limits import Limits, count_in, limits_of
from service.core.outcomes import effects_of, outcomes_of, parts_of
from service.core.phases import DAYS_A_WEEK, days_of, in_order, is_by_day, weeks_of
from service.core.quantities import measure_of
from service.core.rungs import first_rung, rises_by_week

NO_LIMIT = 1_000_000


def pace(visits: Visits | None) -> int:
    """How many visits are expected in a week."""
    return 0 if visits is None else len(visits.weekdays) or visits.per_week or visits.lots or 0


def falls_in(visits: Visits, phase: Phase, week: int) -> bool:
    """Whether visits fall in a program week of a phase."""
    return (week - weeks_of(phase)[0] + 1) % visits.every_weeks == 0


class TargetRules(Struct, frozen=True, dict=True, eq=False):
    """One target of a program, made ready for stepping."""

    target: Target
    weeks: int
    effects: dict[str, Effect]

    @cached_property
    def phase_of_week(self) -> tuple[Phase | None, ...]:
        """The phase of each program week; place 0 is unused."""
        phases: list[Phase | None] = [None] * (self.weeks + 1)
        for phase in self.target.phases:
            first, last = weeks_of(phase)
            for week in range(first, min(last, self.weeks) + 1):
                phases[week] = phases[week] or phase
        return tuple(phases)

    @cached_property
    def phase_of_day(self) -> tuple[Phase | None, ...]:
        """The phase of each program day where they are counted in days, else nothing; place 0 is unused."""
        if not is_by_day(self.target):
            return ()
        phases: list[Phase | None] = [None] * (self.weeks * DAYS_A_WEEK + 1)
        for phase in self.target.phases:
            first, last = days_of(phase)
            for day in range(first, min(last, self.weeks * DAYS_A_WEEK) + 1):
                phases[day] = phase
        return tuple(phases)

    @cached_property
    def varied(self) -> tuple[tuple[Phase, dict[str, Effect], dict[str, int]], ...]:
        """Effects and parts paid in each phase, where one has outcomes of its own."""
        if not any(phase.outcomes for phase in self.target.phases):
            return ()
        return tuple(
            (phase, self.effects | effects_of(phase.outcomes), self.parts | parts_of(phase.outcomes))
            for phase in self.target.phases
        )

    @cached_property
    def pays_parts(self) -> bool:
        """Whether an outcome pays a part of the value due anywhere."""
        return bool(self.parts) or bool(self.varied)

    @cached_property
    def by_quantity(self) -> bool:
        """Whether any phase pays for each hour, step or dose; where none does, no event is asked about it."""
        return measure_of(self.target) is not None

    @cached_property
    def parts(self) -> dict[str, int]:
        """How much of the value due outcomes pay, in percent, where that is not all of it."""
        return parts_of(self.target.outcomes)

    @cached_property
    def first_rung(self) -> int:
        """The rung that an enrollment opens on: that of the phase that comes first."""
        return first_rung(in_order(self.target.phases)[0].earn)

    @cached_property
    def rises_by_week(self) -> bool:
        """Whether any of its ladders rises by the week; where none does, no event is asked about it."""
        return any(rises_by_week(phase.earn) for phase in self.target.phases)

    @cached_property
    def per_week(self) -> int:
        """How many successes of a week count."""
        return count_in(self.target, "week") or NO_LIMIT

    @cached_property
    def limits(self) -> Limits:
        """The limits that are not by the week."""
        return tuple(one for one in limits_of(self.target) if one[0] != "week")

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition of its earnings and its bonuses."""
        conditional = (*(phase.earn for phase in self.target.phases), *self.target.bonuses)
        return tuple(one.if_ for one in conditional if one.if_ is not None)

    def expected(self, phase: Phase) -> int:
        """How many successes make a week of a phase whole: its visits, but no more than count."""
        return min(pace(phase.visits or self.target.visits) or self.per_week, self.per_week)

    @cached_property
    def allowance_of(self) -> dict[str, int]:
        """The place of each outcome's allowance."""
        return {allowance.outcome: place for place, allowance in enumerate(self.target.allowances)}

    @cached_property
    def retest(self) -> timedelta | None:
        """How long after an invalid test a valid one replaces it."""
        minutes = self.target.retest_minutes
        return None if minutes is None else timedelta(minutes=minutes)

    def phase(self, week: int, after: int = 0) -> Phase | None:
        """The phase that covers a day, if one does: `after` days after the first of its program week."""
        if not 0 < week <= self.weeks:
            return None
        if self.phase_of_day:
            return self.phase_of_day[(week - 1) * DAYS_A_WEEK + after + 1]
        return self.phase_of_week[week]

    def phases_in(self, week: int) -> tuple[Phase, ...]:
        """The phases that cover a day of a program week."""
        if not self.phase_of_day:
            phase = self.phase(week)
            return () if phase is None else (phase,)
        days = (self.phase(week, after) for after in range(DAYS_A_WEEK))
        return tuple({id(phase): phase for phase in days if phase is not None}.values())

    def effects_in(self, phase: Phase | None) -> dict[str, Effect]:
        """The effects of outcomes in a phase, or outside of all."""
        return next((effects for one, effects, _ in self.varied if one is phase), self.effects)

    def part(self, phase: Phase | None, outcome: str) -> int:
        """How much of the value due an outcome pays in a phase, in percent."""
        for one, _, parts in self.varied:
            if one is phase:
                return parts.get(outcome, 100)
        return self.parts.get(outcome, 100) if self.parts else 100


class Rules(Struct, frozen=True, dict=True, eq=False):
    """A program made ready for stepping; no start day is in it, so one serves every enrollment.

    It is equal to itself alone, so that what is remembered about it is found without comparing programs.
    """

    program: Program
    targets: tuple[TargetRules, ...]

    @cached_property
    def place_of(self) -> dict[str, int]:
        """The place of each target by its name."""
        return {target.name: place for place, target in enumerate(self.program.targets)}

    @cached_property
    def subjects(self) -> frozenset[int]:
        """The places of the targets on whose successes something is paid."""
        return frozenset(self.place_of[one.target] for target in self.targets for one in target.conditions)

    def unit_of(self, phase: Phase | None) -> Unit:
        """The unit a phase awards in, its target's bonuses too: draws for draws, else the program's."""
        return "draw" if phase is not None and isinstance(phase.earn, Draws) else self.program.unit


def compile_rules(program: Program) -> Rules:
    """Make a program ready for stepping; it has already been checked by `core/authoring/programs.py`."""
    return Rules(
        program,
        tuple(
            TargetRules(target, program.weeks, outcomes_of(target.behavior) | effects_of(target.outcomes))
            for target in program.targets
        ),
    )
