"""Cards that staff load by hand: they wait for somebody, and what is said of one moves its price exactly."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg
import pytest

from schemas.merges import NewMerge
from schemas.providers import CardLoad, HandAccess, NewProduct, NewProviderAccount, ProviderAccountChange
from schemas.shelf import NewRedemption, NewReward, Redemption
from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.people.merges import merge_participants
from service.flows.perform import Done
from service.flows.providers.accounts import add_account, change_account
from service.flows.providers.by_hand import add_product, list_to_load, say_of_card
from service.flows.providers.ordering import find_due
from service.flows.screens.work import read_work
from service.flows.shelf.redemptions import cancel_redemption, read_redemption, redeem
from service.flows.shelf.rewards import add_reward
from service.flows.verify.verify import verify
from service.store import redemptions
from tests.flows.ordering import accounts
from tests.flows.test_departures import changed, status
from tests.flows.test_planned_visits import holds

if TYPE_CHECKING:
    from schemas.people import Role
    from schemas.program import Unit
    from tests.flows.conftest import Scene


@dataclass
class Shop:
    """An account for cards that staff load, with one kind of card."""

    scene: Scene
    account: UUID
    product: UUID

    async def reward(self, price: int = 2500, unit: Unit = "usd", face: int | None = None) -> UUID:
        """Put a card on the shelf."""
        new = NewReward("Our card", unit, price, "provider", "gift-cards", product=self.product, face=face)
        return (await self.scene.value(lambda act: add_reward(act, new))).id

    async def asked(self, cents: int = 10_000, price: int = 2500) -> tuple[UUID, UUID]:
        """Somebody with money who asks for a card at the desk; them, and the redemption."""
        who = (await self.scene.enrolled(welcome=cents)).participant
        reward = await self.reward(price)
        made = await self.scene.value(lambda act: redeem(act, NewRedemption(who, reward)), "front_desk")
        assert made.status == "ordered"
        return who, made.id

    async def say(self, redemption: UUID, told: CardLoad, role: Role = "front_desk") -> Redemption:
        """Say what became of a card."""
        return await self.scene.value(lambda act: say_of_card(act, redemption, told), role)

    async def refused(self, redemption: UUID, told: CardLoad, role: Role = "front_desk") -> str:
        """Say what is refused; gives why."""
        return (await self.scene.refusal(lambda act: say_of_card(act, redemption, told), role))[0]

    async def to_load(self) -> list[UUID]:
        """Which redemptions wait, as the API lists them."""
        page = await self.scene.value(lambda act: list_to_load(act, Page()), "front_desk")
        return [one.id for one in page.items]


@pytest.fixture
async def shop(scene: Scene) -> Shop:
    """Give an account for cards that staff load."""
    new = NewProviderAccount("Cards of ours", HandAccess())
    account = (await scene.value(lambda act: add_account(act, new))).id
    card = NewProduct("Grocery card", 500, 50_000)
    product = await scene.value(lambda act: add_product(act, account, card))
    assert (product.allowed, product.forbidden) == (True, None)
    return Shop(scene, account, product.id)


async def test_a_card_waits_for_staff_and_is_given_when_one_says_it_is_loaded(shop: Shop) -> None:
    """One press: the price is given, and everybody who may see the reward sees which card it is on."""
    who, asked = await shop.asked()
    assert await accounts(shop.scene, who) == (7500, 2500, 0, 10_000)
    assert await shop.to_load() == [asked]
    assert shop.account not in {account for _, account in await find_due(shop.scene.database, 1000)}
    work = await shop.scene.value(lambda act: read_work(act, "front_desk"), "front_desk")
    assert {one.word: one.count for one in work.counted} == {"handover": 1}
    done = await shop.say(asked, CardLoad("loaded", "4711"))
    assert (done.status, done.card, done.link, done.refunded) == ("given", "4711", None, 0)
    assert done.settled_by is not None
    read = await shop.scene.value(lambda act: read_redemption(act, asked), "front_desk")
    assert (read.card, read.settled_by) == ("4711", done.settled_by)
    assert await accounts(shop.scene, who) == (7500, 0, 2500, 10_000)
    assert await shop.to_load() == []
    async with shop.scene.database.transaction(shop.scene.clinic) as tx:
        assert await redemptions.waiting(tx, 99) == 0
    assert await holds(shop.scene)


async def test_it_is_loaded_once_whoever_presses(shop: Shop) -> None:
    """A second press, or a cancellation after it, changes nothing."""
    who, asked = await shop.asked()
    await shop.say(asked, CardLoad("loaded", "4711"))
    for told in (CardLoad("loaded", "0815"), CardLoad("failed")):
        assert await shop.refused(asked, told) == "already_settled"
    for role in ("front_desk", "manager"):
        refusal = await shop.scene.refusal(lambda act: cancel_redemption(act, asked), role)
        assert refusal[0] == "already_settled"
    assert await accounts(shop.scene, who) == (7500, 0, 2500, 10_000)
    assert await holds(shop.scene)


async def test_what_could_not_be_loaded_comes_back(shop: Shop) -> None:
    """Whole, or the part that the card did not take."""
    who, asked = await shop.asked()
    assert (await shop.say(asked, CardLoad("failed"))).status == "failed"
    assert await accounts(shop.scene, who) == (10_000, 0, 0, 10_000)
    second = await shop.reward()
    made = await shop.scene.value(lambda act: redeem(act, NewRedemption(who, second)))
    done = await shop.say(made.id, CardLoad("loaded", "4711", 1500))
    assert (done.status, done.refunded) == ("given", 1000)
    assert await accounts(shop.scene, who) == (8500, 0, 1500, 10_000)
    assert await holds(shop.scene)


async def test_what_a_card_pays_back_is_said_by_a_manager_who_did_not_load_it(shop: Shop) -> None:
    """In parts, and never more than it was loaded with."""
    who, asked = await shop.asked()
    back = CardLoad("refunded", amount=1000)
    assert await shop.refused(asked, back, "manager") == "not_given"
    await shop.say(asked, CardLoad("loaded", "4711"), "manager")
    assert await shop.refused(asked, back, "front_desk") == "forbidden"
    assert await shop.refused(asked, back, "manager") == "same_person"
    done = await shop.scene.by_another(lambda act: say_of_card(act, asked, back))
    assert (done.status, done.refunded, done.card) == ("given", 1000, "4711")
    more = await shop.scene.ask_another(
        lambda act: say_of_card(act, asked, CardLoad("refunded", amount=1501))
    )
    assert isinstance(more, Refused)
    assert more.reason == "invalid.card_amount"
    done = await shop.scene.by_another(lambda act: say_of_card(act, asked, CardLoad("refunded")))
    assert (done.status, done.refunded, done.card) == ("reversed", 2500, None)
    assert await accounts(shop.scene, who) == (10_000, 0, 0, 10_000)
    assert await holds(shop.scene)


@pytest.mark.parametrize("card", [None, "4111111111111111", "4111-1111-1111-1111"])
async def test_a_whole_card_number_is_never_written_down(shop: Shop, card: str | None) -> None:
    """Nor is a card loaded that nobody names."""
    _, asked = await shop.asked()
    assert await shop.refused(asked, CardLoad("loaded", card)) == "invalid"
    assert await shop.refused(asked, CardLoad("loaded", "4711", 2501)) == "invalid"
    assert await shop.to_load() == [asked]


async def test_it_is_canceled_while_it_waits_and_with_a_departure(shop: Shop) -> None:
    """Nothing was loaded: the price is available again, or goes to the clinic."""
    who, asked = await shop.asked()
    done = await shop.scene.value(lambda act: cancel_redemption(act, asked), "front_desk")
    assert done.status == "canceled"
    reward = await shop.reward()
    again = await shop.scene.value(lambda act: redeem(act, NewRedemption(who, reward)))
    await changed(shop.scene, who, status("left", "release"))
    assert await shop.to_load() == []
    assert await shop.refused(again.id, CardLoad("loaded", "4711")) == "already_settled"
    assert (await accounts(shop.scene, who))[:3] == (0, 0, 0)
    assert await holds(shop.scene)


async def test_a_card_of_merged_charts_is_loaded_for_the_survivor(shop: Shop) -> None:
    """Whatever was asked for under the former chart is the one person's."""
    who, asked = await shop.asked()
    survivor = await shop.scene.participant("S-1")
    await shop.scene.value(lambda act: merge_participants(act, survivor, NewMerge(who)))
    await shop.say(asked, CardLoad("loaded", "4711", 500))
    assert await accounts(shop.scene, survivor) == (9500, 0, 500, 10_000)
    assert await holds(shop.scene)


