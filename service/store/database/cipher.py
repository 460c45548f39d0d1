"""Personal fields under a key from outside the database: AES-256-GCM, and keyed hashes to find them again."""

import hashlib
import hmac
import os
from functools import cache, partial
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from service.core.audit_chain import clinic_key

NONCE_BYTES = 12


class TrailKey:
    """The key of the audit trail, from which that of each clinic's chain follows."""

    def __init__(self, audit_key: bytes) -> None:
        """Take the key."""
        self.of = cache(partial(clinic_key, bytes(audit_key)))


class UnknownFieldKeyError(Exception):
    """A field was encrypted under a key that FIELD_KEYS does not hold."""


class Cipher:
    """Encrypts fields under the first key, decrypts under any, and makes blind indexes.

    What is kept is: one byte with the length of the key's id, the id, the nonce, and the ciphertext with its
    tag. The clinic and the field's name are authenticated with it (NIST SP 800-38D), so that a value moved
    to another clinic or column does not decrypt.
    """

    def __init__(self, field_keys: tuple[tuple[str, bytes], ...], index_key: bytes, audit_key: bytes) -> None:
        """Take the keys, of `field_keys` the first of which encrypts."""
        self.trail = TrailKey(audit_key)
        self._keys = {key_id.encode(): AESGCM(key) for key_id, key in field_keys}
        self._first = field_keys[0][0].encode()
        self._index_key = bytes(index_key)

    def seal(self, clinic: UUID, field: str, text: str | bytes) -> bytes:
        """Encrypt one value of a clinic's field."""
        nonce = os.urandom(NONCE_BYTES)
        plain = text.encode() if isinstance(text, str) else text
        sealed = self._keys[self._first].encrypt(nonce, plain, _bound(clinic, field))
        return bytes([len(self._first)]) + self._first + nonce + sealed

    def open(self, clinic: UUID, field: str, sealed: bytes) -> bytes:
        """Decrypt one value.

        Raises UnknownFieldKeyError where its key is not among FIELD_KEYS, and
        cryptography.exceptions.InvalidTag where it was changed or belongs elsewhere.
        """
        end = 1 + sealed[0]
        key = self._keys.get(bytes(sealed[1:end]))
        if key is None:
            key_id = sealed[1:end].decode(errors="replace")
            message = f"a field was encrypted under key {key_id!r}; add it to FIELD_KEYS"
            raise UnknownFieldKeyError(message)
        return key.decrypt(
            sealed[end : end + NONCE_BYTES], sealed[end + NONCE_BYTES :], _bound(clinic, field)
        )

    def opened(self, clinic: UUID, field: str, sealed: bytes) -> bytes | None:
        """A sealed text, or none where it cannot be opened, whatever the reason."""
        try:
            return self.open(clinic, field, sealed)
        except (InvalidTag, UnknownFieldKeyError, IndexError, ValueError):
            return None

    def open_text(self, clinic: UUID, field: str, sealed: bytes | None) -> str | None:
        """Decrypt a value that may be absent, as text."""
        return None if sealed is None else self.open(clinic, field, sealed).decode()

    def blind(self, clinic: UUID, field: str, text: str | bytes) -> bytes:
        """A keyed hash of a value (HMAC-SHA256), the same for the same value of the same clinic and field."""
        plain = text.encode() if isinstance(text, str) else text
        return hmac.digest(self._index_key, _bound(clinic, field) + b"|" + plain, hashlib.sha256)


def _bound(clinic: UUID, field: str) -> bytes:
    return clinic.bytes + field.encode()
