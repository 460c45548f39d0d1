"""Days, program weeks, caps by calendar period, and retests by the minute, on the clinic's own clock."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec import convert

from schemas.program import Program
from service.core.calendar import local_day, period_key, program_week
from service.core.compiled import Rules, compile_rules
from service.core.rules import fact_of, fold, follows, opening
from service.core.state import Decision, Fact

NEW_YORK = ZoneInfo("America/New_York")


def rules(*, weeks: int = 60, welcome: int = 0, caps: list[Any] | None = None, **target: Any) -> Rules:  # noqa: ANN401
    """Make the rules of a program that pays 100 for each negative test."""
    phases = [{"weeks": [1, weeks], "earn": {"type": "flat", "amount": 100}}]
    document = {
        "name": "a-program",
        "title": "A program",
        "unit": "usd",
        "weeks": weeks,
        "welcome": welcome,
        "caps": caps or [],
        "targets": [{"name": "target", "behavior": "test", "phases": phases, **target}],
    }
    return compile_rules(convert(document, Program))


def facts(made: Rules, starts_on: date, *visits: tuple[str, str]) -> list[Fact]:
    """Make facts of local New York times and outcomes."""
    found = []
    for no, (written, outcome) in enumerate(visits, start=1):
        at = datetime.fromisoformat(written).replace(tzinfo=NEW_YORK).astimezone(UTC)
        found.append(fact_of(made, no, "target", outcome, at, local_day(at, NEW_YORK), starts_on))
    return found


def paid(decisions: dict[int, Decision]) -> list[int]:
    """What each fact was paid in all, in the order recorded."""
    return [sum(award.amount for award in decisions[no].awards) for no in sorted(decisions)]


def test_a_visit_at_half_past_eleven_on_a_sunday_belongs_to_that_sunday() -> None:
    """By then it is Monday in UTC, and still the last day of the program week here."""
    at = datetime(2026, 1, 12, 4, 30, tzinfo=UTC)
    assert local_day(at, NEW_YORK) == date(2026, 1, 11)
    assert program_week(local_day(at, NEW_YORK), date(2026, 1, 5)) == 1
    assert program_week(at.date(), date(2026, 1, 5)) == 2


def test_a_program_week_begins_on_the_weekday_of_the_start() -> None:
    """Seven days are a week, whatever the calendar's Monday; days before the start are week 0 or less."""
    start = date(2026, 1, 8)
    assert [program_week(start + timedelta(days=days), start) for days in (-1, 0, 6, 7)] == [0, 1, 1, 2]


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 8), 23), (date(2026, 11, 1), 25)])
def test_a_day_with_daylight_saving_is_one_day(day: date, hours: int) -> None:
    """The first and the last minute of a day of 23 or 25 hours lie on it."""
    first = datetime(day.year, day.month, day.day, tzinfo=NEW_YORK).astimezone(UTC)
    assert local_day(first, NEW_YORK) == day
    assert local_day(first + timedelta(hours=hours, minutes=-1), NEW_YORK) == day
    assert local_day(first + timedelta(hours=hours), NEW_YORK) == day + timedelta(days=1)


def test_a_calendar_week_begins_on_monday() -> None:
    """A Sunday and the Monday after it lie in two weeks."""
    sunday, monday = date(2026, 1, 11), date(2026, 1, 12)
    assert period_key("week", sunday, 1) != period_key("week", monday, 1)
    assert period_key("week", monday, 1) == period_key("week", monday + timedelta(days=6), 1)


@pytest.mark.parametrize(
    ("per", "same", "other"),
    [
        ("day", "2026-01-05T18:00", "2026-01-06T09:00"),
        ("week", "2026-01-11T23:30", "2026-01-12T09:00"),
        ("month", "2026-01-31T23:30", "2026-02-01T09:00"),
        ("year", "2026-12-31T23:30", "2027-01-01T00:30"),
    ],
)
def test_a_cap_clips_within_its_local_period_and_is_fresh_in_the_next(
    per: str, same: str, other: str
) -> None:
    """150 a period: 100 and 50 within it, by the visit's own local date, then 100 again."""
    made = rules(caps=[{"per": per, "amount": 150}])
    start = date(2026, 1, 5)
    _, decisions = fold(
        made,
        start,
        facts(made, start, ("2026-01-05T09:00", "negative"), (same, "negative"), (other, "negative")),
    )
    assert paid(decisions) == [100, 50, 100]
    assert [why.code for why in decisions[2].awards[0].why] == ["flat", f"cap:{per}"]
    assert decisions[2].awards[0].clipped == 50


def test_a_cap_per_event_clips_base_and_bonus_together() -> None:
    """120 for one visit: the base of 100 in full, and 20 of the bonus."""
    made = rules(caps=[{"per": "event", "amount": 120}], bonuses=[{"type": "run", "every": 1, "amount": 50}])
    start = date(2026, 1, 5)
    _, decisions = fold(made, start, facts(made, start, ("2026-01-05T09:00", "negative")))
    assert [award.amount for award in decisions[1].awards] == [100, 20]


