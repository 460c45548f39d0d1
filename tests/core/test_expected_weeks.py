"""Which weeks have visits, and whether the first day has one."""

from schemas.books import TableOutcome
from schemas.program import Flat, Phase, Visits
from service.core.authoring.doubts import warnings
from service.core.authoring.scenarios import visits_of
from service.core.authoring.table import spread
from tests.core.test_expected import days, rules_of


def test_visits_every_so_many_weeks_fall_at_the_end_of_each_such_span_of_their_phase() -> None:
    """Every two weeks from week 2 to week 6: in weeks 3 and 5, counted from the phase's own first week."""
    phase = Phase(weeks=(2, 6), earn=Flat(100), visits=Visits(weekdays=("mon",), every_weeks=2))
    assert days(rules_of(None, phase, weeks=6)) == [14, 28]
    assert days(rules_of(Visits(per_week=2, every_weeks=3), weeks=3)) == [19, 20]


def test_nobody_is_expected_on_the_start_day_where_it_does_not_count() -> None:
    """It is a Monday; the Mondays after it are expected as ever, and without a word the first one is too."""
    visits = Visits(weekdays=("mon", "wed"), first_day="not")
    assert days(rules_of(visits)) == [2, 7, 9]
    assert days(rules_of(Visits(weekdays=("mon", "wed")))) == [0, 2, 7, 9]
    assert days(rules_of(Visits(per_week=7, first_day="not"), weeks=1)) == [1, 2, 3, 4, 5, 6]


def test_imagined_visits_fall_in_the_weeks_that_have_some() -> None:
    """Four quarters of a year have a visit each, at the end of each."""
    made = rules_of(Visits(per_week=1, every_weeks=13), weeks=52).program
    assert visits_of(made, made.targets[0]) == 4
    laid = spread(made, "test", ["negative"] * 4)
    assert laid == tuple(TableOutcome("test", week, "negative") for week in (13, 26, 39, 52))


def test_visits_that_never_fall_are_a_note() -> None:
    """Each third week of a phase of two has none."""
    made = rules_of(Visits(per_week=1, every_weeks=3), weeks=2).program
    assert [one.reason for one in warnings(made)] == ["program.never_missed", "program.visits_never"]
