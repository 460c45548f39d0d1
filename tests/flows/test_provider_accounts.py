# long: what an account does stands in one place, each in a few lines
"""Accounts with providers: their pace, their catalogs, their match, and what of us they are told."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from typing import cast
from uuid import UUID

import msgspec
import pytest
from msgspec.structs import replace

from schemas.people import NewEnrollment, NewParticipant
from schemas.providers import (
    NewProviderAccount,
    ProductChange,
    ProviderAccountChange,
    ProviderName,
    TangoAccess,
    TremendousAccess,
)
from schemas.shelf import NewRedemption, NewReward
from service.core.cursors import Page
from service.core.orders import CALLS_APART_S, Sent
from service.flows.people.enrollments import open_enrollment
from service.flows.people.participants import register_participant
from service.flows.programs.programs import publish_program
from service.flows.providers.accounts import (
    add_account,
    change_account,
    check_account,
    list_accounts,
    list_differences,
    read_account,
)
from service.flows.providers.catalog import change_product, list_products
from service.flows.providers.loop import OrderingLoop
from service.flows.providers.notices import take_notice
from service.flows.providers.ordering import OrderingConfig, find_due, serve_account
from service.flows.shelf.lost_rewards import take_back_redemption
from service.flows.shelf.redemptions import list_redemptions, redeem
from service.flows.shelf.rewards import add_reward
from service.outbound.providers.interface import RewardProvider
from service.store import provider_accounts, provider_orders
from service.store.database.ids import new_id
from tests.flows.conftest import TODAY, Scene, program
from tests.flows.ordering import ACCESS, LOOPBACK, STAND_INS, Ordering
from tests.provider_stand_in import Ordered

NAMES: tuple[ProviderName, ...] = ("tremendous", "tango", "giftbit")


@pytest.fixture(params=NAMES)
async def shop(scene: Scene, request: pytest.FixtureRequest) -> AsyncIterator[Ordering]:
    """Give an account with each provider in turn."""
    async for made in opened(scene, request.param):
        yield made


@pytest.fixture
async def tango(scene: Scene) -> AsyncIterator[Ordering]:
    """Give an account with Tango."""
    async for made in opened(scene, "tango"):
        yield made


@pytest.fixture
async def tremendous(scene: Scene) -> AsyncIterator[Ordering]:
    """Give an account with Tremendous."""
    async for made in opened(scene, "tremendous"):
        yield made


async def opened(scene: Scene, name: ProviderName) -> AsyncIterator[Ordering]:
    """Give an account with a stand-in, and end both in the end."""
    there = await STAND_INS[name]().start()
    made = Ordering(scene, name, there)
    try:
        yield await made.begin()
    finally:
        made.client.close()
        await there.stop()


def test_tango_is_called_once_a_second() -> None:
    """The pace is a number that their documents give: one transaction a second."""
    assert CALLS_APART_S["tango"] == 1.0
    assert CALLS_APART_S["tremendous"] == 0.1


async def test_a_paced_queue_drains_at_its_pace_and_holds_nothing_else_up(tango: Ordering) -> None:
    """Ten orders of a paced account take ten turns; another account's order is given meanwhile."""
    scene = tango.scene
    who = (await scene.enrolled(welcome=100_000)).participant
    card = await tango.reward(2500)
    for _ in range(10):
        await tango.redeem(who, card.id)
    went_on, go_on, turned_s = asyncio.Event(), asyncio.Event(), [0.0]

    async def turned(seconds: float) -> None:
        went_on.set()
        await go_on.wait()
        turned_s.append(turned_s[-1] + seconds)

    config = replace(tango.config(apart_s=dict(CALLS_APART_S)), wait=turned, seconds=lambda: turned_s[-1])
    async for other in opened(scene, "tremendous"):
        quick = await other.reward(1000)
        asked = await other.redeem(who, quick.id)
        tango.there.calls.clear()
        paced = asyncio.create_task(
            serve_account(scene.database, config, scene.clinic, tango.account, asyncio.Event())
        )
        await asyncio.wait_for(went_on.wait(), 30)
        await other.round()
        assert await other.status(asked.id) == "given"
        # Recording, redeeming and reading go on while it waits for its turns: no transaction is open.
        await other.redeem(who, quick.id)
        assert not paced.done()
        go_on.set()
        assert await paced >= 10
    assert len(tango.there.calls) == 10
    apart_s = CALLS_APART_S["tango"]
    assert turned_s == pytest.approx([number * apart_s for number in range(10)])


