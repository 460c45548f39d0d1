"""What rests on another target of the same day: worked out by hand, in any order of arrival."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec import convert
from msgspec.structs import replace

from schemas.program import Program, Visits
from schemas.receipts import Outlook
from service.core.authoring.programs import check
from service.core.authoring.scenarios import perfect_totals, scenarios
from service.core.authoring.table import STARTS_ON
from service.core.calendar import program_week
from service.core.compiled import Rules, compile_rules
from service.core.ladder import Standing, ladder
from service.core.outlook import outlook
from service.core.rules import fold, follows, step
from service.core.state import Decision, Fact, State

WEEKS = {"weeks": [1, 10]}
IF_ALCOHOL = {"target": "alcohol"}
IF_OPIOIDS = {"target": "opioids", "on": "day"}
STIMULANTS: dict[str, Any] = {
    "name": "stimulants",
    "behavior": "test",
    "visits": {"per_week": 2},
    "phases": [
        WEEKS
        | {
            "earn": {"type": "ladder", "start": 100, "step": 10, "if": IF_ALCOHOL},
            "on_failure": {"reset": True},
        }
    ],
    "bonuses": [{"type": "run", "every": 1, "amount": 7, "if": IF_OPIOIDS}],
}
NOTHING = {"type": "flat", "amount": 0}


def rules(**changed: Any) -> Rules:  # noqa: ANN401  parts of a document
    """Make a program in which stimulants rest on alcohol, and their bonus on opioids."""
    others: list[dict[str, Any]] = [
        {"name": name, "behavior": "test", "retest_minutes": 600, "phases": [WEEKS | {"earn": NOTHING}]}
        for name in ("alcohol", "opioids")
    ]
    document = {
        "name": "p",
        "title": "P",
        "unit": "usd",
        "weeks": 10,
        "targets": [STIMULANTS | changed, *others],
    }
    made = convert(document, Program)
    assert check(made) == ()
    return compile_rules(made)


def fact(no: int, target: int, day: int, hour: int, outcome: str = "negative") -> Fact:
    """A test of a target on a day counted from 0, at an hour."""
    on = STARTS_ON + timedelta(days=day)
    at = datetime(on.year, on.month, on.day, hour, tzinfo=UTC)
    return Fact(no, target, outcome, at, on, program_week(on, STARTS_ON))


def told(made: Rules, facts: list[Fact]) -> tuple[State, dict[int, Decision]]:
    """Take facts as they arrive: step each that follows, and fold all of them where one does not."""
    state, decisions = fold(made, STARTS_ON, [])
    for place, one in enumerate(facts):
        if follows(state, one):
            state, decisions[one.no] = step(made, state, one)
        else:
            state, decisions = fold(made, STARTS_ON, facts[: place + 1])
    assert (state, decisions) == fold(made, STARTS_ON, facts)
    return state, decisions


def paid(decision: Decision) -> list[tuple[str, int, str]]:
    """Each award of a decision: its slot, its amount and its first reason."""
    return [(award.slot, award.amount, award.why[0].code) for award in decision.awards]


@pytest.mark.parametrize("hour", [8, 20])
def test_what_is_paid_on_a_condition_is_paid_where_the_other_succeeds_that_day(hour: int) -> None:
    """In the morning or in the evening, before or after what rests on it."""
    _, decisions = told(rules(), [fact(1, 0, 0, 12), fact(2, 1, 0, hour)])
    assert paid(decisions[1]) == [("base", 100, "step"), ("bonus:0", 0, "condition_unmet")]


def test_without_the_other_success_nothing_is_paid_and_nothing_moves() -> None:
    """It was yesterday, or it is no success: the rung stays for the day on which both are there."""
    made = rules()
    facts = [
        fact(1, 1, 0, 9),
        fact(2, 0, 1, 9),
        fact(3, 1, 1, 10, "positive"),
        fact(4, 1, 2, 9),
        fact(5, 0, 2, 10),
    ]
    state, decisions = told(made, facts)
    assert paid(decisions[2]) == [("base", 0, "condition_unmet")]
    assert decisions[2].effect == "success"
    assert paid(decisions[5])[0] == ("base", 100, "step")
    assert (state.targets[0].rung, state.targets[0].total) == (1, 1)


def test_a_bonus_has_a_condition_of_its_own() -> None:
    """The base is paid without it, and told why the bonus is not."""
    facts = [fact(1, 1, 0, 9), fact(2, 2, 0, 9), fact(3, 0, 0, 10), fact(4, 1, 1, 9), fact(5, 0, 1, 10)]
    _, decisions = told(rules(), facts)
    assert paid(decisions[3]) == [("base", 100, "step"), ("bonus:0", 7, "run_bonus")]
    assert paid(decisions[5]) == [("base", 110, "step"), ("bonus:0", 0, "condition_unmet")]


def test_a_bonus_that_is_paid_once_waits_for_its_condition() -> None:
    """Reached without it, it is paid the next time."""
    once = {"type": "run", "at": [1], "once": True, "amount": 7, "if": IF_OPIOIDS}
    facts = [
        fact(1, 1, 0, 9),
        fact(2, 0, 0, 10),
        fact(3, 0, 1, 10, "positive"),
        fact(4, 1, 2, 9),
        fact(5, 2, 2, 9),
        fact(6, 0, 2, 10),
    ]
    _, decisions = told(rules(bonuses=[once]), facts)
    assert [paid(decisions[no])[1] for no in (2, 6)] == [
        ("bonus:0", 0, "condition_unmet"),
        ("bonus:0", 7, "run_bonus"),
    ]


def test_a_failure_needs_no_condition() -> None:
    """A positive resets, whatever else was on that day."""
    _, decisions = told(rules(), [fact(1, 1, 0, 9), fact(2, 0, 0, 10), fact(3, 0, 1, 10, "positive")])
    assert paid(decisions[3]) == [("base", 0, "reset")]


def test_a_limit_is_asked_before_a_condition() -> None:
    """Of one a week the second is beyond the limit, and what was not paid used none of it up."""
    made = rules(limit={"per_week": 1})
    facts = [fact(1, 0, 0, 9), fact(2, 1, 1, 9), fact(3, 0, 1, 10), fact(4, 0, 2, 10)]
    _, decisions = told(made, facts)
    assert [paid(decisions[no])[0][2] for no in (1, 3, 4)] == ["condition_unmet", "step", "over_limit"]


def test_a_success_in_whose_place_a_retest_stands_meets_nothing() -> None:
    """A dilute test that counts as negative, and a positive one after it."""
    made = rules()
    dilute = replace(made.program.targets[1], outcomes={"dilute": "success"})
    targets = (made.program.targets[0], dilute, made.program.targets[2])
    program = replace(made.program, targets=targets)
    facts = [fact(1, 1, 0, 9, "dilute"), fact(2, 0, 0, 10), fact(3, 1, 0, 11, "positive")]
    _, decisions = told(compile_rules(program), facts[:2])
    assert paid(decisions[2])[0] == ("base", 100, "step")
    _, decisions = told(compile_rules(program), facts)
    assert paid(decisions[2])[0] == ("base", 0, "condition_unmet")


def seen(made: Rules, facts: list[Fact]) -> Outlook:
    """The outlook of the stimulants on the last fact's day."""
    state, _ = told(made, facts)
    day = facts[-1].day
    return outlook(made, state, STARTS_ON, day, "en", last_day=day)[0]


