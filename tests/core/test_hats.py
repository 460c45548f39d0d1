"""Names from the hat follow from the seed and the tickets, and half of those who came are drawn."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from schemas.draws import HatPerson, HatRecord
from schemas.program import Excuses, Flat, Hat, Limit, Phase, Program, Target
from service.core.authoring.faults import check
from service.core.compiled import compile_rules
from service.core.draws.draws import slip
from service.core.draws.hats import check_hat, hat_name, names, tickets_of
from service.core.refusals import Fault
from service.core.state import Fact
from service.web.contract import examples

SEED = bytes(31) + b"\x2a"
START = date(2026, 3, 2)
SESSIONS = Target("session", "attendance", (Phase(weeks=(1, 4), earn=Flat(1)),), hat=Hat())


def people(*tickets: int) -> list[HatPerson]:
    """Make people with so many tickets, in the order of their enrollments."""
    return [HatPerson(UUID(int=place), count) for place, count in enumerate(tickets, start=1)]


@given(st.lists(st.integers(1, 40), min_size=1, max_size=30), st.binary(min_size=32, max_size=32))
def test_half_of_those_present_are_drawn_rounded_up_and_nobody_twice(tickets: list[int], seed: bytes) -> None:
    """Each ticket drawn is one of those still in the hat."""
    drawn = list(names(seed, "hat/x", people(*tickets)))
    assert len(drawn) == (len(tickets) + 1) // 2
    assert len({name.enrollment for name in drawn}) == len(drawn)
    left = sum(tickets)
    for index, name in enumerate(drawn):
        assert (name.index, name.tickets) == (index, left)
        assert 1 <= name.slip <= left
        left -= tickets[name.enrollment.int - 1]


def test_tickets_are_numbered_in_the_order_of_enrollments_however_they_are_given() -> None:
    """The first ticket is the first enrollment's; the slip is that of the draw's own id and place."""
    three = people(2, 3, 1)
    first, second = names(SEED, "hat/x", three[::-1])
    assert (first, second) == tuple(names(SEED, "hat/x", three))
    assert first.slip == slip(SEED, "hat/x", 0, 6)
    owner = [1, 1, 2, 2, 2, 3][first.slip - 1]
    assert first.enrollment == UUID(int=owner)


def test_more_tickets_are_drawn_more_often() -> None:
    """Of two people, one with nine tickets of ten is the name in about nine hats of ten."""
    drawn = Counter(next(names(SEED, f"hat/{number}", people(9, 1))).enrollment.int for number in range(2000))
    assert 1740 < drawn[1] < 1860


def fact(no: int, outcome: str, day: int) -> Fact:
    """Make the fact of a session on some day of the program."""
    at = datetime(2026, 3, 2, 17, tzinfo=UTC) + timedelta(days=day, minutes=no)
    return Fact(no, 0, outcome, at, START + timedelta(days=day), day // 7 + 1)


def tickets(
    facts: list[Fact],
    day: int,
    target: str = "session",
    sessions: Target = SESSIONS,
    limit: int | None = None,
) -> int:
    """Count the tickets of somebody with these facts on a day."""
    rules = compile_rules(Program("p", "P", "points", 4, (sessions,), excuses=Excuses(limit=limit)))
    return tickets_of(rules, START, facts, target, START + timedelta(days=day))


def test_a_ticket_for_each_session_in_a_row_up_to_that_day() -> None:
    """What came later counts for nothing, and who missed one begins anew."""
    facts = [
        fact(no, outcome, no)
        for no, outcome in enumerate(("attended", "attended", "absent", "attended", "attended"), start=1)
    ]
    assert [tickets(facts, day) for day in range(1, 7)] == [1, 2, 0, 1, 2, 0]


def test_a_day_counts_once_whatever_else_is_recorded_of_it() -> None:
    """Twice on one day is one session, and one who was late and then came did come."""
    facts = [fact(1, "attended", 1), fact(2, "attended", 2), fact(3, "attended", 2)]
    assert tickets(facts, 2) == 2
    assert tickets([*facts, fact(4, "absent", 2)], 2) == 2
    assert tickets([*facts, fact(4, "absent", 3), fact(5, "excused", 3), fact(6, "attended", 4)], 4) == 1


def test_a_neutral_day_neither_counts_nor_ends_the_row() -> None:
    """Nor does one outside the target's weeks; an excuse beyond the program's limit is a miss."""
    facts = [fact(1, "attended", 1), fact(2, "excused", 2), fact(3, "rescheduled", 3), fact(4, "attended", 4)]
    assert tickets(facts, 4) == 2
    assert tickets(facts, 4, limit=0) == 1
    gap = replace(SESSIONS, phases=(Phase(weeks=(1, 1), earn=Flat(1)), Phase(weeks=(3, 4), earn=Flat(1))))
    around = [fact(1, "attended", 1), fact(2, "absent", 8), fact(3, "attended", 9), fact(4, "attended", 15)]
    assert tickets(around, 15, sessions=gap) == 2


def test_what_a_week_pays_for_does_not_matter() -> None:
    """Sessions beyond the weekly limit earn nothing, and are attended all the same."""
    facts = [fact(no, "attended", no) for no in range(1, 5)]
    assert tickets(facts, 4, sessions=replace(SESSIONS, limit=Limit(per_week=1))) == 4


def test_who_did_not_come_or_does_not_count_is_not_in_the_hat() -> None:
    """Excused, outside the program's weeks, or on another target: no ticket."""
    assert tickets([fact(1, "attended", 1), fact(2, "excused", 2)], 2) == 0
    assert tickets([fact(1, "attended", 40)], 40) == 0
    assert tickets([fact(1, "attended", 1)], 1, "another") == 0
    assert tickets([], 1) == 0


