"""Rewards allowed on the shelf: no cash, alcohol, tobacco, cannabis, gambling or firearms.

The words are looked for in English and Spanish, as whole words of the category, the name and the
description. This guards against oversight; a manager who means to go round it can, and the audit trail shows
who did.
"""

import re
from typing import Any, Literal

from msgspec import UNSET
from msgspec.structs import asdict

from schemas.shelf import Reward, RewardChange, RewardName, RewardText
from service.core.refusals import Refused, fault
from service.core.spellings import name_spelling

Forbidden = Literal["cash", "alcohol", "tobacco", "cannabis", "gambling", "firearms"]

WORDS: dict[Forbidden, str] = {
    "cash": "cash money efectivo dinero",
    "alcohol": "alcohol beer beers wine wines liquor liquors spirits vodka whiskey whisky tequila rum "
    "champagne cerveza cervezas vino vinos licor licores aguardiente mezcal",
    "tobacco": "tobacco cigarette cigarettes cigar cigars vape vapes vaping hookah "
    "tabaco cigarro cigarros cigarrillo cigarrillos vapeador vapeadores",
    "cannabis": "cannabis marijuana weed thc hashish marihuana mariguana hachis",
    "gambling": "gambling lottery lotto casino casinos bet bets betting poker raffle sweepstakes "
    "apuesta apuestas loteria rifa quiniela azar",
    "firearms": "firearm firearms gun guns handgun handguns pistol pistols rifle rifles shotgun shotguns "
    "revolver revolvers ammo ammunition arma armas pistola pistolas escopeta escopetas municion municiones",
}
"""Words of each forbidden category, without accents."""

_CATEGORY_OF: dict[str, Forbidden] = {
    word: category for category, words in WORDS.items() for word in words.split()
}
_WORD = re.compile(r"[^\W_]+")

WITHOUT_BEFORE = frozenset({"no", "non", "without", "sin", "anti", "quit"})
WITHOUT_AFTER = frozenset({"free"})
"""`alcohol-free`, `sin alcohol`: what is named as absent is not on the shelf."""

HARMLESS = frozenset({("root", "beer"), ("ginger", "beer"), ("glue", "gun"), ("water", "gun")})


def forbidden_in(words: str) -> Forbidden | None:
    """The forbidden category that some words name, if they name one."""
    found = _WORD.findall(name_spelling(words))
    for place, word in enumerate(found):
        category = _CATEGORY_OF.get(word)
        before = found[place - 1] if place else ""
        after = found[place + 1] if place + 1 < len(found) else ""
        if (
            category
            and before not in WITHOUT_BEFORE
            and after not in WITHOUT_AFTER
            and (before, word) not in HARMLESS
        ):
            return category
    return None


def called(reward: Reward) -> RewardName | str:
    """What a reward is called, in each language where it has names in both."""
    return reward.names or reward.name


def changes_of(change: RewardChange) -> dict[str, Any]:
    """What a change names, by the fields of a reward; one text alone takes those in both languages away."""
    changed = {field: value for field, value in asdict(change).items() if value is not UNSET}
    for field, both in (("name", "names"), ("description", "descriptions")):
        if changed.get(both) is not None:
            changed[field] = changed[both].en
        elif field in changed:
            changed[both] = None
    return changed


def judge(
    name: RewardName | str, category: str, description: RewardText | str | None = None
) -> Refused | None:
    """Why a reward may not be on the shelf, with each place that says so; none where it may."""
    found = {
        "$.category": forbidden_in(category),
        "$.name": forbidden_in(_all_of(name)),
        "$.description": forbidden_in(_all_of(description)),
    }
    faults = tuple(fault(pointer, f"shelf.{what}") for pointer, what in found.items() if what)
    if not faults:
        return None
    return Refused("category_not_allowed", faults=faults)


def _all_of(text: RewardName | RewardText | str | None) -> str:
    """A text in every language that it has, a line each."""
    if isinstance(text, RewardName | RewardText):
        return f"{text.en}\n{text.es}"
    return text or ""
