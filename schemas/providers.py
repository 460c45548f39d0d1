"""Reward providers: a clinic's accounts, their catalogs, and where their lists differ from ours."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from schemas.people import Name

ProviderName = Literal["tremendous", "tango", "giftbit", "by_hand"]
"""Who delivers: Tremendous, Tango (BHN), Giftbit, or the clinic's own staff, who load cards by hand."""
Environment = Literal["production", "sandbox"]
"""`sandbox` orders nothing that is worth anything."""
Secret = Annotated[str, Meta(min_length=1, max_length=500, pattern=r"^[!-~]+$(?!\n)")]
Identifier = Annotated[str, Meta(min_length=1, max_length=100, pattern=r"^[!-~]+$(?!\n)")]
Address = Annotated[
    str, Meta(min_length=8, max_length=2048, pattern=r"^[Hh][Tt][Tt][Pp][Ss]?://[!-~]+$(?!\n)")
]
Cents = Annotated[int, Meta(ge=0, le=100_000_000_00)]


class TremendousAccess(
    Struct, frozen=True, forbid_unknown_fields=True, tag="tremendous", tag_field="provider"
):
    """How a clinic is known at Tremendous."""

    api_key: Secret
    """The key of their API; kept encrypted and never shown."""
    funding_source: Identifier = "balance"
    """Id of the funding source that pays."""
    campaign: Identifier | None = None
    """Id of a campaign, for its looks alone: what can be chosen is the reward's product."""


class TangoAccess(Struct, frozen=True, forbid_unknown_fields=True, tag="tango", tag_field="provider"):
    """How a clinic is known at Tango (BHN)."""

    platform: Identifier
    """Name of the platform."""
    api_key: Secret
    """The platform's key; kept encrypted and never shown."""
    customer: Identifier
    """Identifier of the customer."""
    account: Identifier
    """Identifier of the account that pays."""


class GiftbitAccess(Struct, frozen=True, forbid_unknown_fields=True, tag="giftbit", tag_field="provider"):
    """How a clinic is known at Giftbit."""

    api_key: Secret
    """The token of their API; kept encrypted and never shown."""


class HandAccess(Struct, frozen=True, forbid_unknown_fields=True, tag="by_hand", tag_field="provider"):
    """Nobody is asked: staff load reloadable cards by hand, and say so."""


AskedAccess = TremendousAccess | TangoAccess | GiftbitAccess
"""How a clinic is known at a provider that is asked."""
Access = TremendousAccess | TangoAccess | GiftbitAccess | HandAccess
"""How a clinic is known at a provider, by whose it is."""
CardWord = Annotated[str, Meta(min_length=4, max_length=32, pattern=r"^[0-9A-Za-z-]+$(?!\n)")]
"""Last digits of a card, or what the clinic knows it by; never its whole number."""
LoadStatus = Literal["loaded", "failed", "refunded"]
"""What became of a card that staff load by hand."""
DifferenceKind = Literal["missing_there", "missing_here", "face", "state"]
"""`missing_there`: it does not know an order of ours; `missing_here`: we do not know one of its; `face`: the
face values differ; `state`: one of the two has it delivered, the other has not, or a refund is not here
yet."""


class NewProviderAccount(Struct, frozen=True, forbid_unknown_fields=True):
    """An account of the clinic's with a provider."""

    name: Name
    """What the clinic calls it."""
    access: Access
    """Who it is with, and how the clinic is known there."""
    environment: Environment = "production"
    """Which of the provider's addresses is spoken to."""
    address: Address | None = None
    """Another address than their own: public and over HTTPS, save where a setting allows others."""
    warn_below: Cents = 50_000
    """In cents: somebody is warned when the account holds less."""
    webhook_secret: Secret | None = None
    """What the provider signs its notices to us with, where it does; kept encrypted and never shown."""


class ProviderAccountChange(Struct, frozen=True, forbid_unknown_fields=True):
    """Changes to an account; a field left out stays, and the provider is always the same."""

    name: Name | UnsetType = UNSET
    """What the clinic calls it."""
    access: Access | UnsetType = UNSET
    """How the clinic is known there, all of it."""
    warn_below: Cents | UnsetType = UNSET
    """In cents: somebody is warned when the account holds less."""
    webhook_secret: Secret | UnsetType | None = UNSET
    """What the provider signs its notices to us with."""
    active: bool | UnsetType = UNSET
    """Whether it is spoken to. What is on order waits while it is not."""