async def test_nothing_personal_leaves(shop: Ordering) -> None:
    """Every byte that a provider is sent is looked through for who somebody is and why they are here."""
    scene = shop.scene
    document = replace(program("stimulant-negative-ladder", 10_000), title="Recovery Incentives (cocaine)")
    await scene.value(lambda act: publish_program(act, document))
    new = NewParticipant(
        "MRN-77123",
        "Rosalind Quimby",
        phone="+1 503 555 0142",
        email="rosalind@quimby.example",
        language="es",
    )
    known = await scene.value(lambda act: register_participant(act, new))
    enrollment = await scene.value(
        lambda act: open_enrollment(act, NewEnrollment(known.id, document.name, TODAY))
    )
    await scene.record(enrollment.id, "negative", scene.clock.now)
    card = await shop.reward(2500)
    asked = [await shop.redeem(known.id, card.id) for _ in range(3)]
    shop.there.order_faults.extend(["lost_after", "503_after"])
    for one in asked:
        assert await shop.settled(one.id) == "given"
    await shop.later(days=1, minutes=1)
    sent = bytes(shop.there.received).lower()
    assert str(asked[0].id).encode() in sent
    words = (
        "rosalind quimby 5550142 555-0142 mrn-77123 stimulant recovery cocaine negative positive harbor "
        "clinic treatment recipient participant"
    )
    told = [*words.split(), "555 0142", "grocery card", known.display_code]
    told += [str(known.id), str(enrollment.id), str(scene.clinic)]
    assert [word for word in told if word.lower().encode() in sent] == []


async def test_a_catalog_is_read_and_nothing_forbidden_is_ever_allowed(shop: Ordering) -> None:
    """Wine, casinos, tobacco and money by transfer stay off the shelf; the rest until it is allowed."""
    forbidden = [one for one in shop.products.values() if one.forbidden is not None]
    assert forbidden
    changed = partial(change_product, change=ProductChange(allowed=True))
    for one in forbidden:
        refusal = await shop.scene.refusal(partial(changed, account=shop.account, product=one.id))
        assert refusal == ("category_not_allowed", ("$.allowed",))
    new = NewReward("Card", "usd", 2500, "provider", "gift-cards", product=forbidden[0].id)
    assert (await shop.scene.refusal(lambda act: add_reward(act, new)))[0] == "invalid"


async def test_a_product_that_comes_to_be_forbidden_is_allowed_no_more(tremendous: Ordering) -> None:
    """The catalog is read anew every day, and what was allowed is judged again."""
    card = await tremendous.reward(2500)
    who = (await tremendous.scene.enrolled(welcome=10_000)).participant
    tremendous.there.products[0]["name"] = "Grocery Store and Liquor"
    await tremendous.later(days=1, minutes=1)
    page = await tremendous.scene.value(lambda act: list_products(act, tremendous.account, Page()))
    (product,) = [one for one in page.items if one.id == tremendous.product]
    assert (product.allowed, product.forbidden) == (False, "alcohol")
    refusal = await tremendous.scene.refusal(lambda act: redeem(act, NewRedemption(who, card.id)))
    assert refusal[0] == "reward_not_offered"


async def test_what_a_catalog_has_no_more_is_not_ordered(tremendous: Ordering) -> None:
    """It is gone there, so it cannot be asked for here."""
    card = await tremendous.reward(2500)
    who = (await tremendous.scene.enrolled(welcome=10_000)).participant
    del tremendous.there.products[0]
    await tremendous.later(days=1, minutes=1)
    refusal = await tremendous.scene.refusal(lambda act: redeem(act, NewRedemption(who, card.id)))
    assert refusal[0] == "reward_not_offered"


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"price": 60_000}, "$.face"),
        ({"face": 2400}, "$.face"),
        ({"unit": "points"}, "$.face"),
        ({"product": None}, "$.product"),
        ({"stock": 5}, "$.stock"),
        ({"kind": "item"}, "$.product"),
    ],
)
async def test_a_reward_that_cannot_be_ordered_is_not_put_on_the_shelf(
    tremendous: Ordering, fields: dict[str, object], place: str
) -> None:
    """Its face value is its price, or said for points, and one that the product comes at."""
    new = NewReward("Card", "usd", 2500, "provider", "gift-cards", product=tremendous.product)
    wrong = replace(new, **fields)
    assert await tremendous.scene.refusal(lambda act: add_reward(act, wrong)) == ("invalid", (place,))


