"""What a program allows but its author may not have meant: none of it keeps the program out."""

from schemas.program import Program, Target, TotalBonus, Visits
from service.core.authoring.faults import Found
from service.core.compiled import pace
from service.core.limits import count_in
from service.core.refusals import Fault, fault
from service.core.rungs import first_rung

DAYS_A_WEEK = 7


def warnings(program: Program) -> tuple[Fault, ...]:
    """Name every place of a program that its author should look at."""
    return tuple(
        warning for place, target in enumerate(program.targets) for warning in _doubts(program, target, place)
    )


def _doubts_of_visits(visits: Visits | None, at: str) -> Found:
    if visits is None:
        return
    count = len(visits.weekdays) or visits.per_week
    if count is None:
        if visits.per_day == 1:
            yield fault(at, "program.no_visits")
    elif (count - 1) * visits.min_days_between >= DAYS_A_WEEK:
        yield fault(f"{at}.min_days_between", "program.visits_too_many", count=count)


def _doubts(program: Program, target: Target, place: int) -> Found:
    at = f"$.targets[{place}]"
    yield from _doubts_of_visits(target.visits, f"{at}.visits")
    for number, phase in enumerate(target.phases):
        where = f"{at}.phases[{number}]"
        yield from _doubts_of_visits(phase.visits, f"{where}.visits")
        first, last = phase.weeks
        if last > program.weeks:
            lost = "program.weeks_lost" if first <= program.weeks else "program.phase_lost"
            yield fault(f"{where}.weeks", lost, weeks=program.weeks)
        visits = phase.visits or target.visits
        if visits is not None and visits.every_weeks > last - first + 1:
            yield fault(f"{where}.weeks", "program.visits_never", every=visits.every_weeks)
        if not phase.on_failure.reset:
            if phase.on_failure.recovery is not None:
                yield fault(f"{where}.on_failure.recovery", "program.recovery_without_reset")
            if phase.on_failure.to is not None:
                yield fault(f"{where}.on_failure.to", "program.recovery_without_reset")
        if (
            first_rung(phase.earn)
            and phase.begin == "on"
            and any(one.weeks < phase.weeks for one in target.phases)
        ):
            yield fault(f"{where}.earn.first", "program.first_goes_on")
        count, most = pace(phase.visits or target.visits), count_in(target, "week")
        if most is not None and count > most:
            yield fault(f"{where}.weeks", "program.visits_beyond_limit", count=count, most=most)

    yield from _doubts_of_bonuses(program, target, at)


def _doubts_of_bonuses(program: Program, target: Target, at: str) -> Found:
    for number, bonus in enumerate(target.bonuses):
        if bonus.weeks is not None and bonus.weeks[0] > program.weeks:
            yield fault(f"{at}.bonuses[{number}].weeks", "program.bonus_lost", weeks=program.weeks)
        most = count_in(target, "enrollment")
        if isinstance(bonus, TotalBonus) and most is not None and bonus.at[-1] > most:
            yield fault(f"{at}.bonuses[{number}].at", "program.milestone_beyond_limit", most=most)
