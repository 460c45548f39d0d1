"""Short words for tests of orders: an account with a stand-in, and a worker's round."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from schemas.program import Unit
from schemas.providers import (
    AskedAccess,
    GiftbitAccess,
    NewProviderAccount,
    ProductChange,
    ProviderAccount,
    ProviderName,
    TangoAccess,
    TremendousAccess,
)
from schemas.shelf import NewRedemption, NewReward, Redemption, Reward
from service.core.cursors import Page
from service.core.order_matching import Difference
from service.core.orders import Learned, Order, Placed, Rejected, Sent, learn_sent
from service.core.redemption import ON_ORDER
from service.flows.perform import Act, Done
from service.flows.providers.accounts import add_account, read_account
from service.flows.providers.catalog import change_product, list_products, put_catalog
from service.flows.providers.learning import learn_order
from service.flows.providers.ordering import OrderingConfig, find_due, serve_account
from service.flows.shelf.redemptions import read_redemption, redeem
from service.flows.shelf.rewards import add_reward
from service.outbound.addresses import Allowed
from service.outbound.post import Bounds, WebhookClient
from service.outbound.providers.interface import Product
from service.outbound.providers.opening import provider_of
from service.store import provider_differences, provider_orders
from service.store.database.ids import new_id
from tests.flows.conftest import Scene
from tests.provider_stand_in import GiftbitStandIn, StandIn, TangoStandIn, TremendousStandIn

ACCESS: dict[ProviderName, AskedAccess] = {
    "tremendous": TremendousAccess("TEST_key", campaign="CAMP1"),
    "tango": TangoAccess("Platform", "platform-key", "C1", "A1"),
    "giftbit": GiftbitAccess("testbed-token"),
}
STAND_INS: dict[ProviderName, type[StandIn]] = {
    "tremendous": TremendousStandIn,
    "tango": TangoStandIn,
    "giftbit": GiftbitStandIn,
}
PRODUCTS: dict[ProviderName, str] = {"tremendous": "GROCERY01", "tango": "U000002", "giftbit": "groceryus"}
LOOPBACK = Allowed(loopback=True)
AT_ONCE: dict[ProviderName, float] = dict.fromkeys(ACCESS, 0.0)


class Ordering:
    """A clinic's account with a stand-in, and a worker that serves it when it is told to."""

    def __init__(
        self, scene: Scene, name: ProviderName, there: StandIn, bounds: Bounds | None = None
    ) -> None:
        self.scene = scene
        self.name: ProviderName = name
        self.there = there
        self.client = WebhookClient(
            bounds or Bounds(deadline_s=2.0, read_s=2.0, answer_bytes=4 * 1024 * 1024), LOOPBACK
        )
        self.account = self.who = UUID(int=0)

    async def begin(self) -> Ordering:
        """Add the account, and have its catalog read and the grocery card allowed."""
        new = NewProviderAccount("Cards", ACCESS[self.name], "sandbox", self.there.url, warn_below=10_000)
        self.account = (await self.scene.value(lambda act: add_account(act, new, LOOPBACK))).id
        await self.round()
        page = await self.scene.value(lambda act: list_products(act, self.account, Page()))
        self.products = {one.reference: one for one in page.items}
        product = self.products[PRODUCTS[self.name]]
        change = ProductChange(allowed=True)
        await self.scene.value(lambda act: change_product(act, self.account, product.id, change))
        self.product = product.id
        return self

    def config(
        self, worker: UUID | None = None, apart_s: dict[ProviderName, float] | None = None
    ) -> OrderingConfig:
        """How a worker of these tests orders."""
        return OrderingConfig(
            lambda access, address, turn: provider_of(access, address, self.client, turn),
            worker or new_id(),
            timedelta(minutes=5),
            AT_ONCE if apart_s is None else apart_s,
        )

    async def round(self) -> int:
        """Do all that is due now, as a worker does; returns how many steps that were."""
        if (self.scene.clinic, self.account) not in await find_due(self.scene.database, 1000):
            return 0
        return await serve_account(
            self.scene.database, self.config(), self.scene.clinic, self.account, asyncio.Event()
        )

    async def later(self, **by: float) -> int:
        """Turn the clock on, and do what is due then."""
        self.scene.clock.now += timedelta(**by)
        return await self.round()

    async def reward(self, price: int = 2500, unit: Unit = "usd", face: int | None = None) -> Reward:
        """Put a grocery card on the shelf."""
        new = NewReward(
            "Grocery card",
            unit,
            price,
            "provider",
            "gift-cards",
            product=self.product,
            face=face,
        )
        return await self.scene.value(lambda act: add_reward(act, new))

    async def redeem(self, participant: UUID, reward: UUID) -> Redemption:
        """Ask for a reward."""
        return await self.scene.value(lambda act: redeem(act, NewRedemption(participant, reward)))

    async def read(self, redemption: UUID) -> Redemption:
        """Give a redemption as the desk sees it."""
        return await self.scene.value(lambda act: read_redemption(act, redemption), "front_desk")

    async def status(self, redemption: UUID) -> str:
        """Give how a redemption stands."""
        return (await self.read(redemption)).status

    async def known(self) -> ProviderAccount:
        """Give the account as it stands."""
        return await self.scene.value(lambda act: read_account(act, self.account))

    async def settled(self, redemption: UUID, hours: float = 3.0) -> str:
        """Let time go on until an order came to its end, or so many hours have passed."""
        for _ in range(int(hours * 60)):
            status = await self.status(redemption)
            if status not in ON_ORDER:
                return status
            await self.later(minutes=1)
        return await self.status(redemption)


async def accounts(scene: Scene, participant: UUID) -> tuple[int, int, int, int]:
    """Give available, held, given and earned in cents."""
    balance = await scene.balance(participant)
    return balance.available, balance.held, balance.given, balance.earned


async def provided(scene: Scene, participant: UUID) -> Redemption:
    """Do one of everything with a provider that nobody ever asks: account, product, order and difference."""
    new = NewProviderAccount("Cards", ACCESS["tango"], "sandbox", webhook_secret="hush")
    account = (await scene.value(lambda act: add_account(act, new))).id
    offered = [Product("U1", "Book Store", "gift card", 100, 50_000)]
    await put_catalog(scene.database, scene.clinic, account, offered)
    (product,) = (await scene.value(lambda act: list_products(act, account, Page()))).items
    change = ProductChange(allowed=True)
    await scene.value(lambda act: change_product(act, account, product.id, change))
    card = NewReward("Book card", "usd", 100, "provider", "gift-cards", product=product.id)
    reward = await scene.value(lambda act: add_reward(act, card))
    asked = await scene.value(lambda act: redeem(act, NewRedemption(participant, reward.id)))

    async def differ(act: Act) -> Done[None]:
        await provider_differences.put(act, account, [Difference("missing_here", "R1", None, "none", "some")])
        return Done(None)

    await scene.value(differ)
    return asked


async def ended(scene: Scene, participant: UUID) -> None:
    """Have one order fail, and another be given and paid back, as a provider's answers would."""
    given = (Placed("R1", "delivered", "https://gifts.example/1"), Placed("R1", "canceled"))
    for answers in ((Rejected(),), given):
        asked = await provided(scene, participant)
        async with scene.database.transaction(scene.clinic) as tx:
            await provider_orders.mark_sent(tx, asked.id)
        for answer in answers:
            await learn_order(scene.database, scene.clinic, asked.id, partial(_learned, answer=answer))


def _learned(order: Order, _now: datetime, answer: Sent) -> Learned:
    return learn_sent(order, answer)