def test_the_outlook_imagines_the_condition_of_the_earnings_as_met() -> None:
    """The bonus is promised only once its own condition is met that day."""
    assert seen(rules(), [fact(1, 1, 0, 9)]).next[0].amount == 100
    assert seen(rules(), [fact(1, 2, 0, 9)]).next[0].amount == 107


def test_the_ladder_ahead_rises_though_nothing_of_the_others_is_told_yet() -> None:
    """Each visit is imagined with what its earnings rest on."""
    made = rules()
    state, _ = told(made, [fact(1, 1, 0, 9), fact(2, 0, 0, 10)])
    ahead = outlook(made, state, STARTS_ON, STARTS_ON, "en")[0]
    bars = ladder(Standing(made, STARTS_ON, None, (), state, (), STARTS_ON), 0, ahead).bars
    assert [bar.amount for bar in bars[:3]] == [110, 120, 130]


def test_a_table_lays_what_rests_on_each_other_on_the_same_days() -> None:
    """All succeed at everything: twenty visits from $1.00 by $0.10, and twenty bonuses."""
    made = rules().program
    visits = Visits(per_week=2)
    whole = replace(made, targets=tuple(replace(one, visits=visits) for one in made.targets))
    assert [(one.unit, one.amount) for one in perfect_totals(whole)] == [
        ("usd", 20 * 100 + 10 * 190 + 20 * 7)
    ]
    assert scenarios(whole, "stimulants", None).perfect.total == 20 * 100 + 10 * 190


@pytest.mark.parametrize("target", ["nobody", "stimulants"])
def test_a_condition_names_another_target_of_the_program(target: str) -> None:
    """Neither one that there is not nor itself."""
    bonus = {"type": "run", "every": 1, "amount": 7, "if": {"target": target}}
    with pytest.raises(AssertionError, match=r"program\.condition_unknown"):
        rules(bonuses=[bonus])
