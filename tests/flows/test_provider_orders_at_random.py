"""Random histories of orders: whatever a provider does, money is exact and nothing is ordered twice."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from uuid import UUID

import pytest
from msgspec.structs import replace

from schemas.people import NewEnrollment
from schemas.program import Unit
from schemas.providers import ProviderName
from schemas.shelf import NewRedemption
from service.core.cursors import Page
from service.core.redemption import ON_ORDER
from service.flows.people.enrollments import open_enrollment
from service.flows.perform import Done
from service.flows.programs.programs import publish_program
from service.flows.providers.accounts import list_differences
from service.flows.shelf.redemptions import cancel_redemption, redeem
from service.store import ledger
from tests.flows.conftest import TODAY, Scene, program
from tests.flows.ordering import STAND_INS, Ordering
from tests.provider_stand_in import Fault, Ordered, State

NAMES: tuple[ProviderName, ...] = ("tremendous", "tango", "giftbit")
FAULTS: tuple[Fault, ...] = (
    "lost_after", "lost_before", "503_after", "503_before", "429", "garbage", "denied",
)  # fmt: skip  # table: every fault that the stand-in knows
STEPS = 9
RUNS = 25
"""How many histories of each provider are run with every change; the slow suite runs many more."""
RUNS_SLOW = 334
"""Three providers: a thousand in all."""
AT_ONE_SHOP = 42
"""How many histories happen at one account: each day its whole list is matched, so it takes ever longer."""


@pytest.fixture(params=NAMES)
async def shop(scene: Scene, request: pytest.FixtureRequest) -> AsyncIterator[Ordering]:
    """Give an account with each provider in turn."""
    there = await STAND_INS[request.param]().start()
    made = Ordering(scene, request.param, there)
    try:
        yield await made.begin()
    finally:
        made.client.close()
        await there.stop()


class History:
    """One person's orders, what happens to them by chance, and what must be true of them at any moment."""

    def __init__(self, shop: Ordering, who: UUID, card: UUID, unit: Unit, chance: random.Random) -> None:
        self.shop, self.who, self.card, self.unit, self.chance = shop, who, card, unit, chance
        self.asked: list[UUID] = []

    def own(self) -> list[Ordered]:
        """Give what the provider has of them."""
        found = [self.shop.there.orders.get(str(one)) for one in self.asked]
        return [one for one in found if one is not None]

    async def step(self) -> None:
        """Do one thing by chance, and then let a worker do what is due."""
        # What is likelier stands twice.
        often = [self.ask, self.fault, self.wait]
        deeds: list[Callable[[], Awaitable[None]]]
        deeds = [*often, *often, self.settle, self.refund, self.cancel, self.poor]
        await self.chance.choice(deeds)()
        if self.chance.random() < 0.8:
            await self.shop.round()
        await self.holds()

    async def ask(self) -> None:
        """Ask for another one, as far as the money goes."""
        answer = await self.shop.scene.ask(lambda act: redeem(act, NewRedemption(self.who, self.card)))
        if isinstance(answer, Done):
            self.asked.append(answer.value.id)

    async def fault(self) -> None:
        """Let a call go wrong that is still to come."""
        faults = self.chance.choice((self.shop.there.faults, self.shop.there.order_faults))
        faults.append(self.chance.choice(FAULTS))

    async def wait(self) -> None:
        """Let time go by."""
        await self.shop.later(seconds=self.chance.choice((5, 60, 700, 4000)))

    async def settle(self) -> None:
        """Have one come to an end that is pending there."""
        there = self.shop.there
        there.state = self.chance.choice(("delivered", "delivered", "pending"))
        pending = [one for one in self.own() if one.state == "pending"]
        if pending:
            ends: tuple[State, ...] = ("delivered", "failed")
            # Giftbit has no orders that fail after they were taken.
            end = "delivered" if self.shop.name == "giftbit" else self.chance.choice(ends)
            there.settle(self.chance.choice(pending).external_id, end)

    async def refund(self) -> None:
        """Have one paid back there, or a part of it."""
        there = self.shop.there
        given = [one for one in self.own() if one.state == "delivered" and one.refunded < one.face]
        if not given:
            return
        one = self.chance.choice(given)
        if self.shop.name == "tremendous" and self.chance.random() < 0.7:
            there.refund(one.external_id, self.chance.randint(1, one.face - one.refunded))
        else:
            there.settle(one.external_id, "canceled")

    async def cancel(self) -> None:
        """Call one back."""
        if self.asked:
            one = self.chance.choice(self.asked)
            await self.shop.scene.ask(lambda act: cancel_redemption(act, one))

    async def poor(self) -> None:
        """Change what the account holds."""
        self.shop.there.balance = self.chance.choice((0, 1000, 100_000, 100_000))

    async def holds(self) -> None:
        """Money is where the states say, whatever was answered, lost or repeated so far."""
        scene = self.shop.scene
        found = [await self.shop.read(one) for one in self.asked]
        async with scene.database.transaction(scene.clinic) as tx:
            balance = (await ledger.balances(tx, [self.who]))[self.who, self.unit]
        held = sum(one.amount for one in found if one.status in ON_ORDER)
        given = sum(one.amount - one.refunded for one in found if one.status == "given")
        assert (balance.held, balance.given) == (held, given)
        assert balance.available == balance.earned - held - given
        for one in found:
            there = self.shop.there.orders.get(str(one.id))
            # A cancellation that is asked for may be asked for again; an order never is.
            assert there is None or there.times == 1
            assert one.status != "given" or (there is not None and there.link == one.link)
            assert there is not None or one.status not in {"given", "reversed"}

    async def end(self) -> None:
        """Once all is quiet, both lists agree: what was given here is delivered there, and paid for once."""
        there = self.shop.there
        there.faults.clear()
        there.order_faults.clear()
        there.balance = 100_000
        for order in self.own():
            if order.state == "pending":
                there.settle(order.external_id, "delivered")
        there.state = "delivered"
        for _ in range(4):
            for minutes in (1, 5, 20, 40, 70):
                await self.shop.later(minutes=minutes)
            await self.shop.later(days=1)
        await self.holds()
        for asked in self.asked:
            one = await self.shop.read(asked)
            known = there.orders.get(str(asked))
            assert one.status not in ON_ORDER
            if one.status == "given":
                assert known is not None
                assert (known.state, one.refunded) == ("delivered", one.amount * known.refunded // known.face)
            elif one.status == "reversed":
                assert known is not None
                assert known.refunded == known.face
            else:
                # Nothing was ordered, or all of it was paid back; what arrived after all, the match names.
                is_paid_back = known is None or known.refunded == known.face
                assert is_paid_back or asked in await self.named()

    async def named(self) -> set[UUID | None]:
        """Give the redemptions that a difference names."""
        account = self.shop.account
        page = await self.shop.scene.value(
            lambda act: list_differences(act, account, Page(200), standing=True)
        )
        return {one.redemption for one in page.items}


async def _run(shop: Ordering, numbers: Iterable[int], seed: int) -> None:
    scene = shop.scene
    cards: dict[Unit, UUID] = {
        "usd": (await shop.reward(1099)).id,
        "points": (await shop.reward(777, "points", 2500)).id,
    }
    for number in numbers:
        chance = random.Random(f"{seed}/{shop.name}/{number}")
        unit: Unit = chance.choice(("usd", "points"))
        who = await enrolled(scene, f"P-{number}", unit)
        shop.there.balance = 100_000
        await shop.later(minutes=11)
        history = History(shop, who, cards[unit], unit, chance)
        for _ in range(STEPS):
            await history.step()
        await history.end()


async def enrolled(scene: Scene, reference: str, unit: Unit) -> UUID:
    """Give somebody with plenty of a unit."""
    document = replace(program(f"plenty-{unit}", 10_000), unit=unit)
    await scene.value(lambda act: publish_program(act, document))
    who = await scene.participant(reference)
    new = NewEnrollment(who, document.name, TODAY)
    await scene.value(lambda act: open_enrollment(act, new))
    return who


@pytest.mark.seconds(20)
async def test_money_is_exact_in_random_histories(shop: Ordering) -> None:
    """Held, given and available are what the states say at every step, and nothing is ordered twice."""
    await _run(shop, range(RUNS), 1)


@pytest.mark.slow
@pytest.mark.seconds(20)
@pytest.mark.parametrize("first", range(0, RUNS_SLOW, AT_ONE_SHOP))
async def test_money_is_exact_in_a_thousand_random_histories(shop: Ordering, first: int) -> None:
    """The same with a thousand histories over the three providers."""
    await _run(shop, range(first, min(first + AT_ONE_SHOP, RUNS_SLOW)), 2)
