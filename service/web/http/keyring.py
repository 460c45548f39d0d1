"""Who is it: keys looked up once and then known in this process, until they are revoked."""

from hashlib import sha256
from typing import Final
from uuid import UUID

from service.core.actors import Actor
from service.flows.access.keys import find_actor
from service.flows.access.sessions import PREFIX, find_session
from service.store.database.pool import Database
from service.store.revocations import hear
from service.web.http.watchers import Watchers

KEYS_MAX: Final = 10_000
"""How many keys a process knows at once; the one known longest makes room."""
KEY_CHARACTERS_MAX: Final = 256


class KeyRing:
    """Knows the actors of keys, by the keys' SHA-256, and only while it would hear of a revocation."""

    def __init__(self, database: Database) -> None:
        """Take the database for look-ups."""
        self._database = database
        self._known: dict[bytes, Actor] = {}
        self._changes = 0
        self._hearing = False

    async def actor(self, key: str) -> Actor | None:
        """Whose key it is, or None where it is nobody's."""
        if len(key) > KEY_CHARACTERS_MAX or not key.isascii():
            return None
        digest = sha256(key.encode("ascii")).digest()
        known = self._known.get(digest)
        if known is not None:
            return known
        changes = self._changes
        actor = await find_actor(self._database, key)
        # A key revoked while it was looked up must not be kept: then the count has changed.
        if actor is not None and self._hearing and changes == self._changes:
            while len(self._known) >= KEYS_MAX:
                del self._known[next(iter(self._known))]
            self._known[digest] = actor
        return actor

    async def watcher(self, key: str) -> Actor | None:
        """Who watches a stream: by their key, or by the session under which they opened it on a page.

        A session may end by itself at any time, so nothing is remembered of it; it opens no route of the API.
        """
        if not key.startswith(PREFIX):
            return await self.actor(key)
        session = await find_session(self._database, key, is_use=False)
        return None if session is None or session.subject is None else session.actor

    def forget(self, key_id: UUID) -> None:
        """A key was revoked: it is looked up again, and not found."""
        self._changes += 1
        for digest in [digest for digest, actor in self._known.items() if actor.id == key_id]:
            del self._known[digest]

    def hears(self, hearing: bool) -> None:
        """Revocations are heard from now on, or no longer: whatever is known may be out of date."""
        self._hearing = hearing
        self._changes += 1
        self._known.clear()


async def heed_revocations(url: str, keys: KeyRing, watchers: Watchers) -> None:
    """Let revoked keys open nothing any more, and end the streams that go on under them, until cancelled."""

    def revoked(key_id: UUID) -> None:
        keys.forget(key_id)
        watchers.recheck()

    def hears(hearing: bool) -> None:
        keys.hears(hearing)
        watchers.recheck()

    await hear(url, revoked, hears)