async def test_what_was_loaded_in_part_and_paid_back_comes_back_whole(shop: Shop) -> None:
    """What was not loaded and what came back later are together all of it."""
    who, asked = await shop.asked(price=999)
    await shop.say(asked, CardLoad("loaded", "4711", 666))
    assert await accounts(shop.scene, who) == (9334, 0, 666, 10_000)
    await shop.scene.by_another(lambda act: say_of_card(act, asked, CardLoad("refunded", amount=666)))
    assert (await shop.scene.value(lambda act: read_redemption(act, asked))).status == "reversed"
    assert await accounts(shop.scene, who) == (10_000, 0, 0, 10_000)


@pytest.mark.parametrize("seed", range(6))
async def test_money_is_exact_whatever_is_said_in_whatever_order(shop: Shop, seed: int) -> None:
    """Forty deeds by chance over several cards, against a book kept beside them."""
    chance = random.Random(seed)
    who, first = await shop.asked(50_000)
    reward = await shop.reward()
    loaded: dict[UUID, int] = {first: 0}
    state: dict[UUID, str] = {first: "ordered"}
    for _ in range(40):
        one = chance.choice(list(state))
        deed = chance.choice(["redeem", "loaded", "failed", "cancel", "refunded"])
        if deed == "redeem":
            made = await shop.scene.ask(lambda act: redeem(act, NewRedemption(who, reward)))
            if isinstance(made, Done):
                state[made.value.id], loaded[made.value.id] = "ordered", 0
        elif deed == "cancel":
            done = await shop.scene.ask(partial(cancel_redemption, redemption_id=one))
            assert isinstance(done, Refused) == (state[one] != "ordered")
            state[one] = "canceled" if state[one] == "ordered" else state[one]
        else:
            cents = chance.randint(1, 3000)
            card = "4711" if deed == "loaded" else None
            told = CardLoad(deed, card, None if deed == "failed" else cents)  # type: ignore[arg-type]
            says = partial(say_of_card, redemption_id=one, told=told)
            by_another = deed == "refunded"
            done = await (shop.scene.ask_another(says) if by_another else shop.scene.ask(says))
            fits = {
                "loaded": state[one] == "ordered" and cents <= 2500,
                "failed": state[one] == "ordered",
                "refunded": state[one] == "given" and cents <= loaded[one],
            }[deed]
            assert isinstance(done, Refused) != fits
            if fits:
                loaded[one] = (
                    cents if deed == "loaded" else loaded[one] - (cents if deed == "refunded" else 0)
                )
                state[one] = "failed" if deed == "failed" else "given" if loaded[one] else "reversed"
    held = 2500 * sum(one == "ordered" for one in state.values())
    given = sum(loaded.values())
    assert await accounts(shop.scene, who) == (50_000 - held - given, held, given, 50_000)
    assert sorted(await shop.to_load()) == sorted(one for one, is_now in state.items() if is_now == "ordered")
    assert await holds(shop.scene)


