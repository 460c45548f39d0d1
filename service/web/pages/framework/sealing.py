"""Sealed cookies: the browser keeps them and can neither read nor change them."""

import base64
import binascii
import hashlib
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct

from service.core.access.places import Place
from service.store.database.cipher import Cipher
from service.store.database.pool import NO_CLINIC
from service.web.http.answers import Header
from service.web.pages.framework.call import PageCall

DEVICE: Final = "cmr_device"
"""Names the person who signed in by a code or a passkey here before, so that their PIN is enough."""
FRESH: Final = "cmr_fresh"
"""Names a session at the clinic's tablet that was opened by a code and not by a PIN."""
CHALLENGE: Final = "cmr_challenge"
"""Holds what a passkey was asked to sign."""

DEVICE_KEEPS: Final = timedelta(days=365)


class Held(Struct, frozen=True):
    """The content of a sealed cookie: a clinic's person, a session, or the bytes of a challenge."""

    ends_at: datetime
    clinic: UUID = NO_CLINIC
    id: UUID = NO_CLINIC
    challenge: bytes = b""


def sealed(call: PageCall, name: str, held: Held) -> Header:
    """The header that sets a cookie with something sealed in it."""
    cipher = call.resources.database.cipher
    text = base64.urlsafe_b64encode(cipher.seal(NO_CLINIC, name, msgspec.msgpack.encode(held))).decode()
    return call.request.cookies.set(name, text, max(0, int((held.ends_at - call.now).total_seconds())))


def opened(call: PageCall, name: str) -> Held | None:
    """A sealed cookie's content; None where it is not ours or has expired."""
    text = call.request.cookies.get(name)
    held = None if text is None else _opened(call.resources.database.cipher, name, text)
    return None if held is None or held.ends_at <= call.now else held


def _opened(cipher: Cipher, name: str, text: str) -> Held | None:
    try:
        plain = cipher.opened(NO_CLINIC, name, base64.urlsafe_b64decode(text))
        return None if plain is None else msgspec.msgpack.decode(plain, type=Held)
    except (binascii.Error, ValueError, msgspec.MsgspecError):
        return None


def place_of(call: PageCall) -> Place:
    """Where somebody tries to sign in: on a device on which they did before, or from an address."""
    text = call.request.cookies.get(DEVICE)
    if text is None or opened(call, DEVICE) is None:
        return Place(call.request.client)
    return Place(hashlib.sha256(text.encode()).hexdigest(), "device")


def known_device(call: PageCall, clinic: UUID, participant: UUID) -> Header:
    """The cookie by which a device is known as somebody's own."""
    return sealed(call, DEVICE, Held(call.now + DEVICE_KEEPS, clinic, participant))
