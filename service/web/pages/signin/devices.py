"""Browsers on which members of staff signed in before: tries from there are counted apart from all others.

The cookie is sealed, holds no address and lets nobody in. Several share the desk's computer, so it names the
last few accounts.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from datetime import datetime, timedelta
from typing import Final

import msgspec
from msgspec import Struct

from service.core.access.places import Place
from service.core.spellings import email_spelling
from service.store.database.pool import NO_CLINIC
from service.web.http.answers import Header
from service.web.pages.framework.call import PageCall

KNOWN: Final = "cmr_known"
FIELD: Final = "cookies.known"
KEEPS: Final = timedelta(days=365)
ACCOUNTS_MAX: Final = 12
ACCOUNT_BYTES: Final = 8
DEVICE_BYTES: Final = 12


class KnownBrowser(Struct, frozen=True):
    """A browser's own id, the accounts that signed in on it, as keyed hashes, and until when it is known."""

    ends_at: datetime
    device: bytes
    accounts: tuple[bytes, ...]


def place_of(call: PageCall, email: str) -> Place:
    """Where somebody tries this account: on a browser on which it signed in before, or from an address."""
    known = _opened(call)
    if known is None or _account(call, email) not in known.accounts:
        return Place(call.request.client)
    return Place(known.device.hex(), "device")


def known_browser(call: PageCall, email: str) -> Header:
    """The cookie by which this browser is known as one of this account's, beside those of others."""
    before, own = _opened(call), _account(call, email)
    device = secrets.token_bytes(DEVICE_BYTES) if before is None else before.device
    others = () if before is None else tuple(one for one in before.accounts if one != own)
    held = KnownBrowser(call.now + KEEPS, device, (own, *others)[:ACCOUNTS_MAX])
    sealed = call.resources.database.cipher.seal(NO_CLINIC, FIELD, msgspec.msgpack.encode(held))
    text = base64.urlsafe_b64encode(sealed).decode()
    return call.request.cookies.set(KNOWN, text, round(KEEPS.total_seconds()))


def _opened(call: PageCall) -> KnownBrowser | None:
    try:
        sealed = base64.urlsafe_b64decode(call.request.cookies.get(KNOWN) or "")
        kept = call.resources.database.cipher.opened(NO_CLINIC, FIELD, sealed)
        held = None if kept is None else msgspec.msgpack.decode(kept, type=KnownBrowser)
    except (binascii.Error, ValueError, msgspec.MsgspecError):
        return None
    return None if held is None or held.ends_at <= call.now else held


def _account(call: PageCall, email: str) -> bytes:
    return call.resources.database.cipher.blind(NO_CLINIC, FIELD, email_spelling(email))[:ACCOUNT_BYTES]
