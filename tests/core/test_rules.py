"""Each sentence of the rules, with its numbers worked out by hand."""

from typing import Any

import pytest
from msgspec import convert

from schemas.books import ProgramTable, TableOutcome
from schemas.program import Program
from service.core.authoring.programs import check
from service.core.authoring.table import parse_run, table

LADDER = {"type": "ladder", "start": 100, "step": 10}
RESET = {"reset": True}


def program(phase: dict[str, Any] | None = None, *, behavior: str = "test", **target: Any) -> Program:  # noqa: ANN401
    """Make a program of ten weeks with one target and, unless it is given phases, one phase."""
    phases = target.pop("phases", [{"weeks": [1, 10], "earn": LADDER, **(phase or {})}])
    document = {
        "name": "a-program",
        "title": "A program",
        "unit": target.pop("unit", "usd"),
        "weeks": 10,
        "welcome": target.pop("welcome", 0),
        "targets": [{"name": "target", "behavior": behavior, "phases": phases, **target}],
    }
    made = convert(document, Program)
    assert check(made) == ()
    return made


def earned(made: Program, weeks: str) -> ProgramTable:
    """Run visits through a program: `negative*2|positive` is two in week 1 and one in week 2."""
    visits: list[TableOutcome] = []
    for week, notation in enumerate(weeks.split("|"), start=1):
        values = parse_run(notation) if notation else ()
        assert isinstance(values, tuple)
        visits += [TableOutcome("target", week, value) for value in values]
    return table(made, visits)


def base(made: Program, weeks: str) -> list[int]:
    """What each visit earns without its bonuses."""
    return [row.base for row in earned(made, weeks).rows]


def bonus(made: Program, weeks: str) -> list[int]:
    """What each visit earns in bonuses."""
    return [row.bonus for row in earned(made, weeks).rows]


def codes(made: Program, weeks: str) -> list[list[str]]:
    """Why each visit earns what it does."""
    return [[reason.code for reason in row.reasons] for row in earned(made, weeks).rows]


def test_a_ladder_rises_with_each_success_and_stops_at_its_max() -> None:
    """A success pays min(max, start + step * rung)."""
    made = program({"earn": LADDER | {"max": 125}})
    assert base(made, "negative*5") == [100, 110, 120, 125, 125]


def test_a_ladder_with_every_two_rises_with_each_second_success() -> None:
    """The rung is divided by `every` and rounded down."""
    assert base(program({"earn": LADDER | {"every": 2}}), "negative*5") == [100, 100, 110, 110, 120]


def test_a_flat_phase_pays_the_same_each_time_and_still_climbs() -> None:
    """The rung counts in a flat phase too, so a ladder that follows goes on from there."""
    phases = [
        {"weeks": [1, 1], "earn": {"type": "flat", "amount": 50}},
        {"weeks": [2, 10], "earn": LADDER},
    ]
    assert base(program(phases=phases), "negative*3|negative*2") == [50, 50, 50, 130, 140]


def test_the_last_value_of_a_table_repeats() -> None:
    """A table pays by rung, and whoever is above it gets its last value."""
    assert base(program({"earn": {"type": "table", "values": [5, 1, 9]}}), "negative*5") == [5, 1, 9, 9, 9]


def test_draws_are_awarded_as_draws_with_their_bonuses() -> None:
    """A target that earns draws has its bonuses in draws too, whatever the program's own unit is."""
    made = program(
        {"earn": {"type": "draws", "start": 1, "step": 1, "max": 3}},
        bonuses=[{"type": "run", "every": 2, "amount": 4}],
    )
    found = earned(made, "negative*4")
    assert [row.total for row in found.rows] == [1, 6, 3, 7]
    assert {row.unit for row in found.rows} == {"draw"}
    assert found.total == 17


def test_a_success_over_the_limit_earns_nothing_and_moves_nothing() -> None:
    """It is recorded with its reason, and the next week goes on as if it had not been."""
    made = program(limit={"per_week": 2}, bonuses=[{"type": "run", "every": 3, "amount": 7}])
    assert base(made, "negative*3|negative*2") == [100, 110, 0, 120, 130]
    assert bonus(made, "negative*3|negative*2") == [0, 0, 0, 7, 0]
    assert codes(made, "negative*3")[2] == ["over_limit"]


def test_a_failure_over_the_limit_still_counts() -> None:
    """The limit is one of successes: a positive after two negatives resets."""
    made = program({"on_failure": RESET}, limit={"per_week": 2})
    assert base(made, "negative*2,positive|negative") == [100, 110, 0, 100]


