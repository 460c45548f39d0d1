"""Caps of clinics and funders: what counts, what is clipped and why, and what a correction moves."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime
from typing import cast
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
import pytest

from schemas.program import Period, Program
from service.core.compiled import compile_rules
from service.core.dated_caps import (
    NO_LIMITS,
    DatedCap,
    Limits,
    Outside,
    Reached,
    Spot,
    TotalKey,
    clip,
    counting,
    move,
    period_of,
    reached,
    release,
)
from service.core.gap import Moving, Where, gap_within
from service.core.ledger import Posted, SlotKey, settle
from service.core.outlook import outlook
from service.core.rules import opening
from service.core.state import Award, Decision, Why
from service.core.tax import Threshold, threshold_of, year_of_payment

START = date(2026, 3, 2)
ENROLLMENT = UUID(int=3)
OTHER = UUID(int=4)
ALWAYS = date(2020, 1, 1)
WHOLE = Moving(always=True)


def cap(
    per: Period = "month",
    amount: int = 1000,
    number: int = 1,
    starts_on: date = ALWAYS,
    ends_on: date | None = None,
    funding: str | None = None,
) -> DatedCap:
    """Make a cap in cents."""
    return DatedCap(UUID(int=number), per, "usd", amount, starts_on, ends_on, funding)


def spot(day: date = START, event: str = "e", funding: str | None = None) -> Spot:
    """Make something that is paid in cents for the enrollment."""
    return Spot("usd", day, event, funding, ENROLLMENT)


def limits(*caps: DatedCap, **totals: int) -> Limits:
    """Give each cap its total by its number: `c1=500`, nothing where it is not said, in every period."""
    known: defaultdict[TotalKey, int] = defaultdict(int)
    for name, amount in totals.items():
        one = next(one for one in caps if one.id == UUID(int=int(name[1:])))
        known[one.id, cast("str", period_of(one.per, spot()))] = amount
    return Limits(caps, known)


@pytest.mark.parametrize(
    ("per", "name"),
    [
        ("event", "e"),
        ("day", "2026-03-02"),
        ("week", "2026-W10"),
        ("month", "2026-03"),
        ("year", "2026"),
        ("enrollment", str(ENROLLMENT)),
    ],
)
def test_a_period_has_a_name_that_a_person_can_read(per: Period, name: str) -> None:
    """March 2, 2026 is a Monday, of the tenth week."""
    assert period_of(per, spot()) == name


def test_a_week_at_a_year_s_end_belongs_to_one_year() -> None:
    """Monday, December 28, 2026 and Sunday, January 3, 2027 are days of one week (ISO 8601)."""
    assert (
        period_of("week", spot(date(2026, 12, 28))) == period_of("week", spot(date(2027, 1, 3))) == "2026-W53"
    )


def test_what_belongs_to_no_enrollment_is_not_counted_for_one() -> None:
    """A name drawn from the hat is nobody's episode."""
    alone = Spot("usd", START, "e")
    assert list(counting([cap("enrollment")], alone)) == []
    assert clip(Limits((cap("enrollment", 0),)), alone, 700) == (Limits((cap("enrollment", 0),)), 700, ())


def test_a_cap_pays_what_it_has_room_for_and_says_what_it_took() -> None:
    """$10.00 a month, $7.00 of it paid: of $5.00 more, $3.00 is paid and $2.00 withheld."""
    after, paid, why = clip(limits(cap(), c1=700), spot(), 500)
    assert (paid, why) == (300, (Why("cap:month", 200),))
    assert after.totals[UUID(int=1), "2026-03"] == 1000


def test_caps_clip_in_the_order_they_were_set() -> None:
    """Each takes what the ones before it left, so the reasons add up to what was withheld."""
    caps = (cap("year", 400), cap("event", 100, 2), cap("day", 900, 3))
    after, paid, why = clip(limits(*caps), spot(), 500)
    assert (paid, why) == (100, (Why("cap:year", 100), Why("cap:event", 300)))
    assert {after.totals[key] for _, key in counting(caps, spot())} == {100}


def test_a_cap_binds_the_days_that_it_is_in_force_and_no_other() -> None:
    """The first and the last day are in; a day outside is counted in the period, and not clipped."""
    month = cap(amount=0, starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 20))
    for day, paid in ((1, 500), (2, 0), (20, 0), (21, 500)):
        after, got, _ = clip(limits(month), spot(date(2026, 3, day)), 500)
        assert (got, after.totals[month.id, "2026-03"]) == (paid, paid)


def test_what_was_paid_before_a_cap_began_counts_in_its_period() -> None:
    """A yearly cap from July on counts from January on."""
    year = cap("year", 1000, starts_on=date(2026, 7, 1))
    after, paid, _ = clip(limits(year), spot(date(2026, 2, 1)), 800)
    assert paid == 800
    assert clip(after, spot(date(2026, 7, 1)), 800)[1] == 200