async def test_the_match_names_every_kind_of_difference(tremendous: Ordering) -> None:
    """An order that they do not know, one that we do not, another face value, and one that we gave up."""
    scene, there = tremendous.scene, tremendous.there
    who = (await scene.enrolled(welcome=20_000)).participant
    card = await tremendous.reward(2500)
    asked = [await tremendous.redeem(who, card.id) for _ in range(3)]
    for one in asked[:2]:
        assert await tremendous.settled(one.id) == "given"
    there.order_faults.clear()
    del there.orders[str(asked[0].id)]
    there.orders[str(asked[1].id)].face = 5000
    there.orders["ORDER-BY-HAND"] = Ordered("ORDER-BY-HAND", "R999999", "GROCERY01", 9900, "delivered")
    await tremendous.later(days=1, minutes=1)
    page = await scene.value(lambda act: list_differences(act, tremendous.account, Page(), standing=True))
    found = {(one.kind, one.redemption) for one in page.items}
    assert found == {("missing_there", asked[0].id), ("face", asked[1].id), ("missing_here", None)}
    assert (await tremendous.known()).differences == 3
    assert "provider.matched" in await scene.deeds()


async def test_an_order_that_arrives_after_it_was_given_up_is_named(tremendous: Ordering) -> None:
    """The price went back, and then the provider had it after all: somebody must look."""
    scene, there = tremendous.scene, tremendous.there
    who = (await scene.enrolled(welcome=20_000)).participant
    card = await tremendous.reward(2500)
    asked = await tremendous.redeem(who, card.id)
    there.order_faults.append("lost_before")
    assert await tremendous.settled(asked.id) == "failed"
    there.orders[str(asked.id)] = Ordered(str(asked.id), "R000077", "GROCERY01", 2500, "delivered")
    await tremendous.later(days=1, minutes=1)
    page = await scene.value(lambda act: list_differences(act, tremendous.account, Page(), standing=True))
    assert [(one.kind, one.redemption) for one in page.items] == [("state", asked.id)]
    assert await tremendous.status(asked.id) == "failed"


async def test_a_partial_refund_returns_its_part_and_the_rest_later(tremendous: Ordering) -> None:
    """By totals: three refunds return together what one would, to the last point."""
    scene, there = tremendous.scene, tremendous.there
    document = replace(program("points", 1000), unit="points")
    await scene.value(lambda act: publish_program(act, document))
    who = await scene.participant()
    await scene.value(lambda act: open_enrollment(act, NewEnrollment(who, "points", TODAY)))
    card = await tremendous.reward(777, "points", 2500)
    asked = await tremendous.redeem(who, card.id)
    assert await tremendous.settled(asked.id) == "given"
    for refunded, returned, status in ((333, 103, "given"), (1999, 621, "given"), (2500, 777, "reversed")):
        there.refund(str(asked.id), refunded - there.orders[str(asked.id)].refunded)
        await tremendous.later(days=1, minutes=1)
        read = await tremendous.read(asked.id)
        assert (read.refunded, read.status) == (returned, status)


async def test_two_workers_send_an_order_once(tango: Ordering) -> None:
    """One account is in one worker's hand; the other finds nothing to do."""
    scene = tango.scene
    who = (await scene.enrolled(welcome=100_000)).participant
    card = await tango.reward(2500)
    asked = [await tango.redeem(who, card.id) for _ in range(5)]
    stop = asyncio.Event()
    await asyncio.gather(
        *(
            serve_account(scene.database, tango.config(new_id()), scene.clinic, tango.account, stop)
            for _ in range(4)
        )
    )
    for one in asked:
        assert await tango.settled(one.id) == "given"
    assert [one.times for one in tango.there.orders.values()] == [1] * 5


