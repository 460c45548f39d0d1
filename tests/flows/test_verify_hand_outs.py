"""What was handed out as nobody's rules allowed is found in the books, whoever let it pass."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from schemas.second_looks import NewSecondLook, SecondPersonRulesChange
from schemas.shelf import NewRedemption, RewardChange
from service.core.actors import Actor
from service.flows.draws import prizes
from service.flows.shelf import redemptions
from service.flows.shelf.redemptions import give_redemption, redeem
from service.flows.shelf.rewards import change_reward
from service.flows.shelf.second_looks import take_second_look
from service.flows.shelf.second_person_rules import set_rules
from tests.flows.alone import LATE, disable, handed, late_by
from tests.flows.conftest import MONDAY
from tests.flows.drawing import drawing, enrolled
from tests.flows.test_prizes import giving, on_shelf
from tests.flows.test_unseen_people import made_up, shelved, unbounded
from tests.flows.test_verify_changes import fault_in

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from uuid import UUID

    from schemas.shelf import Reward
    from tests.flows.conftest import Scene

HOUR = timedelta(hours=1)


@pytest.fixture
def unasked(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Take away the question whether something may be handed out, as a release that lost it would."""

    async def nothing_waits(*_args: object, **_also: object) -> int:
        return 0

    def take_away() -> None:
        for place in (redemptions, prizes):
            monkeypatch.setattr(place, "may_leave", nothing_waits)

    return take_away


async def own_late(scene: Scene, ask: Callable[[], None]) -> None:
    """Whoever recorded late hands it out."""
    enrollment, mug = await late_by(scene, "front_desk")
    ask()
    assert await handed(scene, enrollment.participant, mug, scene.actor("front_desk")) == ""


async def own_set_aside(scene: Scene, ask: Callable[[], None]) -> None:
    """A colleague sets it aside, and whoever recorded late hands it over."""
    enrollment, _ = await late_by(scene, "front_desk")
    mug = await scene.reward(100, stock=9)
    new = NewRedemption(enrollment.participant, mug.id)
    held = await scene.value(lambda act: redeem(act, new), "clinician")
    ask()
    await scene.value(lambda act: give_redemption(act, held.id), "front_desk")


async def by_a_participant(scene: Scene, ask: Callable[[], None]) -> None:
    """Somebody in care takes what waits for a look."""
    enrollment, mug = await late_by(scene, "front_desk")
    ask()
    own = Actor(scene.clinic, enrollment.participant, "participant")
    assert await handed(scene, enrollment.participant, mug, own) == ""


async def after_own_look(scene: Scene, ask: Callable[[], None]) -> None:
    """A colleague looked, and after that somebody records late again and hands that out."""
    enrollment, mug = await late_by(scene, "front_desk")
    scene.clock.now += HOUR
    who = enrollment.participant
    await scene.value(lambda act: take_second_look(act, who, NewSecondLook(None)), "clinician")
    scene.clock.now += HOUR
    await scene.record(enrollment.id, "negative", MONDAY - LATE + HOUR, "front_desk")
    ask()
    assert await handed(scene, who, mug, scene.actor("front_desk")) == ""


async def much_in_a_day(scene: Scene, ask: Callable[[], None]) -> None:
    """One person hands out $300.00 to one participant on one day."""
    who = (await scene.enrolled(welcome=50_000)).participant
    card = await scene.reward(15_000, stock=9, instant=True)
    assert await handed(scene, who, card, scene.actor("front_desk")) == ""
    ask()
    assert await handed(scene, who, card, scene.actor("front_desk")) == ""


async def own_price(scene: Scene, ask: Callable[[], None]) -> None:
    """A manager lowers a price and hands the reward out."""
    who = (await scene.enrolled(welcome=5000)).participant
    mug = await scene.reward(4000, stock=9, instant=True)
    lower = RewardChange(price=100)
    await scene.value(partial(change_reward, reward_id=mug.id, change=lower, revision=1))
    ask()
    assert await handed(scene, who, mug, scene.actor()) == ""


