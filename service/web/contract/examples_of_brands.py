"""Examples of which brands may be given, for the contract."""

from typing import Final

from msgspec import Struct

from schemas.brand_rules import BrandRule, BrandRules, NewBrandRule
from service.web.contract.samples import AT, PROGRAM_NAME, sample_id

RULE, MANAGER = map(sample_id, (49, 7))
_CATEGORIES: Final = ("Grocery and Supermarkets", "Restaurants")

BODIES: Final[dict[str, dict[str, object]]] = {
    "set_brand_rule": {
        "a regulator's list": NewBrandRule(PROGRAM_NAME, _CATEGORIES, ("Target",)),
        "everything again": NewBrandRule(PROGRAM_NAME),
    },
}
"""Bodies of requests, by operation."""

_RULE: Final = BrandRule(RULE, AT, MANAGER, PROGRAM_NAME, _CATEGORIES, ("Target",))
ANSWERS: Final[dict[type[Struct], Struct]] = {BrandRule: _RULE, BrandRules: BrandRules((_RULE,))}
"""Answers, by their shape."""
