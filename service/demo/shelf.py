"""The demo's shelf: rewards, redemptions, manual awards, write-offs and draws."""

from typing import Any

from msgspec import Struct

from schemas.program import Unit
from schemas.shelf import NewReward, RewardKind, RewardName, RewardText, StockChange


def _reward(
    en: str,
    es: str,
    unit: Unit,
    price: int,
    kind: RewardKind,
    category: str,
    **also: Any,  # noqa: ANN401  fields of a reward
) -> NewReward:
    return NewReward(en, unit, price, kind, category, names=RewardName(en, es), **also)


SHELF: tuple[tuple[NewReward, int], ...] = (
    (
        _reward(
            "Grocery gift card, $10",
            "Tarjeta del supermercado, $10",
            "usd",
            1000,
            "code",
            "groceries",
            descriptions=RewardText(
                "For any grocery store in town.", "Para cualquier supermercado de la ciudad."
            ),
        ),
        12,
    ),
    (
        _reward(
            "Pharmacy gift card, $25",
            "Tarjeta de la farmacia, $25",
            "usd",
            2500,
            "code",
            "health",
        ),
        2,
    ),
    (_reward("Movie ticket", "Entrada de cine", "usd", 1200, "code", "fun"), 6),
    (
        _reward(
            "Bus day pass",
            "Pase de autobús de un día",
            "usd",
            500,
            "item",
            "transport",
            stock=40,
            instant=True,
        ),
        0,
    ),
    (
        _reward(
            "Phone charger",
            "Cargador de teléfono",
            "usd",
            1500,
            "item",
            "household",
            stock=10,
            picture="phone",
        ),
        0,
    ),
    (
        _reward(
            "Coffee mug",
            "Taza para café",
            "usd",
            800,
            "item",
            "household",
            stock=3,
            picture="coffee",
        ),
        0,
    ),
    (_reward("Water bottle", "Botella para agua", "points", 60, "item", "health", stock=2), 0),
    (
        _reward(
            "Notebook and pens",
            "Cuaderno y bolígrafos",
            "points",
            40,
            "item",
            "learning",
            descriptions=RewardText(
                "For homework, or for whatever you like.", "Para tareas, o para lo que quieras."
            ),
        ),
        0,
    ),
    (_reward("Yoga mat", "Colchoneta de yoga", "points", 150, "item", "health", stock=5), 0),
)
"""Each reward, and for those that are codes, how many there are."""


class Requested(Struct, frozen=True):
    """Who asked for which reward, and whether it was given, is still to be handed over, or was canceled."""

    reference: str
    reward: str
    then: str


ASKED: tuple[Requested, ...] = (
    Requested("MRN-1001", "Grocery gift card, $10", "given"),
    Requested("MRN-1001", "Phone charger", "held"),
    Requested("MRN-1003", "Bus day pass", "given"),
    Requested("MRN-1004", "Coffee mug", "given"),
    Requested("MRN-1005", "Pharmacy gift card, $25", "given"),
    Requested("MRN-1007", "Coffee mug", "held"),
    Requested("MRN-1013", "Water bottle", "held"),
    Requested("MRN-1014", "Yoga mat", "canceled"),
)


class ByHand(Struct, frozen=True):
    """A manual award that a clinician proposed, and whether a manager approved it by now."""

    reference: str
    amount: int
    reason: str
    approved: bool


BY_HAND: tuple[ByHand, ...] = (
    ByHand(
        "MRN-1003", 500, "The test machine was broken on Monday, so the visit could not count.", approved=True
    ),
    ByHand("MRN-1004", 300, "Helped a new participant find the way here.", approved=False),
)
WRITTEN_OFF: tuple[str, StockChange] = (
    "Phone charger",
    StockChange(-1, "Came broken out of the box."),
)
"""The write-off that waits for a second manager."""


class Drawn(Struct, frozen=True):
    """Who has drawn how many slips; `revealed` says that the seed was revealed afterwards."""

    reference: str
    count: int
    revealed: bool = False


DRAWN: tuple[Drawn, ...] = (
    Drawn("MRN-1010", 12),
    Drawn("MRN-1011", 5, revealed=True),
    Drawn("MRN-1010", 3),
)
"""Draws made, in their order: what was drawn before the seed was revealed can be checked."""


def codes_of(reward: str, count: int) -> tuple[str, ...]:
    """Codes for a reward: made up, and worth nothing anywhere."""
    word = "".join(letter for letter in reward.upper() if letter.isalpha())[:4]
    return tuple(f"DEMO-{word}-{number:04}" for number in range(1, count + 1))
