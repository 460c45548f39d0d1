"""Pages of a list: how many items, and an opaque cursor that holds the last item seen.

Every text of a cursor's form is a cursor: one that no list gave leads to a page like any other, so nobody
is refused for what only the database could know.
"""

import base64
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

from msgspec import Struct

from schemas.ids import Id
from service.core.refusals import Refused, refused

LIMIT = 50
LIMIT_MAX = 200
NUMBER_BYTES = 8
ID_CURSOR: Final = r"^[A-Za-z0-9_-]{21}[AQgw]$(?!\n)"
"""The form of a cursor that holds an id: 16 bytes in base64url, the four bits left over all zero."""
NUMBER_CURSOR: Final = r"^[A-Za-f][A-Za-z0-9_-]{9}[AEIMQUYcgkosw048]$(?!\n)"
"""The form of a cursor that holds a number of 63 bits: 8 bytes in base64url, the two bits left over zero."""
PLACE_BYTES = 2
PLACE_MAX = 65_535
PLACE_CURSOR: Final = r"^[A-Za-z0-9_-]{24}$(?!\n)"
"""The form of a cursor that holds an id and a number of 16 bits: 18 bytes in base64url."""
NAME_CURSOR: Final = r"^[a-z0-9]+(?:[-_.][a-z0-9]+)*$(?!\n)"
"""The form of a cursor that holds a name: the name itself."""
MOMENT_CURSOR: Final = r"^[A-Za-z0-9_-]{32}$(?!\n)"
"""The form of a cursor that holds a moment in microseconds and an id: 24 bytes in base64url."""
FIRST_ID = Id(int=0)
LAST_ID = Id(int=2**128 - 1)
LAST_NUMBER = 2**63 - 1
LAST_MOMENT = datetime(9999, 12, 31, tzinfo=UTC)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

T = TypeVar("T")


class Page(Struct, frozen=True):
    """Which part of a list is asked for: at most `limit` items (1 to 200) after the one in `cursor`."""

    limit: int = LIMIT
    cursor: str | None = None


def cursor_of(key: bytes | str) -> str:
    """The cursor that holds one item's key; a name is its own."""
    return key if isinstance(key, str) else base64.urlsafe_b64encode(key).decode("ascii").rstrip("=")


def before_id(page: Page) -> Id | Refused:
    """The id below which a list goes on, newest first; refused where the cursor is not one of ours."""
    if page.cursor is None:
        return LAST_ID
    return Id(bytes=_key_of(page.cursor)) if re.search(ID_CURSOR, page.cursor) else _unknown()


def after_id(page: Page) -> Id | Refused:
    """The id after which a list goes on, in id order; refused where the cursor is not one of ours."""
    if page.cursor is None:
        return FIRST_ID
    return Id(bytes=_key_of(page.cursor)) if re.search(ID_CURSOR, page.cursor) else _unknown()


def before_number(page: Page) -> int | Refused:
    """The number below which a list goes on, newest first; refused where the cursor is not one of ours."""
    if page.cursor is None:
        return LAST_NUMBER
    if not re.search(NUMBER_CURSOR, page.cursor):
        return _unknown()
    return int.from_bytes(_key_of(page.cursor), "big")


def from_place(page: Page) -> tuple[Id, int] | Refused:
    """The thing at which a list of their items goes on, and how many items of that one were seen."""
    if page.cursor is None:
        return FIRST_ID, 0
    if not re.search(PLACE_CURSOR, page.cursor):
        return _unknown()
    key = _key_of(page.cursor)
    return Id(bytes=key[:-PLACE_BYTES]), int.from_bytes(key[-PLACE_BYTES:], "big")


def place_key(thing: Id, seen: int) -> bytes:
    """The key of a place in such a list: a thing, and how many of its items were seen."""
    return thing.bytes + min(seen, PLACE_MAX).to_bytes(PLACE_BYTES, "big")


def before_moment(page: Page) -> tuple[datetime, Id] | Refused:
    """The moment and the id before which a list goes on, newest first."""
    if page.cursor is None:
        return LAST_MOMENT, LAST_ID
    if not re.search(MOMENT_CURSOR, page.cursor):
        return _unknown()
    key = _key_of(page.cursor)
    micros = min(int.from_bytes(key[:NUMBER_BYTES], "big"), (LAST_MOMENT - _EPOCH) // _MICROSECOND)
    return _EPOCH + micros * _MICROSECOND, Id(bytes=key[NUMBER_BYTES:])


def moment_key(at: datetime, thing: Id) -> bytes:
    """The key of an item that is known by a moment after 1970 and an id."""
    return ((at - _EPOCH) // _MICROSECOND).to_bytes(NUMBER_BYTES, "big") + thing.bytes


def after_name(page: Page) -> str | Refused:
    """The name after which a list goes on, from A to Z; refused where the cursor is not one of ours."""
    if page.cursor is None:
        return ""
    return page.cursor if re.search(NAME_CURSOR, page.cursor) else _unknown()


def number_key(number: int) -> bytes:
    """The key of an item that is known by a number."""
    return number.to_bytes(NUMBER_BYTES, "big")


def cut(found: Sequence[T], page: Page, key: Callable[[T], bytes | str]) -> tuple[tuple[T, ...], str | None]:
    """The page itself and the cursor of the next one, from one row more than the page holds."""
    items = tuple(found[: page.limit])
    return items, cursor_of(key(items[-1])) if len(found) > page.limit else None


def _key_of(cursor: str) -> bytes:
    return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))


def _unknown() -> Refused:
    return refused("invalid.cursor", "cursor")
