"""The way back after a miss in the outlook's sentence, and from which week the outlook looks."""

from datetime import date, timedelta

import pytest
from msgspec import convert

from schemas.books import TableOutcome
from schemas.program import Program
from schemas.receipts import Money
from service.core.authoring.table import facts_of
from service.core.compiled import Rules, compile_rules
from service.core.outlook import outlook
from service.core.rules import fold
from tests.core.test_outlook import LADDER, START, rules, seen

TWO_AND_NEXT = {"reset": True, "recovery": {"after": 2, "pays": "next", "to": "due"}}


@pytest.mark.parametrize(
    ("visits", "sentence"),
    [
        (
            "negative*3,positive",
            "Your next negative test is worth $1.00. Two in a row and you are back at $1.30.",
        ),
        (
            "negative*3,positive,negative",
            "Your next negative test is worth $1.10. One more and you are back at $1.30.",
        ),
        (
            "negative*3,positive,negative*2",
            "Your next negative test is worth $1.30: you are back where you were.",
        ),
        ("negative*3,positive,negative*3", "Your next negative test is worth $1.40."),
        (
            "negative*5,positive*2",
            "Your next negative test is worth $1.00. Two in a row and you are back at $1.50.",
        ),
        ("positive", "Your next negative test is worth $1.00."),
    ],
)
def test_the_sentence_says_the_way_back_until_it_is_walked(visits: str, sentence: str) -> None:
    """After a miss, one success later, at the regained rung, past it, and where there is none."""
    made = rules([{"weeks": [1, 4], "earn": LADDER, "on_failure": TWO_AND_NEXT}])
    assert seen(made, visits).sentence == sentence


@pytest.mark.parametrize(
    ("visits", "sentence"),
    [
        ("", "Your next negative test is worth $1.00. Two in a row and you are back at $1.10."),
        (",negative", "Your next negative test is worth $1.10."),
        (",negative*2", "Your next negative test is worth $1.10: you are back where you were."),
    ],
)
def test_a_way_back_that_gains_no_money_is_not_spoken_of(visits: str, sentence: str) -> None:
    """On a ladder with a top, one success is worth as much as the rung that is regained."""
    ladder = {**LADDER, "max": 110}
    made = rules([{"weeks": [1, 4], "earn": ladder, "on_failure": TWO_AND_NEXT}])
    assert seen(made, f"negative*5,positive{visits}").sentence == sentence


def test_a_flat_amount_has_no_way_back_to_speak_of() -> None:
    """Every success is worth the same."""
    made = rules([{"weeks": [1, 4], "earn": {"type": "flat", "amount": 100}, "on_failure": TWO_AND_NEXT}])
    assert seen(made, "negative*5,positive").sentence == "Your next negative test is worth $1.00."


def two_targets() -> Rules:
    """Make the rules of two targets that are worth another amount in each half of four weeks."""
    phases = [
        {"weeks": [1, 2], "earn": {"type": "flat", "amount": 100}},
        {"weeks": [3, 4], "earn": {"type": "flat", "amount": 300}},
    ]
    targets = [
        {"name": "test", "behavior": "test", "phases": phases},
        {"name": "dose", "behavior": "medication", "phases": phases},
    ]
    top = {"name": "two", "title": "Two", "unit": "usd", "weeks": 4}
    return compile_rules(convert({**top, "targets": targets}, Program))


def worth(made: Rules, visits: list[TableOutcome], day: date, last_day: date | None = None) -> list[Money]:
    """What each target's next success is worth, seen from a day."""
    state, _ = fold(made, START, facts_of(made, visits, START))
    found = outlook(made, state, START, day, "en", last_day=last_day)
    return [money for one in found for money in one.next]


@pytest.mark.parametrize("late", ["test", "dose"])
def test_both_targets_are_looked_at_from_the_latest_visit_of_either(late: str) -> None:
    """A visit of week 3, whichever target's: nothing more is recorded for an earlier week."""
    early, outcomes = {"test": "dose", "dose": "test"}[late], {"test": "negative", "dose": "taken"}
    visits = [TableOutcome(early, 1, outcomes[early]), TableOutcome(late, 3, outcomes[late])]
    assert worth(two_targets(), visits, START) == [Money("usd", 300)] * 2


def test_the_last_week_is_not_yet_over() -> None:
    """Its last day is inside the program, and the day after is not."""
    made = rules([{"weeks": [1, 4], "earn": LADDER}])
    last = START + timedelta(weeks=4, days=-1)
    assert seen(made, "negative", last).sentence == "Your next negative test is worth $1.10."
    after = seen(made, "negative", last + timedelta(days=1)).sentence
    assert after.startswith("The program has ended.")


@pytest.mark.parametrize(("week", "amount"), [(1, 100), (2, 100), (3, 300)])
def test_after_the_end_the_week_of_the_last_visit_is_looked_at(week: int, amount: int) -> None:
    """By its week where its day is not said; without any visit, the first."""
    made, long_after = two_targets(), START + timedelta(weeks=20)
    visits = [TableOutcome("test", week, "negative")]
    assert worth(made, visits, long_after) == [Money("usd", amount)] * 2
    said = START + timedelta(weeks=week - 1, days=2)
    assert worth(made, visits, long_after, said) == [Money("usd", amount)] * 2
    assert worth(made, [], long_after) == [Money("usd", 100)] * 2
