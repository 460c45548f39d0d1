"""Query parameters of list endpoints: how many items, and after which."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from schemas.events import TIME
from service.core.cursors import (
    ID_CURSOR,
    LIMIT,
    LIMIT_MAX,
    MOMENT_CURSOR,
    NAME_CURSOR,
    NUMBER_CURSOR,
    PLACE_CURSOR,
)

Limit = Annotated[int, Meta(ge=1, le=LIMIT_MAX, description="How many items at most.")]
_SAYS = "`next_cursor` of the page before; opaque."
IdCursor = Annotated[str, Meta(pattern=ID_CURSOR, description=_SAYS)]
NumberCursor = Annotated[str, Meta(pattern=NUMBER_CURSOR, description=_SAYS)]
PlaceCursor = Annotated[str, Meta(pattern=PLACE_CURSOR, description=_SAYS)]
MomentCursor = Annotated[str, Meta(pattern=MOMENT_CURSOR, description=_SAYS)]
NameCursor = Annotated[str, Meta(pattern=NAME_CURSOR, max_length=64, description=_SAYS)]
_YEAR = "(?:[0-9]{3}[1-9]|[0-9]{2}[1-9][0-9]|[0-9][1-9][0-9]{2}|[1-9][0-9]{3})"
"""Any but 0000, which no calendar of ours has."""
Since = Annotated[
    datetime,
    Meta(tz=True, extra_json_schema={"pattern": f"^{_YEAR}-[0-9]{{2}}-[0-9]{{2}}[Tt]{TIME}$"}),
]
"""A time with its offset, of any year: before the first record all is since, and after the last nothing."""


class PageQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which page of a list is asked for."""

    limit: Limit = LIMIT
    cursor: IdCursor | None = None
