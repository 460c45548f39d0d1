"""Sets of public keys at others' addresses: fetched as notices are posted, and kept for minutes."""

from time import monotonic
from typing import Any, Final

import msgspec

from service.core.notices.deliveries import Delivered
from service.outbound.addresses import Allowed
from service.outbound.post import Bounds, Request, WebhookClient
from service.settings import Settings

KNOWN_S: Final = 300.0
"""How long a set is taken as it was: whoever changes keys shows the old one for as long."""
SETS_MAX: Final = 1000


BOUNDS: Final = Bounds(deadline_s=10.0, connect_s=5.0, read_s=5.0, answer_bytes=256 * 1024)
"""How long and how large an answer may be."""


class KeySets:
    """Fetches sets of keys; what is not a public address, or answers too much or too late, has none."""

    def __init__(self, client: WebhookClient) -> None:
        """Take what addresses are judged and asked by."""
        self._client = client
        self._known: dict[str, tuple[Any, float]] = {}

    async def fetch(self, url: str) -> Any:  # noqa: ANN401  any JSON
        """The set at an address; none where it cannot be had."""
        kept = self._known.get(url)
        if kept is not None and kept[1] > monotonic():
            return kept[0]
        answer = await self._client.call(Request("GET", url, {"accept": "application/json"}))
        if not isinstance(answer, Delivered):
            return None
        try:
            found = msgspec.json.decode(answer.first_bytes)
        except msgspec.MsgspecError:
            return None
        while len(self._known) >= SETS_MAX:
            del self._known[next(iter(self._known))]
        self._known[url] = (found, monotonic() + KNOWN_S)
        return found

    def close(self) -> None:
        """End what is kept open."""
        self._client.close()


def key_sets_of(settings: Settings) -> KeySets:
    """Key sets at the addresses that notices may go to."""
    allowed = Allowed(settings.webhook_allow_loopback, settings.webhook_allow_private)
    return KeySets(WebhookClient(BOUNDS, allowed))
