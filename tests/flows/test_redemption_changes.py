"""A lost, used or void reward is replaced or taken back: once, by two persons above a limit, as no income."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from schemas.shelf import NewRedemption, Redemption
from service.core.actors import Actor
from service.core.cursors import Page
from service.core.refusals import Refused
from service.core.words.refusals.catalog import for_people, in_english
from service.flows.ledger.statements import read_statement
from service.flows.perform import Act, Again, Done, Once, perform
from service.flows.screens.own import own_redemption
from service.flows.shelf.redemptions import cancel_redemption, redeem
from tests.flows import giving
from tests.flows.changing import (
    CODES,
    WHY,
    accounts,
    card,
    changes,
    given,
    left,
    reading,
    replacing,
    taking_back,
    taxed,
)

if TYPE_CHECKING:
    from tests.flows.conftest import Scene


async def test_replaced_card_has_a_second_code_and_the_first_is_void(scene: Scene) -> None:
    """Neither balance nor tax changes, and the desk and its owner see which code stands."""
    who = (await scene.enrolled(welcome=10_000)).participant
    reward = await card(scene)
    first = await given(scene, who, reward.id)
    before, tax = await accounts(scene, who), await taxed(scene)
    replaced = await scene.value(replacing(first.id), "front_desk")
    assert (replaced.status, replaced.code, replaced.codes) == ("given", CODES[1], (CODES[1],))
    assert (replaced.void_codes, replaced.amount) == ((CODES[0],), 2500)
    assert await accounts(scene, who) == before == (7500, 0, 2500, 10_000)
    assert await taxed(scene) == tax
    assert await left(scene, reward.id) == 3
    shown = await scene.value(reading(first.id), "front_desk")
    assert (shown.code, shown.void_codes, shown.settled_at) == (CODES[1], (CODES[0],), first.settled_at)
    hidden = await scene.value(reading(first.id), "auditor")
    assert (hidden.code, hidden.codes, hidden.void_codes) == (None, (), ())
    (line,) = (await scene.value(lambda act: read_statement(act, who, Page()))).items[:-1]
    assert line.sentence == "Grocery card: $25.00."


async def test_participant_sees_the_code_that_stands_and_the_void_one(scene: Scene) -> None:
    """The portal's page of a redemption reads both."""
    who = (await scene.enrolled(welcome=10_000)).participant
    first = await given(scene, who, (await card(scene)).id)
    await scene.value(replacing(first.id))
    own = await perform(
        scene.database,
        Actor(scene.clinic, who, "participant"),
        lambda act: own_redemption(act, first.id),
    )
    assert isinstance(own, Done)
    assert (own.value.redemption.codes, own.value.redemption.void_codes) == ((CODES[1],), (CODES[0],))


async def test_card_that_is_taken_back_returns_its_price(scene: Scene) -> None:
    """What was given is undone, in the statement's words and in the tax report; its code is void."""
    who = (await scene.enrolled(welcome=10_000)).participant
    reward = await card(scene)
    first = await given(scene, who, reward.id)
    assert (await taxed(scene)).given == 2500
    back = await scene.value(taking_back(first.id), "front_desk")
    assert (back.status, back.code, back.codes, back.void_codes) == ("canceled", None, (), (CODES[0],))
    assert await accounts(scene, who) == (10_000, 0, 0, 10_000)
    line = await taxed(scene)
    assert (line.credited, line.net, line.given) == (10_000, 10_000, 0)
    assert await left(scene, reward.id) == 4
    lines = (await scene.value(lambda act: read_statement(act, who, Page()))).items
    words = "Grocery card was taken back, and $25.00 is yours to use again."
    assert next(one.sentence for one in lines if one.destination == "available") == words
    spanish = (await scene.value(lambda act: read_statement(act, who, Page(), language="es"))).items
    assert "Grocery card: se devolvió, y puedes volver a usar $25.00." in [one.sentence for one in spanish]
    assert await scene.refusal(taking_back(first.id)) == ("already_settled", ())
    assert await scene.refusal(replacing(first.id)) == ("already_settled", ())


async def test_only_what_was_given_is_replaced_or_taken_back(scene: Scene) -> None:
    """Held, canceled, unknown and another clinic's redemptions are refused in words."""
    who = (await scene.enrolled(welcome=10_000)).participant
    reward = await scene.reward(500)
    held = await scene.value(lambda act: redeem(act, NewRedemption(who, reward.id)))
    canceled = await scene.value(lambda act: redeem(act, NewRedemption(who, reward.id)))
    await scene.value(lambda act: cancel_redemption(act, canceled.id))
    elsewhere = await scene.elsewhere()
    stranger = (await elsewhere.enrolled(welcome=1000)).participant
    theirs = await given(elsewhere, stranger, (await elsewhere.reward(500)).id)
    for step in (replacing, taking_back):
        assert await scene.refusal(step(held.id)) == ("not_given", ())
        assert await scene.refusal(step(canceled.id)) == ("already_settled", ())
        for unknown in (uuid4(), theirs.id):
            assert await scene.refusal(step(unknown)) == ("not_found", ())
    assert await accounts(scene, who) == (9500, 500, 0, 10_000)


