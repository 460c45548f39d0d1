"""The time that a phase covers: program weeks or days, both counted from 1 on the enrollment's start day."""

from collections.abc import Iterable

from schemas.program import Phase, Target

DAYS_A_WEEK = 7
NO_DAYS = (1, 0)
"""The days of a phase that says nothing of its time; `check` refuses it."""


def days_of(phase: Phase) -> tuple[int, int]:
    """The first and last program day of a phase, from 1, both included."""
    if phase.days is not None:
        return phase.days
    if phase.weeks is None:
        return NO_DAYS
    return (phase.weeks[0] - 1) * DAYS_A_WEEK + 1, phase.weeks[1] * DAYS_A_WEEK


def weeks_of(phase: Phase) -> tuple[int, int]:
    """The first and last program week in which a phase has a day."""
    if phase.weeks is not None:
        return phase.weeks
    first, last = days_of(phase)
    return week_of(first), week_of(last)


def week_of(day: int) -> int:
    """The program week of a program day, both from 1."""
    return (day - 1) // DAYS_A_WEEK + 1


def is_by_day(target: Target) -> bool:
    """Whether a target's phases are counted in days."""
    return any(phase.days is not None for phase in target.phases)


def in_order(phases: Iterable[Phase]) -> list[Phase]:
    """Phases in the order of their first days."""
    return sorted(phases, key=days_of)