class ProviderAccount(Struct, frozen=True):
    """An account of the clinic's with a provider, and how it stands; its keys are never shown."""

    id: UUID
    provider: ProviderName
    """Who it is with."""
    name: str
    """What the clinic calls it."""
    address: str
    """Where it is spoken to."""
    warn_below: int
    """In cents: somebody is warned when the account holds less."""
    active: bool
    """Whether it is spoken to."""
    created_at: datetime
    created_by: UUID
    webhook: str
    """Where the provider can tell us that something changed; it is then asked what."""
    balance: int | None = None
    """What it holds for us, in cents; null until it was asked for."""
    balance_at: datetime | None = None
    """When that was."""
    on_order: int = 0
    """What is on order and not paid for yet, in cents."""
    is_low: bool = False
    """Whether what is left is less than `warn_below`."""
    catalog_at: datetime | None = None
    """When its catalog was last read."""
    matched_at: datetime | None = None
    """When its list of orders was last compared with ours."""
    fault: str | None = None
    """Why the last call came to nothing, if it did."""
    shut_until: datetime | None = None
    """Until when it is left alone, after several calls that came to nothing."""
    waiting: int = 0
    """How many orders wait for it or for money."""
    differences: int = 0
    """How many differences between its list and ours stand."""


class ProviderAccountPage(Struct, frozen=True):
    """One page of accounts, newest first."""

    items: tuple[ProviderAccount, ...]
    next_cursor: str | None = None


class ProviderProduct(Struct, frozen=True):
    """One product of a provider's catalog."""

    id: UUID
    account: UUID
    """Id of the account."""
    reference: str
    """What the provider knows it by."""
    name: str
    """What the provider calls it."""
    category: str
    """The provider's own word."""
    least: int
    """The least face value, in cents."""
    most: int
    """The greatest face value, in cents."""
    faces: tuple[int, ...]
    """The only face values that there are, in cents; empty where any between least and most is."""
    allowed: bool
    """Whether the clinic allows it on its shelf."""
    forbidden: str | None = None
    """Why it never can be: it names cash, alcohol, tobacco, cannabis, gambling or firearms."""
    allowed_by: UUID | None = None
    """Who allowed it."""
    gone: bool = False
    """Whether the catalog has it no more."""


class ProviderProductPage(Struct, frozen=True):
    """One page of a catalog."""

    items: tuple[ProviderProduct, ...]
    next_cursor: str | None = None


class NewProduct(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of card that staff load by hand."""

    name: Name
    """What it is called."""
    least: Annotated[int, Meta(ge=1, le=100_000_00)]
    """The least that is loaded at once, in cents."""
    most: Annotated[int, Meta(ge=1, le=100_000_00)]
    """The most, in cents."""


class CardLoad(Struct, frozen=True, forbid_unknown_fields=True):
    """What became of a card that staff load by hand."""

    status: LoadStatus
    """`loaded`; `failed`: it could not be, and the price is available again; `refunded`: a loaded card paid
    back."""
    card: CardWord | None = None
    """The card's last digits or reference, of one that was loaded; never its whole number."""
    amount: Annotated[int, Meta(ge=1, le=100_000_00)] | None = None
    """Cents that were loaded, or paid back now; all of it where left out. What was not loaded comes back."""


class ProductChange(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether the clinic allows a product on its shelf."""

    allowed: bool
    """Whether rewards can be made of it, and be ordered."""


class ProviderDifference(Struct, frozen=True):
    """One place where a provider's list of orders and ours differ."""

    id: UUID
    account: UUID
    """Id of the account."""
    kind: DifferenceKind
    """What differs."""
    reference: str
    """Our id of the order, or theirs where we know none."""
    ours: str
    """What is on record here, in plain words."""
    theirs: str
    """What is on record there, in plain words."""
    found_at: datetime
    """When it was found first."""
    redemption: UUID | None = None
    """The redemption that it is about, if it is ours."""
    ended_at: datetime | None = None
    """When it was found to be gone."""


class ProviderDifferencePage(Struct, frozen=True):
    """One page of differences, newest first."""

    items: tuple[ProviderDifference, ...]
    next_cursor: str | None = None


class ProviderChecked(Struct, frozen=True):
    """What an account answers now; nothing is ordered."""

    account: UUID
    """Id of the account."""
    ok: bool
    """Whether everything needed for ordering was answered."""
    fault: str | None = None
    """Why not."""
    balance: int | None = None
    """What it holds for us, in cents."""
    products: int | None = None
    """How many products in US dollars its catalog has."""


class ProviderNotice(Struct, frozen=True):
    """The answer to a provider's notice."""

    taken: bool
    """Whether it was taken: the provider is asked what changed."""
