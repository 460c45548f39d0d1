"""Half way in: somebody whose password was right, and whose second factor is still to come.

It is kept in a cookie of its own, sealed, for ten minutes; it opens nothing.
"""

import base64
import binascii
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct

from service.flows.access.sign_in_staff import Recognized
from service.web.http.answers import Answer, Header
from service.web.pages.framework.call import PageCall

HALF: Final = "cmr_half"
FIELD: Final = "cookies.half"
LASTS: Final = timedelta(minutes=10)
NO_CLINIC: Final = UUID(int=0)


class HalfWay(Struct, frozen=True):
    """Who is half way in, since when, and where to."""

    clinic: UUID
    staff: UUID
    at: datetime
    to: str


def half_way(call: PageCall, who: Recognized, to: str, *more: Header) -> Answer:
    """Send somebody on to their second factor."""
    kept = msgspec.json.encode(HalfWay(who.clinic, who.known.staff.id, call.now, to))
    sealed = base64.urlsafe_b64encode(call.resources.database.cipher.seal(NO_CLINIC, FIELD, kept)).decode()
    kept_here = call.request.cookies.set(HALF, sealed, round(LASTS.total_seconds()))
    return call.go("/sign-in/second", kept_here, *more)


def who_is_half_way(call: PageCall) -> HalfWay | None:
    """Who is half way in in this browser; none where nobody is, or too long."""
    try:
        sealed = base64.urlsafe_b64decode(call.request.cookies.get(HALF) or "")
        kept = call.resources.database.cipher.opened(NO_CLINIC, FIELD, sealed)
        found = None if kept is None else msgspec.json.decode(kept, type=HalfWay)
    except (binascii.Error, ValueError, msgspec.MsgspecError):
        return None
    return None if found is None or call.now - found.at > LASTS else found
