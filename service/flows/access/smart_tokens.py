"""Tokens of SMART Backend Services: given for an assertion that a program signed, once for each (RFC 7523).

A token is `cmt_` and then, as a key, the clinic's id and 32 bytes of chance; what is kept is its SHA-256. It
opens FHIR alone, for minutes, and no longer than the key of its program holds.
"""

import base64
import binascii
import hashlib
import re
import secrets
from collections.abc import Awaitable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Final, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from schemas.smart import AccessToken
from service.core.access.smart_scopes import granted
from service.core.actors import Actor
from service.core.calendar import day_end
from service.flows.access.keys import KnownKey
from service.flows.access.smart_clients import public_keys
from service.flows.perform import Act, Done, perform
from service.store import smart
from service.store.database.pool import Database
from service.store.smart import Registered

PREFIX: Final = "cmt_"
ALGORITHMS: Final = ("RS384", "ES384")
TOKEN_S: Final = 300
"""How long a token opens anything, in seconds."""
ASSERTION_S_MAX: Final = 300
"""How far ahead an assertion may end."""
LEEWAY_S: Final = 30
"""How far a program's clock may be from ours."""
LETTERS_MAX: Final = 8192
CLIENT: Final = re.compile(
    r"([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\.([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})"
)


class Fetch(Protocol):
    """Gives the set of public keys at an address; none where it cannot be had."""

    def __call__(self, url: str, *, lacks: bool = False) -> Awaitable[Any]:
        """The set as it is known; anew where that `lacks` a key, unless it was just asked for."""


class Denied(Struct, frozen=True):
    """Why no token is given (RFC 6749, 5.2)."""

    error: str
    says: str


DENIED: Final = Denied(
    "invalid_client", "The assertion is not that of a registered program, or was used before."
)
"""The one answer to whatever is wrong with an assertion: nothing can be learned from it."""


async def give_token(
    database: Database, form: Mapping[str, str], token_url: str, fetch: Fetch
) -> AccessToken | Denied:
    """The token for a request of one; `token_url` is the address that the assertion must be meant for."""
    if form.get("grant_type") != "client_credentials":
        return Denied("unsupported_grant_type", "Only client_credentials are taken.")
    kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    if form.get("client_assertion_type") != kind:
        return Denied("invalid_request", f"client_assertion_type is {kind}.")
    assertion = form.get("client_assertion", "")
    head, claims = _unverified(assertion)
    named = CLIENT.fullmatch(str(claims.get("iss")))
    if named is None:
        return DENIED
    clinic, key = UUID(named[1]), UUID(named[2])
    async with database.transaction(clinic) as tx:
        known = await smart.find(tx, key)
        now = tx.now
    if known is None or day_end(known.expires_on, ZoneInfo(known.zone)) <= now:
        return DENIED
    if head.get("jku") not in {None, known.jwks_url}:
        return DENIED
    checked = partial(_checked, assertion, claims, token_url, now)
    if known.jwks_url is None:
        ends_at = checked(msgspec.json.decode(known.jwks or "{}"))
    else:
        # Whoever changes keys may sign by the new one at once: the set that is known lacks it.
        ends_at = checked(await fetch(known.jwks_url)) or checked(await fetch(known.jwks_url, lacks=True))
    number = claims.get("jti")
    if ends_at is None or not isinstance(number, str) or not 0 < len(number) <= LETTERS_MAX:
        return DENIED
    scopes = granted(form.get("scope", "").split(), known.scopes)
    if not scopes:
        return Denied("invalid_scope", f"It is registered for {' '.join(known.scopes)}.")
    given = _Giving(known, scopes, hashlib.sha256(number.encode()).digest(), ends_at)
    done = await perform(database, Actor(clinic, key, known.role), given)
    return done.value or DENIED if isinstance(done, Done) else DENIED


class _Giving(Struct, frozen=True):
    known: Registered
    scopes: tuple[str, ...]
    number_hash: bytes
    ends_at: datetime

    async def __call__(self, act: Act) -> Done[AccessToken | None]:
        await smart.drop_ended(act, self.known.id)
        if not await smart.use(
            act, self.known.id, self.number_hash, self.ends_at + timedelta(seconds=LEEWAY_S)
        ):
            return Done(None)
        secret = act.clinic.bytes + secrets.token_bytes(32)
        token = PREFIX + base64.urlsafe_b64encode(secret).decode("ascii")
        until = act.now + timedelta(seconds=TOKEN_S)
        await smart.insert_token(act, self.known.id, token_hash(token), self.scopes, until)
        act.audit("smart_token.given", self.known.id, None, scopes=",".join(self.scopes))
        return Done(AccessToken(token, "bearer", TOKEN_S, " ".join(self.scopes)))


async def find_token(database: Database, token: str) -> KnownKey | None:
    """Who acts by a presented token, and what it opens; none where it or its key does not hold."""
    try:
        secret = base64.b64decode(token.removeprefix(PREFIX), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(secret) != 48:  # noqa: PLR2004  the clinic's id and the chance
        return None
    clinic = UUID(bytes=secret[:16])
    async with database.transaction(clinic) as tx:
        known = await smart.find_token(tx, token_hash(token))
    if known is None:
        return None
    return KnownKey(Actor(clinic, known.id, known.role), known.key_scopes, known.ends_at, known.scopes)


def token_hash(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).digest()


def _unverified(assertion: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The header and claims of an assertion as they stand there, not yet believed."""
    parts = assertion.split(".") if len(assertion) <= LETTERS_MAX else []
    if len(parts) != 3:  # noqa: PLR2004  header, claims, signature
        return {}, {}
    try:
        head, claims = (
            msgspec.json.decode(base64.urlsafe_b64decode(one + "=" * (-len(one) % 4))) for one in parts[:2]
        )
    except (binascii.Error, ValueError, msgspec.MsgspecError):
        return {}, {}
    return (head, claims) if isinstance(head, dict) and isinstance(claims, dict) else ({}, {})


def _checked(
    assertion: str,
    claims: dict[str, Any],
    token_url: str,
    now: datetime,
    jwks: Any,  # noqa: ANN401  any JSON
) -> datetime | None:
    """When an assertion ends, where its signature, its times and whom it is meant for are right."""
    # Reading it takes longer than most processes need to start, and few clinics have such programs.
    from joserfc import jwt  # noqa: PLC0415
    from joserfc.errors import JoseError  # noqa: PLC0415
    from joserfc.jwk import KeySet  # noqa: PLC0415

    keys = public_keys(jwks)
    try:
        read = (
            jwt.decode(assertion, KeySet.import_key_set({"keys": keys}), algorithms=list(ALGORITHMS))
            if keys
            else None
        )
    except (JoseError, ValueError, KeyError, TypeError):
        return None
    if read is None or read.claims != claims or claims.get("sub") != claims.get("iss"):
        return None
    audience = claims.get("aud")
    if token_url not in (audience if isinstance(audience, list) else [audience]):
        return None
    ends: Any = claims.get("exp")
    begins = [claims.get(name, 0) for name in ("nbf", "iat")]
    if not all(isinstance(one, int | float) for one in (ends, *begins)):
        return None
    at = now.timestamp()
    if not at - LEEWAY_S < ends <= at + ASSERTION_S_MAX + LEEWAY_S or max(begins) > at + LEEWAY_S:
        return None
    return datetime.fromtimestamp(ends, UTC)
