"""What is given in kind never passes a cap in money: prizes, what was before, and everything at once."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg
import pytest

from schemas.draws import GivePrize
from schemas.shelf import NewReward, Redemption
from service.core.refusals import Refused
from service.flows.draws.prizes import give_prize
from service.flows.ledger.reports import ReportFilter, read_report
from service.flows.shelf.redemptions import cancel_redemption, give_redemption
from service.flows.shelf.rewards import add_reward
from tests.flows.conftest import TODAY
from tests.flows.drawing import drawing, enrolled
from tests.flows.giving import bought, capped, card, credited, line, worth

if TYPE_CHECKING:
    from schemas.draws import Prize
    from schemas.people import Enrollment
    from schemas.shelf import Reward
    from tests.flows.conftest import Operation, Scene

DAY = timedelta(days=1)


def giving(prize: UUID, reward: Reward) -> Operation[Prize]:
    """Hand over a prize."""
    return lambda act: give_prize(act, prize, GivePrize(reward.id))


async def pen(scene: Scene, fair_value: int) -> Reward:
    """Put something for a prize on the shelf."""
    new = NewReward("Pen", "usd", 100, "item", "learning", fair_value=fair_value)
    return await scene.value(lambda act: add_reward(act, new))


async def won(scene: Scene, count: int = 3) -> tuple[UUID, list[UUID]]:
    """Let somebody whom the state pays for win prizes from the shelf."""
    made = await enrolled(scene, count, "pens")
    drawn = await scene.value(drawing(made.participant, count))
    return made.participant, [one.prize.id for one in drawn.draws if one.prize is not None]


async def test_a_prize_from_the_shelf_counts_at_its_fair_value(scene: Scene) -> None:
    """Against the caps of who pays for the enrollment, and in the year's report."""
    who, (first, second, _) = await won(scene)
    await capped(scene, 2500, funding="state")
    good, small = await pen(scene, 2000), await pen(scene, 500)
    assert (await scene.value(giving(first, good))).fair_value == 2000
    assert await scene.refusal(giving(second, good)) == ("cap_reached", ("$.reward",))
    assert (await scene.value(giving(second, small))).status == "given"
    assert (await credited(scene, who, 100, "usd", funding="state")).paid == 0
    found = await line(scene)
    assert (found.credited, found.in_kind, found.given, found.unvalued) == (0, 2500, 2500, 0)


async def test_a_cap_on_single_events_looks_at_a_prize_and_not_at_savings(scene: Scene) -> None:
    """A prize is one event; a card is bought with what many events earned."""
    await worth(scene, 10)
    who, (first, *_) = await won(scene)
    await capped(scene, 1000, "event")
    answer = await scene.ask(giving(first, await pen(scene, 1500)))
    assert isinstance(answer, Refused)
    assert answer.reason == "cap_reached.some_event"
    await credited(scene, who, 250)
    assert isinstance(await bought(scene, who, await card(scene)), Redemption)


async def test_points_spent_before_anybody_said_their_worth_are_told_of(scene: Scene) -> None:
    """They are in no sum, and counted; once their worth is said for their day, the reports value them."""
    who = await scene.participant()
    await credited(scene, who, 500)
    before = await bought(scene, who, await card(scene))
    assert isinstance(before, Redemption)
    assert before.fair_value is None
    await credited(scene, who, 100, "usd")
    found = await line(scene)
    assert (found.in_kind, found.unvalued, found.net) == (0, 1, 100)
    whole = await scene.value(lambda act: read_report(act, ReportFilter()))
    assert [(one.unit, one.amount, one.unvalued) for one in whole.in_kind] == [("usd", 0, 1)]
    await worth(scene, 10, TODAY - DAY)
    found = await line(scene)
    assert (found.in_kind, found.unvalued, found.net) == (2500, 0, 2600)
    whole = await scene.value(lambda act: read_report(act, ReportFilter()))
    assert [(one.unit, one.amount, one.unvalued) for one in whole.in_kind] == [("usd", 2500, 0)]