async def unseen(scene: Scene, ask: Callable[[], None]) -> None:
    """A fifth made-up person is handed $50.00 in a week that allows $200.00."""
    await unbounded(scene)
    scene.clock.now += HOUR
    mug: Reward = await shelved(scene)
    people: list[UUID] = [await made_up(scene, number) for number in range(5)]
    for who in people[:4]:
        scene.clock.now += HOUR
        assert await handed(scene, who, mug, scene.actor("front_desk")) == ""
    ask()
    scene.clock.now += HOUR
    assert await handed(scene, people[4], mug, scene.actor("front_desk")) == ""


@pytest.mark.parametrize(
    "plant",
    [own_late, own_set_aside, by_a_participant, after_own_look, much_in_a_day, own_price, unseen],
)
async def test_verify_names_what_was_handed_out_against_the_rules(
    scene: Scene, unasked: Callable[[], None], plant: Callable[[Scene, Callable[[], None]], Awaitable[None]]
) -> None:
    """The books agree in every sum, and the hand-out is named all the same."""
    # Who was put on the staff within the same minute may not have been seen yet.
    scene.clock.now += HOUR
    await plant(scene, unasked)
    fault = await fault_in(scene)
    assert fault is not None
    assert fault.table == "redemptions"
    assert "allow" in fault.expected


async def test_verify_names_a_prize_that_was_given_against_the_rules(
    scene: Scene, unasked: Callable[[], None]
) -> None:
    """A prize costs nothing, and leaves all the same: not by whoever put it among the prizes."""
    made = await enrolled(scene, 2, "pens")
    drawn = await scene.value(drawing(made.participant, 2))
    first, second = (one.prize.id for one in drawn.draws if one.prize)
    pen, phone = await on_shelf(scene, "learning", 2), await on_shelf(scene, "electronics", 2)
    moved = RewardChange(category="learning")
    await scene.value(lambda act: change_reward(act, phone.id, moved, 1))
    await scene.value(giving(first, pen.id))
    assert await fault_in(scene) is None
    unasked()
    await scene.value(giving(second, phone.id))
    fault = await fault_in(scene)
    assert fault is not None
    assert (fault.table, fault.ids["prize_id"]) == ("prizes", str(second))


async def test_what_the_rules_of_the_day_allowed_stays_right_whatever_they_say_later(scene: Scene) -> None:
    """Stricter rules, another role and a colleague who leaves reach no hand-out of before."""
    enrollment, mug = await late_by(scene, "front_desk")
    who = enrollment.participant
    scene.clock.now += HOUR
    await scene.by_another(lambda act: set_rules(act, SecondPersonRulesChange(record_within_days=60)))
    scene.clock.now += HOUR
    assert await handed(scene, who, mug, scene.actor("front_desk")) == ""
    scene.clock.now += HOUR
    strict = SecondPersonRulesChange(record_within_days=0, given_usd_max=0, unseen_usd_max=0)
    await scene.by_another(lambda act: set_rules(act, strict))
    scene.clock.now += HOUR
    await disable(scene, scene.actor("clinician").id, scene.actor("front_desk").id)
    assert await fault_in(scene) is None


@pytest.mark.parametrize(("hours", "is_named"), [(23, False), (25, True)])
async def test_verify_names_a_hand_out_that_says_nothing_of_what_waited(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, hours: int, *, is_named: bool
) -> None:
    """From the first entry that tells it on all do, but for a day of processes of the release before."""
    who = (await scene.enrolled(welcome=5000)).participant
    mug = await scene.reward(100, stock=9, instant=True)
    assert await handed(scene, who, mug, scene.actor("front_desk")) == ""
    scene.clock.now += timedelta(hours=hours)
    told = redemptions._tell  # noqa: SLF001  what the release before wrote
    monkeypatch.setattr(redemptions, "_tell", lambda act, one, reward, _waited: told(act, one, reward, None))
    assert await handed(scene, who, mug, scene.actor("front_desk")) == ""
    fault = await fault_in(scene)
    assert (fault is not None) is is_named
    assert fault is None or "tells how much waited" in fault.expected
