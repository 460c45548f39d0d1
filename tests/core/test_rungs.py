"""Where a ladder opens, where a reset lands, and where it begins anew: numbers worked out by hand."""

from typing import Any

import pytest

from schemas.books import TableOutcome
from service.core.authoring.programs import check, warnings
from service.core.authoring.table import STARTS_ON, facts_of, table
from service.core.compiled import compile_rules
from service.core.outlook import outlook
from service.core.rules import fold
from tests.core.test_rules import LADDER, RESET, base, codes, program

BACK = {"after": 1, "pays": "next", "to": "due"}
ANEW = [
    {
        "weeks": [1, 1],
        "earn": LADDER,
        "on_failure": RESET | {"recovery": {"after": 1, "pays": "next", "to": "due"}},
    },
    {"weeks": [2, 10], "earn": LADDER | {"first": 2}, "begin": "anew"},
]


def test_an_enrollment_opens_on_the_first_rung_that_its_earn_names() -> None:
    """The eighth rung is worth $8.00 at once, and a reset still lands on rung 0."""
    earn = {"type": "ladder", "start": 100, "step": 100, "max": 800, "first": 7}
    made = program({"earn": earn, "on_failure": RESET})
    assert base(made, "negative*2,positive,negative*3") == [800, 800, 0, 100, 200, 300]


def test_a_table_opens_on_its_first_rung_too() -> None:
    """The values before it are there for whoever falls back."""
    made = program({"earn": {"type": "table", "values": [1, 5, 9], "first": 2}, "on_failure": RESET})
    assert base(made, "negative,positive,negative*2") == [9, 0, 1, 5]


def test_an_enrollment_opens_by_the_phase_that_comes_first_however_they_are_written() -> None:
    """Phases may stand in any order; the weeks say which is first."""
    phases = [
        {"weeks": [2, 10], "earn": LADDER | {"first": 5}},
        {"weeks": [1, 1], "earn": LADDER | {"first": 1}},
    ]
    assert base(program(phases=phases), "negative*2|negative") == [110, 120, 130]


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ({"rung": 0}, [0, 100, 110]),
        ({"rung": 2}, [0, 120, 130]),
        ({"back": 1}, [0, 130, 140]),
        ({"back": 9}, [0, 100, 110]),
        ({"rung": 9}, [0, 140, 150]),
    ],
)
def test_a_reset_lands_where_its_rule_says_and_never_higher(to: dict[str, int], expected: list[int]) -> None:
    """140 was due: a fixed rung, or so many below, but neither under rung 0 nor above where one stood."""
    made = program({"on_failure": RESET | {"to": to}})
    assert base(made, "negative*4,positive,negative*2")[4:] == expected


def test_a_landing_says_the_step_from_which_it_goes_on() -> None:
    """The reason names it, counted from 1; where no rung was lost it is a miss."""
    made = program({"on_failure": RESET | {"to": {"rung": 2}}})
    assert codes(made, "positive,negative*4,positive,positive")[0] == ["miss"]
    assert codes(made, "negative*4,positive,positive")[4:] == [["stepped_back"], ["miss"]]
    visits = [TableOutcome("target", 1, word) for word in ("negative", "negative", "negative", "positive")]
    said = table(made, visits).rows[3].reasons[0]
    assert (said.count, said.text) == (
        3,
        "No reward for this visit. You go on from step 3. Everything you earned is still yours.",
    )


def test_a_landing_above_rung_0_still_has_its_way_back() -> None:
    """Two in a row bring back what was due, from wherever the reset landed."""
    rule = RESET | {"to": {"back": 2}, "recovery": {"after": 1, "pays": "next", "to": "due"}}
    made = program({"on_failure": rule})
    assert base(made, "negative*4,positive,negative*2") == [100, 110, 120, 130, 0, 120, 140]


def test_a_phase_that_begins_anew_forgets_rung_run_and_way_back() -> None:
    """The third success would have been the way back to 120, and the fourth in a row has its bonus alone."""
    made = program(phases=ANEW, bonuses=[{"type": "run", "every": 2, "amount": 7}])
    assert base(made, "negative*2,positive|negative*3") == [100, 110, 0, 120, 130, 140]
    without = program(phases=[ANEW[0], ANEW[1] | {"begin": "on"}])
    assert base(without, "negative*2,positive|negative*3") == [100, 110, 0, 100, 110, 120]


def test_a_way_back_does_not_reach_into_a_phase_that_begins_anew() -> None:
    """120 was due before it; the second success in a row there is worth its own second rung."""
    phases = [
        ANEW[0],
        {"weeks": [2, 10], "earn": LADDER, "on_failure": RESET | {"recovery": BACK}, "begin": "anew"},
    ]
    assert base(program(phases=phases), "negative*2,positive|negative*3") == [100, 110, 0, 100, 110, 120]
    phases[1]["begin"] = "on"
    assert base(program(phases=phases), "negative*2,positive|negative*3") == [100, 110, 0, 100, 120, 130]


def test_a_phase_begins_anew_once() -> None:
    """Later facts of the phase go on from the first, and a failure falls as ever."""
    made = program(phases=[ANEW[0], ANEW[1] | {"on_failure": RESET}])
    assert base(made, "negative|negative*2|negative,positive,negative") == [100, 120, 130, 140, 0, 100]


