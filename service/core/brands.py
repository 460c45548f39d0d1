"""Whether a product of a provider may be given, by the rules of the clinic and of programs."""

import re
from collections.abc import Collection, Iterable

from schemas.brand_rules import BrandRule

_BETWEEN = re.compile(r"[\s_]+")


def spelled(name: str) -> str:
    """A category or brand however it is written: `Fast_Food` is `fast food`."""
    return _BETWEEN.sub(" ", name).strip().casefold()


def allows(rule: BrandRule, name: str, category: str) -> bool:
    """Whether a rule allows a product: by its category, or by a brand in its name as whole words."""
    if rule.categories is None and rule.brands is None:
        return True
    if spelled(category) in {spelled(one) for one in rule.categories or ()}:
        return True
    said = spelled(name)
    return any(_names(said, spelled(brand)) for brand in rule.brands or ())


def _names(said: str, brand: str) -> bool:
    return brand != "" and re.search(rf"(?<!\w){re.escape(brand)}(?!\w)", said) is not None


def may_be_given(rules: Iterable[BrandRule], programs: Collection[str], name: str, category: str) -> bool:
    """Whether the clinic's rule and those of all programs that somebody is in allow a product."""
    return all(
        allows(rule, name, category) for rule in rules if rule.program is None or rule.program in programs
    )
