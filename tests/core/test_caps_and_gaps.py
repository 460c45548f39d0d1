"""Whatever is recorded in whatever order, no cap of a clinic or funder is passed, and the sums agree."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast
from uuid import UUID

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.program import Period, Policy, Program
from schemas.receipts import Balance
from service.core.compiled import compile_rules
from service.core.dated_caps import DatedCap, Limits, Spot, TotalKey, clip, counting, summed
from service.core.gap import Moving, Where, gap_within
from service.core.ledger import Movement, Posted, Posting, SlotKey, apply, award_movement, credited, settle
from service.core.rules import fold
from service.core.state import Fact

START = date(2026, 3, 2)
ENROLLMENT = UUID(int=3)
OTHER = UUID(int=4)
ALWAYS = date(2020, 1, 1)


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


PERIODS: list[Period] = ["event", "day", "week", "month", "year", "enrollment"]

drawn_caps = st.lists(
    st.builds(
        cap,
        st.sampled_from(PERIODS),
        st.integers(0, 6000),
        st.integers(1, 9),
        st.sampled_from([ALWAYS, date(2026, 3, 10), date(2026, 4, 1)]),
        st.sampled_from([None, date(2026, 4, 20)]),
        st.sampled_from([None, "county"]),
    ),
    max_size=4,
    unique_by=lambda one: one.id,
)

arrivals = st.lists(
    st.tuples(
        st.sampled_from(["negative", "negative", "negative", "positive", "excused", "invalid", "missed"]),
        st.integers(0, 80),
        st.integers(9, 15),
        st.sampled_from([0, 0, 0, 400]),
    ),
    max_size=12,
)


def program(late: Policy) -> Program:
    """Make a ladder with a reset, a weekly limit, a cap of its own and a bonus for each three in a row."""
    target = {
        "name": "test",
        "behavior": "test",
        "limit": {"per_week": 2},
        "phases": [
            {
                "weeks": [1, 12],
                "earn": {"type": "ladder", "start": 1000, "step": 150},
                "on_failure": {"reset": True, "recovery": {"after": 2, "pays": "next", "to": "due"}},
            }
        ],
        "bonuses": [{"type": "run", "every": 3, "amount": 700}],
        "retest_minutes": 120,
    }
    document = {
        "name": "p",
        "title": "P",
        "unit": "usd",
        "weeks": 12,
        "targets": [target],
        "caps": [{"per": "month", "amount": 7000}],
        "corrections": {"late": late},
    }
    return msgspec.convert(document, Program)


class Day:
    """Facts and credits of one participant under caps, with all that is posted and moved for them."""

    def __init__(self, late: Policy, caps: list[DatedCap], funding: str | None) -> None:
        self.rules = compile_rules(program(late))
        self.late = late
        self.funding = funding
        self.facts: list[Fact] = []
        self.posted: dict[SlotKey, Posted] = {}
        self.limits = Limits(tuple(caps))
        self.balance = Balance("usd", 0, 0, 0, 0)
        self.movements: list[Movement] = []
        self.days: dict[int, date] = {0: START}

    def known(self, spots: list[Spot]) -> Limits:
        """Give the limits with every total that the spots need."""
        needed = {key: 0 for one in spots for _, key in counting(self.limits.caps, one)}
        return Limits(self.limits.caps, needed | dict(self.limits.totals))

    def arrive(self, outcome: str, day: int, hour: int) -> list[Posting]:
        """Record an outcome, and post what the books then lack."""
        at = datetime(2026, 3, 2, hour, tzinfo=UTC) + timedelta(days=day)
        fact = Fact(len(self.facts) + 1, 0, outcome, at, at.date(), day // 7 + 1)
        self.facts.append(fact)
        self.days[fact.no] = fact.day
        _, decisions = fold(self.rules, START, self.facts)
        where = Where(ENROLLMENT, self.funding, self.days)
        known = self.known([where.spot(no, "usd") for no in self.days])
        available = {"usd": self.balance.available}
        program = self.rules.program
        moving = Moving(decisions[fact.no].effect == "success", program.caps, program.unit)
        postings, self.limits = gap_within(
            decisions, self.posted, fact.no, self.late, cast("Any", available), where, known, moving
        )
        self.posted = settle(self.posted, postings)
        for one in postings:
            movement = award_movement(OTHER, ENROLLMENT, OTHER, one, self.days[one.fact_no], self.funding)
            if movement is not None:
                self.move(movement)
        due = {(no, a.slot, a.unit): a.amount for no, d in decisions.items() for a in d.awards}
        assert {key: one.settled for key, one in self.posted.items() if one.settled} == {
            key: amount for key, amount in due.items() if amount
        }
        return postings

    def credit(self, day: int, amount: int) -> None:
        """Credit an amount by another way than an event."""
        name = UUID(int=100 + len(self.movements))
        on = START + timedelta(days=day)
        one = Spot("usd", on, str(name), self.funding)
        self.limits, paid, why = clip(self.known([one]), one, amount)
        assert paid + sum(part.amount for part in why) == amount
        if paid:
            self.move(
                Movement(
                    OTHER, "usd", "issued", "available", paid, "manual", name, None, None, on, self.funding
                )
            )

    def move(self, movement: Movement) -> None:
        """Make a transfer."""
        self.movements.append(movement)
        self.balance = apply(self.balance, movement)


@settings(deadline=None, max_examples=150)
@given(
    arrivals,
    drawn_caps,
    st.sampled_from(["keep", "recover"]),
    st.sampled_from([None, "county"]),
    st.booleans(),
)
def test_no_cap_is_passed_whatever_is_recorded_in_whatever_order(
    facts: list[tuple[str, int, int, int]],
    caps: list[DatedCap],
    late: Policy,
    funding: str | None,
    lowered: bool,
) -> None:
    """After each posting: totals are the sums of transfers, and no total in force rose above its cap.

    Where a cap is lowered below what was paid already, nothing more is paid under it.
    """
    day = Day(late, caps, funding)
    before: Counter[TotalKey] = Counter()
    for place, (outcome, on, hour, credit) in enumerate(facts):
        if lowered and place == len(facts) // 2:
            halved = [msgspec.structs.replace(one, amount=one.amount // 2) for one in day.limits.caps]
            day.limits = Limits(tuple(halved), day.limits.totals)
        day.arrive(outcome, on, hour)
        if credit:
            day.credit(on, credit)
        sums = summed(day.limits.caps, credited(day.movements))
        assert {key: total for key, total in day.limits.totals.items() if total} == {
            key: total for key, total in sums.items() if total
        }
        for one in day.limits.caps:
            bound = one.starts_on == ALWAYS and one.ends_on is None
            for key, total in sums.items():
                if key[0] == one.id and bound:
                    assert total <= max(one.amount, before[key])
        before = Counter(sums)
        assert all(min(p.withheld, p.overpaid, p.unrecovered) >= 0 for p in day.posted.values())
        assert day.balance.available >= 0


@settings(deadline=None)
@given(arrivals, st.sampled_from(["keep", "recover"]))
def test_caps_that_are_never_met_change_nothing(facts: list[tuple[str, int, int, int]], late: Policy) -> None:
    """With all the room in the world, every posting is what it is without caps."""
    roomy = [cap(per, 10**9, number) for number, per in enumerate(PERIODS, start=1)]
    under, without = Day(late, roomy, None), Day(late, [], None)
    for outcome, on, hour, _ in facts:
        assert under.arrive(outcome, on, hour) == without.arrive(outcome, on, hour)