def test_caps_clip_in_the_order_written_and_each_says_what_it_took() -> None:
    """A day cap of 80 takes 20 off 100, then an enrollment cap of 50 takes 30 more."""
    made = rules(caps=[{"per": "day", "amount": 80}, {"per": "enrollment", "amount": 50}])
    start = date(2026, 1, 5)
    _, decisions = fold(made, start, facts(made, start, ("2026-01-05T09:00", "negative")))
    (award,) = decisions[1].awards
    assert [(why.code, why.amount) for why in award.why] == [
        ("flat", 100),
        ("cap:day", 20),
        ("cap:enrollment", 30),
    ]
    assert (award.amount, award.clipped) == (50, 50)


def test_behind_a_cap_the_state_moves_on_as_if_paid_in_full() -> None:
    """A capped success counts for run and total, so the bonus comes when it is due."""
    made = rules(caps=[{"per": "day", "amount": 100}], bonuses=[{"type": "run", "every": 3, "amount": 50}])
    start = date(2026, 1, 5)
    visits = [
        ("2026-01-05T09:00", "negative"),
        ("2026-01-05T10:00", "negative"),
        ("2026-01-06T09:00", "negative"),
    ]
    state, decisions = fold(made, start, facts(made, start, *visits))
    assert state.targets[0].total == 3
    assert [award.amount for award in decisions[3].awards] == [100, 0]


def test_the_welcome_counts_under_the_caps() -> None:
    """A welcome of 120 under a cap of 100 pays 100, and leaves nothing for that week's visits."""
    made = rules(welcome=120, caps=[{"per": "week", "amount": 100}])
    start = date(2026, 1, 5)
    visits = [("2026-01-05T09:00", "negative"), ("2026-01-12T09:00", "negative")]
    _, decisions = fold(made, start, facts(made, start, *visits))
    assert paid(decisions) == [100, 0, 100]
    assert [why.code for why in decisions[0].awards[0].why] == ["welcome", "cap:week"]


def test_a_cap_in_cents_says_nothing_of_draws() -> None:
    """Draws are another unit: they are neither clipped nor counted."""
    phases = [{"weeks": [1, 60], "earn": {"type": "draws", "start": 5, "step": 0}}]
    made = rules(caps=[{"per": "enrollment", "amount": 3}], phases=phases)
    start = date(2026, 1, 5)
    _, decisions = fold(made, start, facts(made, start, ("2026-01-05T09:00", "negative")))
    assert paid(decisions) == [5]


RETEST: dict[str, Any] = {
    "retest_minutes": 120,
    "phases": [
        {
            "weeks": [1, 60],
            "earn": {"type": "ladder", "start": 100, "step": 10},
            "on_failure": {"reset": True},
        }
    ],
}


@pytest.mark.parametrize(
    ("minutes", "second", "expected"),
    [
        (120, "negative", [100, 0, 110]),
        (121, "negative", [100, 0, 100]),
        (60, "positive", [100, 0, 0]),
        (60, "invalid", [100, 0, 0]),
    ],
)
def test_a_valid_retest_in_time_takes_the_place_of_an_invalid_test(
    minutes: int, second: str, expected: list[int]
) -> None:
    """At the last minute it does, one minute later not; a second invalid test replaces nothing."""
    made = rules(**RETEST)
    start = date(2026, 1, 5)
    again = (datetime.fromisoformat("2026-01-06T09:00") + timedelta(minutes=minutes)).isoformat()
    visits = [("2026-01-05T09:00", "negative"), ("2026-01-06T09:00", "dilute"), (again, second)]
    _, decisions = fold(made, start, facts(made, start, *visits))
    assert paid(decisions) == expected


def test_a_retest_cannot_be_stepped_and_says_so() -> None:
    """The state before it already counts the invalid test as a failure, so all facts are folded again."""
    made = rules(**RETEST)
    start = date(2026, 1, 5)
    first, second = facts(made, start, ("2026-01-05T09:00", "invalid"), ("2026-01-05T10:00", "negative"))
    state, _ = fold(made, start, [first])
    assert follows(opening(made, start)[0], first)
    assert not follows(state, second)


def test_facts_of_one_moment_are_folded_in_the_order_recorded() -> None:
    """The same instant written with two offsets is one moment, and the lower number goes first."""
    made = rules(**RETEST)
    start = date(2026, 1, 5)
    at = datetime(2026, 1, 5, 15, tzinfo=UTC)
    other = at.astimezone(timezone(timedelta(hours=-5)))
    pair = [
        fact_of(made, 2, "target", "positive", other, start, start),
        fact_of(made, 1, "target", "negative", at, start, start),
    ]
    _, decisions = fold(made, start, pair)
    assert paid(decisions) == [100, 0]
