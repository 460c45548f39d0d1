"""Tremendous: their API, version 2 (developers.tremendous.com/reference).

`external_id` makes an order idempotent. An order is for one reward, delivered as a link by ourselves; of the
recipient, who is optional for a link, nothing is said.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from schemas.providers import TremendousAccess
from service.core.orders import Absent, NoFunds, Placed, Rejected, Seen, Sent, TheirState, Unsure
from service.outbound.post import WebhookClient
from service.outbound.providers.calls import (
    Caller,
    No,
    Ok,
    Turn,
    answered,
    cents,
    dollars,
    paged,
    placed_all,
    says,
)
from service.outbound.providers.interface import Product, Trouble

ADDRESSES: Final = {
    "production": "https://api.tremendous.com/api/v2",
    "sandbox": "https://testflight.tremendous.com/api/v2",
}
PAGE: Final = 500
"""The most orders that one list holds."""
NO_FUNDS: Final = 402
NOT_FOUND: Final = 404
STATES: Final[dict[str, TheirState]] = {
    "EXECUTED": "delivered",
    "FAILED": "failed",
    "CANCELED": "canceled",
    "OPEN": "pending",
    "CART": "pending",
    "PENDING APPROVAL": "pending",
    "PENDING INTERNAL PAYMENT APPROVAL": "pending",
}
CASH: Final = frozenset({"ach", "instant_debit_transfer", "paypal", "venmo", "cash_app"})
"""Categories that pay out money."""


class _Delivery(Struct):
    link: str | None = None
    status: str | None = None


class _Value(Struct):
    denomination: Decimal
    currency_code: str | None = None


class _Reward(Struct):
    id: str
    value: _Value | None = None
    delivery: _Delivery | None = None


class _Refund(Struct):
    total: Decimal


class _Payment(Struct):
    refund: _Refund | None = None


class _Order(Struct):
    id: str
    status: str
    external_id: str | None = None
    payment: _Payment | None = None
    rewards: list[_Reward] = []


class _One(Struct):
    order: _Order


class _List(Struct):
    orders: list[_Order]


class _Linked(Struct):
    link: str


class _Link(Struct):
    reward: _Linked


class _Meta(Struct):
    available_cents: int | None = None


class _Source(Struct):
    id: str
    method: str
    meta: _Meta


class _Sources(Struct):
    funding_sources: list[_Source]


class _Sku(Struct):
    min: Decimal
    max: Decimal


class _Product(Struct):
    id: str
    name: str
    category: str
    currency_codes: list[str]
    subcategory: str | None = None
    skus: list[_Sku] = []


class _Products(Struct):
    products: list[_Product]


class Tremendous:
    """One account at Tremendous."""

    def __init__(self, access: TremendousAccess, address: str, client: WebhookClient, turn: Turn) -> None:
        """Take how we are known there, and where it is spoken to."""
        self._access = access
        self._calls = Caller(client, address, {"authorization": f"Bearer {access.api_key}"}, turn)

    async def order(self, external_id: str, product: str, face: int) -> Sent:
        """`POST /orders`."""
        reward: dict[str, Any] = {
            "value": {"denomination": dollars(face), "currency_code": "USD"},
            "products": [product],
            "delivery": {"method": "LINK"},
        }
        if self._access.campaign is not None:
            reward["campaign_id"] = self._access.campaign
        payment = {"funding_source_id": self._access.funding_source}
        answer = await self._calls.post(
            "/orders", {"external_id": external_id, "payment": payment, "reward": reward}
        )
        if isinstance(answer, No):
            is_poor = answer.status == NO_FUNDS or says(answer, "insufficient", "funds")
            return NoFunds() if is_poor else Rejected()
        found = answered(answer, _One)
        return _placed(found.order) if isinstance(found, _One) else found

    async def look_up(self, external_id: str, reference: str | None) -> Seen:
        """`GET /orders/{id}`, or by our id in the list; its link is asked for where the order says none."""
        if reference is None:
            listed = answered(await self._calls.get("/orders", {"external_id": external_id}), _List)
            if not isinstance(listed, _List):
                return listed
            mine = [one for one in listed.orders if one.external_id == external_id]
            if not mine:
                return Absent()
            found = mine[0]
        else:
            answer = await self._calls.get(f"/orders/{quote(reference, safe='')}")
            if isinstance(answer, No) and answer.status == NOT_FOUND:
                return Absent()
            read_one = answered(answer, _One)
            if not isinstance(read_one, _One):
                return read_one
            found = read_one.order
        placed = _placed(found)
        if isinstance(placed, Unsure) or placed.state != "delivered" or placed.link or not found.rewards:
            return placed
        return await self._linked(found, placed)

    async def _linked(self, found: _Order, placed: Placed) -> Seen:
        """`POST /rewards/{id}/generate_link`: the link of a reward that is there already."""
        linked = answered(
            await self._calls.post(f"/rewards/{quote(found.rewards[0].id, safe='')}/generate_link", {}), _Link
        )
        if not isinstance(linked, _Link):
            return linked
        return replace(placed, link=linked.reward.link)

    async def cancel(self, external_id: str, reference: str) -> Seen | Rejected:
        """`POST /rewards/{id}/cancel` of its one reward, then how it stands."""
        found = answered(await self._calls.get(f"/orders/{quote(reference, safe='')}"), _One)
        if not isinstance(found, _One):
            return found
        if not found.order.rewards:
            return Rejected()
        answer = await self._calls.post(f"/rewards/{quote(found.order.rewards[0].id, safe='')}/cancel", {})
        if isinstance(answer, No):
            return Rejected()
        if not isinstance(answer, Ok):
            return answer
        return await self.look_up(external_id, reference)

    async def balance(self) -> int | Trouble:
        """`GET /funding_sources`: what the one that pays holds."""
        found = answered(await self._calls.get("/funding_sources"), _Sources)
        if not isinstance(found, _Sources):
            return found
        mine = self._access.funding_source
        for one in found.funding_sources:
            if mine in {one.id, one.method} and one.meta.available_cents is not None:
                return one.meta.available_cents
        return Unsure("unreadable")

    async def products(self) -> Sequence[Product] | Trouble:
        """`GET /products` of the United States."""
        found = answered(await self._calls.get("/products", {"country": "US", "currency": "USD"}), _Products)
        if not isinstance(found, _Products):
            return found
        return [_product(one) for one in found.products if "USD" in one.currency_codes and one.skus]

    async def orders(self, since: datetime) -> Sequence[Placed] | Trouble:
        """`GET /orders`, page by page, newest first."""

        async def page(seen: int) -> Sequence[_Order] | Trouble:
            query: dict[str, str | int] = {
                "created_at[gte]": since.astimezone(UTC).isoformat(timespec="seconds"),
                "limit": PAGE,
                "offset": seen,
            }
            listed = answered(await self._calls.get("/orders", query), _List)
            return listed.orders if isinstance(listed, _List) else listed

        return placed_all(await paged(page, PAGE), _placed)


def _placed(order: _Order) -> Placed | Unsure:
    state = STATES.get(order.status)
    if state is None:
        return Unsure("unreadable")
    refund = None if order.payment is None else order.payment.refund
    link = face = None
    if order.rewards:
        reward = order.rewards[0]
        link = None if reward.delivery is None else reward.delivery.link
        face = None if reward.value is None else cents(reward.value.denomination)
    refunded = 0 if refund is None else cents(refund.total)
    return Placed(order.id, state, link, refunded, order.external_id, face)


def _product(one: _Product) -> Product:
    least, most = min(cents(sku.min) for sku in one.skus), max(cents(sku.max) for sku in one.skus)
    category = one.category if one.subcategory is None else f"{one.category}, {one.subcategory}"
    return Product(one.id, one.name, category, least, most, is_cash=one.category in CASH)
