"""Giftbit: their API, version 1 (giftbit.com/giftbitapi).

The client's own `id` makes an order idempotent. An order is for one direct link, which takes no contact; the
links are asked for after it, for they may not be there at once.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import quote

from msgspec import Struct

from schemas.providers import GiftbitAccess
from service.core.orders import Absent, NoFunds, Placed, Rejected, Seen, Sent, TheirState, Unsure
from service.outbound.post import WebhookClient
from service.outbound.providers.calls import (
    Caller,
    No,
    Ok,
    Turn,
    answered,
    paged,
    placed_all,
    says,
)
from service.outbound.providers.interface import Product, Trouble

ADDRESSES: Final = {
    "production": "https://api.giftbit.com/papi/v1",
    "sandbox": "https://api-testbed.giftbit.com/papi/v1",
}
PAGE: Final = 100
NO_FUNDS: Final = 402
NOT_FOUND: Final = 404
STATES: Final[dict[str, TheirState]] = {
    "SENT_AND_REDEEMABLE": "delivered",
    "REDEEMED": "delivered",
    "TO_CHARITY": "delivered",
    "EXPIRED": "delivered",
    "GIVER_CANCELLED": "canceled",
}
"""What is expired or was given to charity was delivered: nothing of it comes back to the clinic."""


class _Campaign(Struct):
    uuid: str
    id: str | None = None
    price_in_cents: int | None = None


class _One(Struct):
    campaign: _Campaign


class _Links(Struct):
    links: list[str] = []


class _Gift(Struct):
    uuid: str
    status: str
    campaign_uuid: str | None = None
    campaign_id: str | None = None
    price_in_cents: int | None = None


class _Gifts(Struct):
    gifts: list[_Gift]


class _Funds(Struct):
    available_in_cents: int


class _Balance(Struct):
    fundsbycurrency: dict[str, _Funds]


class _Brand(Struct):
    brand_code: str
    name: str
    currencyisocode: str | None = None
    min_price_in_cents: int | None = None
    max_price_in_cents: int | None = None


class _Brands(Struct):
    brands: list[_Brand]


class Giftbit:
    """One account at Giftbit."""

    def __init__(self, access: GiftbitAccess, address: str, client: WebhookClient, turn: Turn) -> None:
        """Take how we are known there, and where it is spoken to."""
        self._calls = Caller(client, address, {"authorization": f"Bearer {access.api_key}"}, turn)

    async def order(self, external_id: str, product: str, face: int) -> Sent:
        """`POST /direct_links`; its link is looked up afterwards."""
        body: dict[str, Any] = {
            "id": external_id,
            "price_in_cents": face,
            "brand_codes": [product],
            "link_count": 1,
        }
        answer = await self._calls.post("/direct_links", body)
        if isinstance(answer, No):
            is_poor = answer.status == NO_FUNDS or says(answer, "insufficient", "funds")
            return NoFunds() if is_poor else Rejected()
        found = answered(answer, _One)
        if not isinstance(found, _One):
            return found
        return Placed(found.campaign.uuid, "pending", None, 0, external_id, found.campaign.price_in_cents)

    async def look_up(self, external_id: str, reference: str | None) -> Seen:
        """`GET /campaign/{id}`, the one gift of it for its state, and `GET /links/{id}` for its link."""
        del reference
        answer = await self._calls.get(f"/campaign/{quote(external_id, safe='')}")
        if isinstance(answer, No) and answer.status == NOT_FOUND:
            return Absent()
        found = answered(answer, _One)
        if not isinstance(found, _One):
            return found
        gifts = answered(await self._calls.get("/gifts", {"campaign_id": external_id}), _Gifts)
        if not isinstance(gifts, _Gifts):
            return gifts
        mine = [one for one in gifts.gifts if one.campaign_id == external_id]
        waits = Placed(found.campaign.uuid, "pending", None, 0, external_id, found.campaign.price_in_cents)
        if not mine:
            return waits
        state = STATES.get(mine[0].status)
        if state is None:
            return Unsure("unreadable")
        link = None
        if state == "delivered":
            links = answered(await self._calls.get(f"/links/{quote(external_id, safe='')}"), _Links)
            if not isinstance(links, _Links):
                return links
            link = next(iter(links.links), None)
        return Placed(found.campaign.uuid, state, link, 0, external_id, mine[0].price_in_cents)

    async def cancel(self, external_id: str, reference: str) -> Seen | Rejected:
        """`DELETE /gifts/{uuid}` of its one gift, while that is not claimed; then how it stands."""
        gifts = answered(await self._calls.get("/gifts", {"campaign_id": external_id}), _Gifts)
        if not isinstance(gifts, _Gifts):
            return gifts
        mine = [one for one in gifts.gifts if one.campaign_id == external_id]
        if not mine:
            return Rejected()
        answer = await self._calls.delete(f"/gifts/{quote(mine[0].uuid, safe='')}")
        if isinstance(answer, No):
            return Rejected()
        if not isinstance(answer, Ok):
            return answer
        return await self.look_up(external_id, reference)

    async def balance(self) -> int | Trouble:
        """`GET /funds`."""
        found = answered(await self._calls.get("/funds"), _Balance)
        if not isinstance(found, _Balance):
            return found
        usd = found.fundsbycurrency.get("USD")
        return Unsure("unreadable") if usd is None else usd.available_in_cents

    async def products(self) -> Sequence[Product] | Trouble:
        """`GET /brands` in US dollars, page by page."""

        async def page(seen: int) -> Sequence[_Brand] | Trouble:
            query: dict[str, str | int] = {"currencyisocode": "USD", "limit": PAGE, "offset": seen}
            listed = answered(await self._calls.get("/brands", query), _Brands)
            return listed.brands if isinstance(listed, _Brands) else listed

        brands = await paged(page, PAGE)
        if not isinstance(brands, list):
            return brands
        return [made for one in brands if (made := _product(one)) is not None]

    async def orders(self, since: datetime) -> Sequence[Placed] | Trouble:
        """`GET /gifts` made from a moment on, page by page: each of our orders is one gift."""

        async def page(seen: int) -> Sequence[_Gift] | Trouble:
            query: dict[str, str | int] = {
                "created_date_greater_than": since.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S"),
                "limit": PAGE,
                "offset": seen,
            }
            listed = answered(await self._calls.get("/gifts", query), _Gifts)
            return listed.gifts if isinstance(listed, _Gifts) else listed

        return placed_all(await paged(page, PAGE), _placed)


def _placed(one: _Gift) -> Placed | Unsure:
    state = STATES.get(one.status)
    if state is None:
        return Unsure("unreadable")
    return Placed(one.campaign_uuid or one.uuid, state, None, 0, one.campaign_id, one.price_in_cents)


def _product(one: _Brand) -> Product | None:
    if (
        one.currencyisocode not in {None, "USD"}
        or one.min_price_in_cents is None
        or one.max_price_in_cents is None
    ):
        return None
    return Product(one.brand_code, one.name, "gift card", one.min_price_in_cents, one.max_price_in_cents)
