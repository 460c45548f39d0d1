"""A forecast is the rules' own: each imagined person is paid as `fold` pays, and the mean is as in theory."""

from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import convert, json

import schemas
from schemas.forecasts import BehaviorModel, Habit
from schemas.program import Program
from service.core.authoring import crowds
from service.core.authoring.crowds import Crowd
from service.core.authoring.forecast import Asked, forecast
from service.core.authoring.habits import PUBLISHED, Chain, Stay, completed, habit_of, long_run, model_of
from service.core.authoring.perfect import costs, perfect_run
from service.core.authoring.programs import decode, encode
from service.core.authoring.table import STARTS_ON
from service.core.compiled import compile_rules
from service.core.rules import fold, step
from service.core.state import WELCOME_FACT
from tests.bench.fit_habits import VISITS, fitted
from tests.core.test_properties import bounded, programs

FOLDER = Path(schemas.__path__[0]) / "programs"
ALWAYS = BehaviorModel(1, {"test": Habit(1, 1)})


def shipped(name: str) -> Program:
    """Read one published program."""
    found = decode((FOLDER / f"{name}.yaml").read_bytes(), yaml=True)
    assert isinstance(found, Program)
    return found


def program(earn: dict[str, Any], weeks: int = 12, **parts: Any) -> Program:  # noqa: ANN401  any part of a document
    """Make a program of one test twice a week."""
    top: dict[str, Any] = {key: parts.pop(key) for key in ("caps", "welcome") if key in parts}
    failure = parts.pop("on_failure", {})
    phase = {"weeks": [1, weeks], "earn": earn, "on_failure": failure}
    target = {"name": "test", "behavior": "test", "visits": {"per_week": 2}, "phases": [phase], **parts}
    made: dict[str, Any] = {"name": "a", "title": "A", "unit": "usd", "weeks": weeks, "targets": [target]}
    return convert(made | top, Program)


def chance(seed: int = 1) -> crowds.Chance:
    """Chance that begins at a seed."""
    return Random(seed).random


@bounded
@given(drawn=programs(), data=st.data())
def test_person_of_a_crowd_is_paid_what_fold_pays(drawn: Program, data: st.DataObject) -> None:
    """Whatever the program and however the visits go: the same awards and draws, caps included."""
    crowd = Crowd(drawn)
    went = []
    for lane in crowd.lanes:
        count = len(lane.seats)
        stops = data.draw(st.integers(0, count))
        went.append(data.draw(st.lists(st.booleans(), min_size=stops, max_size=stops)))
    paid = crowd.walk(went)
    awards, _ = crowd.settled(paid, None, range(len(drawn.caps))) if not any(paid.draws) else (None, None)
    facts = [
        crowd.seats[seat].good if is_good else crowd.seats[seat].bad
        for lane, visits in zip(crowd.lanes, went, strict=True)
        for seat, is_good in zip(lane.seats, visits, strict=False)
    ]
    _, decisions = fold(compile_rules(drawn), STARTS_ON, facts)
    for number in range(len(crowd.seats) + 1):
        fact_no = WELCOME_FACT if number == 0 else crowd.seats[number - 1].good.no
        found = decisions[fact_no].awards if fact_no in decisions else ()
        own = [one for one in found if one.unit == drawn.unit]
        assert paid.awards[number] == sum(one.amount + one.clipped for one in own)
        if awards is not None:
            assert awards[number] == sum(one.amount for one in own)
        if drawn.unit != "draw":
            assert paid.draws[number] == sum(one.amount for one in found if one.unit == "draw")


def test_flat_program_costs_what_its_closed_form_says() -> None:
    """24 visits of $10.00: the long run's part succeeds, and each week fewer come."""
    model = completed(BehaviorModel(0.9, {"test": Habit(0.8, 0.4)}))
    part = long_run(model.habits["test"])
    assert part == pytest.approx(2 / 3)
    found = forecast(program({"type": "flat", "amount": 1000}), Asked(40, model=model), chance())
    expected = 40 * sum(2 * 1000 * part * 0.9**week for week in range(12))
    assert found.is_exact
    assert found.costs[0].total.expected == round(expected)
    assert found.costs[0].total.median == pytest.approx(expected, rel=0.05)
    assert sum(one.spent.expected for one in found.costs[0].months) == pytest.approx(expected, abs=3)


def test_expectation_of_a_ladder_is_the_sum_over_every_way_that_it_can_go() -> None:
    """Eight visits can go 256 ways: each is folded, and weighed by its chance."""
    made = program(
        {"type": "ladder", "start": 1000, "step": 150, "max": 1600},
        weeks=4,
        on_failure={"reset": True, "recovery": {"after": 2, "pays": "next", "to": "due"}},
        bonuses=[{"type": "run", "every": 3, "amount": 500}, {"type": "total", "at": [5], "amount": 700}],
    )
    figures = Habit(0.7, 0.4)
    crowd = Crowd(made)
    total = 0.0
    for went in product([True, False], repeat=8):
        likely, before = 1.0, long_run(figures)
        for is_good in went:
            likely *= before if is_good else 1 - before
            before = figures.success_after_success if is_good else figures.success_after_miss
        total += likely * sum(crowd.walk([went]).awards)
    exact = crowd.expected(completed(BehaviorModel(1, {"test": figures})))
    assert exact is not None
    assert sum(exact[0]) == pytest.approx(total)


