"""Signatures on what is sent and on what comes in, by Standard Webhooks 1.0 and the two older ways.

Standard Webhooks 1.0 (its specification, "Signature scheme"): the content `{id}.{timestamp}.{body}` is signed
with HMAC-SHA256 under a secret of 24 to 64 bytes, written `whsec_` and base64; the signature is written `v1,`
and base64, and several of them, one for each secret in force, are separated by spaces. The timestamp is that
of the attempt, in whole seconds since 1970.

Whatever comes in is garbage until it is verified, so nothing here raises on it: each fault is a value.
"""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal, assert_never

from msgspec import Struct

SECRET_PREFIX: Final = "whsec_"  # noqa: S105  what every secret begins with opens nothing
SECRET_BYTES_MIN: Final = 24
SECRET_BYTES_MAX: Final = 64
SIGNATURES_MAX: Final = 16
"""The most signatures looked at in one header: a rotation needs two, and each costs a comparison."""
HEADER_CHARACTERS_MAX: Final = 4096
"""The longest header that is looked at, in characters."""

Prefix = Literal["webhook", "svix"]
"""Prefixes of the three headers: the standard's, and that of the service it grew from."""

Doubt = Literal[
    "missing_header", "malformed_header", "too_old", "too_new", "no_secret", "wrong_signature", "wrong_token"
]
"""Why something that came in is not believed."""


class Secret(bytes):
    """The bytes of a shared secret, which do not show themselves when printed."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Show nothing of the secret, so that a printed value never prints it."""
        return "Secret(...)"


class Verified(Struct, frozen=True):
    """The message is from a holder of the secret; `id` is the sender's own, where the scheme has one."""

    id: str | None = None


class Doubted(Struct, frozen=True):
    """The message is not believed, and why; the sender is told no more than that."""

    why: Doubt


class StandardWebhooks(Struct, frozen=True, tag="standard_webhooks"):
    """The sender signs by Standard Webhooks, with headers that begin with `webhook-` or `svix-`."""

    prefix: Prefix | None = None
    """Which headers count; None takes whichever are there, the standard's first."""


class PlainHmac(Struct, frozen=True, tag="plain_hmac"):
    """The sender puts the HMAC-SHA256 of the body, in hex, into a header; `sha256=` may stand before it.

    It covers no time and no id, so a copy sent again is verified again: who takes it must know it again by
    what is in it.
    """

    header: str = "x-hub-signature-256"


class Bearer(Struct, frozen=True, tag="bearer"):
    """The sender shows the secret itself, as `Authorization: Bearer …`; nothing covers the body but TLS."""


Verifier = StandardWebhooks | PlainHmac | Bearer


def write_secret(secret: bytes) -> str:
    """A secret as it is shown to a subscriber, once: `whsec_` and base64."""
    return SECRET_PREFIX + base64.b64encode(secret).decode("ascii")


def read_secret(text: str) -> Secret | None:
    """The bytes of a secret of Standard Webhooks, with or without `whsec_`; None where it is not one."""
    try:
        secret = base64.b64decode(text.removeprefix(SECRET_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        return None
    return Secret(secret) if SECRET_BYTES_MIN <= len(secret) <= SECRET_BYTES_MAX else None


def sign(id: str, timestamp: int, body: bytes, secrets: Sequence[bytes]) -> str:  # noqa: A002  the standard's word
    """The value of `webhook-signature`: one signature for each secret in force, the newest first.

    `timestamp` is the attempt's, in whole seconds since 1970; `id` is the notice's, the same on each attempt.
    """
    content = f"{id}.{timestamp}.".encode() + body
    return " ".join(f"v1,{_signature(secret, content)}" for secret in secrets)


def verify(
    verifier: Verifier,
    headers: Mapping[str, str],
    body: bytes,
    secrets: Sequence[bytes],
    timestamp_now: int,
    tolerance_s: int,
) -> Verified | Doubted:
    """Whether what came in is from someone who holds one of the secrets in force.

    `timestamp_now` is our clock in whole seconds since 1970; a signed time that is further from it than
    `tolerance_s`, either way, is doubted. The names of headers are matched without regard to case.
    """
    if not secrets:
        return Doubted("no_secret")
    found = {name.lower(): value for name, value in headers.items()}
    match verifier:
        case StandardWebhooks(prefix):
            return _standard(found, prefix, body, secrets, timestamp_now, tolerance_s)
        case PlainHmac(header):
            return _plain(found, header.lower(), body, secrets)
        case Bearer():
            return _bearer(found, secrets)
    assert_never(verifier)


def _standard(
    headers: Mapping[str, str],
    prefix: Prefix | None,
    body: bytes,
    secrets: Sequence[bytes],
    timestamp_now: int,
    tolerance_s: int,
) -> Verified | Doubted:
    if prefix is None:
        prefix = "webhook" if "webhook-signature" in headers else "svix"
    values = [headers.get(f"{prefix}-{name}", "") for name in ("id", "timestamp", "signature")]
    if not all(values):
        return Doubted("missing_header")
    sender_id, written, signatures = values
    if max(map(len, values)) > HEADER_CHARACTERS_MAX or not re.fullmatch(r"[0-9]{1,12}", written):
        return Doubted("malformed_header")
    age_s = timestamp_now - int(written)
    if abs(age_s) > tolerance_s:
        return Doubted("too_old" if age_s > 0 else "too_new")
    content = b".".join((_bytes(sender_id), written.encode("ascii"), body))
    given = [
        signature.removeprefix("v1,")
        for signature in signatures.split(" ", SIGNATURES_MAX)[:SIGNATURES_MAX]
        if signature.startswith("v1,")
    ]
    expected = [_signature(secret, content) for secret in secrets]
    return Verified(sender_id) if _any_same(given, expected) else Doubted("wrong_signature")


def _plain(
    headers: Mapping[str, str], header: str, body: bytes, secrets: Sequence[bytes]
) -> Verified | Doubted:
    value = headers.get(header, "")
    if not value:
        return Doubted("missing_header")
    digits = value.lower().removeprefix("sha256=")
    if not re.fullmatch(r"[0-9a-f]{64}", digits):
        return Doubted("malformed_header")
    expected = [hmac.new(secret, body, hashlib.sha256).hexdigest() for secret in secrets]
    return Verified() if _any_same([digits], expected) else Doubted("wrong_signature")


def _bearer(headers: Mapping[str, str], secrets: Sequence[bytes]) -> Verified | Doubted:
    value = headers.get("authorization", "")
    if not value:
        return Doubted("missing_header")
    scheme, _, token = value.partition(" ")
    if scheme.lower() != "bearer" or not token or len(value) > HEADER_CHARACTERS_MAX:
        return Doubted("malformed_header")
    # Digests are compared, so that the time taken tells not even how long the secret is.
    given = hashlib.sha256(_bytes(token.strip(" "))).hexdigest()
    expected = [hashlib.sha256(secret).hexdigest() for secret in secrets]
    return Verified() if _any_same([given], expected) else Doubted("wrong_token")


def _signature(secret: bytes, content: bytes) -> str:
    return base64.b64encode(hmac.digest(secret, content, "sha256")).decode("ascii")


def _any_same(given: Sequence[str], expected: Sequence[str]) -> bool:
    """Whether any of the one is any of the other; every pair is compared, so the time taken tells nothing."""
    same = False
    for one in given:
        for other in expected:
            same |= hmac.compare_digest(_bytes(one), _bytes(other))
    return same


def _bytes(text: str) -> bytes:
    """The bytes of a text that may hold anything: a lone surrogate too, which UTF-8 has no form for."""
    return text.encode("utf-8", "surrogatepass")
