"""Sets of public keys at others' addresses: fetched as notices are posted, and kept for minutes."""

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Any, Final

import msgspec
from msgspec import Struct

from service.core.notices.deliveries import Delivered
from service.outbound.addresses import Allowed
from service.outbound.post import Bounds, Request, WebhookClient
from service.settings import Settings

KNOWN_S: Final = 300.0
"""How long a set is taken as it was, where nobody signs with a key that is not in it."""
AGAIN_S: Final = 30.0
"""How soon an address is asked again: for a key that its set lacked, and after it had no set to give.

Whoever asks for a token is not known yet, so that must not be a way to have an address asked without end.
"""
SETS_MAX: Final = 1000


BOUNDS: Final = Bounds(deadline_s=10.0, connect_s=5.0, read_s=5.0, answer_bytes=256 * 1024)
"""How long and how large an answer may be."""


class _Kept(Struct, frozen=True):
    """What an address gave, none where it gave nothing; and when, by a clock that only goes on."""

    found: Any
    at_s: float


class KeySets:
    """Fetches sets of keys; what is not a public address, or answers too much or too late, has none."""

    def __init__(
        self, client: WebhookClient, bounds: Bounds = BOUNDS, seconds: Callable[[], float] = monotonic
    ) -> None:
        """Take what addresses are judged and asked by, and the bounds that it keeps to."""
        self._client = client
        self._bytes_max = bounds.answer_bytes
        self._seconds = seconds
        self._kept: dict[str, _Kept] = {}
        self._under_way: dict[str, asyncio.Task[Any]] = {}

    async def fetch(self, url: str, *, lacks: bool = False) -> Any:  # noqa: ANN401  any JSON
        """The set at an address; none where it cannot be had.

        With `lacks` the set as it is known lacks a key: it is asked for anew, where that is not just done.
        """
        kept = self._kept.get(url)
        if kept is not None:
            good_s = AGAIN_S if lacks or kept.found is None else KNOWN_S
            if self._seconds() - kept.at_s < good_s:
                return kept.found
        task = self._under_way.get(url)
        if task is None:
            task = self._under_way[url] = asyncio.create_task(self._asked(url))
        # Whoever asked first may go away meanwhile; the others still wait for it.
        return await asyncio.shield(task)

    async def _asked(self, url: str) -> Any:  # noqa: ANN401  any JSON
        try:
            found = self._read(await self._client.call(Request("GET", url, {"accept": "application/json"})))
        finally:
            del self._under_way[url]
        self._kept.pop(url, None)
        while len(self._kept) >= SETS_MAX:
            del self._kept[next(iter(self._kept))]
        self._kept[url] = _Kept(found, self._seconds())
        return found

    def _read(self, answer: object) -> Any:  # noqa: ANN401  any JSON
        # An answer is read up to its bound: one that is as long may go on.
        if not isinstance(answer, Delivered) or len(answer.first_bytes) >= self._bytes_max:
            return None
        try:
            return msgspec.json.decode(answer.first_bytes)
        except msgspec.MsgspecError:
            return None

    def close(self) -> None:
        """End what is kept open."""
        self._client.close()


def key_sets_of(settings: Settings) -> KeySets:
    """Key sets at the addresses that notices may go to."""
    allowed = Allowed(settings.webhook_allow_loopback, settings.webhook_allow_private)
    return KeySets(WebhookClient(BOUNDS, allowed))
