"""The ladder that somebody in care sees: what is behind, what is next, what lies ahead, and the way back."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from schemas.program import Cap, Ladder, OnFailure, Phase, Program, Recovery, Target, Visits
from service.core.calendar import program_week
from service.core.compiled import compile_rules
from service.core.expected_days import drawn_on
from service.core.ladder import Ladder as Seen
from service.core.ladder import Standing, ladder
from service.core.outlook import outlook
from service.core.rules import fold
from service.core.state import Fact

MONDAY = date(2026, 1, 5)


def program(
    *,
    caps: tuple[Cap, ...] = (),
    visits: Visits | None = Visits(per_week=2),  # noqa: B008
    most: int | None = None,
) -> Program:
    """A ladder of four weeks that goes back after a miss."""
    back = OnFailure(reset=True, recovery=Recovery(2, "next", "due"))
    phase = Phase(weeks=(1, 4), earn=Ladder(1000, 150, every=2, max=most), on_failure=back)
    return Program("p", "P", "usd", 4, (Target("t", "test", (phase,), visits=visits),), caps=caps)


def standing(outcomes: str, asked: Program | None = None) -> Standing:
    """How somebody stands after visits on each due day (`+` a success, `-` a miss, `e` excused)."""
    rules = compile_rules(asked or program())
    words = {"+": "negative", "-": "positive", "e": "excused"}
    days = [MONDAY + timedelta(weeks=place // 2, days=5 + place % 2) for place in range(len(outcomes))]
    facts = tuple(
        Fact(no, 0, words[one], datetime.combine(day, time(15), tzinfo=UTC), day, program_week(day, MONDAY))
        for no, (one, day) in enumerate(zip(outcomes, days, strict=True), start=1)
    )
    state, _ = fold(rules, MONDAY, facts)
    return Standing(rules, MONDAY, None, facts, state, (), days[-1] if days else MONDAY)


def seen(outcomes: str, asked: Program | None = None) -> Seen:
    """What is seen then."""
    one = standing(outcomes, asked)
    (ahead,) = outlook(one.rules, one.state, MONDAY, one.today, "en", last_day=one.today)
    return ladder(one, 0, ahead)


def kinds(found: Seen) -> str:
    """The kinds of the bars by their first letters."""
    return "".join({"done": "d", "none": "o", "next": "n", "ahead": "a"}[bar.kind] for bar in found.bars)


def test_before_the_first_visit_everything_lies_ahead() -> None:
    """Eight visits, the first of them next, growing by every second."""
    found = seen("")
    assert kinds(found) == "naaaaaaa"
    assert [bar.amount for bar in found.bars] == [1000, 1000, 1150, 1150, 1300, 1300, 1450, 1450]
    assert found.next is not None
    assert found.next.day == MONDAY + timedelta(days=5)


def test_what_is_behind_is_what_was_earned() -> None:
    """And the next is what the outlook says."""
    found = seen("+++")
    assert (kinds(found), found.run) == ("dddnaaaa", 3)
    assert [bar.amount for bar in found.bars[:4]] == [1000, 1000, 1150, 1150]


def test_after_a_miss_the_way_back_ends_where_it_was() -> None:
    """Two at the start, and then what was due at the miss; each has its day."""
    found = seen("+++-")
    assert kinds(found) == "dddonaaa"
    assert [bar.amount for bar in found.way] == [1000, 1000, 1150]
    assert all(bar.day for bar in found.way)
    assert seen("+++-++").way == ()


def test_an_excused_visit_is_no_bar() -> None:
    """It earned nothing and lost nothing."""
    assert kinds(seen("+e+")) == "ddnaaaa"


def test_no_bar_ahead_promises_more_than_a_cap_leaves() -> None:
    """The program's own cap for the whole enrollment."""
    found = seen("++", program(caps=(Cap("enrollment", 3500),)))
    assert [bar.amount for bar in found.bars] == [1000, 1000, 1150, 350, 0, 0, 0, 0]


def test_without_expected_visits_only_the_next_is_shown() -> None:
    """Nobody knows how often somebody comes, nor when."""
    found = seen("+", program(visits=None))
    assert kinds(found) == "dn"
    assert found.next is not None
    assert found.next.day is None


def test_of_days_that_are_drawn_as_many_lie_ahead_as_are_drawn() -> None:
    """Whatever day it is, the weeks hold two each, and none of them says which."""
    lots = program(visits=Visits(lots=2, of=("mon", "wed", "fri")))
    found = seen("", lots)
    assert kinds(found) == "naaaaaaa"
    assert {bar.day for bar in found.bars} == {None}
    later = seen("+-+", lots)
    assert kinds(later)[3:] == "naaaa"
    assert found.by_lot
    rules = compile_rules(lots)
    state, _ = fold(rules, MONDAY, [])
    (ahead,) = outlook(rules, state, MONDAY, MONDAY, "en")
    called = ladder(
        Standing(rules, MONDAY, None, (), state, (), MONDAY, plans=[drawn_on("t", MONDAY)]), 0, ahead
    )
    assert [bar.day for bar in called.bars] == [MONDAY, *[None] * 7]
