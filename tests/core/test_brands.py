"""A product may be given by its category or by a brand in its name, where all rules that apply allow it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from schemas.brand_rules import BrandRule
from service.core.brands import may_be_given
from service.store.database.ids import new_id

AT = datetime(2026, 3, 2, tzinfo=UTC)


def rule(
    categories: tuple[str, ...] | None = None,
    brands: tuple[str, ...] | None = None,
    program: str | None = None,
) -> BrandRule:
    """Make a rule."""
    return BrandRule(new_id(), AT, new_id(), program, categories, brands)


@pytest.mark.parametrize(
    ("rules", "given"),
    [
        ((), True),
        ((rule(),), True),
        ((rule(("Grocery_and supermarkets",)),), True),
        ((rule(("Restaurants",)),), False),
        ((rule(None, ("fresh mart",)),), True),
        ((rule(None, ("Fresh Ma",)),), False),
        ((rule(("Restaurants",), ("Fresh",)),), True),
        ((rule(), rule(("Restaurants",), program="ladder")), False),
        ((rule(), rule(("Restaurants",), program="another")), True),
        ((rule(("Restaurants",)), rule(program="ladder")), False),
    ],
)
def test_a_product_is_given_where_every_rule_that_applies_allows_it(
    rules: tuple[BrandRule, ...], *, given: bool
) -> None:
    """Capitals, blanks and `_` do not count; a part of a word is no brand."""
    assert may_be_given(rules, {"ladder"}, "Fresh Mart $25", "grocery and  Supermarkets") is given
