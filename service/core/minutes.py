"""Minutes attended: what an attendance event may say of them, and a week's hours against those asked for."""

from typing import Final

from msgspec import Struct

from schemas.program import Target
from service.core.refusals import Refused, refused

NOBODY_THERE: Final = frozenset({"absent", "excused", "rescheduled"})
"""Outcomes of attendance with which nobody was there, so that no minutes count."""
ADULTS_MINUTES: Final = 9 * 60
"""Minutes a week that intensive outpatient care asks of adults (ASAM Criteria, level 2.1)."""
ADOLESCENTS_MINUTES: Final = 6 * 60
"""Minutes a week that intensive outpatient care asks of adolescents (ASAM Criteria, level 2.1)."""
ADULT_FROM: Final = 18
"""Age in years from which somebody is an adult."""


class Attendance(Struct, frozen=True):
    """What was attended in one week: minutes of events that named some, and how many named none."""

    minutes: int = 0
    sessions: int = 0
    unnamed: int = 0

    def and_one(self, minutes: int | None) -> "Attendance":
        """With one session more."""
        return Attendance(self.minutes + (minutes or 0), self.sessions + 1, self.unnamed + (minutes is None))


def minutes_fault(target: Target, outcome: str) -> Refused | None:
    """Why an event of a target cannot say minutes with an outcome; none where it can."""
    if target.behavior != "attendance":
        return refused("invalid.minutes_unwanted", "$.minutes", target=target.name)
    if outcome in NOBODY_THERE:
        return refused("invalid.minutes_of_nobody", "$.minutes", outcome=outcome)
    return None


def may_be_minor(birth_year: int | None, year: int) -> bool:
    """Whether somebody is not yet an adult on every day of a year, by the year of birth alone.

    Who turns 18 in that year may still be 17, and counts as a minor.
    """
    return birth_year is not None and year - birth_year <= ADULT_FROM


def asked_of(birth_year: int | None, year: int) -> int:
    """The minutes a week that are asked of somebody: those of adults, where the year of birth is not known.

    Who turns 18 in that year is asked no more than an adolescent until it ends.
    """
    return ADOLESCENTS_MINUTES if may_be_minor(birth_year, year) else ADULTS_MINUTES