def test_a_week_that_no_phase_covers_pays_nothing_and_changes_nothing() -> None:
    """Neither a success nor a failure out there moves the ladder."""
    phases = [{"weeks": [2, 3], "earn": LADDER, "on_failure": RESET}]
    made = program(phases=phases)
    assert base(made, "negative|negative*2|negative|positive,negative") == [0, 100, 110, 120, 0, 0]
    assert codes(made, "negative|negative")[0] == ["no_phase"]


def test_a_retest_outside_every_phase_changes_nothing_either() -> None:
    """An invalid test in a week without a phase keeps its reason when a valid one follows."""
    made = program(phases=[{"weeks": [2, 3], "earn": LADDER}], retest_minutes=10_080)
    assert codes(made, "invalid,negative") == [["no_phase"], ["no_phase"]]


def test_a_failure_without_reset_only_ends_the_run() -> None:
    """The ladder stands where it was; the bonus for a run starts counting again."""
    made = program(bonuses=[{"type": "run", "every": 3, "amount": 7}])
    visits = "negative*2,positive,negative*3"
    assert base(made, visits) == [100, 110, 0, 120, 130, 140]
    assert bonus(made, visits) == [0, 0, 0, 0, 0, 7]
    assert codes(made, visits)[2] == ["miss"]


def test_one_missed_test_sends_the_ladder_back_to_its_first_rung() -> None:
    """With reset a failure pays nothing and the next success pays the start."""
    made = program({"on_failure": RESET})
    assert base(made, "negative*3,missed,negative*2") == [100, 110, 120, 0, 100, 110]
    assert codes(made, "negative,missed")[1] == ["reset"]


def recovering(after: int, pays: str, to: str) -> Program:
    """Make a program with a reset and a way back."""
    return program({"on_failure": {"reset": True, "recovery": {"after": after, "pays": pays, "to": to}}})


@pytest.mark.parametrize(
    ("pays", "to", "expected"),
    [
        ("next", "due", [100, 110, 140, 150]),
        ("next", "paid", [100, 110, 130, 140]),
        ("nth", "due", [100, 140, 150, 160]),
        ("nth", "paid", [100, 130, 140, 150]),
    ],
)
def test_recovery_pays_the_regained_rung_as_its_rule_says(pays: str, to: str, expected: list[int]) -> None:
    """140 was due and 130 paid last; two in a row regain it, on the next one or on the second."""
    found = base(recovering(2, pays, to), "negative*4,positive,negative*4")
    assert found[:5] == [100, 110, 120, 130, 0]
    assert found[5:] == expected


def test_recovery_after_one_on_the_nth_pays_at_once() -> None:
    """The first success after the failure is itself the one that regains."""
    assert base(recovering(1, "nth", "due"), "negative*4,positive,negative*2")[5:] == [140, 150]


def test_a_second_failure_before_recovery_keeps_the_higher_rung() -> None:
    """From 140 due to a reset, then a reset from 110: 140 is what comes back."""
    found = base(recovering(2, "next", "due"), "negative*4,positive,negative,positive,negative*3")
    assert found[4:] == [0, 100, 0, 100, 110, 140]


def test_a_failure_after_recovery_starts_from_what_was_regained() -> None:
    """Once regained the rung to return to is cleared; the next failure sets it anew."""
    found = base(recovering(1, "next", "due"), "negative*2,positive,negative*2,positive,negative*2")
    assert found == [100, 110, 0, 100, 120, 0, 100, 130]


def test_recovery_never_lowers_a_rung_climbed_meanwhile() -> None:
    """A first visit that fails leaves rung 0 to return to; whoever has climbed past it stays there."""
    assert base(recovering(2, "next", "due"), "positive,negative*4") == [0, 100, 110, 120, 130]


def test_a_passed_recovery_is_over_and_the_next_failure_sets_it_anew() -> None:
    """The rung to return to is cleared when the recovery is due, also where it regains nothing."""
    found = base(recovering(2, "next", "due"), "positive,negative*4,positive,negative*3")
    assert found[5:] == [0, 100, 110, 140]


def test_recovery_follows_the_rule_of_the_phase_in_which_the_success_falls() -> None:
    """A reset in a phase with recovery is not regained in one without."""
    rule = {"reset": True, "recovery": {"after": 1, "pays": "next", "to": "due"}}
    phases = [
        {"weeks": [1, 1], "earn": LADDER, "on_failure": rule},
        {"weeks": [2, 2], "earn": LADDER, "on_failure": RESET},
        {"weeks": [3, 3], "earn": LADDER, "on_failure": rule},
    ]
    assert base(program(phases=phases), "negative*3,positive|negative*2|negative") == [
        100,
        110,
        120,
        0,
        100,
        110,
        130,
    ]


