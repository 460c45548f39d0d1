# long: every law of the ledger stands beside the others, with the one participant whose facts arrive
"""The ledger agrees with the rules after every fact, in whatever order the facts arrive."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, cast
from uuid import UUID

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.program import Policy, Program
from schemas.receipts import Balance
from service.core.compiled import compile_rules
from service.core.dated_caps import NO_LIMITS
from service.core.episode import Decided, Episode, Past
from service.core.gap import Moving, gap_within
from service.core.ledger import Movement, NotCoveredError, Posted, Posting, apply, award_movement, settle
from service.core.recording import Admitted, decide
from service.core.rules import fold, opening
from service.core.state import Award, Decision, Fact, Why

START = date(2026, 3, 2)
NOBODY = UUID(int=1)


def program(late: Policy = "keep", **more: object) -> Program:
    """Make a ladder of 10.00, 11.50, 13.00 ... with a reset, a recovery and a run bonus."""
    recovery = {"after": 2, "pays": "next", "to": "due"}
    target = {
        "name": "test",
        "behavior": "test",
        "phases": [
            {
                "weeks": [1, 12],
                "earn": {"type": "ladder", "start": 1000, "step": 150},
                "on_failure": {"reset": True, "recovery": recovery},
            }
        ],
        "bonuses": [{"type": "run", "every": 3, "amount": 500}],
        "retest_minutes": 120,
    }
    document: dict[str, object] = {"name": "p", "title": "P", "unit": "usd", "weeks": 12, "targets": [target]}
    return msgspec.convert(document | {"corrections": {"late": late}} | more, Program)


def episode(made: Program) -> Episode:
    """Open an enrollment that has its whole past (nothing) at hand."""
    rules = compile_rules(made)
    state, _ = opening(rules, START)
    return Episode(NOBODY, NOBODY, "P-1", made.name, 1, START, None, None, rules, 0, state, Past())


class Arrivals:
    """Facts arriving one by one, with all that is posted and moved for them."""

    def __init__(self, made: Program) -> None:
        self.episode = episode(made)
        self.balance = Balance("usd", 0, 0, 0, 0)
        self.postings: list[Posting] = []
        self.movements: list[Movement] = []

    def arrive(self, outcome: str, day: int, hour: int = 12) -> Decided:
        """Record an outcome of a day of the enrollment, counted from 0."""
        at = datetime(2026, 3, 2, hour, tzinfo=UTC) + timedelta(days=day)
        fact = Fact(self.episode.facts + 1, 0, outcome, at, at.date(), day // 7 + 1)
        decided = decide(
            Admitted(self.episode, fact), UUID(int=fact.no), NOBODY, {"usd": self.balance.available}
        )
        self.episode = decided.episode
        for posting in decided.postings:
            self.postings.append(posting)
            movement = award_movement(NOBODY, NOBODY, NOBODY, posting, at.date(), None)
            if movement is not None:
                self.movements.append(movement)
                self.balance = apply(self.balance, movement)
        return decided

    def spend(self, amount: int) -> None:
        """Redeem an amount."""
        spent = Movement(NOBODY, "usd", "available", "given", amount, "redemption", NOBODY)
        self.balance = apply(self.balance, spent)

    def by_the_rules(self) -> int:
        """What all facts together earn."""
        past = [p.fact for p in cast("Any", self.episode.past).facts]
        _, decisions = fold(self.episode.rules, START, past)
        return sum(award.amount for decision in decisions.values() for award in decision.awards)

    def recorded(self) -> tuple[int, int, int]:
        """Sum what was moved, and what is recorded as overpaid and as unrecovered."""
        return (
            sum(p.amount for p in self.postings),
            sum(p.overpaid for p in self.postings),
            sum(p.unrecovered for p in self.postings),
        )


arrivals = st.lists(
    st.tuples(
        st.sampled_from(["negative", "negative", "negative", "positive", "excused", "invalid", "missed"]),
        st.integers(0, 90),
        st.sampled_from([9, 10, 11, 15]),
    ),
    max_size=14,
)


@settings(deadline=None)
@given(arrivals, st.sampled_from(["keep", "recover"]), st.booleans())
def test_what_is_moved_less_what_is_recorded_above_it_is_what_the_rules_say(
    facts: list[tuple[str, int, int]], late: Policy, capped: bool
) -> None:
    """Facts in any order: moved - overpaid - unrecovered = fold, slot by slot and in all."""
    caps: dict[str, Any] = {"caps": [{"per": "month", "amount": 4000}], "welcome": 0} if capped else {}
    day = Arrivals(program(late, **caps))
    for outcome, on, hour in facts:
        day.arrive(outcome, on, hour)
        moved, overpaid, unrecovered = day.recorded()
        assert moved - overpaid - unrecovered == day.by_the_rules()
        assert min(overpaid, unrecovered, moved) >= 0
        assert day.balance.earned == moved
        assert overpaid == 0 or late == "keep"


@settings(deadline=None)
@given(arrivals)
def test_a_participant_without_money_left_is_never_taken_below_zero(
    facts: list[tuple[str, int, int]],
) -> None:
    """Under `recover` everything is spent at once: what cannot be taken back is recorded as unrecovered."""
    day = Arrivals(program("recover"))
    for outcome, on, hour in facts:
        day.arrive(outcome, on, hour)
        assert day.balance.available >= 0
        if day.balance.available:
            day.spend(day.balance.available)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["negative", "positive", "excused"]), max_size=12), st.randoms())
def test_facts_that_earn_more_together_are_paid_alike_in_any_order(
    outcomes: list[str], chance: Random
) -> None:
    """In the end every order has settled on the same awards."""
    in_order, shuffled = Arrivals(program()), Arrivals(program())
    for day, outcome in enumerate(outcomes):
        in_order.arrive(outcome, day)
    order = list(enumerate(outcomes))
    chance.shuffle(order)
    for day, outcome in order:
        shuffled.arrive(outcome, day)
    moved, overpaid, _ = shuffled.recorded()
    assert moved - overpaid == in_order.recorded()[0]
    assert moved >= in_order.recorded()[0]


def test_a_late_failure_leaves_earlier_awards_overpaid_and_takes_nothing() -> None:
    """Two negatives paid 10.00 and 11.50; a positive before them makes the second worth 10.00."""
    day = Arrivals(program())
    day.arrive("negative", 0)
    day.arrive("negative", 4)
    late = day.arrive("positive", 2)
    assert [(p.kind, p.amount, p.overpaid) for p in late.postings] == [("base", 0, 0), ("adjustment", 0, 150)]
    assert day.balance.available == 2150


def test_a_late_failure_is_taken_back_from_what_is_left_where_the_program_recovers() -> None:
    """1.50 too much was paid and 1.00 is left: 1.00 is taken back, 0.50 recorded as unrecovered."""
    day = Arrivals(program("recover"))
    day.arrive("negative", 0)
    day.arrive("negative", 4)
    day.spend(2050)
    late = day.arrive("positive", 2)
    assert [(p.amount, p.unrecovered) for p in late.postings] == [(0, 0), (-100, 50)]
    assert day.balance.available == 0


def test_a_late_success_raises_the_later_awards_and_pays_the_difference() -> None:
    """A negative before a paid one moves that one up a step: 10.00 for itself and 1.50 more."""
    day = Arrivals(program())
    day.arrive("negative", 4)
    late = day.arrive("negative", 0)
    assert [(p.fact_no, p.kind, p.amount) for p in late.postings] == [
        (2, "base", 1000),
        (1, "adjustment", 150),
    ]


WHOLE = {"year", "enrollment"}
"""The periods of caps in which all visits of these histories lie together."""


@settings(deadline=None, derandomize=True)
@given(
    st.lists(st.integers(0, 83), min_size=1, max_size=14),
    st.randoms(),
    st.sampled_from(["keep", "recover"]),
    st.sampled_from(["event", "day", "week", "month", "year", "enrollment"]),
)
def test_successes_in_any_order_are_paid_what_they_are_paid_in_their_own_order(
    days: list[int], chance: random.Random, late: Policy, per: str
) -> None:
    """Under a weekly limit, a cap and bonuses of every kind: nothing is paid twice, and no cap is passed.

    All days lie in one period of the cap: where a late success moves an award into a period that is full, the
    rules say less than before, and the next test says what becomes of that.
    """
    made = bounded(per, late)
    order = [(hour, day % 30 if per == "month" else day) for hour, day in enumerate(days)]
    chance.shuffle(order)
    visits, before = Arrivals(made), [0]
    for hour, day in order:
        visits.arrive("negative", day, hour)
        paid, overpaid, unrecovered = visits.recorded()
        assert (paid - overpaid, unrecovered) == (visits.by_the_rules(), 0)
        if per in WHOLE or late == "recover":
            assert overpaid == 0
        else:
            # A late success may move a bonus into a month that is already full: then the rules pay less than
            # was paid before, which is kept.
            assert overpaid <= max(0, max(before) - visits.by_the_rules())
        before.append(paid)


def test_a_late_success_that_moves_an_award_into_a_full_period_leaves_it_overpaid_where_it_was() -> None:
    """A second visit on March 31 takes the week's last place from April 1, and March is full: $3.00 less."""
    visits = Arrivals(bounded("month", "keep"))
    for hour, day in ((0, 27), (1, 29), (3, 17), (2, 30)):
        visits.arrive("negative", day, hour)
    assert visits.recorded() == (visits.by_the_rules(), 0, 0) == (6200, 0, 0)
    visits.arrive("negative", 29, 4)
    assert visits.recorded() == (6200, visits.balance.available - visits.by_the_rules(), 0) == (6200, 300, 0)


