"""What a program allows but its author may not have meant: none of it keeps the program out."""

from difflib import get_close_matches
from itertools import pairwise
from typing import Final

from schemas.program import (
    Earn,
    Flat,
    Meant,
    OutcomeRule,
    Phase,
    Program,
    Rate,
    Table,
    Target,
    TotalBonus,
    Visits,
)
from service.core.authoring.doubts_of_pay import doubts_of_pay
from service.core.authoring.faults import Found
from service.core.compiled import pace
from service.core.limits import count_in
from service.core.outcomes import outcomes_of, own_words
from service.core.phases import DAYS_A_WEEK, days_of, is_by_day, weeks_of
from service.core.refusals import Fault, fault
from service.core.rungs import first_rung

LIKE: Final = 0.75
"""How alike two words are, from 0 to 1, of which one may be a slip of the other."""


NOTES: Final[dict[str, Meant]] = {
    "program.no_reset": "no_reset",
    "program.never_missed": "never_missed",
    "program.gap": "gap",
    "program.gap_of_days": "gap",
    "program.goes_on": "goes_on",
    "program.large": "large",
    "program.apart": "apart",
    "program.cap_twice": "cap_twice",
    "program.cap_unreached": "unreached",
    "program.limit_unreached": "unreached",
    "program.bonus_unreached": "unreached",
    "program.then_unreached": "unreached",
    "program.caps_clip": "clipped",
    "program.caps_clip_welcome": "clipped",
    "program.draws_cost": "draws_cost",
    "program.unbounded": "unbounded",
}
"""The notes that an author can say are meant, by their reason."""


def warnings(program: Program) -> tuple[Fault, ...]:
    """Name every place of a program that its author should look at, but for what it says is meant."""
    found = (
        *(one for place, target in enumerate(program.targets) for one in _doubts(program, target, place)),
        *doubts_of_pay(program),
    )
    return tuple(one for one in found if NOTES.get(one.reason) not in program.meant)


def _doubts_of_visits(visits: Visits | None, at: str) -> Found:
    if visits is None:
        return
    count = pace(visits)
    if not count:
        if visits.per_day == 1:
            yield fault(at, "program.no_visits")
        return
    if (count - 1) * visits.min_days_between >= DAYS_A_WEEK:
        yield fault(f"{at}.min_days_between", "program.visits_too_many", count=count)
    if visits.missed_after_hours is None:
        yield fault(at, "program.never_missed")


def _doubts_of_time(program: Program, phase: Phase, span: str) -> Found:
    days = program.weeks * DAYS_A_WEEK
    if days_of(phase)[0] > days:
        yield fault(span, "program.phase_lost", weeks=program.weeks)
    elif days_of(phase)[1] > days and phase.days is None:
        yield fault(span, "program.weeks_lost", weeks=program.weeks)
    elif days_of(phase)[1] > days:
        yield fault(span, "program.days_lost", days=days)


def _doubts_of_outcomes(target: Target, at: str) -> Found:
    known = tuple(outcomes_of(target.behavior))
    for outcome in own_words(target):
        rule = target.outcomes[outcome]
        if like := get_close_matches(outcome, known, 1, LIKE):
            yield fault(f"{at}.outcomes.{outcome}", "program.outcome_like", known=like[0])
        elif not isinstance(rule, OutcomeRule) or rule.title is None:
            yield fault(f"{at}.outcomes.{outcome}", "program.outcome_untitled")


def _doubts(program: Program, target: Target, place: int) -> Found:
    at = f"$.targets[{place}]"
    yield from _doubts_of_outcomes(target, at)
    yield from _doubts_of_visits(target.visits, f"{at}.visits")
    yield from _between(target, at)
    for number, phase in enumerate(target.phases):
        where = f"{at}.phases[{number}]"
        if target.visits is None or phase.visits != Visits():
            # Where the target names visits, a phase with `visits: {}` says that nobody is expected in it.
            yield from _doubts_of_visits(phase.visits, f"{where}.visits")
        first, last = weeks_of(phase)
        span = f"{where}.weeks" if phase.days is None else f"{where}.days"
        yield from _doubts_of_time(program, phase, span)
        visits = phase.visits or target.visits
        if visits is not None and visits.every_weeks > last - first + 1:
            yield fault(span, "program.visits_never", every=visits.every_weeks)
        if not phase.on_failure.reset:
            if rises(phase.earn):
                yield fault(f"{where}.on_failure", "program.no_reset")
            if phase.on_failure.recovery is not None:
                yield fault(f"{where}.on_failure.recovery", "program.recovery_without_reset")
            if phase.on_failure.to is not None:
                yield fault(f"{where}.on_failure.to", "program.recovery_without_reset")
        if (
            first_rung(phase.earn)
            and phase.begin == "on"
            and any(days_of(one) < days_of(phase) for one in target.phases)
        ):
            yield fault(f"{where}.earn.first", "program.first_goes_on")
        count, most = pace(phase.visits or target.visits), count_in(target, "week")
        if most is not None and count > most:
            yield fault(span, "program.visits_beyond_limit", count=count, most=most)

    yield from _doubts_of_bonuses(program, target, at)


def _doubts_of_bonuses(program: Program, target: Target, at: str) -> Found:
    for number, bonus in enumerate(target.bonuses):
        if bonus.weeks is not None and bonus.weeks[0] > program.weeks:
            yield fault(f"{at}.bonuses[{number}].weeks", "program.bonus_lost", weeks=program.weeks)
        most = count_in(target, "enrollment")
        if isinstance(bonus, TotalBonus) and most is not None and bonus.at[-1] > most:
            yield fault(f"{at}.bonuses[{number}].at", "program.milestone_beyond_limit", most=most)


def rises(earn: Earn) -> bool:
    """Whether a success can be worth another amount than the one before."""
    match earn:
        case Flat() | Rate():
            return False
        case Table(values):
            return len(set(values)) > 1
        case _:
            return earn.step > 0 and (earn.max is None or earn.max > earn.start)


def _between(target: Target, at: str) -> Found:
    """Time that no phase covers, and ladders that go on from one that is laid out otherwise."""
    by_day = is_by_day(target)
    span_of = days_of if by_day else weeks_of
    ordered = sorted(enumerate(target.phases), key=lambda one: days_of(one[1]))
    for (earlier, before), (number, phase) in pairwise(ordered):
        where, first, last = f"{at}.phases[{number}]", span_of(before)[1] + 1, span_of(phase)[0] - 1
        if first <= last and by_day:
            yield fault(f"{where}.days", "program.gap_of_days", first=first, last=last)
        elif first <= last:
            yield fault(f"{where}.weeks", "program.gap", first=first, last=last)
        if phase.begin == "on" and rises(phase.earn) and phase.earn != before.earn:
            yield fault(where, "program.goes_on", earlier=earlier + 1)
