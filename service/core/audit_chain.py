"""The audit trail's hash chain, keyed by a key that the database does not hold.

Of each entry's content a keyed hash of 64 bytes is taken (BLAKE2b, RFC 7693). Its first half is the
entry's `digest`, which is stored; its second half, the link, is not. Then

    hash = SHA-256(hash before || digest || link)        stored with the entry
    seal = SHA-256(seal before || hash before || digest || link)   stored once, of the last entry alone

Who has the database and not the key can work out neither. An entry that is changed, removed or put in breaks
every hash after it; where the newest are cut off, nobody has the seal of what is left, and no entry that is
written later mends it, since each seal takes in the one before (as in Schneier and Kelsey, 1999).

Releases before the key wrote digest = SHA-256(content) and hash = SHA-256(hash before || digest), which
anybody can work out. Such entries stand before the first keyed one, whose hash holds them from then on, and,
where processes of that release went on for a while, among those of the first OVERLAP. A chain that began
keyed has none.
"""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from schemas.ids import Id

FIRST: Final = bytes(32)
"""The hash and the seal before a chain's first entry."""
DIGEST_BYTES: Final = 32
KEYED: Final = "audit.keyed"
"""The operation of the entry that notes that a chain is keyed from it on."""
OVERLAP: Final = timedelta(days=1)
"""How long after the first keyed entry those of a release before may still come."""


class Said(Struct, frozen=True):
    """What an entry of the trail says: who did or read what, when, and to whom."""

    at: datetime
    actor: Id
    role: str
    deed: str
    subject: Id | None
    participant: Id | None
    detail: str

    def content(self) -> bytes:
        """All of it in one form, which can be made again from its row."""
        return content(
            self.at.astimezone(UTC).isoformat(),
            self.actor,
            self.role,
            self.deed,
            self.subject,
            self.participant,
            self.detail,
        )


def content(
    at: str, actor: Id, role: str, deed: str, subject: Id | None, participant: Id | None, detail: str
) -> bytes:
    """What an entry says, as bytes; `at` is in UTC and ISO 8601, and no part holds the separator."""
    who, whose = "" if subject is None else str(subject), "" if participant is None else str(participant)
    return f"{at}\x1f{actor}\x1f{role}\x1f{deed}\x1f{who}\x1f{whose}\x1f{detail}".encode()


def clinic_key(audit_key: bytes, clinic: Id) -> bytes:
    """The key of one clinic's chain."""
    return hmac.digest(audit_key, b"audit chain" + clinic.bytes, "sha256")


def keyed(key: bytes, said: bytes) -> bytes:
    """The digest and link of an entry's content under its clinic's key, in one."""
    return hashlib.blake2b(said, key=key, digest_size=2 * DIGEST_BYTES).digest()


def plain_digest(said: bytes) -> bytes:
    """The digest of an entry's content as releases before the key took it."""
    return hashlib.sha256(said).digest()


class Place(Struct, frozen=True):
    """Where a chain stands after an entry, as it is worked out again; `digest` is that entry's own."""

    seq: int = 0
    digest: bytes = FIRST
    hash: bytes = FIRST
    seal: bytes = FIRST
    began_plain: bool = True
    keyed_at: datetime | None = None
    """When the first keyed entry was written."""
    newest_keyed_at: datetime | None = None

    def after(self, key: bytes, said: Said, digest: bytes) -> "Place":
        """Where it stands after one more entry of this content, whose kept `digest` tells the release."""
        content = said.content()
        plain = plain_digest(content) if self._may_be_plain() else None
        if digest == plain:
            return replace(
                self, seq=self.seq + 1, digest=digest, hash=hashlib.sha256(self.hash + digest).digest()
            )
        both = keyed(key, content)
        return Place(
            self.seq + 1,
            both[:DIGEST_BYTES],
            hashlib.sha256(self.hash + both).digest(),
            hashlib.sha256(self.seal + self.hash + both).digest(),
            self.began_plain and self.seq > 0,
            self.keyed_at or said.at,
            max(self.newest_keyed_at or said.at, said.at),
        )

    def _may_be_plain(self) -> bool:
        if self.keyed_at is None or self.newest_keyed_at is None:
            return True
        return self.began_plain and self.newest_keyed_at - self.keyed_at <= OVERLAP
