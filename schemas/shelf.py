"""The shelf: rewards, their stock and codes, and redemptions."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from schemas.people import Name, Text
from schemas.program import Slug, Unit

RewardKind = Literal["item", "code"]
RedemptionStatus = Literal["held", "given", "canceled"]
Price = Annotated[int, Meta(ge=1, le=100_000_000)]
Stock = Annotated[int, Meta(ge=0, le=1_000_000)]


class NewReward(Struct, frozen=True, forbid_unknown_fields=True):
    """Something for the shelf; `price` in minor units of `unit`.

    An `item` is handed over by a person (or at once where `instant`); a `code` is taken from a stock of
    codes and given at once. Without `stock` an item never runs out; a code's stock is its unused codes.
    """

    name: Name
    unit: Unit
    price: Price
    kind: RewardKind
    category: Slug
    description: Text | None = None
    stock: Stock | None = None
    instant: bool = False


class RewardChange(Struct, frozen=True, forbid_unknown_fields=True):
    """What is to change about a reward; a field left out stays. `active: false` takes it off the shelf."""

    name: Name | UnsetType = UNSET
    price: Price | UnsetType = UNSET
    category: Slug | UnsetType = UNSET
    description: Text | UnsetType | None = UNSET
    instant: bool | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class Reward(Struct, frozen=True):
    """Something on the shelf; `stock` is what is left, none where it never runs out."""

    id: UUID
    name: str
    unit: Unit
    price: int
    kind: RewardKind
    category: str
    instant: bool
    active: bool
    created_at: datetime
    description: str | None = None
    stock: int | None = None


class Stocked(Reward, frozen=True):
    """A reward after its stock was changed, or as it stands where that takes a second person.

    `write_off` is then what another person is to approve.
    """

    write_off: UUID | None = None


class RewardPage(Struct, frozen=True):
    """One page of the shelf, newest first."""

    items: tuple[Reward, ...]
    next_cursor: str | None = None


class StockChange(Struct, frozen=True, forbid_unknown_fields=True):
    """More (positive) or fewer (negative) pieces of an item, with the reason.

    Fewer pieces are a write-off: nothing is taken away before another person approves it.
    """

    change: Annotated[int, Meta(ge=-1_000_000, le=1_000_000)]
    reason: Text


class NewCodes(Struct, frozen=True, forbid_unknown_fields=True):
    """Codes to be given out, one a redemption; kept encrypted."""

    codes: Annotated[
        tuple[Annotated[str, Meta(min_length=1, max_length=500)], ...], Meta(min_length=1, max_length=1000)
    ]


class NewRedemption(Struct, frozen=True, forbid_unknown_fields=True):
    """One participant asking for a reward."""

    participant: UUID
    reward: UUID
    quantity: Annotated[int, Meta(ge=1, le=100)] = 1


class Redemption(Struct, frozen=True):
    """One participant's redemption; `amount` in minor units of `unit` for all pieces together.

    `code` is the first (often the only) code of a code reward, `codes` all of them.
    """

    id: UUID
    participant: UUID
    reward: UUID
    quantity: int
    status: RedemptionStatus
    unit: Unit
    amount: int
    requested_at: datetime
    requested_by: UUID
    settled_at: datetime | None = None
    settled_by: UUID | None = None
    code: str | None = None
    codes: tuple[str, ...] = ()


class RedemptionPage(Struct, frozen=True):
    """One page of redemptions, newest first."""

    items: tuple[Redemption, ...]
    next_cursor: str | None = None