async def test_some_of_several_codes_are_replaced(scene: Scene) -> None:
    """Those that are named become void; a code that is not its own, or void already, is named."""
    who = (await scene.enrolled(welcome=10_000)).participant
    reward = await card(scene, 1000)
    first = await given(scene, who, reward.id, 3)
    assert await scene.refusal(replacing(first.id, CODES[1], "STRANGE")) == ("invalid", ("$.codes[1]",))
    replaced = await scene.value(replacing(first.id, f" {CODES[1]} "))
    assert (replaced.codes, replaced.void_codes) == ((CODES[0], CODES[2], CODES[3]), (CODES[1],))
    again = replacing(first.id, CODES[1], another=True)
    assert await scene.refusal(again) == ("invalid", ("$.codes[0]",))
    (change,) = (await scene.value(changes(first.id))).items
    assert (change.quantity, change.amount, change.kind, change.reason) == (1, 1000, "replacement", WHY)


async def test_second_replacement_of_a_day_is_meant_or_refused(scene: Scene) -> None:
    """Whoever taps twice gets one code; whoever says that it is lost again, another; so does the next day."""
    who = (await scene.enrolled(welcome=10_000)).participant
    first = await given(scene, who, (await card(scene)).id)
    await scene.value(replacing(first.id))
    answer = await scene.ask(replacing(first.id))
    assert isinstance(answer, Refused)
    assert (answer.code, answer.faults[0].pointer) == ("already_changed", "$.another")
    assert "another: true" in in_english(answer)
    assert "otro reemplazo" in for_people(answer, "es")
    assert (await scene.value(replacing(first.id, another=True))).code == CODES[2]
    scene.clock.now += timedelta(days=1)
    assert (await scene.value(replacing(first.id))).code == CODES[3]


async def test_twenty_replacements_at_once_give_one_code(scene: Scene) -> None:
    """The other nineteen hear that it was replaced already."""
    who = (await scene.enrolled(welcome=10_000)).participant
    reward = await card(scene)
    first = await given(scene, who, reward.id)
    answers = await asyncio.gather(*(scene.ask(replacing(first.id)) for _ in range(20)))
    assert sum(isinstance(answer, Done) for answer in answers) == 1
    assert {answer.code for answer in answers if isinstance(answer, Refused)} == {"already_changed"}
    assert await left(scene, reward.id) == 3


async def test_one_key_replaces_once_and_answers_the_same(scene: Scene) -> None:
    """Who is in doubt may ask again, even where another one is meant."""
    who = (await scene.enrolled(welcome=10_000)).participant
    reward = await card(scene)
    first = await given(scene, who, reward.id)
    once = Once("key-1", b"\1" * 32)
    asked = (scene.ask(replacing(first.id, another=True), once=once) for _ in range(20))
    answers = await asyncio.gather(*asked)
    assert sum(isinstance(answer, Done) for answer in answers) == 1
    assert len({answer.body for answer in answers if isinstance(answer, Again)}) == 1
    assert await left(scene, reward.id) == 3


async def test_last_code_on_the_shelf_goes_to_one(scene: Scene) -> None:
    """Two people whose cards are void, and one code: one is replaced, the other hears what helps."""
    people = [(await scene.enrolled(f"P-{number}", 5000)).participant for number in range(2)]
    reward = await card(scene, codes=CODES[:3])
    cards = [await given(scene, who, reward.id) for who in people]
    answers = await asyncio.gather(*(scene.ask(replacing(one.id)) for one in cards))
    (done,) = [answer.value for answer in answers if isinstance(answer, Done)]
    assert done.code == CODES[2]
    (refusal,) = [answer for answer in answers if isinstance(answer, Refused)]
    assert refusal.code == "out_of_stock"
    assert "take the reward back" in in_english(refusal)
    lost = next(one for one in cards if one.id != done.id)
    stands = await scene.value(reading(lost.id))
    assert (stands.codes, stands.void_codes) == (lost.codes, ())
    assert await left(scene, reward.id) == 0


async def test_taking_back_against_spending_keeps_the_books(scene: Scene) -> None:
    """Whichever comes first, exactly what is there is spent."""
    who = (await scene.enrolled(welcome=2500)).participant
    reward = await card(scene)
    first = await given(scene, who, reward.id)

    async def spend(act: Act) -> Done[Redemption] | Refused:
        return await redeem(act, NewRedemption(who, reward.id))

    back = [scene.ask(taking_back(first.id)) for _ in range(5)]
    spent = [scene.ask(spend) for _ in range(5)]
    answers = await asyncio.gather(*spent, *back, *(scene.ask(spend) for _ in range(5)))
    assert sum(isinstance(answer, Done) for answer in answers[5:10]) == 1
    bought = sum(isinstance(answer, Done) for answer in (*answers[:5], *answers[10:]))
    assert bought <= 1
    assert await accounts(scene, who) == (2500 - 2500 * bought, 0, 2500 * bought, 2500)


async def test_card_bought_for_points_gives_its_room_back_when_it_is_taken_back(scene: Scene) -> None:
    """What it counted for in caps and the year's report is gone with it; a replacement changes neither."""
    await giving.worth(scene, 10)
    who = await scene.participant()
    await giving.credited(scene, who, 500)
    await giving.capped(scene, 2500)
    reward = await giving.card(scene)
    bought = await giving.bought(scene, who, reward)
    assert isinstance(bought, Redemption)
    await scene.value(replacing(bought.id))
    assert (await giving.line(scene)).in_kind == 2500
    assert isinstance(await giving.bought(scene, who, reward), Refused)
    await scene.value(taking_back(bought.id))
    assert isinstance(await giving.bought(scene, who, reward), Redemption)
    assert (await giving.line(scene)).in_kind == 2500
