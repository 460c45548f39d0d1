"""What lists are asked with: how many items, and after which."""

from typing import Annotated

from msgspec import Meta, Struct

from service.core.cursors import ID_CURSOR, LIMIT, LIMIT_MAX, NAME_CURSOR, NUMBER_CURSOR

Limit = Annotated[int, Meta(ge=1, le=LIMIT_MAX, description="How many items at most.")]
_SAYS = "`next_cursor` of the page before; opaque."
IdCursor = Annotated[str, Meta(pattern=ID_CURSOR, description=_SAYS)]
NumberCursor = Annotated[str, Meta(pattern=NUMBER_CURSOR, description=_SAYS)]
NameCursor = Annotated[str, Meta(pattern=NAME_CURSOR, max_length=64, description=_SAYS)]


class PageAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """Which page of a list is asked for."""

    limit: Limit = LIMIT
    cursor: IdCursor | None = None
