"""A FHIR server of somebody else: a token for our own signature, and one page of a search after the other."""

import secrets
from datetime import datetime
from typing import Any, Final
from urllib.parse import SplitResult, urlencode, urljoin, urlsplit

import msgspec

from service.core.orders import Away, Busy, Unsure
from service.outbound.post import Request, WebhookClient
from service.outbound.providers.calls import No, Ok, answered, said

PAGE: Final = 100
"""How many resources a page is asked for."""
ASSERTION_S: Final = 240
TYPE: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
DENIED: Final = frozenset({400, 401, 403})
GONE: Final = frozenset({404, 410})
"""A page that the server has no more: the walk begins anew."""


class _Token(msgspec.Struct):
    access_token: str


def new_key() -> tuple[str, dict[str, Any]]:
    """A new private key for ES384 as JSON, and its public half as a set of keys."""
    from joserfc.jwk import ECKey  # noqa: PLC0415  few clinics ask record systems

    made = ECKey.generate_key("P-384", {"kid": secrets.token_hex(8), "alg": "ES384", "use": "sig"})
    private = msgspec.json.encode(made.as_dict(private=True)).decode()
    return private, {"keys": [made.as_dict(private=False)]}


def _assertion(private_key: str, client_id: str, token_url: str, now: datetime) -> str:
    from joserfc import jwt  # noqa: PLC0415
    from joserfc.jwk import ECKey  # noqa: PLC0415

    key = ECKey.import_key(msgspec.json.decode(private_key))
    ends = int(now.timestamp()) + ASSERTION_S
    claims = {"iss": client_id, "sub": client_id, "aud": token_url, "exp": ends, "jti": secrets.token_hex(16)}
    return jwt.encode({"alg": "ES384", "typ": "JWT", "kid": key.kid}, claims, key, ["ES384"])


async def ask_for_token(
    client: WebhookClient, token_url: str, client_id: str, scope: str, private_key: str, now: datetime
) -> str | Busy | Away | Unsure:
    """A token for what we may read there."""
    form = {
        "grant_type": "client_credentials",
        "scope": scope,
        "client_assertion_type": TYPE,
        "client_assertion": _assertion(private_key, client_id, token_url, now),
    }
    headers = {"content-type": "application/x-www-form-urlencoded", "accept": "application/json"}
    answer = said(
        await client.call(Request("POST", token_url, headers, urlencode(form).encode(), is_once=True))
    )
    if isinstance(answer, No) and answer.status in DENIED:
        return Away("denied")
    token = answered(answer, _Token)
    return token.access_token if isinstance(token, _Token) else token


async def ask_for_page(
    client: WebhookClient, url: str, token: str | None
) -> bytes | Busy | Away | Unsure | None:
    """One page; none where the server has it no more."""
    headers = {"accept": "application/fhir+json"}
    if token is not None:
        headers["authorization"] = f"Bearer {token}"
    answer = said(await client.call(Request("GET", url, headers)))
    if isinstance(answer, Ok):
        return answer.body
    if isinstance(answer, No):
        return None if answer.status in GONE else Unsure("unreadable")
    return answer


def next_page(told: str, base: str) -> str | None:
    """The address of a next page; none where it is at another server, to which no token of ours is shown."""
    try:
        whole = urljoin(f"{base.rstrip('/')}/", told)
        return whole if _server(urlsplit(whole)) == _server(urlsplit(base)) else None
    except ValueError:
        return None


def _server(parts: SplitResult) -> tuple[str, str | None, int | None, bool]:
    port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    return parts.scheme, parts.hostname, port, "@" in parts.netloc


def first_page(base: str, kind: str, since: datetime) -> str:
    """The address of the first page of what was changed after a moment."""
    moment = since.isoformat(timespec="microseconds").replace("+00:00", "Z")
    return f"{base.rstrip('/')}/{kind}?{urlencode({'_lastUpdated': f'gt{moment}', '_count': PAGE})}"
