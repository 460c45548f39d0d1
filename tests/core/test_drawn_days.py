"""Days drawn by lot: as many a week as wanted, each choice as likely, and none before its morning."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from uuid import UUID

import pytest
from msgspec.structs import replace

from schemas.drawn_days import DayRecord
from schemas.program import Flat, Phase, Program, Target, Visits, Weekday
from service.core.attendance import attendance
from service.core.authoring.programs import check, encode
from service.core.compiled import Rules, compile_rules
from service.core.draws.days import check_day, day_name, is_hit, slip_of, turn_of
from service.core.draws.draws import commitment
from service.core.expected import look, met_after_all
from service.core.expected_days import Closed, Planned, drawn_on, due_visits
from service.core.laid_days import days_to_draw
from service.core.rules import fold, follows
from tests.core.test_expected import MONDAY, fact, miss, rules_of

WEEK: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri")
LOTS = Visits(lots=2, of=WEEK, missed_after_hours=24)
SOMEBODY = UUID(int=7)


def week_of(
    seed: bytes,
    rules: Rules,
    starts_on: date = MONDAY,
    closed: Closed = (),
    week: int = 0,
    last: date | None = None,
) -> list[int]:
    """Give each day of a week its turn in order; lists those drawn, as days after the start."""
    drawn: list[int] = []
    for after in range(week * 7, week * 7 + 7):
        day = starts_on + timedelta(days=after)
        turn = turn_of(rules, 0, starts_on, day, len(drawn), closed, last)
        if turn is not None and is_hit(slip_of(seed, SOMEBODY, "test", turn), turn.wanted):
            drawn.append(after)
    return drawn


def seeds(count: int) -> list[bytes]:
    """Give some seeds, the same each time."""
    return [number.to_bytes(32) for number in range(count)]


def test_every_choice_of_days_is_as_likely_as_any_other() -> None:
    """Two of five weekdays, two: each of the ten pairs a tenth of the time (chi-squared, 9 degrees)."""
    rules = rules_of(LOTS)
    found = Counter(tuple(week_of(seed, rules)) for seed in seeds(4000))
    assert set(found) == set(combinations(range(5), 2))
    assert sum((one - 400) ** 2 / 400 for one in found.values()) < 27.9  # p = 0.001


def test_a_week_has_each_weekday_once_whenever_it_begins() -> None:
    """From a Thursday on the week goes to Wednesday; the start day has its turn unless it is left out."""
    rules = rules_of(LOTS)
    thursday = MONDAY + timedelta(days=3)
    found = {day for seed in seeds(200) for day in week_of(seed, rules, thursday)}
    assert found == {0, 1, 4, 5, 6}
    later = rules_of(replace(LOTS, first_day="not"))
    assert {day for seed in seeds(200) for day in week_of(seed, later, thursday)} == {1, 4, 5, 6}
    assert all(len(week_of(seed, later, thursday)) == 2 for seed in seeds(50))


def test_a_closed_day_has_no_turn_and_the_others_make_up_for_it() -> None:
    """Known that morning, it is not among the days left; where too few are left, fewer are drawn."""
    rules = rules_of(LOTS)
    shut = [(MONDAY + timedelta(days=1), MONDAY + timedelta(days=2))]
    found = {tuple(week_of(seed, rules, closed=shut)) for seed in seeds(200)}
    assert found == {(0, 3), (0, 4), (3, 4)}
    almost = [(MONDAY, MONDAY + timedelta(days=3))]
    assert {tuple(week_of(seed, rules, closed=almost)) for seed in seeds(20)} == {(4,)}
    # So with the days after an enrollment's last.
    assert {tuple(week_of(seed, rules, last=MONDAY)) for seed in seeds(20)} == {(0,)}


def test_a_day_depends_on_nobody_elses_and_on_its_own_morning_alone() -> None:
    """Another seed from Wednesday on changes no earlier day, and the week still comes to two."""
    rules = rules_of(LOTS)
    for first, second in zip(seeds(60), reversed(seeds(60)), strict=True):
        drawn: list[int] = []
        for after in range(5):
            turn = turn_of(rules, 0, MONDAY, MONDAY + timedelta(days=after), len(drawn), (), None)
            assert turn is not None
            if is_hit(slip_of(first if after < 2 else second, SOMEBODY, "test", turn), turn.wanted):
                drawn.append(after)
        assert len(drawn) == 2
        assert [one for one in drawn if one < 2] == [one for one in week_of(first, rules) if one < 2]


def test_nothing_is_laid_before_a_day_is_drawn() -> None:
    """What is expected without the days on record is nothing; with them, those days alone."""
    rules = rules_of(LOTS)
    assert due_visits(rules, 0, MONDAY) == ()
    plans = [drawn_on("test", MONDAY + timedelta(days=1)), drawn_on("other", MONDAY)]
    assert [(due.on - MONDAY).days for due in due_visits(rules, 0, MONDAY, plans=plans)] == [1]
    # Where the version that holds now draws nothing, what another one drew is no visit of it.
    assert due_visits(rules_of(None), 0, MONDAY, plans=plans) == ()


def test_a_drawn_day_is_met_on_that_day_alone() -> None:
    """Neither the day before nor the day after does; the grace is for what is entered late."""
    rules = rules_of(replace(LOTS, missed_after_hours=72))
    plans = [drawn_on("test", MONDAY + timedelta(days=1))]
    now = datetime.fromisoformat("2026-03-20T12:00:00+00:00")
    for day, missing in ((0, 1), (1, 0), (2, 1)):
        found = look(rules, MONDAY, None, [fact(rules, 1, day)], (), None, now, UTC, plans)
        assert len(found.missing) == missing, day
    soon = look(
        rules, MONDAY, None, [], (), None, datetime.fromisoformat("2026-03-06T23:00:00+00:00"), UTC, plans
    )
    assert soon.missing == ()
    assert soon.next_at == datetime.fromisoformat("2026-03-07T00:00:00+00:00")
    shown = attendance(
        rules, MONDAY, None, (), [fact(rules, 1, 2)], MONDAY, MONDAY + timedelta(days=6), plans
    )
    assert [((one.day - MONDAY).days, one.status) for one in shown] == [(1, "expected"), (2, "came")]


def test_who_comes_by_appointment_on_a_drawn_day_comes_once() -> None:
    """One visit of their own on that day is the drawn one; on another day it stays."""
    rules = rules_of(LOTS)
    own = [Planned("test", None, -1, MONDAY), Planned("test", None, -2, MONDAY + timedelta(days=2))]
    dues = due_visits(rules, 0, MONDAY, plans=[*own, drawn_on("test", MONDAY)])
    assert [((due.on - MONDAY).days, due.drawn) for due in dues] == [(0, True), (2, False)]


def test_a_drawn_visit_is_moved_called_off_and_closed_like_any_other() -> None:
    """Nobody is missing then on its own day; and a late result of the day it moved to meets it."""
    rules = rules_of(LOTS)
    lot = drawn_on("test", MONDAY)
    moved = Planned("test", MONDAY, 1, MONDAY + timedelta(days=1))
    (due,) = due_visits(rules, 0, MONDAY, plans=[lot, moved])
    assert (due.on, due.laid_on, due.last_day) == (moved.on, MONDAY, moved.on)
    assert due_visits(rules, 0, MONDAY, plans=[lot, Planned("test", MONDAY, 1, None)]) == ()
    assert due_visits(rules, 0, MONDAY, None, [(MONDAY, MONDAY)], [lot]) == ()
    gone = fact(rules, 1, 1, "missed", missed=0)
    assert met_after_all(rules, MONDAY, [gone]) == frozenset()
    assert met_after_all(rules, MONDAY, [gone, fact(rules, 2, 0)]) == frozenset()
    assert met_after_all(rules, MONDAY, [gone, fact(rules, 2, 1)]) == {1}


def test_a_late_result_of_the_day_takes_the_place_of_the_miss() -> None:
    """One of another day does not: the miss stands, and the ladder begins again."""
    rules = rules_of(LOTS)
    first, gone = fact(rules, 1, 0), miss(rules, 2, 2)
    state, told = fold(rules, MONDAY, [first, gone])
    assert told[2].effect == "failure"
    late = fact(rules, 3, 2)
    assert not follows(state, late)
    assert fold(rules, MONDAY, [first, gone, late])[1][2].effect == "neutral"
    assert fold(rules, MONDAY, [first, gone, fact(rules, 3, 3)])[1][2].effect == "failure"


def test_a_record_of_a_turn_proves_itself() -> None:
    """With the revealed seed anyone finds the slip; each lie about it is named."""
    seed, rules = bytes(31) + b"\x05", rules_of(LOTS)
    turn = turn_of(rules, 0, MONDAY, MONDAY, 0, (), None)
    assert turn is not None
    slip = slip_of(seed, SOMEBODY, "test", turn)
    record = DayRecord(
        UUID(int=1),
        day_name(SOMEBODY, "test", MONDAY),
        SOMEBODY,
        "test",
        MONDAY,
        turn.days,
        turn.wanted,
        slip,
        is_hit(slip, turn.wanted),
        commitment(seed).hex(),
        UUID(int=2),
        datetime.fromisoformat("2026-03-02T08:00:00+00:00"),
    )
    assert list(check_day(record, seed)) == []
    for wrong in (
        replace(record, slip=(slip or 0) % 5 + 1),
        replace(record, drawn=not record.drawn),
        replace(record, days=turn.days[1:]),
        replace(record, commitment="00"),
        replace(record, draw_id="day/else"),
    ):
        assert list(check_day(wrong, seed)), wrong


@pytest.mark.parametrize(
    ("visits", "place"),
    [
        (Visits(lots=2, weekdays=("mon",)), "$.targets[0].visits.weekdays"),
        (Visits(lots=2, per_week=2), "$.targets[0].visits.per_week"),
        (Visits(lots=2, min_days_between=2), "$.targets[0].visits.min_days_between"),
        (Visits(lots=3, of=("mon", "tue")), "$.targets[0].visits.random"),
        (Visits(lots=1, of=("mon", "mon")), "$.targets[0].visits.of"),
        (Visits(of=("mon",)), "$.targets[0].visits.of"),
    ],
)
def test_what_does_not_go_together_is_a_fault_at_its_place(visits: Visits, place: str) -> None:
    """Each names the word that is too much."""
    assert place in {one.pointer for one in check(rules_of(visits).program)}


def test_days_that_are_drawn_go_with_phases_in_weeks() -> None:
    """A phase in days says on which days visits are."""
    phase = Phase(days=(1, 14), earn=Flat(100))
    program = Program("p", "P", "usd", 2, (Target("test", "test", (phase,), visits=LOTS),))
    assert "$.targets[0].visits.random" in {one.pointer for one in check(program)}


def test_phases_and_weeks_decide_which_days_are_drawn() -> None:
    """A phase without visits draws none, and `every_weeks` leaves the others out."""
    phases = (
        Phase(weeks=(1, 2), earn=Flat(1), visits=replace(LOTS, every_weeks=2)),
        Phase(weeks=(3, 3), earn=Flat(1), visits=Visits()),
        Phase(weeks=(4, 4), earn=Flat(1)),
    )
    rules = rules_of(LOTS, *phases, weeks=4)
    wanted = [days_to_draw(rules, 0, MONDAY, MONDAY + timedelta(weeks=week))[0] for week in range(5)]
    assert wanted == [0, 2, 0, 2, 0]


def test_a_program_that_draws_no_days_keeps_its_bytes() -> None:
    """The new words are left out of what is hashed."""
    assert b"random" not in encode(rules_of(Visits(per_week=2)).program)
    assert compile_rules(rules_of(LOTS).program).program.targets[0].visits == LOTS
