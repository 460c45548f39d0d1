"""Whether somebody needs a parent's or guardian's consent before they are enrolled."""

from collections.abc import Sequence

from schemas.guardians import GuardianNeed, GuardianRule
from service.core.minutes import ADULT_FROM, may_be_minor


def need_of(rules: Sequence[GuardianRule], program: str) -> GuardianNeed:
    """Who needs it in a program: by its own rule, or the clinic's; minors where there is none."""
    by_program = {one.program: one.need for one in rules}
    return by_program.get(program, by_program.get(None, "minors"))


def needs_consent(need: GuardianNeed, birth_year: int | None, year: int) -> bool:
    """Whether somebody needs it, by the year of birth where it is known; who turns 18 in that year does."""
    if need == "nobody":
        return False
    if need == "everybody" and birth_year is None:
        return True
    return may_be_minor(birth_year, year)


def may_be_of_age(birth_year: int | None, year: int) -> bool:
    """Whether somebody may have turned 18 by now, so that they consent themselves."""
    return birth_year is None or year - birth_year >= ADULT_FROM