def test_after_a_recovery_the_run_still_counts_from_the_failure() -> None:
    """Bonuses count the run, never the rung: the third success after the failure has the bonus."""
    made = program(
        {"on_failure": {"reset": True, "recovery": {"after": 1, "pays": "next", "to": "due"}}},
        bonuses=[{"type": "run", "every": 3, "amount": 7}],
    )
    assert bonus(made, "negative*2,positive,negative*3") == [0, 0, 0, 0, 0, 7]


def test_a_week_bonus_is_paid_once_on_the_success_that_completes_the_week() -> None:
    """Failures between do not matter, a fourth success does not pay again, the next week counts anew."""
    made = program(bonuses=[{"type": "week", "successes": 3, "amount": 5}])
    assert bonus(made, "negative,positive,negative*3|negative*3") == [0, 0, 0, 5, 0, 0, 0, 5]


def test_milestones_count_all_successes_across_failures() -> None:
    """The second and fourth counted success have the bonus, whatever lies between."""
    made = program({"on_failure": RESET}, bonuses=[{"type": "total", "at": [2, 4], "amount": 5}])
    assert bonus(made, "negative,positive,negative*3") == [0, 0, 5, 0, 5]


def test_two_bonuses_on_one_success_are_both_paid() -> None:
    """Each bonus is an award with a reason of its own."""
    made = program(
        bonuses=[{"type": "run", "every": 2, "amount": 3}, {"type": "week", "successes": 2, "amount": 5}]
    )
    assert bonus(made, "negative*2") == [0, 8]
    assert codes(made, "negative*2")[1] == ["step", "run_bonus", "week_bonus"]


@pytest.mark.parametrize("outcome", ["excused", "pending"])
def test_a_neutral_outcome_pays_nothing_and_changes_nothing(outcome: str) -> None:
    """Ladder and run go on as if the visit had not been expected."""
    made = program({"on_failure": RESET}, bonuses=[{"type": "run", "every": 3, "amount": 7}])
    visits = f"negative*2,{outcome},negative"
    assert base(made, visits) == [100, 110, 0, 120]
    assert bonus(made, visits) == [0, 0, 0, 7]


@pytest.mark.parametrize("outcome", ["positive", "refused", "tampered", "missed", "invalid", "dilute"])
def test_every_failing_test_resets(outcome: str) -> None:
    """A missed specimen is a failure like a positive one, and so is an invalid one by default."""
    assert base(program({"on_failure": RESET}), f"negative,{outcome},negative") == [100, 0, 100]


def test_a_program_may_give_an_open_outcome_another_effect() -> None:
    """Late is a failure by default, and a success or neutral where the program says so."""
    phase = {"on_failure": RESET}
    visits = "attended,late,attended"
    assert base(program(phase, behavior="attendance"), visits) == [100, 0, 100]
    assert base(program(phase, behavior="attendance", outcomes={"late": "neutral"}), visits) == [100, 0, 110]
    assert base(program(phase, behavior="attendance", outcomes={"late": "success"}), visits) == [
        100,
        110,
        120,
    ]


def test_an_allowance_of_one_a_week_makes_the_second_that_week_a_failure() -> None:
    """The next week has an allowance of its own."""
    made = program(
        {"on_failure": RESET}, behavior="attendance", allowances=[{"outcome": "rescheduled", "count": 1}]
    )
    visits = "attended*2,rescheduled|rescheduled,attended|rescheduled*2,attended"
    assert base(made, visits) == [100, 110, 0, 0, 120, 0, 0, 100]
    assert codes(made, visits)[6] == ["allowance_used", "reset"]


def test_an_allowance_for_the_enrollment_does_not_come_back_with_the_week() -> None:
    """It counts all uses from the first day on."""
    made = program(
        {"on_failure": RESET},
        behavior="attendance",
        allowances=[{"outcome": "rescheduled", "count": 1, "per": "enrollment"}],
    )
    assert base(made, "attended,rescheduled|attended,rescheduled|attended") == [100, 0, 110, 0, 100]


def test_a_miss_on_one_target_leaves_the_others_where_they_are() -> None:
    """Two targets have two ladders."""
    phase = {"weeks": [1, 10], "earn": LADDER, "on_failure": RESET}
    made = convert(
        {
            "name": "two",
            "title": "Two",
            "unit": "usd",
            "weeks": 10,
            "targets": [{"name": name, "behavior": "test", "phases": [phase]} for name in ("one", "other")],
        },
        Program,
    )
    visits = [("one", "negative"), ("other", "negative"), ("one", "positive"), ("other", "negative")]
    found = table(made, [TableOutcome(name, 1, outcome) for name, outcome in visits])
    assert [row.base for row in found.rows] == [100, 100, 0, 110]
