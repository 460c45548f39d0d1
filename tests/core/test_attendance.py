"""What the list of visits says of each: who came, when, and who is missed."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from msgspec.structs import replace

from schemas.program import Visits
from service.core.attendance import attendance, bearing, reaches_back
from service.core.compiled import Rules
from service.core.expected_days import Closed
from service.core.state import Fact
from tests.core.test_expected import MONDAY, WEEKDAYS, fact, miss, rules_of


def test_the_attendance_says_of_each_visit_what_became_of_it() -> None:
    """Came, came instead, missed, excused, closed, still expected, and somebody who was not expected."""
    rules = rules_of(WEEKDAYS)
    facts = [
        fact(rules, 1, 0),
        miss(rules, 2, 2),
        fact(rules, 3, 5),
        fact(rules, 4, 6),
        fact(rules, 5, 9, "excused"),
    ]
    closed = [(MONDAY + timedelta(days=7), MONDAY + timedelta(days=7))]
    found = attendance(rules, MONDAY, None, closed, facts, MONDAY, MONDAY + timedelta(days=13))
    assert [(one.day.day, one.due_on is not None, one.status, one.fact and one.fact.no) for one in found] == [
        (2, True, "came", 1),
        (4, True, "missed", 2),
        (6, True, "came", 3),
        (8, False, "came", 4),
        (9, True, "closed", None),
        (11, True, "excused", 5),
        (13, True, "expected", None),
    ]


def listed(rules: Rules, day: int, *facts: Fact, closed: Closed = ()) -> list[tuple[object, ...]]:
    """List a day's visits: the day and due day, counted from the start, the status and the fact."""
    on = MONDAY + timedelta(days=day)
    return [
        (
            (one.day - MONDAY).days,
            None if one.due_on is None else (one.due_on - MONDAY).days,
            one.status,
            one.fact and one.fact.no,
        )
        for one in attendance(rules, MONDAY, None, closed, facts, on, on)
    ]


def test_whoever_comes_a_day_late_is_listed_once_with_the_visit_that_it_meets() -> None:
    """On the day of the visit and on the day of coming; in a list of both it is one visit."""
    rules = rules_of(WEEKDAYS, weeks=1)
    late = fact(rules, 1, 1)
    assert listed(rules, 0, late) == [(0, 0, "came", 1)]
    assert listed(rules, 1, late) == [(1, 0, "came", 1)]
    both = attendance(rules, MONDAY, None, (), [late], MONDAY, MONDAY + timedelta(days=1))
    assert [(one.day, one.due_on) for one in both] == [(MONDAY, MONDAY)]
    # A retest of the same day is no visit that nobody expected.
    assert listed(rules, 0, fact(rules, 1, 0, "dilute"), fact(rules, 2, 0)) == [(0, 0, "came", 1)]
    assert listed(rules, 6, fact(rules, 1, 6)) == [(6, None, "came", 1)]


def test_a_visit_that_moved_is_listed_on_its_new_day() -> None:
    """Nothing is due on the closed day; what was missed there before the closure was entered is its own."""
    rules = rules_of(Visits(per_week=1, missed_after_hours=24), weeks=1)
    closed = [(MONDAY + timedelta(days=6), MONDAY + timedelta(days=6))]
    assert listed(rules, 5, closed=closed) == [(5, 5, "expected", None)]
    assert listed(rules, 6, closed=closed) == []
    assert listed(rules, 5, miss(rules, 1, 5), closed=closed) == [(5, 5, "missed", 1)]
    excused = fact(rules, 1, 6, "excused", missed=6)
    assert listed(rules, 5, excused, closed=closed) == [(5, 5, "excused", 1)]


@pytest.mark.parametrize(
    "visits",
    [
        WEEKDAYS,
        Visits(per_week=3, min_days_between=1, missed_after_hours=48),
        Visits(per_week=7, missed_after_hours=24),
        Visits(per_week=2),
    ],
    ids=["weekdays", "three", "daily", "two"],
)
def test_some_days_alone_are_listed_as_they_are_among_all_days(visits: Visits) -> None:
    """What lies in earlier weeks is left out only where it has no bearing, whoever came when."""
    rules = rules_of(visits, weeks=6)
    chance = random.Random(7)
    last = MONDAY + timedelta(days=41)
    for _ in range(150):
        share = chance.choice((0.2, 0.5, 0.9))
        days = [day for day in range(44) if chance.random() < share]
        facts = [
            miss(rules, no, day) if chance.random() < 0.3 else fact(rules, no, day)
            for no, day in enumerate(days, 1)
        ]
        shut = MONDAY + timedelta(days=chance.randrange(42))
        closed: Closed = chance.choice(((), ((shut, shut + timedelta(days=1)),)))
        whole = attendance(rules, MONDAY, last, closed, facts, MONDAY, MONDAY + timedelta(days=60))
        since = MONDAY + timedelta(days=chance.randrange(42))
        until = since + timedelta(days=chance.randrange(3))
        wanted = [one for one in whole if (since <= (one.due_on or one.day) <= until)] + [
            replace(one, day=one.fact.day)
            for one in whole
            if one.due_on is not None
            and not since <= one.due_on <= until
            and one.status == "came"
            and one.fact is not None
            and since <= one.fact.day <= until
        ]
        found = attendance(rules, MONDAY, last, closed, facts, since, until)
        assert sorted(map(repr, found)) == sorted(map(repr, wanted))


@pytest.mark.parametrize(
    "visits",
    [
        WEEKDAYS,
        Visits(per_week=3, min_days_between=1, missed_after_hours=48),
        Visits(per_week=2, missed_after_hours=9 * 24),
        Visits(per_week=2),
    ],
    ids=["weekdays", "three", "long", "two"],
)
def test_the_facts_of_the_days_around_say_what_became_of_a_day(visits: Visits) -> None:
    """As all facts do, unless it is said that earlier ones have a bearing."""
    rules = rules_of(visits, weeks=6)
    chance = random.Random(11)
    alone = 0
    for _ in range(200):
        share = chance.choice((0.1, 0.5, 0.9))
        facts = [
            miss(rules, no, day) if chance.random() < 0.3 else fact(rules, no, day)
            for no, day in enumerate((day for day in range(44) if chance.random() < share), 1)
        ]
        shut = MONDAY + timedelta(days=chance.randrange(42))
        closed: Closed = chance.choice(((), ((shut, shut + timedelta(days=1)),)))
        since = MONDAY + timedelta(days=chance.randrange(42))
        first, last = bearing([rules], since, since)
        some = [one for one in facts if first <= (one.expected_on or one.day) <= last]
        if reaches_back(rules, MONDAY, None, closed, some, since, first):
            continue
        alone += 1
        whole = attendance(rules, MONDAY, None, closed, facts, since, since)
        assert attendance(rules, MONDAY, None, closed, some, since, since) == whole
    assert alone > 20
