"""Rewards allowed on the shelf: no cash, alcohol, tobacco, cannabis, gambling or firearms.

The words are looked for in English and Spanish, as whole words of the category, the name and the
description. This guards against oversight; a manager who means to go round it can, and the audit trail shows
who did.
"""

import re
from typing import Literal

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


def judge(name: str, category: str, description: str | None = None) -> Refused | None:
    """Why a reward may not be on the shelf, with each place that says so; none where it may."""
    found = {
        "$.category": forbidden_in(category),
        "$.name": forbidden_in(name),
        "$.description": forbidden_in(description or ""),
    }
    faults = tuple(fault(pointer, f"shelf.{what}") for pointer, what in found.items() if what)
    if not faults:
        return None
    return Refused("category_not_allowed", faults=faults)
