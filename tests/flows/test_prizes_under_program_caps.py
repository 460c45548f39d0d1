"""A program's cap limits what its draws credit in its unit: a prize program under a rule never passes it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from schemas.draws import GivePrize
from schemas.events import NewEvent
from schemas.people import Enrollment, NewEnrollment
from schemas.program import Bowl, Cap, Draws, Flat, Phase, Program, Target
from schemas.receipts import Money
from schemas.shelf import NewReward
from service.core.refusals import Refused
from service.flows.draws.prizes import give_prize
from service.flows.people.enrollments import open_enrollment, read_outlook
from service.flows.perform import Done
from service.flows.programs.programs import publish_program
from service.flows.shelf.rewards import add_reward
from service.flows.visits.record_events import Recorded, ToRecord
from tests.flows.conftest import MONDAY, TODAY, receipt
from tests.flows.drawing import COINS, PENS, drawing, reading

if TYPE_CHECKING:
    from schemas.program import Period, Unit
    from tests.flows.conftest import Scene


DAY = timedelta(days=1)


async def capped(
    scene: Scene, amount: int, per: Period = "enrollment", bowl: Bowl = COINS, unit: Unit = "usd"
) -> Enrollment:
    """Enroll somebody who earns ten draws a test and $1.00 a homework, under a cap of the program's own."""
    tests = Target("test", "test", (Phase(weeks=(1, 12), earn=Draws(10, 0, bowl=bowl.name)),))
    homework = Target("homework", "homework", (Phase(weeks=(1, 12), earn=Flat(100)),))
    program = Program("d", "D", unit, 12, (tests, homework), bowls=(bowl,), caps=(Cap(per, amount),))
    await scene.value(lambda act: publish_program(act, program))
    new = NewEnrollment(await scene.participant(), "d", TODAY)
    made = await scene.value(lambda act: open_enrollment(act, new))
    await scene.record(made.id, "negative")
    return made


async def homework(scene: Scene, enrollment: UUID, days: int) -> int:
    """Record homework some days later, and give what was paid."""
    at = scene.clock.now = MONDAY + timedelta(days=days)
    event = NewEvent("completed", at, enrollment=enrollment, target="homework")
    (answer,) = await scene.recorder.record(scene.clinic, [ToRecord(scene.actor("clinician"), event)])
    assert isinstance(answer, Recorded), answer
    return sum(award.amount for award in receipt(answer).awards)


async def test_a_prize_over_the_program_s_cap_is_clipped(scene: Scene) -> None:
    """Four coins of $1.00 under $2.50: two, a half and none; the public record says what was taken off."""
    made = await capped(scene, 250)
    drawn = await scene.value(drawing(made.participant, 4))
    paid = [(one.prize.amount, one.prize.clipped or 0) for one in drawn.draws if one.prize]
    assert paid == [(100, 0), (100, 0), (50, 50), (0, 100)]
    record = await scene.value(reading(drawn.id))
    assert [one.prize.clipped or 0 for one in record.draws if one.prize] == [0, 0, 50, 100]
    assert (await scene.balance(made.participant)).available == 250


async def test_prizes_and_awards_share_the_program_s_cap(scene: Scene) -> None:
    """Whichever comes first takes the room; what an award finds none for is withheld, and verify agrees."""
    made = await capped(scene, 350)
    assert await homework(scene, made.id, 1) == 100
    await scene.value(drawing(made.participant, 2))
    ahead = (await scene.value(lambda act: read_outlook(act, made.id))).outlook
    assert [one.next for one in ahead if one.target == "homework"] == [(Money("usd", 50),)]
    assert await homework(scene, made.id, 2) == 50
    assert await homework(scene, made.id, 3) == 0
    assert (await scene.balance(made.participant)).available == 350


async def test_a_prize_counts_for_the_day_on_which_it_was_drawn(scene: Scene) -> None:
    """A cap of a week has room again in the next."""
    made = await capped(scene, 150, "week")
    for days, paid in ((0, 150), (7, 150), (8, 0)):
        scene.clock.now = MONDAY + timedelta(days=days)
        drawn = await scene.value(drawing(made.participant, 2))
        assert sum(one.prize.amount or 0 for one in drawn.draws if one.prize) == paid


async def test_a_cap_in_points_says_nothing_of_prizes_in_money(scene: Scene) -> None:
    """A program's cap is in its own unit: the coins of a program of points are points, and count there."""
    made = await capped(scene, 150, unit="points")
    drawn = await scene.value(drawing(made.participant, 2))
    assert [(one.prize.unit, one.prize.amount) for one in drawn.draws if one.prize] == [
        ("points", 100),
        ("points", 50),
    ]


async def test_a_prize_from_the_shelf_stays_inside_the_program_s_cap(scene: Scene) -> None:
    """At its fair value: what is worth more is refused, and something smaller can be chosen."""
    made = await capped(scene, 2500, bowl=PENS)
    drawn = await scene.value(drawing(made.participant, 2))
    first, second = (one.prize.id for one in drawn.draws if one.prize)
    rewards = []
    for fair_value in (2000, 500):
        new = NewReward("Pen", "usd", 100, "item", "learning", fair_value=fair_value)
        rewards.append(await scene.value(partial(add_reward, new=new)))
    good, small = rewards
    assert isinstance(await scene.ask(lambda act: give_prize(act, first, GivePrize(good.id))), Done)
    answer = await scene.ask(lambda act: give_prize(act, second, GivePrize(good.id)))
    assert isinstance(answer, Refused)
    assert answer.reason == "cap_reached.some_enrollment"
    assert isinstance(await scene.ask(lambda act: give_prize(act, second, GivePrize(small.id))), Done)
    assert await homework(scene, made.id, 1) == 0


@pytest.mark.parametrize("count", [1, 3])
async def test_draws_and_awards_at_once_never_pass_the_program_s_cap(scene: Scene, count: int) -> None:
    """They hold one lock, so that each sees what the other took."""
    made = await capped(scene, 450)
    at = scene.clock.now = MONDAY + timedelta(days=3)
    events = [NewEvent("completed", at - day * DAY, enrollment=made.id, target="homework") for day in (1, 2)]
    await asyncio.gather(
        *(scene.ask(drawing(made.participant, count)) for _ in range(3)),
        *(scene.recorder.record(scene.clinic, [ToRecord(scene.actor(), one)]) for one in events),
    )
    assert (await scene.balance(made.participant)).available == min(450, 300 * count + 200)
