"""When a bonus is paid: in which weeks, at which numbers, and how often. Worked out by hand."""

import pytest

from service.core.authoring.programs import warnings
from tests.core.test_rules import RESET, bonus, program


def test_a_bonus_is_paid_in_its_weeks_alone() -> None:
    """The run goes on through the weeks outside, and counts where they begin and end."""
    made = program(bonuses=[{"type": "run", "every": 2, "amount": 7, "weeks": [2, 3]}])
    assert bonus(made, "negative*2|negative*2|negative*2|negative*2") == [0, 0, 0, 7, 0, 7, 0, 0]


@pytest.mark.parametrize(
    "one", [{"type": "week", "successes": 2, "amount": 7}, {"type": "total", "at": [2, 4, 6], "amount": 7}]
)
def test_bonuses_of_every_form_have_their_weeks(one: dict[str, object]) -> None:
    """A milestone that is passed outside of them is not paid later."""
    made = program(bonuses=[one | {"weeks": [2, 2]}])
    assert bonus(made, "negative*2|negative*2|negative*2") == [0, 0, 0, 7, 0, 0]


def test_a_run_bonus_is_paid_at_the_numbers_that_it_names() -> None:
    """Again after each failure, unless it is paid once."""
    made = program({"on_failure": RESET}, bonuses=[{"type": "run", "at": [2, 3], "amount": 7}])
    assert bonus(made, "negative*4,positive,negative*3") == [0, 7, 7, 0, 0, 0, 7, 7]


def test_a_run_bonus_that_is_paid_once_is_paid_for_each_number_the_first_time() -> None:
    """Two in a row were paid before the failure, three are paid when they are first reached."""
    made = program({"on_failure": RESET}, bonuses=[{"type": "run", "at": [2, 3], "once": True, "amount": 7}])
    assert bonus(made, "negative*2,positive,negative*3,positive,negative*3") == [0, 7, 0, 0, 0, 7, 0, 0, 0, 0]


def test_each_multiple_of_a_run_can_be_paid_once_too() -> None:
    """Every second success in a row, at each length the first time."""
    made = program(bonuses=[{"type": "run", "every": 2, "once": True, "amount": 7}])
    assert bonus(made, "negative*2,positive,negative*4") == [0, 7, 0, 0, 0, 0, 7]


def test_a_number_reached_outside_of_its_weeks_is_still_to_be_paid() -> None:
    """Paid once is what was paid, not what was reached."""
    made = program(bonuses=[{"type": "run", "at": [2], "once": True, "amount": 7, "weeks": [2, 10]}])
    assert bonus(made, "negative*2,positive|negative*2,positive,negative*2") == [0, 0, 0, 0, 7, 0, 0, 0]


def test_two_bonuses_that_are_paid_once_are_told_apart() -> None:
    """Each remembers its own numbers."""
    one = {"type": "run", "at": [2], "once": True, "amount": 7}
    made = program(bonuses=[one, one | {"amount": 3, "weeks": [2, 10]}])
    assert bonus(made, "negative*2,positive|negative*2") == [0, 7, 0, 0, 3]


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        ({"type": "run", "amount": 7}, "program.run_of_one"),
        ({"type": "run", "every": 2, "at": [4], "amount": 7}, "program.run_of_one"),
        ({"type": "run", "at": [4, 4], "amount": 7}, "program.milestones_unordered"),
        ({"type": "total", "at": [4], "amount": 7, "weeks": [3, 2]}, "program.weeks_turned"),
    ],
)
def test_a_bonus_that_contradicts_itself_is_a_fault(one: dict[str, object], reason: str) -> None:
    """Named at its place, before anybody is paid by it."""
    with pytest.raises(AssertionError, match=reason):
        program(bonuses=[one])


def test_a_bonus_whose_weeks_come_after_the_program_is_a_note() -> None:
    """It can never be paid."""
    made = program(bonuses=[{"type": "run", "every": 2, "amount": 7, "weeks": [11, 12]}])
    assert [one.reason for one in warnings(made)] == ["program.no_reset", "program.bonus_lost"]
