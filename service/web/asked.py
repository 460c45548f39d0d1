"""What lists are asked with: how many items, and after which."""

from typing import Annotated

from msgspec import Meta, Struct

from service.core.cursors import LIMIT, LIMIT_MAX

Limit = Annotated[int, Meta(ge=1, le=LIMIT_MAX, description="How many items at most.")]
Cursor = Annotated[
    str, Meta(min_length=1, max_length=200, description="`next_cursor` of the page before; opaque.")
]


class PageAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """Which page of a list is asked for."""

    limit: Limit = LIMIT
    cursor: Cursor | None = None
