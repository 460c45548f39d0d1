"""Draws are held by the enrollment and in the bowl that they were earned in."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from schemas.program import Bowl, Draws, Flat, Phase, Program, Target, Tier
from service.core.compiled import Rules, compile_rules
from service.core.draws.holdings import DrawCredit, Held, Holding, bowl_for, bowls_of, choose, holdings
from service.core.refusals import Refused
from service.core.words.refusals.catalog import in_english

AT = datetime(2026, 3, 2, tzinfo=UTC)
ONE, TWO, THREE = UUID(int=1), UUID(int=2), UUID(int=3)
PENS = Bowl("pens", (Tier("pen", 1, category="learning"),))


def rules(*earns: Draws | Flat) -> Rules:
    """Make the rules of a program with one target, whose weeks earn one after another."""
    phases = tuple(Phase(weeks=(week, week), earn=earn) for week, earn in enumerate(earns, start=1))
    return compile_rules(Program("p", "P", "usd", 12, (Target("t", "test", phases),), bowls=(PENS,)))


STANDARD = rules(Draws(1, 0))
BOTH = rules(Draws(1, 0, bowl="pens"), Draws(1, 0))


def held(enrollment: UUID, of: Rules, days: int = 0) -> Held:
    """Make an enrollment that was opened some days later."""
    return Held(enrollment, AT + timedelta(days=days), of)


def earned(amount: int, enrollment: UUID = ONE, week: int = 1) -> DrawCredit:
    """Make a credit that an event of some week earned."""
    return DrawCredit(amount, AT, enrollment, "t", week)


def test_draws_come_from_the_bowl_of_the_week_that_earned_them() -> None:
    """A phase names its bowl; where none does, or no event is behind it, it is the program's first one."""
    assert bowl_for(BOTH, earned(1)) == "pens"
    assert bowl_for(BOTH, earned(1, week=2)) == "standard-500"
    assert bowl_for(BOTH, earned(1, week=9)) == "pens"
    assert bowl_for(BOTH, DrawCredit(1, AT, ONE)) == "pens"
    assert bowl_for(rules(Flat(1)), earned(1)) == "standard-500"


def test_a_name_from_the_hat_comes_with_the_hat_s_bowl_where_the_program_has_it() -> None:
    """A bowl that only another version has cannot be drawn from."""
    assert bowl_for(BOTH, DrawCredit(1, AT, ONE, bowl="standard-500")) == "standard-500"
    assert bowl_for(BOTH, DrawCredit(1, AT, ONE, bowl="gone")) == "pens"


def test_bowls_stand_in_the_order_of_the_program() -> None:
    """Each once; the standard one where no target earns draws."""
    assert bowls_of(BOTH) == ("pens", "standard-500")
    assert bowls_of(rules(Draws(1, 0), Draws(2, 0))) == ("standard-500",)
    assert bowls_of(rules(Flat(1))) == ("standard-500",)


def test_what_was_drawn_is_held_no_longer() -> None:
    """Held is earned less what was taken back and what was drawn."""
    credits_ = [earned(5), earned(-1), earned(4, week=2)]
    found = holdings([held(ONE, BOTH)], credits_, {(ONE, "pens"): 2})
    assert found == [Holding(ONE, "pens", 2), Holding(ONE, "standard-500", 4)]


def test_a_bowl_drawn_beyond_what_it_holds_is_made_up_for_by_the_others() -> None:
    """Three draws of one week count for another after a change: no more is drawn in all than was earned."""
    credits_ = [earned(3), earned(-3), earned(3, week=2)]
    found = holdings([held(ONE, BOTH)], credits_, {(ONE, "pens"): 2})
    assert found == [Holding(ONE, "standard-500", 1)]


def test_a_credit_for_no_enrollment_belongs_to_the_latest_one_at_the_time() -> None:
    """One opened later does not take it over; one from before the first belongs to the first."""
    enrollments = [held(ONE, STANDARD, 1), held(TWO, STANDARD, 2), held(THREE, STANDARD, 4)]
    at_three = DrawCredit(7, AT + timedelta(days=3))
    assert holdings(enrollments, [at_three], {}) == [Holding(TWO, "standard-500", 7)]
    assert holdings(enrollments, [DrawCredit(7, AT)], {}) == [Holding(ONE, "standard-500", 7)]
    assert holdings([], [at_three], {}) == []


def test_the_oldest_holding_that_has_enough_is_chosen() -> None:
    """Unless the enrollment or the bowl is named."""
    found = [Holding(ONE, "pens", 2), Holding(ONE, "standard-500", 5), Holding(TWO, "standard-500", 5)]
    assert choose(found, 12, 1, None, None) == found[0]
    assert choose(found, 12, 4, None, None) == found[1]
    assert choose(found, 12, 4, TWO, None) == found[2]
    assert choose(found, 12, 1, None, "standard-500") == found[1]


def test_several_together_are_ambiguous_and_the_remedy_is_said() -> None:
    """The first step is named: how many, and from where."""
    found = [Holding(ONE, "pens", 2), Holding(TWO, "standard-500", 5)]
    refusal = choose(found, 7, 6, None, None)
    assert isinstance(refusal, Refused)
    assert refusal.code == "ambiguous_enrollment"
    assert "Draw 2 first" in in_english(refusal)
    assert str(ONE) in in_english(refusal)


def test_never_more_than_is_available() -> None:
    """What is held by an open redemption, or was given for one, cannot be drawn."""
    found = [Holding(ONE, "standard-500", 5)]
    assert choose(found, 3, 3, None, None) == found[0]
    refusal = choose(found, 3, 4, None, None)
    assert isinstance(refusal, Refused)
    assert (refusal.code, "3 draws can be drawn" in in_english(refusal)) == ("insufficient_balance", True)
