"""Which brands and categories of what providers deliver may be given, by clinic and by program."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from schemas.program import Slug

NAMES_MAX = 200
"""How many categories, and how many brands, one rule names."""
ListedName = Annotated[str, Meta(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f]*$(?!\n)")]
"""A category as the provider's catalog names it, or a brand; capitals, blanks and `_` do not count."""
ListedNames = Annotated[tuple[ListedName, ...], Meta(min_length=1, max_length=NAMES_MAX)]


class NewBrandRule(Struct, frozen=True, forbid_unknown_fields=True):
    """What of the providers' products may be given from now on; what is null allows all.

    A product may be given where its category is listed, or its name has a listed brand in it. The clinic's
    rule and those of all programs that somebody is in hold together.
    """

    program: Slug | None = None
    """To whom it applies: people in this program; null for everybody."""
    categories: ListedNames | None = None
    """The categories that may be given."""
    brands: ListedNames | None = None
    """The brands that may be given."""


class BrandRule(Struct, frozen=True):
    """What of the providers' products may be given; with neither categories nor brands, all."""

    id: UUID
    set_at: datetime
    """When it was set."""
    set_by: UUID
    """Who set it: a key or member of staff."""
    program: str | None = None
    """To whom it applies: people in this program; null for everybody."""
    categories: tuple[str, ...] | None = None
    """The categories that may be given."""
    brands: tuple[str, ...] | None = None
    """The brands that may be given."""


class BrandRules(Struct, frozen=True):
    """The rules that hold: the newest of the clinic and of each program."""

    items: tuple[BrandRule, ...]
    """The rules."""