def bounded(per: str, late: Policy) -> Program:
    """Make a flat program with a weekly limit, a cap, and a bonus of each kind."""
    target = {
        "name": "test",
        "behavior": "test",
        "limit": {"per_week": 2},
        "phases": [{"weeks": [1, 12], "earn": {"type": "ladder", "start": 1000, "step": 150, "every": 2}}],
        "bonuses": [
            {"type": "run", "every": 3, "amount": 700},
            {"type": "week", "successes": 2, "amount": 300},
            {"type": "total", "at": [2, 5], "amount": 900},
        ],
    }
    return program(late, targets=[target], caps=[{"per": per, "amount": 5900}])


def test_the_california_visits_recorded_newest_first_are_paid_up_to_the_year_s_cap_and_no_further() -> None:
    """48 negatives, two a week, the last one first: the cap of $40.00 holds after each of them."""
    visits = Arrivals(program(caps=[{"per": "year", "amount": 4000}]))
    for day in reversed(range(0, 84, 4)):
        visits.arrive("negative", day)
        assert visits.balance.earned <= 4000
    assert visits.balance.earned == 4000


def test_an_award_overpaid_once_is_not_paid_again_when_the_fold_rises_back() -> None:
    """A late positive leaves 1.50 overpaid; a late negative makes it right again, and pays only itself."""
    day = Arrivals(program())
    day.arrive("negative", 10)
    day.arrive("negative", 14)
    day.arrive("positive", 12)
    assert day.recorded()[1] == 150
    day.arrive("negative", 13)
    moved, overpaid, _ = day.recorded()
    assert (moved, overpaid) == (1000 + 1150 + 1000, 0)