async def test_a_worker_that_was_killed_while_sending_leaves_an_order_to_be_looked_up(
    tango: Ordering,
) -> None:
    """It was on record as sent before it was: whoever goes on never sends it again."""
    scene = tango.scene
    who = (await scene.enrolled(welcome=100_000)).participant
    card = await tango.reward(2500)
    asked = await tango.redeem(who, card.id)

    class Dying:
        """Sends an order, and dies before the answer is on record."""

        def __init__(self, provider: RewardProvider) -> None:
            self._provider = provider

        async def order(self, external_id: str, product: str, face: int) -> Sent:
            """Send it."""
            await self._provider.order(external_id, product, face)
            raise asyncio.CancelledError

    known = tango.config()
    config = OrderingConfig(
        lambda access, address, turn: cast("RewardProvider", Dying(known.opening(access, address, turn))),
        known.worker,
    )
    serving = asyncio.create_task(
        serve_account(scene.database, config, scene.clinic, tango.account, asyncio.Event())
    )
    with pytest.raises(asyncio.CancelledError):
        await serving
    assert await tango.settled(asked.id) == "given"
    assert tango.there.orders[str(asked.id)].times == 1


async def test_keys_are_never_shown_and_the_address_is_guarded(scene: Scene) -> None:
    """What a provider knows us by stays sealed; nobody can point it at this machine or a private network."""
    for address in ("https://127.0.0.1/api", "https://169.254.169.254/", "http://api.example.org/"):
        new = NewProviderAccount("X", ACCESS["tango"], address=address)
        refusal = await scene.refusal(partial(add_account, new=new))
        assert refusal == ("url_not_allowed", ("$.address",))
    new = NewProviderAccount("Cards", ACCESS["tango"], "sandbox", webhook_secret="hush-hush")
    made = await scene.value(lambda act: add_account(act, new))
    assert made.address == "https://integration-api.tangocard.com/raas/v2"
    shown = repr((await scene.value(lambda act: list_accounts(act, Page()))).items) + repr(made)
    assert "platform-key" not in shown
    assert "hush" not in shown
    async with scene.database.transaction(scene.clinic) as tx:
        row = await tx.connection.fetchrow("select access, webhook_secret from provider_accounts")
    assert row is not None
    assert b"platform-key" not in row["access"]
    assert b"hush" not in row["webhook_secret"]


async def test_an_account_is_changed_and_stays_with_its_provider(scene: Scene) -> None:
    """Other credentials are tried at once; another provider is another account."""
    new = NewProviderAccount("Cards", ACCESS["tango"], "sandbox")
    made = await scene.done(lambda act: add_account(act, new))
    account = made.value.id
    change = ProviderAccountChange(access=TangoAccess("P2", "k2", "c2", "a2"), active=False)
    after = await scene.done(lambda act: change_account(act, account, change, 1))
    assert (after.value.active, after.revision) == (False, 2)
    other = ProviderAccountChange(access=TremendousAccess("k"))
    assert (await scene.refusal(lambda act: change_account(act, account, other, 2)))[0] == "invalid"
    assert (await scene.refusal(lambda act: change_account(act, account, change, 1)))[
        0
    ] == "precondition_failed"
    elsewhere = await scene.elsewhere()
    assert (await elsewhere.refusal(lambda act: read_account(act, account)))[0] == "not_found"


async def test_a_check_says_what_an_account_answers_and_orders_nothing(shop: Ordering) -> None:
    """Its balance and how many products it has, or why not."""
    found = await check_account(shop.scene.database, shop.scene.clinic, shop.account, shop.client)
    assert found is not None
    assert (found.ok, found.balance) == (True, 100_000)
    assert found.products
    shop.there.faults.append("denied")
    found = await check_account(shop.scene.database, shop.scene.clinic, shop.account, shop.client)
    assert found is not None
    assert (found.ok, found.fault) == (False, "denied")
    assert await check_account(shop.scene.database, shop.scene.clinic, UUID(int=7), shop.client) is None
    assert shop.there.orders == {}


async def test_a_link_is_in_no_list_and_is_neither_replaced_nor_taken_back_here(tremendous: Ordering) -> None:
    """It is as good as money: shown one by one, to those who hand it over."""
    from schemas.redemption_changes import NewTakeBack  # noqa: PLC0415  one test needs it

    scene = tremendous.scene
    who = (await scene.enrolled(welcome=10_000)).participant
    card = await tremendous.reward(2500)
    asked = await tremendous.redeem(who, card.id)
    assert await tremendous.settled(asked.id) == "given"
    page = await scene.value(lambda act: list_redemptions(act, Page()))
    assert [one.link for one in page.items] == [None]
    back = NewTakeBack("It was lost.")
    refusal = await scene.refusal(lambda act: take_back_redemption(act, asked.id, back))
    assert refusal[0] == "invalid"