async def test_a_cap_set_later_counts_what_was_given_before(scene: Scene) -> None:
    """Whoever meets a new cap meets it with what they have had in its period."""
    await worth(scene, 10)
    who = await scene.participant()
    await credited(scene, who, 500)
    reward = await card(scene)
    assert isinstance(await bought(scene, who, reward), Redemption)
    await capped(scene, 4000)
    assert isinstance(await bought(scene, who, reward), Refused)
    assert (await credited(scene, who, 2000, "usd")).paid == 1500


@pytest.mark.parametrize("change", ["update gifts set worth = 1", "delete from gifts"])
async def test_gifts_are_never_changed(scene: Scene, change: str) -> None:
    """The service's own role may add to them, and nothing else."""
    async with scene.database.transaction(scene.clinic) as tx:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await tx.connection.execute(change)


async def any_order(scene: Scene, made: Enrollment, shelf: list[Reward], chance: random.Random) -> None:
    """Do some of everything at the same moment, on one day."""
    who, at = made.participant, scene.clock.now - timedelta(minutes=1)
    held: list[UUID] = []

    async def ask(reward: Reward) -> None:
        answer = await bought(scene, who, reward)
        if isinstance(answer, Redemption) and answer.status == "held":
            held.append(answer.id)

    await asyncio.gather(
        scene.record(made.id, "negative", at),
        *(credited(scene, who, chance.randint(1, 400), chance.choice(("usd", "points"))) for _ in range(2)),
        *(ask(chance.choice(shelf)) for _ in range(4)),
    )
    steps = [chance.choice((give_redemption, cancel_redemption)) for _ in held]
    later = scene.clock.now + chance.choice((0, 1, 7)) * DAY
    scene.clock.now = max(later, scene.clock.now)
    await asyncio.gather(
        *(
            scene.ask(lambda act, step=step, one=one: step(act, one))  # type: ignore[misc]
            for step, one in zip(steps, held, strict=True)
        ),
        *(ask(chance.choice(shelf)) for _ in range(2)),
    )
    scene.clock.now += DAY


COUNTED = """
select day, sum(amount)::bigint as cents from (
    select day, case when source = 'issued' then amount else -amount end as amount
    from transfers where clinic_id = $1 and unit = 'usd' and day is not null
    union all
    select (coalesce(settled_at, requested_at) at time zone 'America/Los_Angeles')::date,
        case when unit = 'usd' then greatest(fair_value - amount, 0) else fair_value end
    from redemptions where clinic_id = $1 and status <> 'canceled'
) as one group by day
"""


@pytest.mark.parametrize("seed", range(6))
async def test_no_interleaving_of_money_and_points_passes_a_cap(scene: Scene, seed: int) -> None:
    """Awards, purchases, hand-overs and cancellations at once: days, weeks and years stay inside."""
    chance = random.Random(seed)
    await worth(scene, 3)
    await capped(scene, 900, "day")
    await capped(scene, 2000, "week")
    await capped(scene, 5000, "year")
    made = await scene.enrolled(welcome=300)
    await credited(scene, made.participant, 5000)
    shelf = [
        await card(scene, 100, instant=False),
        await card(scene, 150),
        await card(scene, 50, fair_value=700, instant=False),
        await card(scene, 100, "usd", 250),
    ]
    for _ in range(4):
        await any_order(scene, made, shelf, chance)
    async with scene.database.transaction(scene.clinic) as tx:
        rows = await tx.connection.fetch(COUNTED, scene.clinic)
    days: Counter[date] = Counter({row["day"]: row["cents"] for row in rows})
    weeks: Counter[date] = Counter()
    for day, cents in days.items():
        weeks[day - day.weekday() * DAY] += cents
    assert 0 < max(days.values()) <= 900
    assert max(weeks.values()) <= 2000
    assert days.total() <= 5000