def test_a_valid_retest_stands_in_the_place_of_an_invalid_test() -> None:
    """The invalid test reset the ladder; its retest within two hours gives the step back."""
    day = Arrivals(program())
    for number in range(2):
        day.arrive("negative", number)
    day.arrive("invalid", 2, hour=9)
    retest = day.arrive("negative", 2, hour=11)
    # Step 3 is 13.00, and the third in a row adds the bonus.
    assert sum(p.amount for p in retest.postings) == 1300 + 500


def test_a_slot_that_the_fold_no_longer_has_is_settled_too() -> None:
    """A bonus that was posted and that the rules no longer give is recorded as overpaid."""
    posted = {(3, "bonus:0", "usd"): Posted(500)}
    decision = Decision("success", (Award("base", "base", "usd", 1000, 0, (Why("step", 1000, 1),)),))
    before = cast("Any", posted | {(3, "base", "usd"): Posted(1000)})
    postings, _ = gap_within({3: decision}, before, 4, "keep", {}, None, NO_LIMITS, Moving(always=True))
    assert [(p.slot, p.amount, p.overpaid) for p in postings] == [("bonus:0", 0, 500)]
    assert settle(cast("Any", posted), postings)[3, "bonus:0", "usd"].settled == 0


def test_an_account_never_falls_below_zero() -> None:
    """A movement that is not covered is not made."""
    with pytest.raises(NotCoveredError):
        apply(
            Balance("usd", 99, 0, 0, 99),
            Movement(NOBODY, "usd", "available", "held", 100, "redemption", NOBODY),
        )


def test_a_movement_of_nothing_is_not_made() -> None:
    """Zero is not a transfer."""
    with pytest.raises(NotCoveredError):
        apply(
            Balance("usd", 99, 0, 0, 99),
            Movement(NOBODY, "usd", "available", "held", 0, "redemption", NOBODY),
        )