async def test_a_signed_notice_has_the_provider_asked_and_any_other_changes_nothing(
    tremendous: Ordering,
) -> None:
    """It is believed that something changed, never what: that is looked up."""
    scene, there = tremendous.scene, tremendous.there
    change = ProviderAccountChange(webhook_secret="private-key")
    await scene.value(lambda act: change_account(act, tremendous.account, change, 1))
    who = (await scene.enrolled(welcome=10_000)).participant
    card = await tremendous.reward(2500)
    asked = await tremendous.redeem(who, card.id)
    assert await tremendous.settled(asked.id) == "given"
    there.settle(str(asked.id), "canceled")
    resource = {"id": there.orders[str(asked.id)].reference, "type": "orders"}
    body = msgspec.json.encode({"event": "ORDERS.CANCELED", "uuid": "1", "payload": {"resource": resource}})
    for signature in ("", "sha256=00", signed("another", body), signed("private-key", body + b" ")):
        refusal = await take_notice(scene.database, tremendous.account, signature, body)
        assert refusal is not None
        assert refusal.code == "unauthenticated"
    assert await take_notice(scene.database, UUID(int=9), signed("private-key", body), body) is not None
    await tremendous.round()
    assert await tremendous.status(asked.id) == "given"
    assert await take_notice(scene.database, tremendous.account, signed("private-key", body), body) is None
    await tremendous.round()
    assert await tremendous.status(asked.id) == "reversed"


def signed(secret: str, body: bytes) -> str:
    """Sign as Tremendous does."""
    return f"sha256={hmac.digest(secret.encode(), body, 'sha256').hex()}"


async def test_a_worker_serves_many_accounts_and_one_that_hangs_holds_up_none(tremendous: Ordering) -> None:
    """The loop of a worker: what is due is done, though others' servers take calls and never answer."""
    scene = tremendous.scene

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    hanging = await asyncio.start_server(silent, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{hanging.sockets[0].getsockname()[1]}"
    for name in ("one", "two", "three"):
        new = NewProviderAccount(name, ACCESS["tango"], address=url)
        await scene.value(partial(add_account, new=new, allowed=LOOPBACK))
    who = (await scene.enrolled(welcome=10_000)).participant
    card = await tremendous.reward(2500)
    asked = [await tremendous.redeem(who, card.id) for _ in range(2)]
    stop = asyncio.Event()
    running = asyncio.create_task(OrderingLoop(scene.database, tremendous.client, stop).run())
    async with asyncio.timeout(10):
        for one in asked:
            while await tremendous.status(one.id) != "given":  # noqa: ASYNC110  what a person would do
                await asyncio.sleep(0.02)
    stop.set()
    await running
    hanging.close()
    page = await scene.value(partial(list_accounts, page=Page()))
    assert {one.fault for one in page.items} == {None, "no_answer"}


async def test_an_account_is_in_one_worker_s_hand_until_its_lease_ends(tremendous: Ordering) -> None:
    """Another one gets it neither meanwhile nor while it is to be left alone, and an order is sent once."""
    scene, (first, second) = tremendous.scene, (new_id(), new_id())
    who = (await scene.enrolled(welcome=10_000)).participant
    asked = await tremendous.redeem(who, (await tremendous.reward(2500)).id)
    until = scene.clock.now + timedelta(minutes=5)
    async with scene.database.transaction(scene.clinic) as tx:
        assert await provider_accounts.take(tx, tremendous.account, first, until)
        assert await provider_accounts.take(tx, tremendous.account, second, until) is None
        assert await provider_accounts.take(tx, tremendous.account, first, until)
        assert await provider_orders.mark_sent(tx, asked.id)
        assert not await provider_orders.mark_sent(tx, asked.id)
    assert (scene.clinic, tremendous.account) not in await find_due(scene.database, 1000)
    scene.clock.now = until
    async with scene.database.transaction(scene.clinic) as tx:
        assert await provider_accounts.take(tx, tremendous.account, second, until + timedelta(minutes=5))
        await provider_accounts.shut(tx, tremendous.account, until + timedelta(minutes=1))
        assert await provider_accounts.take(tx, tremendous.account, second, until) is None
