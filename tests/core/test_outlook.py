"""The outlook tells what comes next, what a miss would mean, and the way back."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec import convert

import schemas
from schemas.books import TableOutcome
from schemas.program import Program
from schemas.receipts import Money, Outlook
from service.core.authoring.programs import decode
from service.core.authoring.table import facts_of, parse_run
from service.core.compiled import Rules, compile_rules
from service.core.outlook import outlook
from service.core.rules import fold

START = date(2026, 1, 5)

CALIFORNIA = decode(
    (Path(schemas.__path__[0]) / "programs" / "california-recovery-incentives.yaml").read_bytes(), yaml=True
)


def california() -> Rules:
    """Make the rules of the published California program."""
    assert isinstance(CALIFORNIA, Program)
    return compile_rules(CALIFORNIA)


def rules(phases: list[dict[str, Any]], **rest: Any) -> Rules:  # noqa: ANN401
    """Make the rules of a program of four weeks with one target."""
    top: dict[str, Any] = {key: rest.pop(key) for key in ("caps", "welcome") if key in rest}
    document = {
        "name": "a-program",
        "title": "A program",
        "unit": "usd",
        "weeks": 4,
        **top,
        "targets": [{"name": "target", "behavior": "test", "phases": phases, **rest}],
    }
    return compile_rules(convert(document, Program))


def seen(made: Rules, weeks: str, day: date | None = None) -> Outlook:
    """Look ahead after visits written as `negative*2|positive`, from the last visit's day or from `day`."""
    visits: list[TableOutcome] = []
    for week, notation in enumerate(weeks.split("|"), start=1):
        values = parse_run(notation) if notation else ()
        assert isinstance(values, tuple)
        visits += [TableOutcome(made.program.targets[0].name, week, value) for value in values]
    facts = facts_of(made, visits, START)
    state, _ = fold(made, START, facts)
    last_day = facts[-1].day if facts else None
    return outlook(made, state, START, day or last_day or START, "en", last_day=last_day)[0]


LADDER = {"type": "ladder", "start": 100, "step": 10}
EIGHT = "negative*2|negative*2|negative*2|negative*2"


def test_before_the_first_visit_the_start_of_the_ladder_is_next() -> None:
    """Nothing was recorded yet, and there is nothing to regain."""
    found = seen(california(), "")
    assert found.next == (Money("usd", 1000),)
    assert found.after_a_miss == (Money("usd", 1000),)
    assert found.successes_to_recover is None
    assert found.sentence == "Your next negative test is worth $10.00."


@pytest.mark.parametrize(
    ("weeks", "following", "left"),
    [
        (f"{EIGHT}|positive", 1000, 2),
        (f"{EIGHT}|positive,negative", 1000, 1),
        (f"{EIGHT}|positive,negative|negative", 1600, 0),
        (f"{EIGHT}|positive,negative|negative*2", 1600, None),
    ],
)
def test_the_way_back_is_counted_down(weeks: str, following: int, left: int | None) -> None:
    """Two negatives come before the one that pays the value that was due; then nothing is left to regain."""
    found = seen(california(), weeks)
    assert found.next == (Money("usd", following),)
    assert found.after_a_miss == (Money("usd", 1000),)
    assert found.successes_to_recover == left


@pytest.mark.parametrize(("done", "left"), [("", 1), (",negative", 0)])
def test_where_the_nth_success_is_paid_itself_one_fewer_comes_before_it(done: str, left: int) -> None:
    """With `pays: nth` after two, one success comes before the one at the regained rung."""
    rule = {"reset": True, "recovery": {"after": 2, "pays": "nth", "to": "due"}}
    found = seen(rules([{"weeks": [1, 4], "earn": LADDER, "on_failure": rule}]), f"negative*3,positive{done}")
    assert found.successes_to_recover == left
    assert found.next == (Money("usd", 130 if left == 0 else 100),)


def test_whoever_missed_the_first_visit_has_nothing_to_regain() -> None:
    """The first rung is where everyone starts."""
    assert seen(california(), "positive").successes_to_recover is None


@pytest.mark.parametrize(("done", "left"), [(3, 1), (4, None)])
def test_a_recovery_that_regains_nothing_is_not_promised(done: int, left: int | None) -> None:
    """Where the ladder itself has come further by then, there is no way back to speak of.

    From rung 4 and with four successes needed, one more brings rung 4 back; with five needed the ladder is
    on rung 5 by then.
    """
    rule = {"reset": True, "recovery": {"after": done + 1, "pays": "next", "to": "due"}}
    made = rules([{"weeks": [1, 4], "earn": LADDER, "on_failure": rule}])
    assert seen(made, "negative*4,positive,negative*3").successes_to_recover == left


def test_a_full_week_looks_to_the_next_one() -> None:
    """After two negatives of a week the third would earn nothing, so the next week's is meant."""
    found = seen(california(), "negative*2")
    assert found.next == (Money("usd", 1150),)
    assert found.sentence == "Starting next week, your next negative test is worth $11.50."


def test_a_gap_without_a_phase_looks_beyond_it() -> None:
    """Week 1 earns nothing, week 3 does."""
    made = rules([{"weeks": [3, 4], "earn": LADDER}])
    assert seen(made, "negative").sentence == "Starting in week 3, your next negative test is worth $1.00."


