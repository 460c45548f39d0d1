"""A visit that was called missed and is met after all leaves no trace, whenever its result comes."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from schemas.program import Visits
from service.core.compiled import Rules
from service.core.expected import met_after_all
from service.core.expected_days import due_visits
from service.core.rules import fold, follows, opening, step
from service.core.state import Fact, State
from tests.core.test_expected import MONDAY, OUTCOMES, WEEKDAYS, bounded, comings, fact, miss, rules_of


def test_a_late_result_takes_the_place_of_a_missed_visit() -> None:
    """It is folded as if nobody had ever been missing, whenever it comes; the missed one is neutral."""
    rules = rules_of(WEEKDAYS)
    first, missed, last = fact(rules, 1, 0), miss(rules, 2, 2), fact(rules, 3, 4)
    _, before = fold(rules, MONDAY, [first, missed, last])
    assert [paid(before, no) for no in (1, 2, 3)] == [100, 0, 100]
    late = fact(rules, 4, 2)
    assert not follows(fold(rules, MONDAY, [first, missed])[0], late)
    _, after = fold(rules, MONDAY, [first, missed, last, late])
    assert [paid(after, no) for no in (1, 4, 3)] == [100, 200, 300]
    assert after[2].effect == "neutral"
    assert after[2].awards[0].why[0].code == "replaced"


def paid(decisions: dict[int, Any], no: int) -> int:
    """Sum what a fact earned."""
    return sum(award.amount for award in decisions[no].awards)


def test_of_two_missed_visits_of_a_day_one_is_met_by_one_who_came() -> None:
    """The other still counts."""
    rules = rules_of(Visits(per_week=14, missed_after_hours=24), weeks=1)
    both = [miss(rules, 1, 3), miss(rules, 2, 3)]
    assert met_after_all(rules, MONDAY, both) == frozenset()
    assert met_after_all(rules, MONDAY, [*both, fact(rules, 3, 3)]) == {1}
    assert met_after_all(rules, MONDAY, [*both, fact(rules, 3, 3), fact(rules, 4, 3)]) == {1, 2}


def test_a_missed_visit_that_a_closure_had_moved_stands_for_its_own_day() -> None:
    """Saturday's, for Sunday is closed: it counts until Sunday's is met, and then leaves no trace."""
    rules = rules_of(Visits(per_week=1, missed_after_hours=24), weeks=2)
    before, moved = fact(rules, 1, -1), miss(rules, 2, 5)
    state, told = fold(rules, MONDAY, [before, moved])
    assert told[2].effect == "failure"
    late = fact(rules, 3, 6)
    assert not follows(state, late)
    assert fold(rules, MONDAY, [before, moved, late])[1][2].effect == "neutral"
    # One of a week in which nobody is missing any more is as if it were not there.
    assert met_after_all(rules, MONDAY, [moved, miss(rules, 3, 6)]) == {2}


@st.composite
def missed_histories(draw: st.DrawFn) -> tuple[Rules, list[Fact]]:
    """Draw visits, some of which the service called missed before they were recorded, in any order."""
    rules, came = draw(comings())
    dues = due_visits(rules, 0, MONDAY)
    chosen = draw(st.lists(st.sampled_from(dues), max_size=6, unique=True)) if dues else []
    drawn: list[tuple[int, str, int | None]] = [
        (
            (one.day - MONDAY).days,
            draw(OUTCOMES),
            None,
        )
        for one in came
    ]
    for due in chosen:
        # Some of them a closure had moved to an earlier day of their week.
        day = (due.on - MONDAY).days
        day -= min(draw(st.sampled_from([0, 0, 0, 1, 2])), day % 7)
        drawn.append((day, "missed", day))
    arrived = draw(st.permutations(drawn))
    return rules, [
        fact(rules, no, day, outcome, missed) for no, (day, outcome, missed) in enumerate(arrived, start=1)
    ]


@bounded
@given(missed_histories())
def test_stepping_agrees_with_folding_where_visits_were_missed(drawn: tuple[Rules, list[Fact]]) -> None:
    """What `follows` lets be stepped leads to what all facts lead to, and changes no other decision."""
    rules, facts = drawn
    state: State
    state, _ = opening(rules, MONDAY)
    before: dict[int, Any] = {}
    for number, one in enumerate(facts, start=1):
        whole, decisions = fold(rules, MONDAY, facts[:number])
        if follows(state, one):
            stepped, decision = step(rules, state, one)
            assert (stepped, decision) == (whole, decisions[one.no])
            assert {no: kept for no, kept in decisions.items() if no != one.no} == before
        state, before = whole, decisions


@bounded
@given(missed_histories(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_no_fold_with_missed_visits(
    drawn: tuple[Rules, list[Fact]],
    chance: Any,  # noqa: ANN401
) -> None:
    """Early or late, the same facts are the same fold."""
    rules, facts = drawn
    mixed = list(facts)
    chance.shuffle(mixed)
    assert fold(rules, MONDAY, mixed) == fold(rules, MONDAY, facts)


@bounded
@given(missed_histories())
def test_a_visit_that_is_met_in_the_end_leaves_no_trace(drawn: tuple[Rules, list[Fact]]) -> None:
    """Without the facts that were replaced, everything else earns the same."""
    rules, facts = drawn
    gone = met_after_all(rules, MONDAY, sorted(facts, key=lambda one: (one.at, one.no)))
    _, whole = fold(rules, MONDAY, facts)
    _, without = fold(rules, MONDAY, [one for one in facts if one.no not in gone])
    assert {no: one for no, one in whole.items() if no not in gone} == without
    assert all(whole[no].effect == "neutral" for no in gone)