def made() -> HatRecord:
    """Give the true record that stands in the contract."""
    record = examples.ANSWERS[HatRecord]
    assert isinstance(record, HatRecord)
    return record


def test_a_true_hat_has_no_fault() -> None:
    """Nor has one whose winner a cap left with less."""
    record = made()
    assert list(check_hat(record, SEED)) == []
    capped = replace(record.names[0], amount=0, clipped=1)
    assert list(check_hat(replace(record, names=(capped, *record.names[1:])), SEED)) == []


def name_changed(**fields: object) -> Callable[[HatRecord], HatRecord]:
    """Change the first name."""
    return lambda record: replace(record, names=(replace(record.names[0], **fields), *record.names[1:]))


@pytest.mark.parametrize(
    ("forge", "says"),
    [
        (lambda record: replace(record, commitment="00" * 32), "the commitment was 0000"),
        (lambda record: replace(record, on=date(2026, 3, 3)), "is not of clinic-vouchers"),
        (lambda record: replace(record, target="other"), "is not of clinic-vouchers, other"),
        (lambda record: replace(record, names=record.names[:1]), "2 names must be drawn, and 1 are shown"),
        (
            lambda record: replace(record, people=(*record.people, HatPerson(UUID(int=1), 0))),
            "without a ticket",
        ),
        (
            lambda record: replace(record, people=(HatPerson(UUID(int=1), 50), *record.people)),
            "must be ticket",
        ),
        (name_changed(enrollment=UUID(int=1)), "the record says ticket"),
        (name_changed(slip=99), "the record says ticket 99"),
        (name_changed(tickets=99), "of 99"),
        (name_changed(amount=5), "wins 1 draws, and the record says 5"),
    ],
)
def test_whatever_is_forged_in_a_hat_is_found(forge: Callable[[HatRecord], HatRecord], says: str) -> None:
    """The fault says what it must be and what the record says."""
    found = list(check_hat(forge(made()), SEED))
    assert any(says in fault for fault in found), found


def test_a_hat_s_id_is_that_of_its_session() -> None:
    """Nobody can choose it: one clinic, one program, one target, one day."""
    name = hat_name(UUID(int=1), "p", "t", date(2026, 3, 2))
    assert name == f"hat/{UUID(int=1)}/p/t/2026-03-02/1"


def faults(target: Target) -> list[str]:
    """Find where a program of this target has faults."""
    found: tuple[Fault, ...] = check(Program("p", "P", "points", 4, (target,)))
    return [one.pointer for one in found]


def test_names_are_drawn_for_attendance_alone_and_from_a_bowl_that_there_is() -> None:
    """A program says so at its place."""
    assert faults(SESSIONS) == []
    assert faults(replace(SESSIONS, hat=Hat(bowl="none"))) == ["$.targets[0].hat.bowl"]
    homework = replace(SESSIONS, behavior="homework")
    assert faults(homework) == ["$.targets[0].hat"]
