"""Texts of the page of brands that may be given."""

from typing import Final

from service.core.catalogs import Texts

WORDS: Final[Texts] = {
    "manage.brand.title": "What may be given",
    "manage.brand.lead": (
        "Which categories and brands of the providers' rewards may be given, to everybody or in one program. "
        "The rest is shown to nobody whom it applies to."
    ),
    "manage.brand.rules": "What holds now",
    "manage.brand.everybody": "Everybody",
    "manage.brand.all": "All that is on the shelf may be given.",
    "manage.brand.none": "No list is set: all that is on the shelf may be given.",
    "manage.brand.categories_are": "Categories: {names}",
    "manage.brand.brands_are": "Brands: {names}",
    "manage.brand.set": "Set a list",
    "manage.brand.whom": "For whom",
    "manage.brand.categories": "Categories, one a line",
    "manage.brand.categories_hint": "As the provider's catalog names them, such as Restaurants.",
    "manage.brand.brands": "Brands, one a line",
    "manage.brand.brands_hint": (
        "A reward is allowed whose name has the brand in it. Leave both empty to allow all."
    ),
    "manage.brand.save": "Allow only these",
    "manage.brand.done": "The list holds from now on.",
    "manage.deed.brand_rule_set": "set which brands may be given",
}
