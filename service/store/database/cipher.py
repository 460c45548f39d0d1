"""Personal fields under a key from outside the database: AES-256-GCM, and keyed hashes to find them again."""

import hashlib
import hmac
import os
from collections.abc import Iterable
from functools import cache, partial
from uuid import UUID

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from service.core.audit_chain import clinic_key

NONCE_BYTES = 12
BOUND = 0x80
"""The bit of the first byte that says that a value is bound to its row; ids of keys are shorter."""


class TrailKey:
    """The key of the audit trail, from which that of each clinic's chain follows."""

    def __init__(self, audit_key: bytes, other: bytes | None = None) -> None:
        """Take the key, and while it is being changed the other one, which nothing is written under."""
        self.other = None if other is None else TrailKey(other)
        self.of = cache(partial(clinic_key, bytes(audit_key)))
        self._signing = hmac.digest(bytes(audit_key), b"audit checkpoints", "sha256")

    def sign(self, message: bytes) -> bytes:
        """Sign a message (Ed25519, RFC 8032)."""
        return Ed25519PrivateKey.from_private_bytes(self._signing).sign(message)

    def public_key(self) -> bytes:
        """The key that signatures can be checked with."""
        return Ed25519PrivateKey.from_private_bytes(self._signing).public_key().public_bytes_raw()

    def is_signed(self, message: bytes, signature: bytes, before: Iterable[bytes] = ()) -> bool:
        """Whether a signature is of this message and by this key, the other one, or one of `before`."""
        own = [self.public_key()] if self.other is None else [self.public_key(), self.other.public_key()]
        return any(_is_signed(key, message, signature) for key in (*own, *before))


def _is_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


class UnknownFieldKeyError(Exception):
    """A field was encrypted under a key that FIELD_KEYS does not hold."""


class Cipher:
    """Encrypts fields under the first key, decrypts under any, and makes blind indexes.

    What is kept is: one byte with the length of the key's id, the id, the nonce, and the ciphertext with its
    tag. The clinic and the field's name are authenticated with it (NIST SP 800-38D), so that a value moved
    to another clinic or column does not decrypt. Where the id of its row was given, that is too, and the
    first byte has its highest bit: two such values of one column cannot be swapped.
    """

    def __init__(
        self,
        field_keys: tuple[tuple[str, bytes], ...],
        index_key: bytes,
        audit_key: bytes,
        audit_key_other: bytes | None = None,
    ) -> None:
        """Take the keys, of `field_keys` the first of which encrypts."""
        self.trail = TrailKey(audit_key, audit_key_other)
        self._keys = {key_id.encode(): AESGCM(key) for key_id, key in field_keys}
        self._first = field_keys[0][0].encode()
        self.old_marks = tuple(
            bytes([len(key_id) | bound]) + key_id.encode()
            for key_id, _ in field_keys[1:]
            for bound in (0, BOUND)
        )
        """What values begin with that are sealed under another key than the first."""
        self.marks = tuple(
            bytes([len(key_id) | bound]) + key_id.encode() for key_id, _ in field_keys for bound in (0, BOUND)
        )
        """What values begin with that are sealed under any of the keys."""
        self._index_key = bytes(index_key)
        self.session_key = hmac.digest(self._index_key, b"rewards: sessions, 1", hashlib.sha256)
        """The key of what is kept of sessions: derived, so that INDEX_KEY itself marks none."""

    def seal(self, clinic: UUID, field: str, text: str | bytes, row: UUID | None = None) -> bytes:
        """Encrypt one value of a clinic's field, bound to its row where one is given."""
        nonce = os.urandom(NONCE_BYTES)
        plain = text.encode() if isinstance(text, str) else text
        sealed = self._keys[self._first].encrypt(nonce, plain, _bound(clinic, field, row))
        first = len(self._first) | (0 if row is None else BOUND)
        return bytes([first]) + self._first + nonce + sealed

    def open(self, clinic: UUID, field: str, sealed: bytes, row: UUID | None = None) -> bytes:
        """Decrypt one value; `row` is asked for where it was bound to one.

        Raises UnknownFieldKeyError where its key is not among FIELD_KEYS, and
        cryptography.exceptions.InvalidTag where it was changed or belongs elsewhere.
        """
        end = 1 + (sealed[0] & ~BOUND)
        key = self._keys.get(bytes(sealed[1:end]))
        if key is None:
            key_id = sealed[1:end].decode(errors="replace")
            message = f"a field was encrypted under key {key_id!r}; add it to FIELD_KEYS"
            raise UnknownFieldKeyError(message)
        about = _bound(clinic, field, row if is_bound(sealed) else None)
        return key.decrypt(sealed[end : end + NONCE_BYTES], sealed[end + NONCE_BYTES :], about)

    def opened(self, clinic: UUID, field: str, sealed: bytes, row: UUID | None = None) -> bytes | None:
        """A sealed text, or none where it cannot be opened, whatever the reason."""
        try:
            return self.open(clinic, field, sealed, row)
        except (InvalidTag, UnknownFieldKeyError, IndexError, ValueError):
            return None

    def open_text(
        self, clinic: UUID, field: str, sealed: bytes | None, row: UUID | None = None
    ) -> str | None:
        """Decrypt a value that may be absent, as text."""
        return None if sealed is None else self.open(clinic, field, sealed, row).decode()

    def blind(self, clinic: UUID, field: str, text: str | bytes) -> bytes:
        """A keyed hash of a value (HMAC-SHA256), the same for the same value of the same clinic and field."""
        plain = text.encode() if isinstance(text, str) else text
        return hmac.digest(self._index_key, _bound(clinic, field) + b"|" + plain, hashlib.sha256)


def is_bound(sealed: bytes) -> bool:
    """Whether a sealed value is bound to its row."""
    return sealed[0] >= BOUND


def _bound(clinic: UUID, field: str, row: UUID | None = None) -> bytes:
    # A field's name begins with a letter, and the byte before a row's id is none.
    return clinic.bytes + (b"" if row is None else b"\0" + row.bytes) + field.encode()