async def test_an_account_by_hand_is_asked_nothing(shop: Shop, scene: Scene) -> None:
    """It has no address, key or secret, and no worker takes it; the database holds that too."""
    for more in ({"address": "https://cards.example/"}, {"webhook_secret": "hush"}):
        new = NewProviderAccount("Cards", HandAccess(), **more)  # type: ignore[arg-type]
        assert (await scene.refusal(partial(add_account, new=new)))[0] == "invalid"
    change = ProviderAccountChange(webhook_secret="hush")
    refusal = await scene.refusal(lambda act: change_account(act, shop.account, change, 1))
    assert refusal[0] == "invalid"
    bad = NewProduct("Wine shop card", 500, 5000)
    assert (await scene.refusal(lambda act: add_product(act, shop.account, bad)))[0] == "category_not_allowed"
    swapped = NewProduct("Card", 5000, 500)
    assert (await scene.refusal(lambda act: add_product(act, shop.account, swapped)))[0] == "invalid"
    for statement in (
        "update provider_accounts set address = 'https://x'",
        "update provider_accounts set balance = 5, balance_at = due_at",
    ):
        async with scene.database.transaction(scene.clinic) as tx:
            with pytest.raises(asyncpg.CheckViolationError):
                await tx.connection.execute(statement)


FAULTS = (
    "update provider_orders set provider_reference = null where provider_reference is not null",
    "update provider_orders set refunded = 5 where provider_reference is not null",
    "update provider_orders set due_at = created_at where sent_at is null",
    "update redemptions set status = 'awaiting_provider' where status = 'ordered'",
    "update redemptions set refunded = 5 where status = 'given'",
)


async def test_a_planted_fault_is_named(shop: Shop, own_database: str) -> None:
    """The books are worked out from what was said, and verify says where they are not so."""
    who, asked = await shop.asked()
    await shop.say(asked, CardLoad("loaded", "4711"))
    reward = await shop.reward()
    await shop.scene.value(lambda act: redeem(act, NewRedemption(who, reward)))
    owner = await asyncpg.connect(own_database)
    try:
        for planted in FAULTS:
            table = planted.split()[1]
            await owner.execute(f"create temporary table kept as select * from {table}")  # noqa: S608
            assert await owner.execute(planted) == "UPDATE 1"
            verdict = await verify(shop.scene.database, shop.scene.clinic, lambda _what, _count: None)
            assert verdict is not None
            assert verdict.fault is not None, planted
            assert verdict.fault.table in {"provider_orders", "redemptions"}
            if table == "redemptions":
                await owner.execute(
                    "update redemptions as r set status = k.status, refunded = k.refunded from kept as k"
                    " where r.redemption_id = k.redemption_id"
                )
            else:
                await owner.execute("delete from provider_orders")
                await owner.execute("insert into provider_orders select * from kept")
            await owner.execute("drop table kept")
    finally:
        await owner.close()
    assert await holds(shop.scene)
