"""Id tokens: each thing that may be wrong with one is found, against keys served on this machine."""

from __future__ import annotations

import base64
import hmac
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from service.clock import machine_clock
from service.outbound.provider import ANSWER_BYTES_MAX, Provider, ProviderError

NONCE = "a nonce"
AHEAD = int(machine_clock().timestamp()) + 3600


class Issuer:
    """A provider of our own making: what it says of itself, and its keys, can be changed."""

    def __init__(self, url: str) -> None:
        """Begin with one RSA key."""
        self.url = url
        self.keys: list[Any] = [RSAKey.generate_key(2048, {"kid": "one"})]
        self.metadata = {
            "issuer": url,
            "authorization_endpoint": f"{url}/a",
            "token_endpoint": f"{url}/t",
            "jwks_uri": f"{url}/keys",
        }
        self.raw: bytes | None = None

    def answer(self, path: str) -> bytes:
        """Give what is at a path."""
        if self.raw is not None:
            return self.raw
        keys = {"keys": [key.as_dict(private=False) for key in self.keys]}
        return json.dumps(keys if path == "/keys" else self.metadata).encode()

    def token(self, key: Any = None, alg: str = "RS256", **other: Any) -> str:  # noqa: ANN401
        """Sign a token that is right but for what is named."""
        now = int(machine_clock().timestamp())
        claims = {
            "iss": self.url,
            "aud": "us",
            "sub": "ana",
            "exp": now + 300,
            "iat": now,
            "nonce": NONCE,
            **other,
        }
        signer = key or self.keys[0]
        left = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode({"alg": alg, "kid": signer.kid}, left, signer, algorithms=[alg])


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    """Serve a provider on this machine."""
    served: list[Issuer] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = served[0].answer(self.path)
            self.send_response(200)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.append(Issuer(f"http://127.0.0.1:{server.server_port}"))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield served[0]
    server.shutdown()
    thread.join()
    server.server_close()


async def test_a_valid_id_token_is_accepted_by_either_algorithm(issuer: Issuer) -> None:
    """RSA and elliptic curves."""
    issuer.keys.append(ECKey.generate_key("P-256", {"kid": "two"}))
    provider = Provider(issuer.url, "us", "secret")
    assert (await provider.claims(issuer.token(), NONCE))["sub"] == "ana"
    assert (await provider.claims(issuer.token(issuer.keys[1], "ES256"), NONCE))["sub"] == "ana"
    assert (await provider.claims(issuer.token(aud=["us", "them"], azp="us"), NONCE))["sub"] == "ana"


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://evil.example"},
        {"aud": "them"},
        {"aud": ["us", "them"]},
        {"azp": "them"},
        {"exp": 1},
        {"exp": None},
        {"iat": None},
        {"nonce": "another"},
        {"nonce": None},
        {"sub": None},
        {"iat": AHEAD},
    ],
    ids=lambda wrong: "iat ahead" if wrong == {"iat": AHEAD} else str(wrong),
)
async def test_an_id_token_with_one_wrong_claim_is_refused(issuer: Issuer, wrong: dict[str, Any]) -> None:
    """Each by itself."""
    with pytest.raises(ProviderError):
        await Provider(issuer.url, "us", "secret").claims(issuer.token(**wrong), NONCE)


async def test_a_token_without_a_signature_or_under_another_s_is_refused(issuer: Issuer) -> None:
    """None, the public key as a shared one, a stranger's key, and one that was changed."""
    provider = Provider(issuer.url, "us", "secret")
    head, body, signature = issuer.token().split(".")
    bare = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
    changed = base64.urlsafe_b64encode(base64.urlsafe_b64decode(body + "==").replace(b"ana", b"bob")).decode()
    shared = base64.urlsafe_b64encode(b'{"alg":"HS256","kid":"one"}').rstrip(b"=").decode()
    public = issuer.keys[0].as_pem(private=False)
    mac = hmac.digest(public, f"{shared}.{body}".encode(), "sha256")
    confused = f"{shared}.{body}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"
    for token in (
        f"{bare}.{body}.",
        f"{head}.{changed.rstrip('=')}.{signature}",
        "nonsense",
        "",
        issuer.token(RSAKey.generate_key(2048, {"kid": "one"})),
        confused,
        issuer.token(RSAKey.generate_key(2048, {"kid": "unknown"})),
    ):
        with pytest.raises(ProviderError):
            await provider.claims(token, NONCE)


async def test_a_new_key_is_asked_for_once_it_signs(issuer: Issuer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A provider changes its keys without telling anybody."""
    provider = Provider(issuer.url, "us", "secret")
    await provider.claims(issuer.token(), NONCE)
    issuer.keys = [RSAKey.generate_key(2048, {"kid": "three"})]
    with pytest.raises(ProviderError):
        await provider.claims(issuer.token(), NONCE)
    monkeypatch.setattr("service.outbound.provider.AGAIN_S", 0.0)
    assert (await provider.claims(issuer.token(), NONCE))["sub"] == "ana"


async def test_a_provider_that_names_another_issuer_or_says_too_much_is_refused(issuer: Issuer) -> None:
    """And one that nobody answers for."""
    issuer.metadata["issuer"] = "https://evil.example"
    with pytest.raises(ProviderError, match="another issuer"):
        await Provider(issuer.url, "us", "secret").metadata()
    issuer.raw = b" " * (ANSWER_BYTES_MAX + 1)
    with pytest.raises(ProviderError, match="too large"):
        await Provider(issuer.url, "us", "secret").metadata()
    with pytest.raises(ProviderError, match="cannot be reached"):
        await Provider("http://127.0.0.1:9", "us", "secret").metadata()
