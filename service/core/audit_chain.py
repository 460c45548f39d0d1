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

A key that is changed stays good for what was written under it. The first entry under the new key names the
change. Before it, and for OVERLAP after it, entries of processes that still had the key before are taken, and
later ones are not: whoever finds an old key can add nothing. What stands under the old key is held by the
hash of that entry from then on, so nobody rewrites it with the old key either.
"""

import hashlib
import hmac
from collections.abc import Sequence
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
RECORDED: Final = "events.recorded"
"""The operation of an entry that says the digest of the facts it recorded."""
REKEYED: Final = "audit.rekeyed"
"""The operation of the first entry under another key; its subject is the change."""
OVERLAP: Final = timedelta(days=1)
"""How long after the first entry under a key those of before it may still come."""


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


class OldKey(Struct, frozen=True):
    """A key that a chain was under until a change; `change` is none while that is still to come."""

    change: Id | None
    key: bytes


class Ended(Struct, frozen=True):
    """An old key that was changed: since when, and when the newest entry under another key was written."""

    old: OldKey
    at: datetime
    newest: datetime


class Ring(Struct, frozen=True):
    """The keys that an entry may be under: the present one, and those of before as far as they are good."""

    own: bytes
    old: tuple[OldKey, ...] = ()
    ended: tuple[Ended, ...] = ()

    def keys(self) -> tuple[bytes, ...]:
        """The keys that the next entry may be under, the present one first."""
        ending = (one.old.key for one in self.ended if one.newest - one.at <= OVERLAP)
        return (self.own, *(one.key for one in self.old), *ending)

    def after(self, said: Said, digest: bytes) -> "Ring":
        """The ring after an entry with this digest, which may say that a key was changed."""
        content = said.content()

        def is_under(key: bytes) -> bool:
            return keyed(key, content)[:DIGEST_BYTES] == digest

        ended = tuple(
            one if is_under(one.old.key) else replace(one, newest=max(one.newest, said.at))
            for one in self.ended
        )
        if said.deed != REKEYED:
            return self if ended == self.ended else replace(self, ended=ended)
        over = [one for one in self.old if one.change == said.subject and not is_under(one.key)]
        left = tuple(one for one in self.old if one not in over)
        return replace(self, old=left, ended=(*ended, *(Ended(one, said.at, said.at) for one in over)))

    def untold(self) -> list[Id]:
        """The changes that no entry told of."""
        return [one.change for one in self.old if one.change is not None]


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

    def after(self, keys: Sequence[bytes], said: Said, digest: bytes) -> "Place":
        """Where it stands after one more entry of this content, whose kept `digest` tells the release.

        It is under one of `keys`, the first of them where it is under none.
        """
        content = said.content()
        plain = plain_digest(content) if self._may_be_plain() else None
        if digest == plain:
            return replace(
                self, seq=self.seq + 1, digest=digest, hash=hashlib.sha256(self.hash + digest).digest()
            )
        made = [keyed(key, content) for key in keys]
        both = next((one for one in made if one[:DIGEST_BYTES] == digest), made[0])
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
