"""Budgets say what is set, spent, promised and left, by the days' totals and by who is enrolled."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from schemas.budgets import Budget, BudgetChange, NewBudget
from schemas.people import CloseEnrollment, NewEnrollment
from schemas.program import Draws, Phase, Program, Target, Visits
from service.core.cursors import Page
from service.flows.ledger.budgets import change_budget, list_budgets, read_budget, set_budget, watch_budgets
from service.flows.people.enrollments import close_enrollment, open_enrollment
from service.flows.programs.programs import publish_program
from service.flows.screens.work import read_work
from tests.flows.conftest import TODAY
from tests.flows.listening import listening, log

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

YEAR = NewBudget("usd", 100_000, date(2026, 1, 1), date(2026, 12, 31), "Grant 24-117.")


async def budget(scene: Scene, new: NewBudget = YEAR) -> Budget:
    """Set a budget."""
    return await scene.value(lambda act: set_budget(act, new))


async def standing(scene: Scene, which: Budget) -> Budget:
    """Read a budget as it stands."""
    return await scene.value(lambda act: read_budget(act, which.id))


def sums(one: Budget) -> tuple[int, int, int]:
    """What is spent, promised and left of a budget."""
    return one.spent, one.promised, one.left


async def test_a_budget_says_what_is_spent_promised_and_left(scene: Scene) -> None:
    """One of four Mondays is paid $1.00; the other three would pay $2.00, $3.00 and $4.00."""
    made = await budget(scene)
    assert (sums(made), made.status, made.people) == ((0, 0, 100_000), "well", 0)
    enrollment = await scene.expecting()
    await scene.record(enrollment.id, "negative")
    now = await standing(scene, made)
    assert (sums(now), now.status, now.people) == ((100, 900, 99_000), "well", 1)
    assert now == (await scene.value(lambda act: list_budgets(act, Page(9)))).items[0]
    close = CloseEnrollment("Moved away.", TODAY)
    await scene.value(lambda act: close_enrollment(act, enrollment.id, close))
    assert sums(await standing(scene, made)) == (100, 0, 99_900)


async def test_only_the_days_the_program_and_the_money_of_a_budget_count(scene: Scene) -> None:
    """Another program's, another funder's and later days' are in none of it."""
    enrollment = await scene.expecting()
    await scene.record(enrollment.id, "negative")
    await scene.program()
    told = {
        "mondays": replace(YEAR, program="mondays"),
        "ladder": replace(YEAR, program="ladder"),
        "county": replace(YEAR, funding="county"),
        "points": replace(YEAR, unit="points"),
        "a week": replace(YEAR, ends_on=TODAY + timedelta(days=7)),
        "next week": replace(YEAR, starts_on=TODAY + timedelta(days=7)),
        "before": replace(YEAR, ends_on=TODAY - timedelta(days=1)),
    }
    found = {name: await budget(scene, new) for name, new in told.items()}
    assert {name: sums(one)[:2] for name, one in found.items()} == {
        "mondays": (100, 900),
        "ladder": (0, 0),
        "county": (0, 0),
        "points": (0, 0),
        "a week": (100, 200),
        "next week": (0, 900),
        "before": (0, 0),
    }
    assert (found["next week"].status, found["before"].status) == ("later", "over")
    on = [one.id for one in (await scene.value(lambda act: list_budgets(act, Page(9), TODAY))).items]
    assert {found["next week"].id, found["before"].id}.isdisjoint(on)
    assert len(on) == 5


async def test_draws_are_promised_as_they_win_on_average(scene: Scene) -> None:
    """Ten slips of the standard bowl, $2.218 each; the first, of today, is promised no more."""
    visits = Visits(weekdays=("mon",), missed_after_hours=24)
    target = Target("test", "test", (Phase(weeks=(1, 4), earn=Draws(1, 1)),), visits=visits)
    await scene.value(lambda act: publish_program(act, Program("slips", "S", "draw", 4, (target,))))
    new = NewEnrollment(await scene.participant(), "slips", TODAY, funding="county")
    await scene.value(lambda act: open_enrollment(act, new))
    made = await budget(scene, replace(YEAR, funding="county"))
    assert sums(made)[:2] == (0, round(9 * 221.8))


