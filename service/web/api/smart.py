"""SMART Backend Services: programs registered by a manager, tokens for them, and where all that is."""

from typing import Any, Final
from urllib.parse import parse_qsl

import msgspec

from schemas.smart import AccessToken, NewSmartClient, SmartClient
from service.core.access.smart_scopes import ALL, OPENS
from service.flows.access.smart_clients import register_client
from service.flows.access.smart_tokens import ALGORITHMS, Denied, give_token
from service.outbound.addresses import Allowed
from service.web.http.answers import JSON, Answer, Header
from service.web.http.call import NO_STORE, Call
from service.web.http.cookies import origin_of
from service.web.http.outcomes import BASE
from service.web.http.route import MANAGERS, OPEN, route

TOKEN: Final = "/oauth/token"  # noqa: S105  an address
FORM: Final = "application/x-www-form-urlencoded"
NO_CACHE: Final[Header] = (b"pragma", b"no-cache")
"""As RFC 6749, 5.1, asks for."""

_encode = msgspec.json.Encoder().encode


@route(
    "GET",
    f"{BASE}/.well-known/smart-configuration",
    "smart_configuration",
    roles=OPEN,
    answer=dict[str, Any],
    shown=False,
)
async def configuration(call: Call) -> Answer:
    """Say where tokens are given, and for what (SMART App Launch 2.2, 6)."""
    told = {
        "token_endpoint": origin_of(call.headers, call.resources.settings.public_url) + TOKEN,
        "grant_types_supported": ["client_credentials"],
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported": list(ALGORITHMS),
        "scopes_supported": [*OPENS, ALL],
        "response_types_supported": [],
        "capabilities": ["client-confidential-asymmetric", "permission-v2"],
    }
    return Answer(200, _encode(told), [(b"content-type", JSON), (b"cache-control", b"max-age=3600")])


@route("POST", TOKEN, "give_token", roles=OPEN, answer=AccessToken, reads=(FORM,), shown=False)
async def token(call: Call, body: bytes) -> Answer:
    """Give a token to a program that signed who it is (RFC 7523)."""
    try:
        form = dict(parse_qsl(body.decode("ascii"), errors="strict", max_num_fields=20))
    except ValueError:
        form = {}
    here = origin_of(call.headers, call.resources.settings.public_url) + TOKEN
    given = await give_token(call.resources.database, form, here, call.resources.key_sets.fetch)
    headers: list[Header] = [(b"content-type", JSON), NO_STORE, NO_CACHE]
    if isinstance(given, Denied):
        said = {"error": given.error, "error_description": given.says}
        return Answer(401 if given.error == "invalid_client" else 400, _encode(said), headers)
    return Answer(200, _encode(given), headers)


@route(
    "POST",
    "/v1/smart-clients",
    "register_smart_client",
    roles=MANAGERS,
    answer=SmartClient,
    statuses=(201,),
    refusals=("url_not_allowed",),
    scope="access.write",
)
async def register(call: Call, body: NewSmartClient) -> Answer:
    """Register a program that reads FHIR by tokens, with its public keys; revoke its key to end it."""
    given = call.resources.settings
    allowed = Allowed(given.webhook_allow_loopback, given.webhook_allow_private)
    return await call.perform(lambda act: register_client(act, body, allowed))