@pytest.mark.parametrize("name", ["higgins-1994-vouchers", "veterans-prize-draws", "iop-six-weeks"])
def test_imagined_people_come_to_the_exact_expectation(name: str) -> None:
    """What chance gives lies where theory says: draws and their prizes, points, and several targets."""
    found = forecast(shipped(name), Asked(40), chance())
    assert found.is_exact
    total = found.costs[0].total
    assert total.median == pytest.approx(total.expected, rel=0.04)
    assert total.low < total.median < total.high < total.greatest


def test_same_seed_gives_the_same_forecast() -> None:
    """Another seed gives another."""
    made = shipped("veterans-prize-draws")
    one, two, other = (forecast(made, Asked(7, seed=seed), chance(seed)) for seed in (3, 3, 4))
    assert one == two
    assert one.costs[0].months != other.costs[0].months


def test_greatest_is_a_perfect_run_of_everybody() -> None:
    """California: 599 dollars each; the veterans: 164 draws of $100.00 each."""
    california = forecast(shipped("california-recovery-incentives"), Asked(40), chance())
    assert california.costs[0].total.greatest == 40 * 59_900
    made = shipped("veterans-prize-draws")
    (cost,) = costs(made, perfect_run(made))
    assert forecast(made, Asked(1), chance()).costs[0].total.greatest == cost.greatest == 164 * 10_000


def test_effect_of_each_cap_is_what_it_alone_keeps_back() -> None:
    """24 certain successes of $10.00 under $120.00 a year and $20.00 a week: the week keeps nothing back."""
    caps = [{"per": "year", "amount": 12_000}, {"per": "week", "amount": 2000}]
    found = forecast(program({"type": "flat", "amount": 1000}, caps=caps), Asked(10, model=ALWAYS), chance())
    assert [(one.per, one.unpaid) for one in found.caps] == [("year", 10 * 12_000), ("week", 0)]
    assert found.costs[0].total.expected == found.costs[0].total.low == 10 * 12_000
    assert not found.is_exact


def test_prizes_are_held_by_the_caps_of_their_unit() -> None:
    """However the draws go, nobody wins more than the cap of the program."""
    made = shipped("veterans-prize-draws")
    capped = convert({**json.decode(encode(made)), "caps": [{"per": "enrollment", "amount": 7500}]}, Program)
    found = forecast(capped, Asked(1, imagined=1000), chance())
    assert found.costs[0].total.greatest == 7500
    assert found.costs[0].total.high == 7500
    assert forecast(made, Asked(1, imagined=1000), chance()).costs[0].total.high > 7500


def test_chance_to_pass_a_budget_falls_with_the_budget() -> None:
    """Nothing passes the greatest, and everything passes nothing."""
    made = shipped("california-recovery-incentives")
    parts = [
        forecast(made, Asked(40, budget), chance()).over_budget for budget in (0, 1_200_000, 40 * 59_900)
    ]
    assert parts[0] == 1
    assert parts[2] == 0
    assert parts[1] is not None
    assert 0 < parts[1] < 1
    assert forecast(made, Asked(40), chance()).over_budget is None


def test_what_targets_pay_on_each_other_s_condition_is_forecast_together() -> None:
    """Draws on days without alcohol: where nobody is ever without, nothing is drawn."""
    found = forecast(shipped("ctn-0006-prize-draws"), Asked(5, imagined=1000), chance())
    assert not found.is_exact
    assert 0 < found.costs[-1].total.expected < found.costs[-1].total.greatest
    none = BehaviorModel(1, {"test": Habit(0, 0)})
    dry = forecast(shipped("ctn-0006-prize-draws"), Asked(5, model=none, imagined=1000), chance())
    assert dry.costs[-1].total.high == 0


def test_ten_thousand_people_walk_over_few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each step is worked out once, by the rules' own `step`: that is what makes it a matter of a second."""
    steps = Count(step)
    monkeypatch.setattr(crowds, "step", steps)
    found = forecast(shipped("california-recovery-incentives"), Asked(40), chance())
    assert found.imagined == 10_000
    assert 100 < steps.count < 20_000


@dataclass
class Count:
    """Counts how often a function is asked."""

    asked: Any
    count: int = 0

    def __call__(self, *values: Any, **named: Any) -> Any:  # noqa: ANN401  whatever is asked
        """Ask it, and count."""
        self.count += 1
        return self.asked(*values, **named)


def test_published_figures_are_those_of_the_public_visits() -> None:
    """They are worked out again, where the visits are at hand."""
    if not VISITS.exists():
        pytest.skip("the public visits are not beside the project")
    found = fitted(VISITS)
    assert PUBLISHED.keeps_coming == round(found.keeps_coming, 3)
    for behavior, figures in found.habits.items():
        own = PUBLISHED.habits[behavior]
        assert own.success_after_success == round(figures.success_after_success, 3)
        assert own.success_after_miss == round(figures.success_after_miss, 3)


def test_history_gives_its_own_figures_where_there_is_enough_of_it() -> None:
    """Twenty people and two hundred visits of a kind; the other kinds stay as published."""
    went = (True, True, True, False, True, True, True, False, True, True, True, False)
    chains, stays = [Chain("test", went)] * 20, [Stay(10, is_gone=True)] * 5 + [Stay(10, is_gone=False)] * 15
    found = model_of(chains, stays)
    assert found is not None
    assert found.keeps_coming == pytest.approx(1 - 5 / 200)
    assert found.habits["test"] == Habit(6 / 9, 1)
    assert found.habits["attendance"] == PUBLISHED.habits["attendance"]
    assert model_of(chains[:19], stays[:19]) is None
    assert model_of(chains[:1], stays) is None
    assert habit_of([(True, True)]) == (None, 1)
