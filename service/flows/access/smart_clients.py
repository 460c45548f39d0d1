"""Programs of SMART Backend Services: registered with their public keys."""

import base64
from typing import Any, Final, cast

import msgspec

from schemas.keys import NewKey
from schemas.smart import NewSmartClient, SmartClient
from service.core.access.smart_scopes import canonical, key_scopes
from service.core.refusals import Refused, refused
from service.flows.access.keys import issue_key
from service.flows.perform import Act, Done
from service.outbound.addresses import Allowed
from service.outbound.urls import URL_CHARACTERS_MAX, Unfit, read_url
from service.store import smart
from service.store.smart import Listed

KEYS_MAX: Final = 20
LISTED_MAX: Final = 500
RSA_BITS_LEAST: Final = 2048
RSA_EXPONENT_LEAST: Final = 65_537
"""With an exponent of 1 anybody signs."""
CURVES: Final = frozenset({"P-384"})
"""The curve of ES384."""


async def register_client(act: Act, new: NewSmartClient, allowed: Allowed) -> Done[SmartClient] | Refused:
    """Register a program by its public keys; a key is issued for it whose secret nobody is told."""
    if (new.jwks is None) == (new.jwks_url is None):
        return refused("invalid.smart_keys", "$.jwks")
    if new.jwks is not None and not public_keys(new.jwks):
        return refused("invalid.smart_jwks", "$.jwks", most=KEYS_MAX)
    if new.jwks_url is not None:
        read = read_url(new.jwks_url, allowed)
        if isinstance(read, Unfit):
            given = {"characters": URL_CHARACTERS_MAX} if read.why == "too_long" else {}
            return refused(f"url_not_allowed.{read.why}", "$.jwks_url", **given)
    scopes = canonical(new.scopes)
    issued = await issue_key(
        act, NewKey(new.role, new.label, new.responsible, new.expires_on, key_scopes(scopes))
    )
    if isinstance(issued, Refused):
        return issued
    made = issued.value
    jwks = None if new.jwks is None else msgspec.json.encode(new.jwks).decode()
    await smart.insert(act, made.id, jwks, new.jwks_url, scopes)
    act.audit("smart_client.registered", made.id, None, scopes=",".join(scopes))
    return Done(
        SmartClient(
            made.id,
            f"{act.clinic}.{made.id}",
            scopes,
            made.role,
            act.now,
            made.responsible,
            made.expires_on,
        ),
        "created",
    )


async def list_clients(act: Act) -> Done[tuple[Listed, ...]]:
    """The clinic's programs, newest first, those too that ended."""
    return Done(tuple(await smart.newest(act, LISTED_MAX)))


def public_keys(jwks: Any) -> list[dict[str, Any]]:  # noqa: ANN401  what somebody says is a set of keys
    """The keys of a set by which assertions may be signed; none where any is private, or too many."""
    keys = jwks.get("keys") if isinstance(jwks, dict) else None
    if not isinstance(keys, list) or not 0 < len(keys) <= KEYS_MAX:
        return []
    if any(not isinstance(one, dict) or "d" in one or "k" in one for one in keys):
        return []
    return [one for one in cast("list[dict[str, Any]]", keys) if _is_fit(one)]


def _is_fit(key: dict[str, Any]) -> bool:
    if key.get("use", "sig") != "sig":
        return False
    if key.get("kty") == "EC":
        return key.get("crv") in CURVES
    modulus, exponent = (_number(key.get(name)) for name in ("n", "e"))
    return (
        key.get("kty") == "RSA" and modulus.bit_length() >= RSA_BITS_LEAST and exponent >= RSA_EXPONENT_LEAST
    )


def _number(text: Any) -> int:  # noqa: ANN401  any JSON
    """A number as a key has it (RFC 7518, 6.3): zeros in front make it no longer; zero where it is none."""
    try:
        return int.from_bytes(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), "big")
    except (TypeError, ValueError):
        return 0
