"""Examples of reward providers, for the contract."""

from typing import Final

from msgspec import Struct

from schemas.providers import (
    CardLoad,
    NewProduct,
    NewProviderAccount,
    ProductChange,
    ProviderAccount,
    ProviderAccountChange,
    ProviderChecked,
    ProviderDifference,
    ProviderNotice,
    ProviderProduct,
    TangoAccess,
    TremendousAccess,
)
from service.web.contract.samples import AT, sample_id

PROVIDER_ACCOUNT, PROVIDER_PRODUCT, PROVIDER_DIFFERENCE = map(sample_id, (90, 91, 92))
MANAGER = sample_id(7)

BODIES: Final[dict[str, dict[str, object]]] = {
    "add_provider_account": {
        "Tremendous, to try": NewProviderAccount(
            "Gift cards", TremendousAccess("TEST_...", campaign="CAMPAIGN1"), "sandbox"
        ),
        "Tango": NewProviderAccount(
            "Gift cards",
            TangoAccess("OurPlatform", "platform-key", "clinic", "clinic-cards"),
            warn_below=100_000,
        ),
    },
    "add_provider_product": {"a card of ours": NewProduct("Grocery card", 500, 10_000)},
    "say_of_card": {
        "loaded": CardLoad("loaded", "4711"),
        "paid back": CardLoad("refunded", amount=1_000),
    },
    "change_provider_account": {"warned later": ProviderAccountChange(warn_below=25_000)},
    "change_provider_product": {"allowed": ProductChange(allowed=True)},
    "receive_provider_notice": {
        "a canceled reward": {
            "event": "REWARDS.CANCELED",
            "uuid": "5a8f7f1e-0d1c-4a5e-9b39-2f0a3b7c1d2e",
            "payload": {"resource": {"id": "ABCDEFGHIJKL", "type": "rewards"}},
        }
    },
}
"""Bodies of requests, by operation."""

_ACCOUNT: Final = ProviderAccount(
    PROVIDER_ACCOUNT,
    "tremendous",
    "Gift cards",
    "https://testflight.tremendous.com/api/v2",
    50_000,
    active=True,
    created_at=AT,
    created_by=MANAGER,
    webhook=f"/v1/provider-notices/{PROVIDER_ACCOUNT}",
    balance=120_000,
    balance_at=AT,
    on_order=2_500,
)
ANSWERS: Final[dict[type[Struct], Struct]] = {
    ProviderAccount: _ACCOUNT,
    ProviderProduct: ProviderProduct(
        PROVIDER_PRODUCT,
        PROVIDER_ACCOUNT,
        "ABCDEFGHIJKL",
        "Grocery Store",
        "merchant_card, grocery_and_supermarkets",
        500,
        50_000,
        (),
        allowed=True,
        allowed_by=MANAGER,
    ),
    ProviderDifference: ProviderDifference(
        PROVIDER_DIFFERENCE,
        PROVIDER_ACCOUNT,
        "missing_here",
        "MNOPQRSTUVWX",
        "none",
        "delivered, face 2500",
        AT,
    ),
    ProviderChecked: ProviderChecked(PROVIDER_ACCOUNT, ok=True, balance=120_000, products=214),
    ProviderNotice: ProviderNotice(taken=True),
}
"""Answers, by their shape."""
