"""The clinic's identity provider (OpenID Connect): what it says of itself, its keys, and tokens for codes.

Only the configured issuer is spoken to: no redirects are followed, an answer has an end in time and size,
and what the issuer says of itself must name that very issuer (OpenID Connect Discovery 1.0, 4.3).
"""

import base64
from collections.abc import Mapping
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

import httpx
import msgspec
from msgspec import Struct

if TYPE_CHECKING:
    from joserfc.jwk import KeySet
    from joserfc.jwt import JWTClaimsRegistry

ALGORITHMS: Final = ("RS256", "ES256")
ANSWER_S_MAX: Final = 5.0
ANSWER_BYTES_MAX: Final = 256 * 1024
KNOWN_S: Final = 3600.0
"""How long what the provider says of itself, and its keys, are taken as they were."""
AGAIN_S: Final = 10.0
"""How soon its keys are asked for again where a token names one that is not among them."""
LEEWAY_S: Final = 60
"""How far its clock may be from ours."""


class ProviderError(Exception):
    """The provider cannot be reached, or what came is not what was asked for; the message names no person."""


class Metadata(Struct, frozen=True):
    """The provider's metadata."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    authorization_response_iss_parameter_supported: bool = False


class Tokens(Struct, frozen=True):
    """The token response; only the id token is used."""

    id_token: str


class Provider:
    """One configured provider; what it says is remembered for an hour."""

    def __init__(self, issuer: str, client_id: str, client_secret: str) -> None:
        """Take who it is and who we are to it."""
        self.issuer = issuer
        self.client_id = client_id
        self._secret = client_secret
        self._metadata: Metadata | None = None
        self._metadata_until = 0.0
        self._keys: KeySet | None = None
        self._keys_at = 0.0

    async def metadata(self) -> Metadata:
        """The provider's metadata.

        Raises ProviderError where it cannot be had, or names another issuer.
        """
        if self._metadata is None or monotonic() > self._metadata_until:
            place = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
            found = _decoded(await _answer("GET", place), Metadata)
            if found.issuer != self.issuer:
                raise ProviderError("the provider names another issuer than OIDC_ISSUER")
            self._metadata, self._metadata_until = found, monotonic() + KNOWN_S
        return self._metadata

    async def id_token(self, code: str, verifier: str, redirect_uri: str) -> str:
        """The id token for a code (RFC 6749, 4.1.3; RFC 7636).

        Raises ProviderError where there is none.
        """
        found = await self.metadata()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": verifier,
        }
        who = httpx.BasicAuth(self.client_id, self._secret)
        answer = await _answer("POST", found.token_endpoint, data=form, auth=who)
        tokens: Tokens = _decoded(answer, Tokens)
        return tokens.id_token

    async def claims(self, id_token: str, nonce: str) -> Mapping[str, Any]:
        """The claims of an id token, once its signature, issuer, audience, times and nonce are right.

        Raises ProviderError where anything of it is not.
        """
        from joserfc import jwt  # noqa: PLC0415  few clinics have a provider
        from joserfc.errors import JoseError  # noqa: PLC0415

        for may_ask_again in (True, False):
            keys = await self._known_keys(again=not may_ask_again)
            try:
                token = jwt.decode(id_token, keys, algorithms=ALGORITHMS)
                self._registry(nonce).validate(token.claims)
            except (JoseError, ValueError, KeyError) as error:
                # It may be signed by a key that is newer than those we know.
                if may_ask_again and self._may_ask_again(id_token, keys):
                    continue
                message = f"the id token is not right ({type(error).__name__})"
                raise ProviderError(message) from error
            audience = token.claims["aud"]
            azp = token.claims.get("azp")
            if (isinstance(audience, list) and len(audience) > 1 and azp is None) or azp not in {
                None,
                self.client_id,
            }:
                raise ProviderError("the id token was given to somebody else")
            return token.claims
        raise AssertionError

    def _registry(self, nonce: str) -> "JWTClaimsRegistry":
        from joserfc.jwt import JWTClaimsRegistry  # noqa: PLC0415

        return JWTClaimsRegistry(
            leeway=LEEWAY_S,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self.client_id},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        )

    def _may_ask_again(self, id_token: str, keys: "KeySet") -> bool:
        if monotonic() - self._keys_at < AGAIN_S:
            return False
        try:
            named = jwt_header(id_token).get("kid")
        except (ValueError, msgspec.MsgspecError):
            return False
        return named is not None and named not in {key.kid for key in keys.keys}

    async def _known_keys(self, *, again: bool) -> "KeySet":
        from joserfc.errors import JoseError  # noqa: PLC0415
        from joserfc.jwk import KeySet  # noqa: PLC0415

        if self._keys is None or again or monotonic() - self._keys_at > KNOWN_S:
            found = await self.metadata()
            given = _decoded(await _answer("GET", found.jwks_uri), dict[str, Any])
            try:
                self._keys = KeySet.import_key_set(given)
            except (JoseError, ValueError, KeyError, TypeError) as error:
                raise ProviderError("the provider's keys cannot be read") from error
            self._keys_at = monotonic()
        return self._keys


def jwt_header(token: str) -> dict[str, Any]:
    """A token's header, as it stands there, not yet believed."""
    head = token.split(".", 1)[0]
    return msgspec.json.decode(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)), type=dict[str, Any])


def _decoded(body: bytes, wanted: Any) -> Any:  # noqa: ANN401  whatever shape is wanted
    try:
        return msgspec.json.decode(body, type=wanted)
    except msgspec.MsgspecError as error:
        raise ProviderError("the provider's answer has another form") from error


async def _answer(method: str, url: str, **more: Any) -> bytes:  # noqa: ANN401  httpx's own
    try:
        async with (
            httpx.AsyncClient(timeout=ANSWER_S_MAX, follow_redirects=False, trust_env=False) as client,
            client.stream(method, url, headers={"accept": "application/json"}, **more) as answer,
        ):
            body = b""
            async for part in answer.aiter_bytes():
                body += part
                if len(body) > ANSWER_BYTES_MAX:
                    raise ProviderError("the provider's answer is too large")
            if answer.status_code != httpx.codes.OK:
                message = f"the provider answered {answer.status_code}"
                raise ProviderError(message)
            return body
    except httpx.HTTPError as error:
        message = f"the provider cannot be reached ({type(error).__name__})"
        raise ProviderError(message) from error
