"""One bounded call to a provider: which answers say that nothing was done, and which leave it open.

Only what surely never arrived, or was surely refused, may be done again: no connection came about, or the
answer says so. An answer that is missing, broken off, or a server's own fault leaves open whether it was
done.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, TypeVar, assert_never
from urllib.parse import urlencode

import msgspec
from msgspec import Struct

from service.core.notices.deliveries import Delivered, Failed, Gone, Outcome, Refused
from service.core.orders import Away, Busy, Placed, Unsure
from service.outbound.addresses import Allowed
from service.outbound.names import Resolve
from service.outbound.post import Bounds, Method, Request, WebhookClient
from service.settings import Settings

ANSWER_BYTES_MAX: Final = 4 * 1024 * 1024
"""The longest answer that is read: a catalog of some thousand products."""
DEADLINE_S: Final = 30.0
BUSY_S: Final = 2.0
"""How long a provider is left alone that says it has too many calls, and not for how long."""
NEVER_SENT: Final = frozenset({"name_unknown", "connect", "connect_time", "tls", "request_too_large"})
PAGES_MAX: Final = 200
"""How many pages of a list are asked for: a server that sends full ones for ever keeps nobody waiting."""
OPEN: Final = frozenset({408, 409, 425})
"""Answers below 500 that leave open what was done: a time-out, a conflict, too early."""
DENIED: Final = frozenset({401, 403})
TOO_MANY: Final = 429
REDIRECTS: Final = range(300, 400)
FAULTS: Final = range(500, 600)

T = TypeVar("T")
Turn = Callable[[], Awaitable[None]]
"""Waits until the account's pace allows another call."""


class Ok(Struct, frozen=True):
    """An answer of 2xx."""

    body: bytes


class No(Struct, frozen=True):
    """An answer that says no: nothing was done."""

    status: int
    body: bytes


Said = Ok | No | Busy | Away | Unsure


class Caller:
    """Speaks to one account's address, each call in its turn and with the account's credentials."""

    def __init__(self, client: WebhookClient, address: str, headers: Mapping[str, str], turn: Turn) -> None:
        """Take how calls are made, where to, what is said of us, and what to wait for before each."""
        self._client = client
        self._address = address.rstrip("/")
        self._headers = {"accept": "application/json", **headers}
        self._turn = turn

    async def get(self, path: str, query: Mapping[str, str | int] | None = None) -> Said:
        """Ask for something."""
        return await self._call("GET", path + (f"?{urlencode(query)}" if query else ""))

    async def post(self, path: str, body: object) -> Said:
        """Have something done, once: on a connection of its own, so that it never has to be sent again."""
        return await self._call("POST", path, msgspec.json.encode(body))

    async def delete(self, path: str) -> Said:
        """Have something taken away."""
        return await self._call("DELETE", path)

    async def _call(self, method: Method, path: str, body: bytes = b"") -> Said:
        await self._turn()
        headers = {**self._headers, "content-type": "application/json"} if body else self._headers
        request = Request(method, f"{self._address}{path}", headers, body, is_once=method != "GET")
        return said(await self._client.call(request))


def said(outcome: Outcome) -> Said:
    """What became of a call."""
    match outcome:
        case Delivered(first_bytes=body):
            return Ok(body)
        case Gone(first_bytes=body):
            return No(410, body)
        case Refused():
            return Away("address")
        case Failed(why, status=None):
            return Away("unreachable") if why in NEVER_SENT else Unsure("no_answer")
        case Failed(status=int(status), retry_after_s=after, first_bytes=body):
            return _of_status(status, BUSY_S if after is None else after, body)
        case Failed():
            return Unsure("no_answer")
        case _ as unreachable:
            assert_never(unreachable)


def _of_status(status: int, after_s: float, body: bytes) -> Said:
    if status in REDIRECTS:
        return Away("redirected")
    if status in DENIED:
        return Away("denied")
    if status == TOO_MANY:
        return Busy(after_s)
    if status in FAULTS or status in OPEN:
        return Unsure("no_answer")
    return No(status, body)


def read(body: bytes, shape: type[T]) -> T | Unsure:
    """An answer's body; what is not as documented is an answer that cannot be read."""
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.MsgspecError:
        return Unsure("unreadable")


def answered(answer: Said, shape: type[T]) -> T | Busy | Away | Unsure:
    """What a question was answered; a no is an answer that cannot be read."""
    match answer:
        case Ok(body):
            return read(body, shape)
        case No():
            return Unsure("unreadable")
        case Busy() | Away() | Unsure():
            return answer
        case _ as unreachable:
            assert_never(unreachable)


async def paged(
    page: Callable[[int], Awaitable[Sequence[T] | Busy | Away | Unsure]], size: int
) -> list[T] | Busy | Away | Unsure:
    """All of a list that is asked for page by page: `page` gives the one that begins after so many items.

    A list without an end, and one that begins anew at each page, are answers that cannot be read.
    """
    found: list[T] = []
    first: T | None = None
    for _ in range(PAGES_MAX):
        items = await page(len(found))
        if isinstance(items, Busy | Away | Unsure):
            return items
        if found and items and items[0] == first:
            return Unsure("unreadable")
        first = items[0] if items else None
        found += items
        if len(items) < size:
            return found
    return Unsure("unreadable")


def placed_all(
    listed: list[T] | Busy | Away | Unsure, placed: Callable[[T], Placed | Unsure]
) -> list[Placed] | Busy | Away | Unsure:
    """The orders of a list as they stand; one in a state that their documents do not name spoils the list."""
    if not isinstance(listed, list):
        return listed
    found = [placed(one) for one in listed]
    unread = [one for one in found if isinstance(one, Unsure)]
    return unread[0] if unread else [one for one in found if isinstance(one, Placed)]


def says(no: No, *words: str) -> bool:
    """Whether a refusal names one of some words, whatever the case."""
    text = no.body.decode("utf-8", "replace").lower()
    return any(word in text for word in words)


def cents(amount: Decimal) -> int:
    """An amount of dollars in cents; a fraction of one is dropped."""
    return int(amount * 100)


def dollars(amount: int) -> Any:  # noqa: ANN401  a number of JSON
    """An amount of cents as the dollars that JSON writes: whole ones as such, others to the cent."""
    whole, rest = divmod(amount, 100)
    return whole if not rest else msgspec.Raw(f"{whole}.{rest:02}".encode())


def provider_client(settings: Settings, resolve: Resolve | None = None) -> WebhookClient:
    """What calls to providers are made by: the addresses that notices may go to, and longer answers."""
    bounds = Bounds(
        deadline_s=DEADLINE_S,
        connect_s=settings.webhook_connect_s_max,
        read_s=DEADLINE_S,
        answer_bytes=ANSWER_BYTES_MAX,
    )
    return WebhookClient(
        bounds, Allowed(settings.webhook_allow_loopback, settings.webhook_allow_private), resolve
    )
