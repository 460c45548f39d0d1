"""An authenticator in a few lines (WebAuthn, ES256, no attestation), for tests without a browser."""

from __future__ import annotations

import base64
import json
import secrets
from hashlib import sha256
from typing import Final

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from service.flows.access.ceremonies import Ceremony

PRESENT, VERIFIED, HAS_KEY = 0x01, 0x04, 0x40
CEREMONY: Final = Ceremony(b"c" * 32, "clinic.example", "https://clinic.example")


def _text(plain: bytes) -> str:
    return base64.urlsafe_b64encode(plain).rstrip(b"=").decode()


class Authenticator:
    """One passkey on one device, for a user `handle`; it verifies its owner unless it is told not to."""

    def __init__(self, handle: bytes = b"", *, verifies: bool = True) -> None:
        self.id = secrets.token_bytes(16)
        self.handle = handle
        self.flags = PRESENT | (VERIFIED if verifies else 0)
        self._key = ec.generate_private_key(ec.SECP256R1())

    @property
    def public_key(self) -> bytes:
        """Its public key, as COSE has it (RFC 9053, 7.1): ES256 on P-256."""
        point = self._key.public_key().public_numbers()
        x, y = point.x.to_bytes(32, "big"), point.y.to_bytes(32, "big")
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})

    def made(self, ceremony: Ceremony = CEREMONY) -> str:
        """What it answers when a passkey is to be made."""
        about = self._about(ceremony, HAS_KEY) + bytes(16) + len(self.id).to_bytes(2, "big") + self.id
        said = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": about + self.public_key})
        client = self._client(ceremony, "webauthn.create")
        return self._answer({"clientDataJSON": _text(client), "attestationObject": _text(said)})

    def signed(self, ceremony: Ceremony = CEREMONY) -> str:
        """What it answers when a passkey is to sign."""
        about, client = self._about(ceremony), self._client(ceremony, "webauthn.get")
        signature = self._key.sign(about + sha256(client).digest(), ec.ECDSA(SHA256()))
        said = {
            "authenticatorData": _text(about),
            "signature": _text(signature),
            "userHandle": _text(self.handle) or None,
        }
        return self._answer({"clientDataJSON": _text(client), **said})

    def _about(self, ceremony: Ceremony, also: int = 0) -> bytes:
        return sha256(ceremony.rp_id.encode()).digest() + bytes([self.flags | also]) + bytes(4)

    def _client(self, ceremony: Ceremony, kind: str) -> bytes:
        said = {"type": kind, "challenge": _text(ceremony.challenge), "origin": ceremony.origin}
        return json.dumps(said).encode()

    def _answer(self, response: dict[str, str | None]) -> str:
        own = _text(self.id)
        return json.dumps(
            {
                "id": own,
                "rawId": own,
                "type": "public-key",
                "response": response,
                "clientExtensionResults": {},
            }
        )
