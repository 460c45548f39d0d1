"""A redemption takes what is available once, and is settled once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from schemas.people import Role
from schemas.shelf import NewCodes, NewRedemption, Redemption, RewardChange, StockChange
from service.core.cursors import Page
from service.core.refusals import Refused
from service.core.words.refusals.catalog import in_english
from service.flows.perform import Again, Done, Once
from service.flows.shelf.redemptions import (
    cancel_redemption,
    give_redemption,
    list_redemptions,
    read_redemption,
    redeem,
)
from service.flows.shelf.rewards import add_codes, change_reward, change_stock, read_reward

if TYPE_CHECKING:
    from tests.flows.conftest import Operation, Scene


def redeeming(participant: UUID, reward: UUID, quantity: int = 1) -> Operation[Redemption]:
    """Redeem a reward."""
    return lambda act: redeem(act, NewRedemption(participant, reward, quantity))


def giving(redemption: UUID) -> Operation[Redemption]:
    """Hand a reward over."""
    return lambda act: give_redemption(act, redemption)


def canceling(redemption: UUID) -> Operation[Redemption]:
    """Cancel a redemption."""
    return lambda act: cancel_redemption(act, redemption)


def reading(redemption: UUID) -> Operation[Redemption]:
    """Read a redemption."""
    return lambda act: read_redemption(act, redemption)


async def accounts(scene: Scene, participant: UUID) -> tuple[int, int, int, int]:
    """Give available, held, given and earned in cents."""
    balance = await scene.balance(participant)
    return balance.available, balance.held, balance.given, balance.earned


async def left(scene: Scene, reward: UUID) -> int | None:
    """Give what is left of a reward."""
    return (await scene.value(lambda act: read_reward(act, reward))).stock


async def test_an_item_is_held_and_then_given(scene: Scene) -> None:
    """The price is set aside until the reward is handed over."""
    who = (await scene.enrolled(welcome=2000)).participant
    reward = await scene.reward(500, stock=5)
    held = await scene.done(redeeming(who, reward.id, 2), "front_desk")
    assert (held.made, held.value.status, held.value.amount) == ("created", "held", 1000)
    assert await accounts(scene, who) == (1000, 1000, 0, 2000)
    assert await left(scene, reward.id) == 3
    given = await scene.value(giving(held.value.id), "front_desk")
    assert (given.status, given.settled_at) == ("given", scene.clock.now)
    assert await accounts(scene, who) == (1000, 0, 1000, 2000)
    assert await left(scene, reward.id) == 3
    assert await scene.value(reading(held.value.id)) == given


async def test_canceling_returns_the_price_and_the_pieces(scene: Scene) -> None:
    """It is as if nothing had been asked for, save that it stands in the books."""
    who = (await scene.enrolled(welcome=2000)).participant
    reward = await scene.reward(500, stock=5)
    held = await scene.value(redeeming(who, reward.id, 2))
    canceled = await scene.value(canceling(held.id))
    assert canceled.status == "canceled"
    assert await accounts(scene, who) == (2000, 0, 0, 2000)
    assert await left(scene, reward.id) == 5


async def test_an_item_asked_for_before_it_was_counted_is_not_counted_twice(scene: Scene) -> None:
    """What left before the first count is no part of it, and what of it comes back is one piece more."""
    who = (await scene.enrolled(welcome=2000)).participant
    reward = await scene.reward(500)
    held = [await scene.value(redeeming(who, reward.id)) for _ in range(2)]
    await scene.value(lambda act: change_stock(act, reward.id, StockChange(5, "Counted")))
    assert await left(scene, reward.id) == 5
    await scene.value(giving(held[0].id))
    await scene.value(canceling(held[1].id))
    assert await left(scene, reward.id) == 6


async def test_an_instant_item_is_given_at_once(scene: Scene) -> None:
    """There is nothing to hand over later; an item that is not counted stays so."""
    who = (await scene.enrolled(welcome=2000)).participant
    reward = await scene.reward(500, instant=True)
    given = await scene.value(redeeming(who, reward.id))
    assert (given.status, given.settled_at) == ("given", scene.clock.now)
    assert await accounts(scene, who) == (1500, 0, 500, 2000)
    assert await left(scene, reward.id) is None


async def test_codes_are_given_at_once_to_those_who_may_hand_them_over(scene: Scene) -> None:
    """The desk sees them again; an auditor, an integration and a list do not."""
    who = (await scene.enrolled(welcome=2000)).participant
    reward = await scene.code_reward(500)
    await scene.value(lambda act: add_codes(act, reward.id, NewCodes(("A-1", "A-2", "A-3"))))
    given = await scene.value(redeeming(who, reward.id, 2))
    assert (given.status, given.code, given.codes) == ("given", "A-1", ("A-1", "A-2"))
    assert await left(scene, reward.id) == 1
    at_the_desk: tuple[Role, ...] = ("front_desk", "clinician", "manager")
    for role in at_the_desk:
        assert await scene.value(reading(given.id), role) == given
    elsewhere: tuple[Role, ...] = ("auditor", "integration")
    for role in elsewhere:
        shown = await scene.value(reading(given.id), role)
        assert (shown.code, shown.codes) == (None, ())
    page = await scene.value(lambda act: list_redemptions(act, Page()))
    assert [(item.id, item.codes) for item in page.items] == [(given.id, ())]


@pytest.mark.parametrize("first", [giving, canceling])
async def test_a_redemption_is_settled_once(
    scene: Scene, first: Callable[[UUID], Operation[Redemption]]
) -> None:
    """Whatever comes after the first step is refused, and moves nothing."""
    who = (await scene.enrolled(welcome=2000)).participant
    held = await scene.value(redeeming(who, (await scene.reward()).id))
    await scene.value(first(held.id))
    before = await accounts(scene, who)
    for step in (giving, canceling):
        assert await scene.refusal(step(held.id)) == ("already_settled", ())
    assert await accounts(scene, who) == before


async def test_giving_and_canceling_at_once_do_one_of_the_two(scene: Scene) -> None:
    """Twenty desks at once settle a redemption one time."""
    who = (await scene.enrolled(welcome=2000)).participant
    reward = await scene.reward(stock=1)
    held = await scene.value(redeeming(who, reward.id))
    steps = [giving(held.id), canceling(held.id)] * 10
    answers = await asyncio.gather(*(scene.ask(step) for step in steps))
    done = [answer.value for answer in answers if isinstance(answer, Done)]
    assert len(done) == 1
    expected = (2000, 0, 0, 2000) if done[0].status == "canceled" else (1500, 0, 500, 2000)
    assert await accounts(scene, who) == expected
    assert await left(scene, reward.id) == (1 if done[0].status == "canceled" else 0)


async def test_redeeming_beyond_the_balance_names_the_missing_amount(scene: Scene) -> None:
    """The desk can tell the participant how much more is needed."""
    who = (await scene.enrolled(welcome=725)).participant
    reward = await scene.reward(500)
    answer = await scene.ask(redeeming(who, reward.id, 2))
    assert isinstance(answer, Refused)
    assert answer.code == "insufficient_balance"
    assert all(words in in_english(answer) for words in ("$10.00", "$7.25", "$2.75"))
    nobody = await scene.participant("P-2")
    refusal = await scene.refusal(redeeming(nobody, reward.id))
    assert refusal == ("insufficient_balance", ("$.reward",))


async def test_an_unknown_redemption_is_not_found(scene: Scene) -> None:
    """Too few pieces, no codes, off the shelf, unknown: each has its code, and nothing moves."""
    who = (await scene.enrolled(welcome=100_000)).participant
    few, card, gone = await scene.reward(stock=2), await scene.code_reward(), await scene.reward()
    await scene.value(lambda act: change_reward(act, gone.id, RewardChange(active=False), 1))
    assert await scene.refusal(redeeming(who, few.id, 3)) == ("out_of_stock", ("$.quantity",))
    assert await scene.refusal(redeeming(who, card.id)) == ("out_of_stock", ("$.quantity",))
    assert await scene.refusal(redeeming(who, gone.id)) == ("reward_not_offered", ("$.reward",))
    elsewhere = await scene.elsewhere()
    theirs, stranger = await elsewhere.reward(), await elsewhere.participant()
    for unknown in (uuid4(), theirs.id):
        assert await scene.refusal(redeeming(who, unknown)) == ("unknown_reward", ("$.reward",))
    for unknown in (uuid4(), stranger):
        assert await scene.refusal(redeeming(unknown, few.id)) == ("unknown_participant", ("$.participant",))
    assert await accounts(scene, who) == (100_000, 0, 0, 100_000)
    for operation in (giving, canceling, reading):
        assert await scene.refusal(operation(uuid4())) == ("not_found", ())


async def test_a_hundred_redemptions_of_the_last_balance_at_once_spend_it_once(scene: Scene) -> None:
    """Exactly what is affordable succeeds, and the rest is refused."""
    who = (await scene.enrolled(welcome=1700)).participant
    reward = await scene.reward(500, stock=100)
    answers = await asyncio.gather(*(scene.ask(redeeming(who, reward.id)) for _ in range(100)))
    assert sum(isinstance(answer, Done) for answer in answers) == 3
    assert {answer.code for answer in answers if isinstance(answer, Refused)} == {"insufficient_balance"}
    assert await accounts(scene, who) == (200, 1500, 0, 1700)
    assert await left(scene, reward.id) == 97


async def test_the_last_item_asked_for_by_fifty_at_once_goes_to_one(scene: Scene) -> None:
    """The other forty-nine keep what they have."""
    people = [(await scene.enrolled(f"P-{number}", 500)).participant for number in range(50)]
    reward = await scene.reward(500, stock=1)
    answers = await asyncio.gather(*(scene.ask(redeeming(who, reward.id)) for who in people))
    assert sum(isinstance(answer, Done) for answer in answers) == 1
    assert {answer.code for answer in answers if isinstance(answer, Refused)} == {"out_of_stock"}
    assert await left(scene, reward.id) == 0
    assert sum([(await scene.balance(who)).available for who in people]) == 49 * 500


async def test_each_code_is_given_to_one_of_fifty_who_ask_at_once(scene: Scene) -> None:
    """Ten codes go to ten people."""
    people = [(await scene.enrolled(f"P-{number}", 500)).participant for number in range(50)]
    reward = await scene.code_reward(500)
    codes = tuple(f"CODE-{number}" for number in range(10))
    await scene.value(lambda act: add_codes(act, reward.id, NewCodes(codes)))
    answers = await asyncio.gather(*(scene.ask(redeeming(who, reward.id)) for who in people))
    given = [answer.value.code for answer in answers if isinstance(answer, Done)]
    assert sorted(code for code in given if code) == sorted(codes)
    assert await left(scene, reward.id) == 0


async def test_one_key_sent_fifty_times_at_once_redeems_once_and_answers_the_same(scene: Scene) -> None:
    """A desk that is in doubt may ask again; the code in the answer is the same one."""
    who = (await scene.enrolled(welcome=100_000)).participant
    reward = await scene.code_reward(500)
    codes = tuple(f"CODE-{number}" for number in range(60))
    await scene.value(lambda act: add_codes(act, reward.id, NewCodes(codes)))
    once = Once("key-1", b"\1" * 32)
    asked = (scene.ask(redeeming(who, reward.id), once=once) for _ in range(50))
    answers = await asyncio.gather(*asked)
    first = [answer for answer in answers if isinstance(answer, Done)]
    again = [answer for answer in answers if isinstance(answer, Again)]
    assert (len(first), len(again)) == (1, 49)
    assert len({(answer.body, answer.made) for answer in again}) == 1
    assert first[0].value.id.hex in again[0].body.decode().replace("-", "")
    assert await accounts(scene, who) == (99_500, 0, 500, 100_000)
    other = await scene.ask(redeeming(who, reward.id), once=Once("key-1", b"\2" * 32))
    assert isinstance(other, Refused)
    assert other.code == "idempotency_conflict"


async def test_a_refused_request_does_not_use_up_its_key(scene: Scene) -> None:
    """Once there is enough to spend, the same request with the same key is done."""
    enrollment = await scene.enrolled()
    operation = redeeming(enrollment.participant, (await scene.reward(100)).id)
    once = Once("key-1", b"\1" * 32)
    assert isinstance(await scene.ask(operation, once=once), Refused)
    await scene.record(enrollment.id, "negative")
    assert isinstance(await scene.ask(operation, once=once), Done)
    assert isinstance(await scene.ask(operation, once=once), Again)


async def test_redemptions_are_listed_by_status_and_participant(scene: Scene) -> None:
    """Newest first, page by page."""
    who = (await scene.enrolled("P-1", 5000)).participant
    other = (await scene.enrolled("P-2", 5000)).participant
    reward = await scene.reward(500)
    made = [await scene.value(redeeming(one, reward.id)) for one in (who, other, who)]
    await scene.value(giving(made[0].id))
    ids = [redemption.id for redemption in made]
    held = await scene.value(lambda act: list_redemptions(act, Page(), status="held"))
    given = await scene.value(lambda act: list_redemptions(act, Page(), status="given"))
    own = await scene.value(lambda act: list_redemptions(act, Page(), participant=who))
    first = await scene.value(lambda act: list_redemptions(act, Page(2)))
    rest = await scene.value(lambda act: list_redemptions(act, Page(2, first.next_cursor)))
    assert [item.id for item in held.items] == [ids[2], ids[1]]
    assert [item.id for item in given.items] == [ids[0]]
    assert [item.id for item in own.items] == [ids[2], ids[0]]
    assert [item.id for item in rest.items] == [ids[0]]
    assert await scene.refusal(lambda act: list_redemptions(act, Page(2, "?"))) == ("invalid", ("cursor",))