def test_a_period_without_a_day_in_force_is_of_no_interest() -> None:
    """So what ended years ago costs nothing today."""
    ended = cap("year", starts_on=date(2025, 5, 1), ends_on=date(2025, 9, 30))
    assert list(counting([ended], spot(date(2024, 12, 31)))) == []
    assert list(counting([ended], spot(date(2026, 1, 1)))) == []
    assert len(list(counting([ended], spot(date(2025, 1, 1))))) == 1
    leap = cap("month", starts_on=date(2028, 2, 29), ends_on=date(2028, 2, 29))
    assert [bool(list(counting([leap], spot(date(2028, m, 1))))) for m in (1, 2, 3)] == [False, True, False]
    week = cap("week", starts_on=date(2026, 3, 8), ends_on=date(2026, 3, 8))
    assert [bool(list(counting([week], spot(date(2026, 3, d))))) for d in (1, 2, 9)] == [False, True, False]


def test_a_funder_s_cap_looks_at_what_that_funder_pays() -> None:
    """The clinic's own money and another funder's pass it by; a cap without a funder sees them all."""
    county, whole = cap(amount=100, funding="county"), cap(amount=350, number=2)
    after, paid, _ = clip(limits(county, whole), spot(funding="county"), 300)
    assert paid == 100
    after, paid, _ = clip(after, spot(funding="state"), 200)
    assert paid == 200
    assert clip(after, spot(), 200)[1:] == (50, (Why("cap:month", 150),))


def test_a_cap_in_cents_says_nothing_of_points() -> None:
    """Units are never mixed."""
    points = Spot("points", START, "e", None, ENROLLMENT)
    assert clip(limits(cap(amount=0)), points, 9)[1] == 9


def test_what_moves_within_a_period_needs_no_room_in_it() -> None:
    """The month is full, and over: what counts for another of its visits makes it no fuller."""
    full = limits(cap(amount=500), c1=900)
    after, moved = move(full, spot(), spot(date(2026, 3, 9)), 200)
    assert (moved, after) == (200, full)


def test_what_moves_into_a_full_period_stays_where_it_was() -> None:
    """April has room for $1.00: that much moves, and March is emptier by it."""
    month = cap(amount=1000)
    known = Limits((month,), {(month.id, "2026-03"): 800, (month.id, "2026-04"): 900})
    after, moved = move(known, spot(), spot(date(2026, 4, 1)), 300)
    assert moved == 100
    assert after.totals == {(month.id, "2026-03"): 700, (month.id, "2026-04"): 1000}
    assert release(after, spot(), 700).totals[month.id, "2026-03"] == 0


def test_a_threshold_is_reached_when_it_is_crossed_upward_and_not_while_it_is_passed() -> None:
    """80 % and 100 % of $10.00; from below only, both at once where a payment is large."""
    month = cap()
    key = (month.id, "2026-03")

    def told(before: int | None, after: int) -> list[int]:
        known = {} if before is None else {key: before}
        return [one.percent for one in reached([month], known, {key: after})]

    assert told(700, 799) == []
    assert told(799, 800) == [80]
    assert told(800, 999) == []
    assert told(999, 1000) == [100]
    assert told(0, 1000) == told(None, 1000) == [80, 100]
    assert told(1000, 799) == told(1000, 1000) == []
    assert reached([month], {}, {key: 800}) == [Reached(month.id, "2026-03", 80)]
    assert reached([cap(amount=0)], {}, {key: 0}) == []


def test_what_comes_next_is_promised_as_far_as_the_tightest_cap_leaves_room() -> None:
    """A new event has its own cap whole; a period that is not known leaves what its cap allows."""
    caps = (cap("event", 300), cap("month", 1000, 2), cap("year", 5000, 3, ends_on=date(2026, 6, 30)))
    known = {(UUID(int=2), "2026-03"): 800, (UUID(int=3), "2026"): 900}
    here = Outside(Limits(caps, known), ENROLLMENT)
    assert here.room("usd", START) == (200, "month")
    assert here.room("usd", date(2026, 4, 1)) == (300, "event")
    assert here.room("points", START) is None
    assert Outside(Limits((cap("month", 100),), {(UUID(int=1), "2026-03"): 900})).room("usd", START) == (
        0,
        "month",
    )


def test_the_outlook_says_which_cap_takes_something_off() -> None:
    """$10.00 would come next, and after a miss too; the clinic's week leaves $2.50 for either."""
    target = {"name": "test", "behavior": "test", "phases": [{"weeks": [1, 12], "earn": FLAT}]}
    document = {"name": "p", "title": "P", "unit": "usd", "weeks": 12, "targets": [target]}
    rules = compile_rules(msgspec.convert(document, Program))
    outside = Outside(Limits((cap("week", 250),), {(UUID(int=1), "2026-W10"): 0}), ENROLLMENT)
    (seen,) = outlook(rules, opening(rules, START)[0], START, START, "en", outside=outside)
    assert (seen.next[0].amount, seen.after_a_miss[0].amount) == (250, 250)
    said = "Your next negative test is worth $2.50. With it you reach the most you can earn for one week."
    assert seen.sentence == said


