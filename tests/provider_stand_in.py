# long: three providers by their documents, over one server that can go wrong
"""A server on this machine that behaves as the documents of three reward providers say, faults included.

It keeps orders, a balance and every byte that it was ever sent. The next calls can be made to go wrong: to be
done and not answered, to be neither, to be answered 429 or 503, or with something that is no JSON.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Literal
from urllib.parse import parse_qs, unquote, urlsplit

from msgspec import Struct

Fault = Literal["lost_after", "lost_before", "503_after", "503_before", "429", "garbage", "denied"]
"""`lost_after` is done and then never answered; `lost_before` is neither; the others say what is answered."""
State = Literal["pending", "delivered", "failed", "canceled"]
AFTER = frozenset({"lost_after", "503_after", "garbage"})
"""After these faults the call was done all the same."""

Answer = tuple[int, Any]
Body = dict[str, Any]


class Ordered(Struct):
    """An order as the provider has it; amounts in cents."""

    external_id: str
    reference: str
    product: str
    face: int
    state: State
    refunded: int = 0
    times: int = 1
    """How often it was asked for."""

    @property
    def link(self) -> str:
        """Where its reward is used."""
        return f"https://gifts.example/{self.reference}"


class StandIn:
    """One provider's server, with one account of 1,000 dollars."""

    def __init__(self) -> None:
        self.balance = 100_000
        self.orders: dict[str, Ordered] = {}
        self.faults: deque[Fault] = deque()
        self.order_faults: deque[Fault] = deque()
        """Faults of the next calls, and of the next calls that order something."""
        self.state: State = "delivered"
        """How a new order stands."""
        self.received = bytearray()
        self.calls: list[tuple[float, str, str]] = []
        """The moment by `seconds`, method and path of each call."""
        self.seconds: Callable[[], float] = time.monotonic
        self.rejects = False
        self.begins_anew = False
        """Whether each page of a list is the first one again, and full."""
        self.retry_after = "1"
        self.products: list[dict[str, Any]] = []
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()

    @property
    def url(self) -> str:
        """Where it serves."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def start(self, port: int = 0) -> StandIn:
        """Serve, at a port of its own or at one that it had before."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port)
        return self

    async def stop(self) -> None:
        """Serve no more."""
        assert self._server is not None
        self._server.close()
        for writer in self._writers:
            writer.transport.abort()
        await self._server.wait_closed()

    def placed(self) -> list[Ordered]:
        """Everything that was ever ordered and costs money."""
        return [one for one in self.orders.values() if one.state in {"pending", "delivered", "canceled"}]

    def settle(self, external_id: str, state: State) -> None:
        """Have an order come to an end there; what failed or was canceled is paid back."""
        one = self.orders[external_id]
        if state in {"failed", "canceled"}:
            self.balance += one.face - one.refunded
            one.refunded = one.face
        one.state = state

    def refund(self, external_id: str, amount: int) -> None:
        """Pay a part of an order back."""
        self.orders[external_id].refunded += amount
        self.balance += amount

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
                while await self._one(reader, writer):
                    pass
        finally:
            self._writers.discard(writer)
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = await reader.readuntil(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:] if ": " in line)
        lower = {name.lower(): value for name, value in fields.items()}
        body = await reader.readexactly(int(lower.get("content-length", "0")))
        self.received += head + body
        method, target, _ = head.decode().split(" ", 2)
        path = urlsplit(target)
        self.calls.append((self.seconds(), method, path.path))
        query = {name: values[0] for name, values in parse_qs(path.query).items()}
        is_order = method == "POST" and path.path.endswith(("/orders", "/direct_links"))
        fault = self.faults.popleft() if self.faults else None
        if is_order and fault is None and self.order_faults:
            fault = self.order_faults.popleft()
        status, said = 503, None
        if fault is None or fault in AFTER:
            status, said = self._answer(method, unquote(path.path), query, json.loads(body) if body else {})
        if fault in {"lost_after", "lost_before"}:
            return False
        if fault == "429":
            return await _write(writer, 429, {"errors": "slow down"}, {"retry-after": self.retry_after})
        if fault in {"503_after", "503_before"}:
            return await _write(writer, 503, {"errors": "try again"})
        if fault == "denied":
            return await _write(writer, 401, {"errors": "unauthorized"})
        if fault == "garbage":
            return await _write(writer, 200, "<html>")
        return await _write(writer, status, said)

    def _answer(self, method: str, path: str, query: dict[str, str], body: Body) -> Answer:
        raise NotImplementedError

    def _order(
        self,
        external_id: str,
        product: str,
        face: int,
        poor: Answer,
        rejected: Answer,
        show: Callable[[Ordered], Any],
    ) -> Answer:
        """Order, or find that it was ordered before."""
        known = self.orders.get(external_id)
        if known is not None:
            known.times += 1
            return 200, show(known)
        if self.rejects:
            return rejected
        if face > self.balance:
            return poor
        made = Ordered(external_id, f"R{len(self.orders) + 1:06}", product, face, self.state)
        self.orders[external_id] = made
        if made.state == "failed":
            made.refunded = face
        else:
            self.balance -= face
        return 201, show(made)

    def _page(self, found: list[Ordered], start: int, size: int) -> list[Ordered]:
        """One page of a list."""
        if not self.begins_anew:
            return found[start : start + size]
        return [Ordered(f"X{at}", f"Y{at}", "P", 100, "delivered") for at in range(size)]

    def _by_reference(self, reference: str) -> Ordered | None:
        return next((one for one in self.orders.values() if one.reference == reference), None)


