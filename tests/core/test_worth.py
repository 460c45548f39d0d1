"""What is given in kind counts for its worth, by whose earnings paid for it, and never in part."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.dated_caps import DatedCap, Full, Limits, Spot, fill, period_of
from service.core.worth import Credited, Gift, Portion, counts_for, portions, price_worth

if TYPE_CHECKING:
    from schemas.program import Period, Unit
    from service.core.worth import Source

DAY = date(2026, 3, 2)
CAP = DatedCap(UUID(int=1), "year", "usd", 5000, date(2026, 1, 1))
YEAR = (CAP.id, "2026")
OWN: Source = (None, None)
COUNTY: Source = (UUID(int=7), "county")
sources = st.sampled_from((OWN, COUNTY, (UUID(int=8), None), (None, "state")))


def spot(day: date = DAY, event: str | None = None) -> Spot:
    """Something in money for a day."""
    return Spot("usd", day, event)


def test_a_gift_that_fits_fills_the_cap_to_the_cent() -> None:
    """And one cent more is refused with what is left, with nothing counted."""
    limits = Limits((CAP,), {YEAR: 2500})
    assert fill(limits, [(spot(), 2500)]) == Limits((CAP,), {YEAR: 5000})
    assert fill(limits, [(spot(), 2501)]) == Full(CAP, 2500)
    assert fill(limits, [(spot(), 2000), (spot(), 501)]) == Full(CAP, 2500)


def test_the_cap_that_leaves_least_is_named() -> None:
    """Of several that have too little room."""
    week = DatedCap(UUID(int=2), "week", "usd", 1000, date(2026, 1, 1))
    limits = Limits((CAP, week), {YEAR: 4500, (week.id, "2026-W10"): 700})
    assert fill(limits, [(spot(), 600)]) == Full(week, 300)


def test_a_cap_binds_the_days_that_it_is_in_force_and_counts_the_others() -> None:
    """A cap that ends in June lets a gift of July pass, and counts it in the year."""
    ending = DatedCap(CAP.id, "year", "usd", 1000, date(2026, 1, 1), date(2026, 6, 30))
    limits = Limits((ending,), {YEAR: 900})
    assert fill(limits, [(spot(date(2026, 7, 1)), 500)]) == Limits((ending,), {YEAR: 1400})


def test_what_takes_another_s_place_in_a_period_is_not_looked_at_again() -> None:
    """A cap that was set meanwhile, below what was set aside, does not keep it from being handed over."""
    over = Limits((CAP,), {YEAR: 6000})
    assert fill(over, [(spot(date(2026, 3, 9)), 2500)], [(spot(), 2500)]) == over
    assert fill(over, [(spot(date(2026, 3, 9)), 2500)]) == Full(CAP, 0)


def test_what_moves_into_another_period_must_find_room_there() -> None:
    """And leaves the one that it was counted in."""
    new = (CAP.id, "2027")
    limits = Limits((CAP,), {YEAR: 2500, new: 1000})
    january = [(spot(date(2027, 1, 2)), 2500)]
    assert fill(limits, january, [(spot(), 2500)]) == Limits((CAP,), {YEAR: 0, new: 3500})
    full = Limits((CAP,), {YEAR: 2500, new: 3000})
    assert fill(full, january, [(spot(), 2500)]) == Full(CAP, 2000)


@pytest.mark.parametrize("per", ["event", "enrollment"])
def test_what_belongs_to_no_event_or_enrollment_is_in_no_period_of_one(per: Period) -> None:
    """Savings of many visits bought it."""
    assert period_of(per, spot()) is None


def test_points_are_spent_in_the_order_in_which_they_were_earned() -> None:
    """The county's hundred first, and the rest is the clinic's own; the worth is shared alike."""
    earned = [Credited(COUNTY, 100), Credited(OWN, 400)]
    assert portions(earned, {}, 0, 250, 2500) == (Portion(COUNTY, 100, 1000), Portion(OWN, 150, 1500))
    assert portions(earned, {COUNTY: 60}, 60, 250, 2500) == (
        Portion(COUNTY, 40, 400),
        Portion(OWN, 210, 2100),
    )


def test_what_nobody_wrote_a_source_for_was_spent_from_the_earliest() -> None:
    """Points that were spent before sources were kept are gone from those earned first."""
    earned = [Credited(COUNTY, 100), Credited(OWN, 400)]
    assert portions(earned, {}, 70, 50, 500) == (Portion(COUNTY, 30, 300), Portion(OWN, 20, 200))
    assert portions(earned, {OWN: 30}, 130, 50, 500) == (Portion(OWN, 50, 500),)


def test_what_no_source_is_left_for_comes_from_nowhere() -> None:
    """It is counted all the same, for whoever pays."""
    assert portions([Credited(COUNTY, 10)], {}, 0, 30, 300) == (
        Portion(COUNTY, 10, 100),
        Portion(OWN, 20, 200),
    )


def test_a_worth_that_cannot_be_shared_evenly_is_shared_to_the_cent() -> None:
    """A third of a dollar three times is a dollar."""
    earned = [Credited(COUNTY, 1), Credited(OWN, 1), Credited((None, "state"), 1)]
    assert [one.worth for one in portions(earned, {}, 0, 3, 100)] == [33, 33, 34]


@given(
    st.lists(
        st.builds(Credited, sources, st.integers(-50, 500)), max_size=4, unique_by=lambda one: one.source
    ),
    st.dictionaries(sources, st.integers(0, 300)),
    st.integers(0, 800),
    st.integers(1, 500),
    st.integers(0, 10_000),
)
def test_portions_come_to_the_whole(
    earned: list[Credited], attributed: dict[Source, int], used: int, spent: int, worth: int
) -> None:
    """Whatever was earned and spent before: the parts are positive and sum to price and worth."""
    found = portions(earned, attributed, used, spent, worth)
    assert sum(one.spent for one in found) == spent
    assert sum(one.worth for one in found) == worth
    assert all(one.spent > 0 and one.worth >= 0 for one in found)


@pytest.mark.parametrize(
    ("unit", "amount", "fair_value", "counts"),
    [("points", 250, 2500, 2500), ("usd", 2000, 3000, 1000), ("usd", 2000, 1500, 0), (None, 0, 700, 700)],
)
def test_money_that_paid_for_a_gift_counts_once(
    unit: Unit | None, amount: int, fair_value: int, counts: int
) -> None:
    """It counted when it was credited: only what a thing is worth above its price is left to count."""
    assert counts_for(unit, amount, fair_value) == counts
    assert counts_for(unit, amount, None) == 0


def test_a_price_is_worth_what_is_said_of_its_unit() -> None:
    """Money itself, points as the clinic says; of draws nobody can say."""
    assert [price_worth(unit, 250, 10) for unit in ("usd", "points", "draw")] == [250, 2500, None]
    assert price_worth("points", 250, None) is None


def test_a_prize_is_an_event_of_its_own_and_a_purchase_is_none() -> None:
    """So a cap on single events looks at the one alone; what counts for nothing is left out."""
    part, nothing = Portion(COUNTY, 5, 100), Portion(OWN, 5, 0)
    prize = Gift("prize", UUID(int=9), None, DAY, (part, nothing))
    assert prize.counted() == ((Spot("usd", DAY, str(UUID(int=9)), "county", UUID(int=7)), 100),)
    bought = Gift("redemption", UUID(int=9), "points", DAY, (part, part))
    assert [one.event for one, _ in bought.counted()] == [None, None]
    assert bought.worth == 200
