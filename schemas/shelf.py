"""The shelf: rewards, their stock and codes, and redemptions."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from schemas.people import Name, Text
from schemas.problem import Fault
from schemas.program import Slug, Unit

RewardKind = Literal["item", "code", "provider"]
"""An `item` is handed over by a person, a `code` is taken from a stock of codes and given at once, and what a
`provider` delivers is ordered there and shown as a link."""
RedemptionStatus = Literal[
    "held", "given", "canceled", "ordered", "awaiting_provider", "awaiting_funds", "failed", "reversed"
]
"""`held`: its price is set aside; `given`: it was handed over; `canceled`: its price is available again,
for it was canceled while it was held, or taken back after it was given. What a provider delivers is
`ordered`, `awaiting_provider` where that is on its way, or `awaiting_funds` where the clinic's account there
holds too little, its price set aside all the while; then it is given, or `failed`: its price is available
again; one that was given and that the provider paid back whole is `reversed`, and its price is available
again."""
Price = Annotated[int, Meta(ge=1, le=100_000_000)]
FairValue = Annotated[int, Meta(ge=0, le=100_000_000)]
Stock = Annotated[int, Meta(ge=0, le=1_000_000)]


Picture = Literal[
    "gift",
    "food",
    "coffee",
    "transport",
    "health",
    "phone",
    "clothes",
    "home",
    "book",
    "ticket",
    "sport",
    "family",
    "card",
]
"""A drawing of ours that stands beside a reward."""


class RewardName(Struct, frozen=True, forbid_unknown_fields=True):
    """What a reward is called in each language."""

    en: Name
    """In English."""
    es: Name
    """In Spanish."""


class RewardText(Struct, frozen=True, forbid_unknown_fields=True):
    """A reward's description in each language."""

    en: Text
    """In English."""
    es: Text
    """In Spanish."""


class NewReward(Struct, frozen=True, forbid_unknown_fields=True):
    """Something for the shelf; a code's stock is its unused codes."""

    name: Name
    """Its name for people, in English where it has `names`."""
    unit: Unit
    price: Price
    """In minor units of `unit`."""
    kind: RewardKind
    """Whether it is an item or a code."""
    category: Slug
    """Category of the shelf; cash, alcohol, tobacco, cannabis, gambling and firearms are refused."""
    description: Text | None = None
    """Its description for participants, in English where it has `descriptions`."""
    stock: Stock | None = None
    """How many pieces there are; an item without it never runs out."""
    instant: bool = False
    """Whether an item counts as handed over at once."""
    fair_value: FairValue | None = None
    """What one piece is worth in cents, whatever it costs in; where left out it follows from the price."""
    product: UUID | None = None
    """The product that a provider delivers, for kind `provider` alone: one that the clinic allows."""
    face: Price | None = None
    """The face value that is ordered, in cents; for a price in `usd` it is the price, and can be left out."""
    picture: Picture | None = None
    """The drawing beside it; where left out its category says which."""
    names: RewardName | None = None
    """Its name in both languages, of which the English one holds before `name`."""
    descriptions: RewardText | None = None
    """Its description in both languages, of which the English one holds before `description`."""


class RewardChange(Struct, frozen=True, forbid_unknown_fields=True):
    """Changes to a reward; a field left out stays."""

    name: Name | UnsetType = UNSET
    """Its name for people; without `names` it holds for both languages."""
    price: Price | UnsetType = UNSET
    """In minor units of its unit; holds for redemptions from now on."""
    category: Slug | UnsetType = UNSET
    """Category of the shelf; cash, alcohol, tobacco, cannabis, gambling and firearms are refused."""
    description: Text | UnsetType | None = UNSET
    """Its description for participants; without `descriptions` it holds for both languages."""
    instant: bool | UnsetType = UNSET
    """Whether an item counts as handed over at once."""
    active: bool | UnsetType = UNSET
    """Whether it is on the shelf."""
    fair_value: FairValue | UnsetType | None = UNSET
    """What one piece is worth in cents; null lets it follow from the price again."""
    picture: Picture | UnsetType | None = UNSET
    """The drawing beside it; null lets its category say which."""
    names: RewardName | UnsetType | None = UNSET
    """Its name in both languages; null leaves the English one alone."""
    descriptions: RewardText | UnsetType | None = UNSET
    """Its description in both languages; null leaves the English one alone."""


