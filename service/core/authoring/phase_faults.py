"""Faults of the time that a target's phases cover, in weeks or in days."""

from collections.abc import Iterator

from schemas.program import Draws, Target, Visits
from service.core.phases import days_of, is_by_day
from service.core.refusals import Fault, fault
from service.core.rungs import rises_by_week


def of_phases(target: Target, at: str) -> Iterator[Fault]:
    """Every fault of the weeks or days of a target's phases."""
    by_day = is_by_day(target)
    unit = "days" if by_day else "weeks"
    for number, phase in enumerate(target.phases):
        where = f"{at}.phases[{number}]"
        if (phase.weeks is None) == (phase.days is None):
            yield fault(where, "program.phase_of_one")
            continue
        span = phase.days or phase.weeks or days_of(phase)
        if by_day and phase.days is None:
            continue
        first, last = span
        if first > last:
            yield fault(f"{where}.{unit}", f"program.{unit}_turned", first=first, last=last)
            continue
        for earlier, other in enumerate(target.phases[:number]):
            begins, ends = (other.days if by_day else other.weeks) or (1, 0)
            if begins <= ends and first <= ends and begins <= last:
                shared = {"first": max(first, begins), "last": min(last, ends)}
                yield fault(f"{where}.{unit}", f"program.{unit}_shared", **shared, earlier=earlier + 1)
    if by_day:
        yield from _of_days(target, at)


def _of_days(target: Target, at: str) -> Iterator[Fault]:
    """What goes by whole weeks, which phases in days cut apart."""
    in_weeks = [number for number, phase in enumerate(target.phases) if phase.days is None]
    if in_weeks:
        yield fault(f"{at}.phases", "program.phases_mixed", earlier=in_weeks[0] + 1)
    bowls: list[str] = []
    if target.visits is not None:
        yield from _of_visits(target.visits, f"{at}.visits")
    for number, phase in enumerate(target.phases):
        where = f"{at}.phases[{number}]"
        if rises_by_week(phase.earn):
            yield fault(f"{where}.earn.every", "program.days_and_weeks")
        if phase.visits is not None:
            yield from _of_visits(phase.visits, f"{where}.visits")
        if isinstance(phase.earn, Draws):
            bowls.append(phase.earn.bowl)
            if phase.earn.bowl != bowls[0]:
                # A credit of draws names its week, and a week of two phases could not say which bowl.
                yield fault(f"{where}.earn.bowl", "program.days_of_two_bowls", bowl=bowls[0])


def _of_visits(visits: Visits, at: str) -> Iterator[Fault]:
    if visits.every_weeks > 1:
        yield fault(f"{at}.every_weeks", "program.days_and_weeks")
    if visits.per_week is not None and not visits.weekdays:
        yield fault(f"{at}.per_week", "program.days_need_weekdays")
    if visits.lots is not None:
        yield fault(f"{at}.random", "program.days_need_weekdays")