FLAT = {"type": "flat", "amount": 1000}


def base(amount: int) -> Decision:
    """Decide a success that is paid an amount."""
    return Decision("success", (Award("base", "base", "usd", amount, 0, (Why("flat", amount),)),))


WHERE = Where(ENROLLMENT, None, {1: date(2026, 3, 2), 2: date(2026, 3, 3), 3: date(2026, 4, 1)})


def test_a_fall_takes_what_was_withheld_of_its_own_slot_first() -> None:
    """$5.00 was due, $2.00 paid and $3.00 withheld: a fall to $1.00 leaves $1.00 overpaid."""
    posted: dict[SlotKey, Posted] = {(1, "base", "usd"): Posted(200, withheld=300)}
    moving = Moving(always=True)
    (posting,), _ = gap_within({1: base(100)}, posted, 2, "keep", {}, None, NO_LIMITS, moving)
    assert (posting.amount, posting.withheld, posting.overpaid) == (0, -300, 100)
    after = settle(posted, [posting])[1, "base", "usd"]
    assert (after.settled, after.withheld) == (100, 0)


def test_what_was_withheld_is_not_paid_again_later_by_itself() -> None:
    """Room that came back changes nothing for what is settled."""
    posted: dict[SlotKey, Posted] = {(1, "base", "usd"): Posted(200, withheld=300)}
    postings, _ = gap_within({1: base(500)}, posted, 2, "keep", {}, None, NO_LIMITS, Moving(always=True))
    assert postings == []


def test_a_fall_moves_only_as_far_as_the_rise_s_period_has_room() -> None:
    """$4.00 of March would count for April, which has room for $1.00: $3.00 stays with March, overpaid."""
    posted: dict[SlotKey, Posted] = {(1, "base", "usd"): Posted(400)}
    month = cap(amount=1000)
    known = Limits((month,), {(month.id, "2026-03"): 400, (month.id, "2026-04"): 900})
    decided = {1: base(0), 3: base(400)}
    (rise, fall), after = gap_within(decided, posted, 3, "keep", {"usd": 400}, WHERE, known, WHOLE)
    assert (rise.amount, rise.withheld, rise.why[-1]) == (100, 300, Why("cap:month", 300))
    assert (fall.amount, fall.overpaid) == (-100, 300)
    assert after.totals == {(month.id, "2026-03"): 300, (month.id, "2026-04"): 1000}


def test_what_is_recovered_makes_room() -> None:
    """$4.00 taken back is $4.00 that the month may still be paid."""
    posted: dict[SlotKey, Posted] = {(1, "base", "usd"): Posted(400)}
    month = cap(amount=1000)
    known = Limits((month,), {(month.id, "2026-03"): 1000})
    (fall,), after = gap_within({1: base(0)}, posted, 2, "recover", {"usd": 900}, WHERE, known, WHOLE)
    assert fall.amount == -400
    assert after.totals == {(month.id, "2026-03"): 600}


def test_what_is_taken_back_leaves_what_was_moved_in_its_place() -> None:
    """One fall cannot move, the other does: recovering the first never takes what was paid for the second."""
    year = cap("year", 100)
    posted: dict[SlotKey, Posted] = {(1, "base", "usd"): Posted(100), (2, "base", "usd"): Posted(100)}
    days = Where(ENROLLMENT, None, {1: date(2025, 3, 2), 2: date(2026, 3, 3), 3: date(2026, 3, 9)})
    known = Limits((year,), {(year.id, "2025"): 100, (year.id, "2026"): 100})
    postings, after = gap_within(
        {1: base(0), 2: base(0), 3: base(200)}, posted, 3, "recover", {"usd": 0}, days, known, WHOLE
    )
    assert [(p.fact_no, p.amount, p.unrecovered) for p in postings] == [
        (3, 100, 0),
        (1, 0, 100),
        (2, -100, 0),
    ]
    assert after.totals == {(year.id, "2025"): 100, (year.id, "2026"): 100}


def test_a_threshold_holds_for_the_years_from_its_own_on() -> None:
    """$600 for payments to 2025, $2,000 from 2026 on, whatever order they are written in."""
    known = [Threshold(2026, 200_000), Threshold(1901, 60_000)]
    assert [threshold_of(year, known) for year in (1901, 2025, 2026, 2199)] == [60_000] * 2 + [200_000] * 2
    assert threshold_of(1900, known) == 0


def test_a_year_of_payment_begins_and_ends_at_the_clinic_s_midnight() -> None:
    """In a zone five hours behind, the year begins five hours later."""
    first, end = year_of_payment(2026, ZoneInfo("America/New_York"))
    assert first == datetime(2026, 1, 1, 5, tzinfo=UTC)
    assert end == datetime(2027, 1, 1, 5, tzinfo=UTC)