class Reward(Struct, frozen=True):
    """Something on the shelf, or taken off it."""

    id: UUID
    name: str
    """Its name for people; in English where it has `names`."""
    unit: Unit
    price: int
    """In minor units of `unit`."""
    kind: RewardKind
    """Whether it is an item or a code."""
    category: str
    """Category of the shelf."""
    instant: bool
    """Whether an item counts as handed over at once."""
    active: bool
    """Whether it is on the shelf."""
    created_at: datetime
    description: str | None = None
    """Its description for participants."""
    stock: int | None = None
    """How many pieces or codes are left; null where it never runs out."""
    fair_value: int | None = None
    """What one piece is worth in cents today; null while nobody has said what points are worth."""
    fair_value_stated: bool = False
    """Whether the fair value was stated; else it follows from the price."""
    lowered_by: UUID | None = None
    """Who lowered its price or fair value alone; null once another person has named its price."""
    moved_by: UUID | None = None
    """Who put it into another category alone; null once another person has named its category."""
    product: UUID | None = None
    """The product that a provider delivers, for kind `provider`."""
    face: int | None = None
    """The face value that is ordered from the provider, in cents."""
    names: RewardName | None = None
    """Its name in both languages; null where it is written once."""
    descriptions: RewardText | None = None
    """Its description in both languages; null where it is written once."""
    picture: Picture | None = None
    """The drawing that was chosen for it; null where its category says which."""


class Stocked(Reward, frozen=True):
    """A reward after its stock was changed, or as it stands where that takes a second person."""

    write_off: UUID | None = None
    """Id of the write-off that another person is to approve."""


class Coded(Reward, frozen=True):
    """A code reward after codes were added, with what is odd about them."""

    warnings: tuple[Fault, ...] = ()
    """What is allowed but hardly meant, such as codes of several lengths; they were added all the same."""


class RewardPage(Struct, frozen=True):
    """One page of the shelf, newest first."""

    items: tuple[Reward, ...]
    next_cursor: str | None = None


class StockChange(Struct, frozen=True, forbid_unknown_fields=True):
    """More (positive) or fewer (negative) pieces of an item, with the reason.

    Fewer pieces are a write-off: nothing is taken away before another person approves it.
    """

    change: Annotated[int, Meta(ge=-1_000_000, le=1_000_000)]
    """How many pieces come in, or, negative, are to be written off."""
    reason: Text
    """Why; kept on record."""


class NewCodes(Struct, frozen=True, forbid_unknown_fields=True):
    """Codes to be given out, one a redemption; kept encrypted."""

    codes: Annotated[
        tuple[Annotated[str, Meta(min_length=1, max_length=500)], ...], Meta(min_length=1, max_length=1000)
    ]
    """The codes, each given out once; kept encrypted."""


class NewRedemption(Struct, frozen=True, forbid_unknown_fields=True):
    """One participant asking for a reward."""

    participant: UUID
    reward: UUID
    quantity: Annotated[int, Meta(ge=1, le=100)] = 1
    """How many pieces."""


class Redemption(Struct, frozen=True):
    """One participant's redemption."""

    id: UUID
    participant: UUID
    reward: UUID
    quantity: int
    """How many pieces."""
    status: RedemptionStatus
    """How it stands."""
    unit: Unit
    amount: int
    """Price of all pieces together, in minor units of `unit`."""
    requested_at: datetime
    """When it was asked for."""
    requested_by: UUID
    """Who asked: the id of a key, of a member of staff, or of the participant."""
    settled_at: datetime | None = None
    """When it was given, canceled or taken back, or failed or was reversed."""
    settled_by: UUID | None = None
    """Who gave, canceled or took it back: a key or member of staff. What a provider delivered was given by
    whoever asked for it; what failed or was reversed there, by the service itself."""
    code: str | None = None
    """The first, often the only, code of a code reward, for those who hand codes over."""
    codes: tuple[str, ...] = ()
    """All codes of a code reward that are worth something, for those who hand codes over."""
    fair_value: int | None = None
    """What all pieces together were worth in cents when they were asked for; null where nobody had said."""
    void_codes: tuple[str, ...] = ()
    """Codes that were replaced or taken back and are worth nothing, for those who hand codes over."""
    change: UUID | None = None
    """Id of the replacement or taking back just done or proposed; only in the answer to it."""
    lowered_by: UUID | None = None
    """Who had lowered the reward's price or fair value alone when it was asked for, if anybody."""
    refunded: int = 0
    """What the provider paid back of it, in minor units of `unit`: that much is available again."""
    link: str | None = None
    """Where a provider's reward is used, for those who hand it over; as good as money."""
    card: str | None = None
    """Last digits or reference of the card that staff loaded for it."""
    by_hand: bool = False
    """Whether staff load a card for it; said of one that is on order or given, where it is read by itself."""


class RedemptionPage(Struct, frozen=True):
    """One page of redemptions, newest first."""

    items: tuple[Redemption, ...]
    next_cursor: str | None = None
