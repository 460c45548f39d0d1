"""Do what is due for one account: send orders, look them up, and keep its balance, catalog and list in mind.

The account is leased for as long. Its calls go one after another, each in its turn; no transaction is open
during one. An order is put on record as sent before it is: whoever takes the account next, after whatever
happened to this worker, finds it sent, and only looks it up.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog
from msgspec import Struct, field

from schemas.providers import AskedAccess, ProviderName
from service.core.orders import (
    CALLS_APART_S,
    Away,
    Busy,
    NoFunds,
    Rejected,
    Seen,
    Sent,
    Unsure,
    cancel_refused,
    learn_seen,
    learn_sent,
    shut_s,
)
from service.flows.providers.catalog import put_catalog
from service.flows.providers.learning import learn_order
from service.flows.providers.matching import match_orders
from service.outbound.providers.calls import Turn
from service.outbound.providers.interface import Product, RewardProvider, Trouble
from service.store import provider_accounts, provider_orders
from service.store.database.pool import Database
from service.store.provider_accounts import Lease
from service.store.provider_orders import OnRecord

BALANCE: Final = timedelta(minutes=10)
"""How often an account's balance is asked for."""
DAILY: Final = timedelta(days=1)
"""How often its catalog is read, and its list matched."""
TROUBLED: Final = timedelta(minutes=1)
"""How soon it is asked again after a question came to nothing."""
STEPS_MAX: Final = 1000
"""How much is done in a row for one account; then others have their turn."""

log = structlog.get_logger()

Opening = Callable[[AskedAccess, str, Turn], RewardProvider]
"""Gives the adapter that speaks to an account, at an address, each call in its turn."""


class OrderingConfig(Struct, frozen=True):
    """How orders are sent: the adapters, the worker, how long a lease is, and how far calls lie apart."""

    opening: Opening
    worker: UUID
    lease_for: timedelta = timedelta(minutes=5)
    apart_s: Mapping[ProviderName, float] = field(default_factory=lambda: CALLS_APART_S)
    wait: Callable[[float], Awaitable[None]] = asyncio.sleep
    """Waits some seconds."""
    seconds: Callable[[], float] = time.monotonic
    """A clock that only goes on, in seconds, by which turns are taken."""


class Pace:
    """The turns of one account's calls: so many seconds lie between two of them at least."""

    def __init__(self, first_s: float, apart_s: float, config: OrderingConfig) -> None:
        """Begin after `first_s` seconds."""
        self._now = config.seconds
        self._next = self._now() + max(first_s, 0.0)
        self._apart_s = apart_s
        self._wait = config.wait

    async def turn(self) -> None:
        """Wait for the next turn, and take it."""
        at = max(self._next, self._now())
        self._next = at + self._apart_s
        if (left := at - self._now()) > 0:
            await self._wait(left)

    @property
    def left_s(self) -> float:
        """How many seconds are left until the next turn."""
        return max(self._next - self._now(), 0.0)


class _Step(Struct, frozen=True):
    """What is to be done next: about one order, or to keep the account itself in mind."""

    lease: Lease
    order: OnRecord | None
    is_new: bool
    """Whether the order was just put on record as sent, and so is to be sent now."""
    is_poor: bool = False
    """Whether the account is known to hold too little for it."""


async def find_due(database: Database, rows_max: int) -> list[tuple[UUID, UUID]]:
    """The accounts of all clinics with something to do, by clinic and id, those that answer first."""
    async with database.transaction(None) as tx:
        return await provider_accounts.due(tx, rows_max)


async def serve_account(
    database: Database, config: OrderingConfig, clinic: UUID, account: UUID, stop: asyncio.Event
) -> int:
    """Do all that is due for one account; returns how many steps that were, none where another worker has it.

    Raises OSError or asyncpg.PostgresError where the database is away; what was sent is looked up later.
    """
    steps = 0
    pace: Pace | None = None
    try:
        while steps < STEPS_MAX and not stop.is_set():
            step = await _next(database, config, clinic, account)
            if step is None:
                break
            if pace is None:
                first_s = (step.lease.call_at - database.clock()).total_seconds()
                pace = Pace(first_s, config.apart_s[step.lease.provider], config)
            await _Serving(database, config, step.lease, pace).do(step)
            steps += 1
    finally:
        async with database.transaction(clinic) as tx:
            await provider_accounts.release(tx, account, config.worker)
    return steps


async def _next(database: Database, config: OrderingConfig, clinic: UUID, account: UUID) -> _Step | None:
    async with database.transaction(clinic) as tx:
        lease = await provider_accounts.take(tx, account, config.worker, tx.now + config.lease_for)
        if lease is None:
            return None
        due = await provider_orders.due(tx, account)
        if due is None:
            return _Step(lease, None, is_new=False) if lease.due_at <= tx.now else None
        if due.order.sent_at is not None:
            return _Step(lease, due, is_new=False)
        if lease.balance is not None and lease.balance < due.order.face:
            return _Step(lease, due, is_new=False, is_poor=True)
        return _Step(lease, due, is_new=await provider_orders.mark_sent(tx, due.order.redemption))


