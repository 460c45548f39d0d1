"""What every reward provider can be asked, in our words."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from service.core.orders import Away, Busy, Placed, Rejected, Seen, Sent, Unsure

Trouble = Busy | Away | Unsure
"""Why a question has no answer."""


class Product(Struct, frozen=True):
    """A product of a catalog in US dollars: the face values that can be ordered, in cents.

    `faces` are the only ones that there are; where it is empty any from `least` to `most` is.
    """

    reference: str
    name: str
    category: str
    least: int
    most: int
    faces: tuple[int, ...] = ()
    is_cash: bool = False


class RewardProvider(Protocol):
    """One account with one provider. Nothing that it does or answers raises.

    It is never told who a reward is for, nor why: an order says an id of ours, a product and a face value.
    """

    async def order(self, external_id: str, product: str, face: int) -> Sent:
        """Order a product at a face value in cents; the same `external_id` again is the same order."""

    async def look_up(self, external_id: str, reference: str | None) -> Seen:
        """How an order stands, by our id, or by the provider's own reference where that is known."""

    async def cancel(self, external_id: str, reference: str) -> Seen | Rejected:
        """Have an order canceled and paid back."""

    async def balance(self) -> int | Trouble:
        """What the account holds, in cents."""

    async def products(self) -> Sequence[Product] | Trouble:
        """The catalog."""

    async def orders(self, since: datetime) -> Sequence[Placed] | Trouble:
        """All orders made from a moment on, each with our id and its face value where there are such."""