async def _write(
    writer: asyncio.StreamWriter, status: int, said: object, headers: dict[str, str] | None = None
) -> bool:
    body = said.encode() if isinstance(said, str) else json.dumps(said).encode()
    lines = [f"HTTP/1.1 {status} X", "content-type: application/json", f"content-length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
    await writer.drain()
    return True


class TremendousStandIn(StandIn):
    """Behaves as https://developers.tremendous.com/reference says."""

    def __init__(self) -> None:
        super().__init__()
        self.products = [
            _tremendous("GROCERY01", "Grocery Store", "merchant_card", 5, 500),
            _tremendous("WINE0001", "Fine Wine Merchants", "merchant_card", 5, 500),
            _tremendous("PAYPAL01", "PayPal", "paypal", 1, 2000),
        ]

    def _answer(self, method: str, path: str, query: dict[str, str], body: Body) -> Answer:
        match method, path.strip("/").split("/"):
            case "POST", ["orders"]:
                reward = body["reward"]
                assert reward["delivery"]["method"] == "LINK"
                return self._order(
                    body["external_id"],
                    reward["products"][0],
                    round(reward["value"]["denomination"] * 100),
                    (402, {"errors": {"message": "Insufficient funds in your account"}}),
                    (400, {"errors": {"message": "invalid"}}),
                    lambda one: {"order": self._shown(one, link=True)},
                )
            case "GET", ["orders"]:
                found = [
                    one
                    for one in reversed(self.orders.values())
                    if query.get("external_id") in {None, one.external_id}
                ]
                start, size = int(query.get("offset", 0)), int(query.get("limit", 10))
                page = self._page(found, start, size)
                return 200, {
                    "orders": [self._shown(one, link=False) for one in page],
                    "total_count": len(found),
                }
            case "GET", ["orders", reference]:
                one = self._by_reference(reference)
                return (
                    (404, {"errors": "not found"})
                    if one is None
                    else (200, {"order": self._shown(one, link=False)})
                )
            case "POST", ["rewards", reward_id, "generate_link"]:
                one = self._by_reference(reward_id.removeprefix("W"))
                assert one is not None
                return 200, {"reward": {"id": reward_id, "order_id": one.reference, "link": one.link}}
            case "POST", ["rewards", reward_id, "cancel"]:
                one = self._by_reference(reward_id.removeprefix("W"))
                assert one is not None
                if one.state == "canceled":
                    return 422, {"errors": "already canceled"}
                self.settle(one.external_id, "canceled")
                return 200, {"reward": {"id": reward_id}}
            case "GET", ["funding_sources"]:
                meta = {"available_cents": self.balance, "pending_cents": 0}
                return 200, {"funding_sources": [{"id": "F1", "method": "balance", "meta": meta}]}
            case "GET", ["products"]:
                return 200, {"products": self.products}
        return 404, {"errors": "not found"}

    def _shown(self, one: Ordered, *, link: bool) -> dict[str, Any]:
        states = {
            "pending": "PENDING APPROVAL",
            "delivered": "EXECUTED",
            "failed": "FAILED",
            "canceled": "CANCELED",
        }
        delivery = {"method": "LINK", "status": "SUCCEEDED"}
        if link and one.state == "delivered":
            delivery["link"] = one.link
        shown: dict[str, Any] = {
            "id": one.reference,
            "external_id": one.external_id,
            "created_at": "2026-03-02T17:00:00Z",
            "status": states[one.state],
            "rewards": [
                {
                    "id": f"W{one.reference}",
                    "value": {"denomination": one.face / 100, "currency_code": "USD"},
                    "delivery": delivery,
                }
            ],
        }
        if one.state != "pending":
            shown["payment"] = {"subtotal": one.face / 100, "total": one.face / 100, "fees": 0.0}
            if one.refunded:
                shown["payment"]["refund"] = {"total": one.refunded / 100}
        return shown


def _tremendous(reference: str, name: str, category: str, least: int, most: int) -> dict[str, Any]:
    return {
        "id": reference,
        "name": name,
        "description": name,
        "category": category,
        "disclosure": "",
        "skus": [{"min": float(least), "max": float(most)}],
        "currency_codes": ["USD"],
        "countries": [{"abbr": "US"}],
        "images": [],
    }


class TangoStandIn(StandIn):
    """Behaves as https://developers.tangocard.com says."""

    def __init__(self) -> None:
        super().__init__()
        self.products = [
            {"utid": "U000001", "rewardName": "Grocery $25", "status": "active", "rewardType": "gift card",
             "currencyCode": "USD", "valueType": "FIXED_VALUE", "faceValue": 25.0},
            {"utid": "U000002", "rewardName": "Book Store", "status": "active", "rewardType": "gift card",
             "currencyCode": "USD", "valueType": "VARIABLE_VALUE", "minValue": 1.0, "maxValue": 500.0},
            {"utid": "U000003", "rewardName": "Casino Nights", "status": "active", "rewardType": "gift card",
             "currencyCode": "USD", "valueType": "VARIABLE_VALUE", "minValue": 1.0, "maxValue": 500.0},
        ]  # fmt: skip  # table: a catalog, a line a product

    def _answer(self, method: str, path: str, query: dict[str, str], body: Body) -> Answer:
        match method, path.strip("/").split("/"):
            case "POST", ["orders"]:
                assert body["sendEmail"] is False
                return self._order(
                    body["externalRefID"],
                    body["utid"],
                    round(body["amount"] * 100),
                    (
                        422,
                        {
                            "errors": [
                                {"i18nKey": "accountInsufficientFunds", "message": "insufficient funds"}
                            ]
                        },
                    ),
                    (400, {"errors": [{"i18nKey": "invalidUtid", "message": "utid is unknown"}]}),
                    lambda one: self._shown(one, whole=True),
                )
            case "GET", ["orders"]:
                found = [
                    one
                    for one in self.orders.values()
                    if query.get("externalRefID") in {None, one.external_id}
                ]
                size = int(query.get("elementsPerBlock", 100))
                start = int(query.get("page", 0)) * size
                page = {"number": start // size, "elementsPerBlock": size, "totalCount": len(found)}
                shown = [self._shown(one, whole=False) for one in self._page(found, start, size)]
                return 200, {"orders": shown, "page": page}
            case "GET", ["orders", reference]:
                one = self._by_reference(reference)
                return (404, {"errors": []}) if one is None else (200, self._shown(one, whole=True))
            case "GET", ["accounts", account]:
                return 200, {
                    "accountIdentifier": account,
                    "currentBalance": self.balance / 100,
                    "currencyCode": "USD",
                    "status": "ACTIVE",
                }
            case "GET", ["catalogs"]:
                return 200, {"catalogName": "C", "brands": [{"brandKey": "B1", "items": self.products}]}
        return 404, {"errors": []}

    def _shown(self, one: Ordered, *, whole: bool) -> dict[str, Any]:
        states = {"pending": "PENDING", "delivered": "COMPLETE", "failed": "FAILED", "canceled": "REFUNDED"}
        shown: dict[str, Any] = {
            "referenceOrderID": one.reference,
            "externalRefID": one.external_id,
            "accountIdentifier": "A1",
            "customerIdentifier": "C1",
            "utid": one.product,
            "sendEmail": False,
            "status": states[one.state],
            "createdAt": "2026-03-02T17:00:00Z",
            "denomination": {"value": one.face / 100, "currencyCode": "USD"},
            "amountCharged": {"value": one.face / 100, "currencyCode": "USD"},
        }
        if whole and one.state == "delivered":
            credential = {
                "label": "Redemption URL",
                "value": one.link,
                "type": "url",
                "credentialType": "redemptionUrl",
            }
            shown["reward"] = {"credentials": {}, "credentialList": [credential]}
        return shown


class GiftbitStandIn(StandIn):
    """Behaves as https://www.giftbit.com/giftbitapi says."""

    def __init__(self) -> None:
        super().__init__()
        self.products = [
            {"brand_code": "groceryus", "name": "Grocery Store", "currencyisocode": "USD",
             "min_price_in_cents": 500, "max_price_in_cents": 50_000},
            {"brand_code": "tobaccous", "name": "Corner Tobacco", "currencyisocode": "USD",
             "min_price_in_cents": 500, "max_price_in_cents": 50_000},
        ]  # fmt: skip  # table: a catalog, a line a product

    def _answer(self, method: str, path: str, query: dict[str, str], body: Body) -> Answer:
        match method, path.strip("/").split("/"):
            case "POST", ["direct_links"]:
                poor = (
                    422,
                    {
                        "error": {"code": "ERROR_INSUFFICIENT_FUNDS", "message": "Insufficient funds"},
                        "status": 422,
                    },
                )
                bad = (
                    422,
                    {"error": {"code": "ERROR_BRAND_NOT_FOUND", "message": "No such brand"}, "status": 422},
                )
                return self._order(
                    body["id"],
                    body["brand_codes"][0],
                    body["price_in_cents"],
                    poor,
                    bad,
                    lambda one: {"campaign": self._campaign(one), "status": 200},
                )
            case "GET", ["campaign", external_id] if external_id in self.orders:
                return 200, {"campaign": self._campaign(self.orders[external_id]), "status": 200}
            case "GET", ["links", external_id] if external_id in self.orders:
                one = self.orders[external_id]
                return 200, {"links": [one.link] if one.state == "delivered" else [], "status": 200}
            case "GET", ["gifts"]:
                found = [
                    one
                    for one in reversed(self.orders.values())
                    if query.get("campaign_id") in {None, one.external_id}
                    and one.state in {"delivered", "canceled"}
                ]
                start, size = int(query.get("offset", 0)), int(query.get("limit", 20))
                page = self._page(found, start, size)
                return 200, {"gifts": [self._gift(one) for one in page], "status": 200}
            case "DELETE", ["gifts", uuid]:
                gift = self._by_reference(uuid.removeprefix("G"))
                if gift is None or gift.state != "delivered":
                    return 422, {"error": {"code": "ERROR_GIFT_NOT_CANCELLABLE"}, "status": 422}
                self.settle(gift.external_id, "canceled")
                return 200, {"gift": self._gift(gift), "status": 200}
            case "GET", ["funds"]:
                funds = {"available_in_cents": self.balance, "pending_in_cents": 0, "reserved_in_cents": 0}
                return 200, {"fundsbycurrency": {"USD": funds}, "status": 200}
            case "GET", ["brands"]:
                start, size = int(query.get("offset", 0)), int(query.get("limit", 20))
                return 200, {"brands": self.products[start : start + size], "status": 200}
        return 404, {"error": {"code": "ERROR_NOT_FOUND"}, "status": 404}

    def _campaign(self, one: Ordered) -> dict[str, Any]:
        return {
            "uuid": one.reference,
            "id": one.external_id,
            "price_in_cents": one.face,
            "brand_codes": [one.product],
        }

    def _gift(self, one: Ordered) -> dict[str, Any]:
        status = {"delivered": "SENT_AND_REDEEMABLE", "canceled": "GIVER_CANCELLED"}[one.state]
        return {
            "uuid": f"G{one.reference}",
            "campaign_uuid": one.reference,
            "campaign_id": one.external_id,
            "status": status,
            "price_in_cents": one.face,
            "brand_code": one.product,
        }