class _Serving:
    """One account in hand, for one step."""

    def __init__(self, database: Database, config: OrderingConfig, lease: Lease, pace: Pace) -> None:
        self.database = database
        self.lease = lease
        self.pace = pace
        self.provider = config.opening(lease.access, lease.address, pace.turn)

    async def do(self, step: _Step) -> None:
        """Do one step."""
        if step.order is None:
            await self._keep()
        elif step.is_poor:
            await self._ask_for_funds(step.order)
        elif step.is_new:
            await self._send(step.order)
        elif step.order.order.cancel_asked and step.order.order.reference is not None:
            await self._cancel(step.order, step.order.order.reference)
        else:
            await self._look_up(step.order)

    async def _send(self, due: OnRecord) -> None:
        redemption = due.order.redemption
        if self.database.clock() >= self.lease.until:
            # We stood still for long: by now somebody else may have looked, and given it up.
            return
        answer: Sent = await self.provider.order(str(redemption), due.product, due.order.face)
        await learn_order(
            self.database, self.lease.clinic, redemption, lambda order, _now: learn_sent(order, answer)
        )
        await self._note(answer)
        if isinstance(answer, NoFunds):
            # It held less than was known: the next order asks first.
            await self._balance()

    async def _look_up(self, due: OnRecord) -> None:
        redemption = due.order.redemption
        answer = await self.provider.look_up(str(redemption), due.order.reference)
        await self._learn_seen(redemption, answer)

    async def _cancel(self, due: OnRecord, reference: str) -> None:
        redemption = due.order.redemption
        answer = await self.provider.cancel(str(redemption), reference)
        if isinstance(answer, Rejected):
            await learn_order(
                self.database, self.lease.clinic, redemption, lambda order, _now: cancel_refused(order)
            )
            async with self.database.transaction(self.lease.clinic) as tx:
                await provider_orders.forget_cancel(tx, redemption)
            await self._note(answer)
        else:
            await self._learn_seen(redemption, answer)

    async def _learn_seen(self, redemption: UUID, answer: Seen) -> None:
        await learn_order(
            self.database, self.lease.clinic, redemption, lambda order, now: learn_seen(order, answer, now)
        )
        await self._note(answer)

    async def _ask_for_funds(self, due: OnRecord) -> None:
        """Ask what the account holds before an order that it could not pay for: it is not sent in vain."""
        balance = await self._balance()
        if isinstance(balance, int) and balance >= due.order.face:
            return
        answer = NoFunds() if isinstance(balance, int) else balance
        await learn_order(
            self.database,
            self.lease.clinic,
            due.order.redemption,
            lambda order, _now: learn_sent(order, Away(answer.why) if isinstance(answer, Unsure) else answer),
        )

    async def _balance(self) -> int | Trouble:
        """Ask what the account holds, and note it."""
        balance = await self.provider.balance()
        await self._note(balance)
        if isinstance(balance, int):
            async with self.database.transaction(self.lease.clinic) as tx:
                await provider_accounts.note_balance(tx, self.lease.account, balance)
        return balance

    async def _keep(self) -> None:
        """Ask for the balance; once a day for the catalog, and for the list of orders, which is matched."""
        lease, now = self.lease, self.database.clock()
        balance = await self._balance()
        if not isinstance(balance, int):
            await self._troubled()
            return
        if _is_due(lease.catalog_at, now):
            products = await self.provider.products()
            await self._note(products)
            if isinstance(products, Trouble):
                await self._troubled()
                return
            await put_catalog(self.database, lease.clinic, lease.account, products)
            await self._kept(catalog_at=now)
        if _is_due(lease.matched_at, now):
            trouble = await match_orders(self.database, lease.clinic, lease.account, self.provider)
            if trouble is not None:
                await self._note(trouble)
                await self._troubled()
                return
            await self._kept(matched_at=now)
        await self._kept()

    async def _kept(self, catalog_at: datetime | None = None, matched_at: datetime | None = None) -> None:
        async with self.database.transaction(self.lease.clinic) as tx:
            await provider_accounts.note_kept(
                tx, self.lease.account, tx.now + BALANCE, catalog_at, matched_at
            )

    async def _troubled(self) -> None:
        async with self.database.transaction(self.lease.clinic) as tx:
            await provider_accounts.note_kept(tx, self.lease.account, tx.now + TROUBLED)

    async def _note(self, answer: Sent | Seen | int | Sequence[Product]) -> None:
        """Note how the account answered, and leave it alone for a while where it does not."""
        lease = self.lease
        why = answer.why if isinstance(answer, Away | Unsure) else None
        why = "busy" if isinstance(answer, Busy) else "funds" if isinstance(answer, NoFunds) else why
        is_failed = isinstance(answer, Away | Unsure)
        async with self.database.transaction(lease.clinic) as tx:
            call_at = tx.now + timedelta(seconds=self.pace.left_s)
            faults = await provider_accounts.note_call(
                tx, lease.account, call_at, why, None, is_failed=is_failed
            )
            alone_s = answer.after_s if isinstance(answer, Busy) else None
            if isinstance(answer, Away | Unsure):
                alone_s = shut_s(faults, answer.why)
            if alone_s is not None:
                await provider_accounts.shut(tx, lease.account, tx.now + timedelta(seconds=alone_s))
        if why is not None:
            log.info(
                "provider_called",
                clinic_id=str(lease.clinic),
                account_id=str(lease.account),
                fault=why,
                wait_s=alone_s,
            )


def _is_due(last: datetime | None, now: datetime) -> bool:
    return last is None or now - last >= DAILY
