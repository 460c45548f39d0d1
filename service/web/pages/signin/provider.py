"""Signing in by the clinic's identity provider: there and back (authorization code with PKCE).

What ties the way back to the way there is kept in a cookie of its own, sealed, for ten minutes.
"""

import base64
import binascii
import hmac
import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

import msgspec
import structlog
from msgspec import Struct

from service.core.access.sessions import is_fresh
from service.flows.access.sign_in_provider import sign_in_told, told_of
from service.outbound.provider import ProviderError
from service.web.http.answers import Answer
from service.web.http.call import NO_STORE
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import ANYONE, page
from service.web.pages.signin.front import own_path, show_front
from service.web.pages.signin.staff import let_in, through

WAY: Final = "cmr_provider"
FIELD: Final = "cookies.provider"
LASTS: Final = timedelta(minutes=10)
CLOCKS_APART: Final = timedelta(minutes=1)
"""How far the provider's clock may be from ours."""
BACK: Final = "/sign-in/provider/back"
NO_CLINIC: Final = UUID(int=0)

_log = structlog.get_logger("service.web")


class OnTheWay(Struct, frozen=True):
    """The state that the browser must bring back from the provider, and the page it wanted."""

    state: str
    nonce: str
    verifier: str
    at: datetime
    to: str
    again: bool = False
    """Whether they go there to show who they are once more."""


class LeaveQuery(Struct, frozen=True):
    """Where somebody wants to go, and whether the provider asks them again though it knows them."""

    to: str = ""
    again: str = ""


class Back(Struct, frozen=True):
    """Query parameters of the provider's redirect."""

    code: str = ""
    state: str = ""
    iss: str = ""
    error: str = ""


@page("GET", "/sign-in/provider", who=ANYONE)
async def leave_for(call: PageCall, asked: LeaveQuery) -> Answer:
    """Go to the provider."""
    provider = call.resources.provider
    if provider is None:
        return call.go("/")
    try:
        found = await provider.metadata()
    except ProviderError as error:
        return _away(call, error)
    way = OnTheWay(
        secrets.token_urlsafe(24),
        secrets.token_urlsafe(24),
        secrets.token_urlsafe(48),
        call.now,
        own_path(asked.to),
        bool(asked.again),
    )
    challenge = base64.urlsafe_b64encode(sha256(way.verifier.encode()).digest()).rstrip(b"=").decode()
    query = urlencode(
        {
            "response_type": "code",
            "client_id": provider.client_id,
            "redirect_uri": _back(call),
            "scope": "openid email profile",
            "state": way.state,
            "nonce": way.nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            **({"prompt": "login", "max_age": "0"} if asked.again else {}),
        }
    )
    mark = "&" if "?" in found.authorization_endpoint else "?"
    sealed = call.resources.database.cipher.seal(NO_CLINIC, FIELD, msgspec.json.encode(way))
    kept = call.request.cookies.set(
        WAY, base64.urlsafe_b64encode(sealed).decode(), round(LASTS.total_seconds())
    )
    where = f"{found.authorization_endpoint}{mark}{query}".encode("ascii", "ignore")
    return Answer(303, b"", [(b"location", where), NO_STORE, kept])


@page("GET", BACK, who=ANYONE)
async def come_back(call: PageCall, asked: Back) -> Answer:
    """Let somebody in who comes back from the provider with what they left with."""
    provider, clinic, way = call.resources.provider, call.resources.settings.oidc_clinic, _way(call)
    if provider is None or clinic is None:
        return call.go("/")
    if way is None or not hmac.compare_digest(way.state.encode(), asked.state.encode()):
        return _refused(call, "signin.provider_state")
    try:
        found = await provider.metadata()
        # RFC 9207: an answer that names another issuer is somebody else's.
        named = asked.iss or (
            None if found.authorization_response_iss_parameter_supported else provider.issuer
        )
        if named != provider.issuer or asked.error or not asked.code:
            return _refused(call, "signin.provider_no")
        token = await provider.id_token(asked.code, way.verifier, _back(call))
        claims = await provider.claims(token, way.nonce)
    except ProviderError as error:
        return _away(call, error)
    settings = call.resources.settings
    told = told_of(claims, settings.oidc_role_claim, settings.oidc_roles, settings.oidc_second_factor)
    if isinstance(told, str):
        return _refused(call, f"signin.provider.{told}")
    who = await sign_in_told(call.resources.database, clinic, provider.issuer, told)
    if isinstance(who, str):
        return _refused(call, f"signin.provider.{who}")
    # Whoever was sent to show who they are once more has done so since they left.
    if way.again and (told.shown_at is None or told.shown_at < way.at - CLOCKS_APART):
        return _refused(call, "signin.provider_old")
    is_proved = is_fresh(told.shown_at, call.now)
    forgotten = call.request.cookies.forget(WAY)
    if told.has_second_factor:
        return await let_in(call, who, way.to, forgotten, way="provider", is_proved=is_proved)
    return await through(call, who, way.to, "provider", forgotten, is_proved=is_proved)


def _back(call: PageCall) -> str:
    return call.request.origin + BACK


def _way(call: PageCall) -> OnTheWay | None:
    try:
        sealed = base64.urlsafe_b64decode(call.request.cookies.get(WAY) or "")
        kept = call.resources.database.cipher.opened(NO_CLINIC, FIELD, sealed)
        found = None if kept is None else msgspec.json.decode(kept, type=OnTheWay)
    except (binascii.Error, ValueError, msgspec.MsgspecError):
        return None
    return None if found is None or call.now - found.at > LASTS else found


def _refused(call: PageCall, words: str) -> Answer:
    answer = show_front(call, 403, call.request.cookies.forget(WAY), staff_fault=call.voice.plain(words))
    answer.code = "forbidden"
    return answer


def _away(call: PageCall, error: ProviderError) -> Answer:
    _log.warning("provider_unfit", error=str(error))
    answer = show_front(
        call, 502, call.request.cookies.forget(WAY), staff_fault=call.voice.plain("signin.provider_away")
    )
    answer.code = "unavailable"
    return answer
