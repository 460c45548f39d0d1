"""Who is it: keys looked up once and then known in this process for some seconds, and sessions."""

import contextlib
from datetime import datetime
from hashlib import sha256
from time import monotonic
from typing import Final
from uuid import UUID

from msgspec import Struct

from schemas.keys import Scope
from service.core.actors import Actor
from service.core.refusals import Refused, refused
from service.flows.access.keys import KnownKey, find_key
from service.flows.access.sessions import PREFIX, find_session
from service.flows.access.smart_tokens import PREFIX as TOKEN_PREFIX
from service.flows.access.smart_tokens import find_token
from service.store.database.elsewhere import ElsewhereError
from service.store.database.pool import Database
from service.store.revocations import hear
from service.web.http.watchers import Watchers

KEYS_MAX: Final = 10_000
"""How many keys a process knows at once; the one known longest makes room."""
KNOWN_S_MAX: Final = 5.0
"""How long a key is known without being looked up again, in seconds, whatever was heard meanwhile."""
KEY_CHARACTERS_MAX: Final = 256
UNKNOWN: Final = refused("unauthenticated")
EXPIRED: Final = refused("key_expired")


class Caller(Struct, frozen=True):
    """Who asks by a key, which has `scopes`, or under the session of a member of staff.

    Of a session, `proved_at` is when its person last showed their password or second factor.
    """

    actor: Actor
    scopes: frozenset[Scope] | None = None
    session: UUID | None = None
    smart: frozenset[str] | None = None
    """What a token of SMART Backend Services opens of FHIR; it opens nothing else."""
    proved_at: datetime | None = None


class KeyRing:
    """Knows the actors of keys, by the keys' SHA-256, and only while it would hear of a revocation."""

    def __init__(self, database: Database) -> None:
        """Take the database for look-ups."""
        self._database = database
        self._known: dict[bytes, tuple[Caller, datetime, float]] = {}
        self._changes = 0
        self.is_hearing = False
        """Whether a revocation would be heard of; while not, nothing is known."""

    async def caller(self, key: str) -> Caller | Refused:
        """Who asks by a key or a session's token; refused where it is nobody's, or has ended."""
        if len(key) > KEY_CHARACTERS_MAX or not key.isascii():
            return UNKNOWN
        if key.startswith(PREFIX):
            return await self._signed_in(key)
        digest = sha256(key.encode("ascii")).digest()
        kept = self._known.get(digest)
        if kept is None or kept[2] < monotonic():
            kept = await self._looked_up(key, digest)
            if kept is None:
                return UNKNOWN
        caller, ends_at, _ = kept
        return caller if self._database.clock() < ends_at else EXPIRED

    async def _looked_up(self, key: str, digest: bytes) -> tuple[Caller, datetime, float] | None:
        until = monotonic() + KNOWN_S_MAX
        self._known.pop(digest, None)
        changes = self._changes
        find = find_token if key.startswith(TOKEN_PREFIX) else find_key
        known: KnownKey | None = await find(self._database, key)
        if known is None:
            return None
        made = (Caller(known.actor, known.scopes, smart=known.smart), known.ends_at, until)
        # A key revoked while it was looked up must not be kept: then the count has changed.
        if self.is_hearing and changes == self._changes:
            while len(self._known) >= KEYS_MAX:
                del self._known[next(iter(self._known))]
            self._known[digest] = made
        return made

    async def _signed_in(self, token: str) -> Caller | Refused:
        """A member of staff by their session, of which nothing is kept: it may end by itself at any time."""
        session = await find_session(self._database, token)
        if session is None or session.kind != "api":
            return UNKNOWN
        return Caller(session.actor, None, session.id, proved_at=session.proved_at)

    async def watcher(self, key: str) -> Actor | None:
        """Who watches a stream: by their key, or by the session under which they opened it on a page.

        A session may end by itself at any time, so nothing is remembered of it. Nobody watches a clinic that
        is not served here.
        """
        with contextlib.suppress(ElsewhereError):
            if not key.startswith(PREFIX):
                caller = await self.caller(key)
                return None if isinstance(caller, Refused) else caller.actor
            session = await find_session(self._database, key, is_use=False)
            return None if session is None or session.subject is None else session.actor
        return None

    def forget(self, key_id: UUID) -> None:
        """A key was revoked: it is looked up again, and not found."""
        self._changes += 1
        for digest in [digest for digest, (caller, *_) in self._known.items() if caller.actor.id == key_id]:
            del self._known[digest]

    def forget_all(self) -> None:
        """Somebody's powers changed, and perhaps their keys': every key is looked up again."""
        self._changes += 1
        self._known.clear()

    def hears(self, hearing: bool) -> None:
        """Revocations are heard from now on, or no longer: whatever is known may be out of date."""
        self.is_hearing = hearing
        self.forget_all()


async def heed_revocations(url: str, keys: KeyRing, watchers: Watchers) -> None:
    """Let revoked keys open nothing any more, and end the streams that go on under them, until cancelled."""

    def revoked(key_id: UUID) -> None:
        keys.forget(key_id)
        watchers.recheck()

    def hears(hearing: bool) -> None:
        keys.hears(hearing)
        watchers.recheck()

    await hear(url, revoked, hears)
