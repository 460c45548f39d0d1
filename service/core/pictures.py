"""The drawing beside a reward: the one that a clinic chose, else the one of its category."""

from typing import Final, get_args

from schemas.shelf import Picture, Reward

PICTURES: Final[tuple[Picture, ...]] = get_args(Picture)
OF_CATEGORY: Final[dict[str, Picture]] = {
    "groceries": "food",
    "food": "food",
    "meals": "food",
    "coffee": "coffee",
    "transport": "transport",
    "bus": "transport",
    "health": "health",
    "wellness": "health",
    "hygiene": "health",
    "pharmacy": "health",
    "electronics": "phone",
    "phone": "phone",
    "clothes": "clothes",
    "clothing": "clothes",
    "household": "home",
    "home": "home",
    "learning": "book",
    "books": "book",
    "school": "book",
    "fun": "ticket",
    "leisure": "ticket",
    "movies": "ticket",
    "sport": "sport",
    "sports": "sport",
    "family": "family",
    "children": "family",
    "toys": "family",
    "gift-cards": "card",
    "gift-card": "card",
    "cards": "card",
}
"""Which drawing the usual categories have."""


def picture_of(reward: Reward) -> Picture:
    """The drawing of a reward; a gift where neither it nor its category says another."""
    return reward.picture or OF_CATEGORY.get(reward.category, "gift")
