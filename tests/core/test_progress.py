"""How far somebody is in a program: the week, what was reached, and what the next count lacks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from service.core.ladder import days_ahead
from service.core.progress import Milestone, Progress, progress
from tests.core.test_ladder import MONDAY, program, seen, standing


def of(outcomes: str, days: int = 0, weeks: int = 4) -> Progress:
    """How far somebody is after visits, so many days after the start."""
    asked = program(most=1300)
    return progress([(asked.targets[0], seen(outcomes, asked))], MONDAY, weeks, MONDAY + timedelta(days=days))


@pytest.mark.parametrize(
    ("days", "week"), [(-1, 0), (0, 1), (6, 1), (7, 2), (27, 4), (28, 4), (400, 4)], ids=str
)
def test_week_counts_from_the_start_day_and_never_beyond_the_last(days: int, week: int) -> None:
    """Before the start it is none."""
    assert of("", days).week == week


def test_counts_are_of_visits_that_earned_and_a_miss_takes_none_away() -> None:
    """The first, then five; what lacks is to the next count."""
    assert (of("").reached, of("").lacks) == ((), 1)
    assert (of("+").reached, of("+").lacks) == ((Milestone("visits", 1),), 4)
    before, after = of("+++++"), of("+++++-")
    assert (
        before.reached
        == after.reached
        == (
            Milestone("visits", 5),
            Milestone("top", amount=1300),
        )
    )
    assert (after.earned, after.lacks) == (5, 5)


def test_the_middle_and_the_highest_step_are_reached() -> None:
    """The middle after half of the weeks are over; a program of a week or two has none."""
    assert Milestone("half") not in of("", 13).reached
    assert Milestone("half") in of("", 14).reached
    assert Milestone("half") not in of("", 7, weeks=2).reached
    assert of("+++++", 20).reached[-1] == Milestone("top", amount=1300)
    assert all(one.kind != "top" for one in of("++++", 20).reached)
    # What is left after a miss is lower, and no top for that.
    assert all(one.kind != "top" for one in of("++-++++", 27).reached)


def test_several_targets_count_together() -> None:
    """Three and two make five."""
    target = program().targets[0]
    parts = [(target, seen("+++")), (target, seen("++"))]
    assert progress(parts, MONDAY, 4, MONDAY).reached == (Milestone("visits", 5),)


def test_the_days_ahead_are_those_that_nobody_came_for_yet() -> None:
    """Today among them until somebody comes; of one who came the next ones."""
    saturday, sunday = MONDAY + timedelta(days=5), MONDAY + timedelta(days=6)
    assert days_ahead(standing(""), 0)[:2] == (saturday, sunday)
    assert days_ahead(standing("+"), 0)[0] == sunday
