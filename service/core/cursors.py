"""Pages of a list: how many items, and an opaque cursor that holds the last item seen."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import TypeVar

from msgspec import Struct

from schemas.ids import Id
from service.core.refusals import Refused, refused

LIMIT = 50
LIMIT_MAX = 200
ID_BYTES = 16
NUMBER_BYTES = 8
LAST_ID = Id(int=2**128 - 1)
LAST_NUMBER = 2**63 - 1

T = TypeVar("T")


class Page(Struct, frozen=True):
    """Which part of a list is asked for: at most `limit` items (1 to 200) after the one in `cursor`."""

    limit: int = LIMIT
    cursor: str | None = None


def cursor_of(key: bytes) -> str:
    """The cursor that holds one item's key."""
    return base64.urlsafe_b64encode(key).decode("ascii").rstrip("=")


def before_id(page: Page) -> Id | Refused:
    """The id below which a list goes on, newest first; refused where the cursor is not one of ours."""
    if page.cursor is None:
        return LAST_ID
    key = _key_of(page.cursor)
    return _unknown() if key is None or len(key) != ID_BYTES else Id(bytes=key)


def before_number(page: Page) -> int | Refused:
    """The number below which a list goes on, newest first; refused where the cursor is not one of ours."""
    if page.cursor is None:
        return LAST_NUMBER
    key = _key_of(page.cursor)
    if key is None or len(key) != NUMBER_BYTES or key[0] > 0x7F:  # noqa: PLR2004 -- the sign bit
        return _unknown()
    return int.from_bytes(key, "big")


def after_name(page: Page) -> str | Refused:
    """The name after which a list goes on, from A to Z; refused where the cursor is not one of ours."""
    if page.cursor is None:
        return ""
    key = _key_of(page.cursor)
    return _unknown() if key is None or not key.isascii() or 0 in key else key.decode("ascii")


def number_key(number: int) -> bytes:
    """The key of an item that is known by a number."""
    return number.to_bytes(NUMBER_BYTES, "big")


def cut(found: Sequence[T], page: Page, key: Callable[[T], bytes]) -> tuple[tuple[T, ...], str | None]:
    """The page itself and the cursor of the next one, from one row more than the page holds."""
    items = tuple(found[: page.limit])
    return items, cursor_of(key(items[-1])) if len(found) > page.limit else None


def _key_of(cursor: str) -> bytes | None:
    try:
        key = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    # Only the one way in which we write it: what is not ours is not guessed at.
    return key if key and cursor_of(key) == cursor else None


def _unknown() -> Refused:
    return refused(
        "invalid", "This cursor is not one that this list gave; begin again without a cursor.", "cursor"
    )