async def test_a_budget_warns_when_its_percent_is_spent_and_when_all_is(scene: Scene) -> None:
    """Each once for an amount: in the status, in the work that waits, and by a notice about nobody."""
    await listening(scene, "budget.reached")
    enrollment = await scene.expecting()
    made = await budget(scene, replace(YEAR, amount=500, warn_percent=20))
    assert made.status == "over_promised"
    assert await watch_budgets(scene.database, scene.clinic) == 0
    await scene.record(enrollment.id, "negative")
    assert (await standing(scene, made)).status == "near"
    assert [await watch_budgets(scene.database, scene.clinic) for _ in range(2)] == [1, 0]
    await changed(scene, made, BudgetChange(amount=100))
    assert (await standing(scene, made)).status == "spent"
    assert await watch_budgets(scene.database, scene.clinic) == 2
    told = [one for one in await log(scene) if one.notice.type == "budget.reached"]
    assert [(one.data["percent"], one.data["amount"], one.data["spent"]) for one in told] == [
        (20, 500, 100),
        (20, 100, 100),
        (100, 100, 100),
    ]
    assert {one.notice.participant for one in told} == {None}
    assert {one.data["budget"] for one in told} == {str(made.id)}
    work = await scene.value(lambda act: read_work(act, "manager"))
    assert [(one.word, one.count) for one in work.counted] == [("budgets", 1)]
    assert (await scene.value(lambda act: read_work(act, "clinician"))).counted == ()


async def changed(scene: Scene, which: Budget, change: BudgetChange, revision: int = 1) -> Budget:
    """Change a budget."""
    return await scene.value(lambda act: change_budget(act, which.id, change, revision))


async def test_a_change_is_of_the_version_that_was_read(scene: Scene) -> None:
    """Two who raise it at once do not both: the second one reads it again."""
    made = await budget(scene)
    after = await changed(scene, made, BudgetChange(amount=200_000, reason="With its supplement."))
    assert (after.amount, after.reason, after.warn_percent) == (200_000, "With its supplement.", 80)
    late = BudgetChange(amount=1)
    refusal = await scene.refusal(lambda act: change_budget(act, made.id, late, 1))
    assert refusal[0] == "precondition_failed"
    assert (await standing(scene, made)).amount == 200_000
    assert (await scene.deeds()).count("budget.changed") == 1


async def test_a_budget_that_cannot_be_is_refused_at_its_field(scene: Scene) -> None:
    """Draws, days the wrong way round, a program that there is not, and another clinic's."""
    made = await budget(scene)
    wrong = {
        "$.unit": replace(YEAR, unit="draw"),
        "$.ends_on": replace(YEAR, ends_on=date(2025, 1, 1)),
    }
    for place, new in wrong.items():
        assert await refused_at(scene, new) == ("invalid", (place,))
    nowhere = replace(YEAR, program="nowhere")
    assert await refused_at(scene, nowhere) == ("unknown_program", ("$.program",))
    early = BudgetChange(ends_on=date(2025, 1, 1))
    refusal = await scene.refusal(lambda act: change_budget(act, made.id, early, 1))
    assert refusal == ("invalid", ("$.ends_on",))
    elsewhere = await scene.elsewhere()
    assert (await elsewhere.refusal(lambda act: read_budget(act, made.id)))[0] == "not_found"


async def refused_at(scene: Scene, new: NewBudget) -> tuple[str, tuple[str, ...]]:
    """Give the code and the places of a budget's refusal."""
    return await scene.refusal(lambda act: set_budget(act, new))


async def test_a_budget_s_reason_is_kept_sealed_and_each_look_is_told(scene: Scene) -> None:
    """A reason is free text, and free text is encrypted."""
    made = await budget(scene)
    await standing(scene, made)
    async with scene.database.transaction(scene.clinic) as tx:
        kept = await tx.connection.fetchval("select reason from budgets")
    assert b"24-117" not in kept
    assert (await scene.deeds())[-2:] == ["budget.set", "budget.read"]