def test_the_phase_of_the_next_week_is_what_counts() -> None:
    """The last week of the ladder is full, so the next success is paid the flat amount."""
    phases = [{"weeks": [1, 1], "earn": LADDER}, {"weeks": [2, 4], "earn": {"type": "flat", "amount": 7}}]
    assert seen(rules(phases, limit={"per_week": 1}), "negative").next == (Money("usd", 7),)


def test_a_bonus_that_the_next_success_completes_is_in_it() -> None:
    """120 on the ladder and 50 for three in a row; after a miss there is no bonus."""
    made = rules([{"weeks": [1, 4], "earn": LADDER}], bonuses=[{"type": "run", "every": 3, "amount": 50}])
    found = seen(made, "negative*2")
    assert found.next == (Money("usd", 170),)
    assert found.after_a_miss == (Money("usd", 120),)
    assert found.sentence == "Your next negative test is worth $1.70. That includes a bonus of $0.50."


def test_draws_are_promised_as_draws() -> None:
    """The outlook speaks the unit that the success is paid in."""
    made = rules([{"weeks": [1, 4], "earn": {"type": "draws", "start": 1, "step": 1}}])
    found = seen(made, "negative")
    assert found.next == (Money("draw", 2),)
    assert found.sentence == "Your next negative test is worth 2 draws."


def test_a_cap_is_in_the_promise_and_in_its_sentence() -> None:
    """Of 110 a cap of 150 a week leaves 50, and then nothing; a full week looks to a fresh period."""
    phases = [{"weeks": [1, 4], "earn": LADDER}]
    made = rules(phases, caps=[{"per": "week", "amount": 150}])
    found = seen(made, "negative")
    assert found.next == (Money("usd", 50),)
    assert found.sentence == (
        "Your next negative test is worth $0.50. With it you reach the most you can earn for one week."
    )
    assert seen(made, "negative*2").sentence == (
        "You have earned the most you can for one week. Your next negative test still counts, with no reward."
    )
    limited = rules(phases, caps=[{"per": "week", "amount": 150}], limit={"per_week": 1})
    assert seen(limited, "negative").next == (Money("usd", 110),)


def test_a_cap_per_event_is_fresh_for_the_next_one() -> None:
    """What the last visit used up of it does not matter."""
    made = rules([{"weeks": [1, 4], "earn": LADDER}], caps=[{"per": "event", "amount": 105}])
    assert seen(made, "negative").next == (Money("usd", 105),)


def test_when_nothing_is_left_to_earn_it_says_so() -> None:
    """The last week is full: no later week has a phase."""
    made = rules([{"weeks": [1, 4], "earn": LADDER}], limit={"per_week": 1})
    found = seen(made, "|||negative")
    assert (found.next, found.after_a_miss, found.successes_to_recover) == ((), (), None)
    assert found.sentence == "You have earned everything there is to earn here. It is all yours."


def test_once_the_weeks_are_over_a_late_visit_of_theirs_is_what_is_left() -> None:
    """Looked at from week 9, the outlook is that of the last visit's day, and says that it is over."""
    made = rules([{"weeks": [1, 4], "earn": LADDER}], limit={"per_week": 1})
    found = seen(made, "negative", START + timedelta(weeks=8))
    assert found.next == (Money("usd", 110),)
    assert found.sentence == (
        "The program has ended. Your next negative test from those weeks still earns $1.10."
    )
    done = seen(made, "|||negative", START + timedelta(weeks=8))
    assert done.next == ()
    assert done.sentence == "The program has ended. Everything you earned is still yours."


def test_the_next_success_never_lies_before_the_last_fact() -> None:
    """Seen from a day of week 1, a person with a visit in week 3 is looked at from week 3."""
    made = rules(
        [{"weeks": [1, 2], "earn": LADDER}, {"weeks": [3, 4], "earn": {"type": "flat", "amount": 7}}]
    )
    assert seen(made, "||negative", START).next == (Money("usd", 7),)


def test_before_the_start_the_first_week_is_meant() -> None:
    """An enrollment may be opened days ahead."""
    found = seen(rules([{"weeks": [1, 4], "earn": LADDER}]), "", START - timedelta(days=3))
    assert found.sentence == "Starting in week 1, your next negative test is worth $1.00."


def test_every_target_has_its_own_outlook() -> None:
    """Two targets, two outlooks, in the program's order and in the language asked for."""
    document = {
        "name": "two",
        "title": "Two",
        "unit": "points",
        "weeks": 4,
        "targets": [
            {"name": "group", "behavior": "attendance", "phases": [{"weeks": [1, 4], "earn": LADDER}]},
            {"name": "dose", "behavior": "medication", "phases": [{"weeks": [1, 4], "earn": LADDER}]},
        ],
    }
    made = compile_rules(convert(document, Program))
    state, _ = fold(made, START, ())
    assert [(one.target, one.sentence) for one in outlook(made, state, START, START, "es")] == [
        ("group", "Tu siguiente sesión vale 100 puntos."),
        ("dose", "Tu siguiente dosis vale 100 puntos."),
    ]