def test_the_outlook_into_a_phase_that_begins_anew_is_its_first_rung() -> None:
    """Before its first fact, with a way back that will be gone by then."""
    rules = compile_rules(program(phases=ANEW, limit={"per_week": 2}))
    told = [TableOutcome("target", 1, word) for word in ("negative", "positive", "negative")]
    state, _ = fold(rules, STARTS_ON, facts_of(rules, told))
    seen = outlook(rules, state, STARTS_ON, STARTS_ON.replace(day=8), "en")[0]
    assert (seen.next[0].amount, seen.successes_to_recover) == (120, None)


@pytest.mark.parametrize(
    ("phase", "pointer", "reason"),
    [
        ({"on_failure": {"reset": True, "to": {}}}, "phases[0].on_failure.to", "program.landing_of_one"),
        (
            {"on_failure": {"reset": True, "to": {"rung": 1, "back": 1}}},
            "phases[0].on_failure.to",
            "program.landing_of_one",
        ),
    ],
)
def test_a_landing_names_one_of_its_two_forms(phase: dict[str, Any], pointer: str, reason: str) -> None:
    """Neither and both are faults at their place."""
    with pytest.raises(AssertionError) as told:
        program(phase)
    assert pointer in str(told.value)
    assert reason in str(told.value)


def test_what_has_no_effect_is_a_note() -> None:
    """A first rung where the ladder goes on, and a landing without a reset."""
    phases = [
        {"weeks": [1, 1], "earn": LADDER, "on_failure": {"to": {"rung": 1}}},
        {"weeks": [2, 10], "earn": LADDER | {"first": 2}},
    ]
    made = program(phases=phases)
    assert check(made) == ()
    assert [(one.pointer, one.reason) for one in warnings(made)] == [
        ("$.targets[0].phases[1]", "program.goes_on"),
        ("$.targets[0].phases[0].on_failure", "program.no_reset"),
        ("$.targets[0].phases[0].on_failure.to", "program.recovery_without_reset"),
        ("$.targets[0].phases[1].on_failure", "program.no_reset"),
        ("$.targets[0].phases[1].earn.first", "program.first_goes_on"),
    ]


BY_WEEK = {"earn": {"type": "ladder", "start": 1000, "step": 150, "every": "week"}, "on_failure": RESET}


def test_a_ladder_by_the_week_rises_after_each_whole_week() -> None:
    """Within a week every success is worth the same."""
    made = program(BY_WEEK, visits={"per_week": 2})
    assert base(made, "negative*2|negative*2|negative*2") == [1000, 1000, 1150, 1150, 1300, 1300]


def test_a_week_that_lacks_a_success_holds_the_rung() -> None:
    """An excused visit, one nobody spoke of, and a week without any: the next week is worth as much."""
    made = program(BY_WEEK, visits={"per_week": 2})
    assert base(made, "negative*2|negative,excused|negative*2||negative|negative*2") == [
        1000,
        1000,
        1150,
        0,
        1150,
        1150,
        1300,
        1300,
        1300,
    ]


def test_a_week_with_a_failure_does_not_rise_however_many_successes_it_has() -> None:
    """A miss on Monday resets; two negatives later that week are worth the start, as in the next week."""
    made = program(BY_WEEK, visits={"per_week": 2})
    visits = "negative*2|positive,negative*2|negative*2|negative"
    assert base(made, visits) == [1000, 1000, 0, 1000, 1000, 1000, 1000, 1150]


def test_a_week_is_whole_by_the_limit_where_fewer_count_or_no_visits_are_named() -> None:
    """Three visits of which two count, and a target that has a limit alone."""
    made = program(BY_WEEK, visits={"per_week": 3}, limit={"per_week": 2})
    assert base(made, "negative*3|negative") == [1000, 1000, 0, 1150]
    assert base(program(BY_WEEK, limit={"per_week": 2}), "negative*2|negative") == [1000, 1000, 1150]


def test_draws_rise_by_the_week_too() -> None:
    """One more draw a visit after each whole week."""
    phase = {"earn": {"type": "draws", "start": 1, "step": 1, "every": "week", "max": 2}}
    assert base(program(phase, visits={"per_week": 2}), "negative*2|negative*2|negative*2") == [
        1,
        1,
        2,
        2,
        2,
        2,
    ]


def test_the_way_back_counts_successes_on_a_ladder_by_the_week() -> None:
    """Two in a row regain the rung that was due, and the week after it is worth as much."""
    phase = BY_WEEK | {"on_failure": RESET | {"recovery": {"after": 2, "pays": "next", "to": "due"}}}
    made = program(phase, visits={"per_week": 2})
    visits = "negative*2|negative*2|positive,negative|negative*2|negative*2"
    assert base(made, visits) == [1000, 1000, 1150, 1150, 0, 1000, 1000, 1300, 1450, 1450]


def test_the_outlook_into_the_next_week_is_one_rung_higher() -> None:
    """After a whole week, from the first day of the next one."""
    rules = compile_rules(program(BY_WEEK, visits={"per_week": 2}))
    told = [TableOutcome("target", 1, "negative")] * 2
    state, _ = fold(rules, STARTS_ON, facts_of(rules, told))
    seen = outlook(rules, state, STARTS_ON, STARTS_ON.replace(day=8), "en")[0]
    assert (seen.next[0].amount, seen.after_a_miss[0].amount) == (1150, 1000)


def test_a_ladder_by_the_week_that_knows_no_visits_is_a_fault() -> None:
    """Nobody could say when a week is whole."""
    with pytest.raises(AssertionError, match=r"program\.week_of_no_visits"):
        program(BY_WEEK)
