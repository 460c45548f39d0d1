"""Tango (BHN): Rewards as a Service, version 2 (developers.tangocard.com).

`externalRefID` makes an order idempotent within an account, for 90 days. No mail is sent (`sendEmail` is
false), so of the recipient nothing is said. One call a second. There is no call that cancels an order: what
is refunded, by their support, is seen in its status.
"""

from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final
from urllib.parse import quote

from msgspec import Struct

from schemas.providers import TangoAccess
from service.core.orders import Absent, NoFunds, Placed, Rejected, Seen, Sent, TheirState, Unsure
from service.outbound.post import WebhookClient
from service.outbound.providers.calls import (
    Caller,
    No,
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
    "production": "https://api.tangocard.com/raas/v2",
    "sandbox": "https://integration-api.tangocard.com/raas/v2",
}
PAGE: Final = 100
NOT_FOUND: Final = 404
STATES: Final[dict[str, TheirState]] = {
    "COMPLETE": "delivered",
    "FULFILLED": "delivered",
    "PENDING": "pending",
    "PROCESSING": "pending",
    "FAILED": "failed",
    "CANCELED": "canceled",
    "CANCELLED": "canceled",
    "REFUNDED": "canceled",
}
LINKS: Final = frozenset({"url", "URL"})
CASH: Final = frozenset({"cash equivalent", "cash"})


class _Credential(Struct, rename="camel"):
    value: str | None = None
    type: str | None = None
    label: str | None = None


class _Reward(Struct, rename="camel"):
    credential_list: list[_Credential] = []


class _Money(Struct, rename="camel"):
    value: Decimal | None = None
    currency_code: str | None = None


class _Order(Struct, rename={"reference": "referenceOrderID", "external": "externalRefID"}):
    reference: str
    status: str
    external: str | None = None
    denomination: _Money | None = None
    reward: _Reward | None = None


class _List(Struct):
    orders: list[_Order]


class _Account(Struct, rename="camel"):
    current_balance: Decimal
    currency_code: str


class _Item(Struct, rename="camel"):
    utid: str
    reward_name: str
    status: str = "active"
    reward_type: str = ""
    currency_code: str = ""
    value_type: str = ""
    face_value: Decimal | None = None
    min_value: Decimal | None = None
    max_value: Decimal | None = None


class _Brand(Struct, rename="camel"):
    items: list[_Item] = []


class _Catalog(Struct, rename="camel"):
    brands: list[_Brand]


class Tango:
    """One account at Tango."""

    def __init__(self, access: TangoAccess, address: str, client: WebhookClient, turn: Turn) -> None:
        """Take how we are known there, and where it is spoken to."""
        self._access = access
        known_by = b64encode(f"{access.platform}:{access.api_key}".encode()).decode("ascii")
        self._calls = Caller(client, address, {"authorization": f"Basic {known_by}"}, turn)

    async def order(self, external_id: str, product: str, face: int) -> Sent:
        """`POST /orders`."""
        body: dict[str, Any] = {
            "accountIdentifier": self._access.account,
            "customerIdentifier": self._access.customer,
            "externalRefID": external_id,
            "utid": product,
            "amount": dollars(face),
            "sendEmail": False,
        }
        answer = await self._calls.post("/orders", body)
        if isinstance(answer, No):
            return NoFunds() if says(answer, "insufficient", "funds") else Rejected()
        found = answered(answer, _Order)
        return _placed(found) if isinstance(found, _Order) else found

    async def look_up(self, external_id: str, reference: str | None) -> Seen:
        """`GET /orders?externalRefID=` for its reference, then `GET /orders/{reference}` for its link."""
        if reference is None:
            query = {"externalRefID": external_id, "accountIdentifier": self._access.account}
            listed = answered(await self._calls.get("/orders", query), _List)
            if not isinstance(listed, _List):
                return listed
            mine = [one for one in listed.orders if one.external == external_id]
            if not mine:
                return Absent()
            reference = mine[0].reference
        answer = await self._calls.get(f"/orders/{quote(reference, safe='')}")
        if isinstance(answer, No) and answer.status == NOT_FOUND:
            return Absent()
        found = answered(answer, _Order)
        return _placed(found) if isinstance(found, _Order) else found

    async def cancel(self, external_id: str, reference: str) -> Seen | Rejected:
        """There is no such call: their support refunds what was not used."""
        del external_id, reference
        return Rejected()

    async def balance(self) -> int | Trouble:
        """`GET /accounts/{accountIdentifier}`."""
        answer = await self._calls.get(f"/accounts/{quote(self._access.account, safe='')}")
        found = answered(answer, _Account)
        if not isinstance(found, _Account):
            return found
        return cents(found.current_balance) if found.currency_code == "USD" else Unsure("unreadable")

    async def products(self) -> Sequence[Product] | Trouble:
        """`GET /catalogs` with every item."""
        found = answered(await self._calls.get("/catalogs", {"verbose": "true"}), _Catalog)
        if not isinstance(found, _Catalog):
            return found
        items = [one for brand in found.brands for one in brand.items]
        return [made for one in items if (made := _product(one)) is not None]

    async def orders(self, since: datetime) -> Sequence[Placed] | Trouble:
        """`GET /orders` of the account from a moment on, page by page."""

        async def page(seen: int) -> Sequence[_Order] | Trouble:
            query: dict[str, str | int] = {
                "accountIdentifier": self._access.account,
                "startDate": since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                "elementsPerBlock": PAGE,
                "page": seen // PAGE,
            }
            listed = answered(await self._calls.get("/orders", query), _List)
            return listed.orders if isinstance(listed, _List) else listed

        return placed_all(await paged(page, PAGE), _placed)


def _placed(order: _Order) -> Placed | Unsure:
    state = STATES.get(order.status.upper())
    if state is None:
        return Unsure("unreadable")
    credentials = [] if order.reward is None else order.reward.credential_list
    link = next((one.value for one in credentials if one.type in LINKS and one.value), None)
    value = None if order.denomination is None else order.denomination.value
    face = None if value is None else cents(value)
    return Placed(order.reference, state, link, 0, order.external, face)


def _product(one: _Item) -> Product | None:
    if one.currency_code != "USD" or one.status.lower() != "active":
        return None
    is_cash = one.reward_type.lower() in CASH
    if one.face_value is not None:
        face = cents(one.face_value)
        return Product(one.utid, one.reward_name, one.reward_type, face, face, (face,), is_cash)
    if one.min_value is None or one.max_value is None:
        return None
    return Product(
        one.utid, one.reward_name, one.reward_type, cents(one.min_value), cents(one.max_value), (), is_cash
    )
