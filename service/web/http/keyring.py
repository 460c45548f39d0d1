"""Who is it: keys looked up once and then known in this process, until they are revoked."""

from collections.abc import Callable
from hashlib import sha256
from typing import Final
from uuid import UUID

from service.core.actors import Actor
from service.flows.access.keys import find_actor
from service.flows.access.sessions import PREFIX, find_session
from service.store.database.pool import Database
from service.store.revocations import Revocations

KEYS_MAX: Final = 10_000
"""How many keys a process knows at once; the one known longest makes room."""
KEY_CHARACTERS_MAX: Final = 256


class KeyRing:
    """Knows the actors of keys, by the keys' SHA-256, and only while it would hear of a revocation."""

    def __init__(self, database: Database, url: str) -> None:
        """Take the database for look-ups, and its address for the connection that hears of revocations."""
        self._database = database
        self._known: dict[bytes, Actor] = {}
        self._changes = 0
        self.changed: Callable[[], None] | None = None
        """Told when a key was revoked, or may have been: whoever goes on under one looks it up again."""
        self.revocations = Revocations(url, self.forget, self.forget_all)

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
        if actor is not None and self.revocations.listening and changes == self._changes:
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
        if self.changed is not None:
            self.changed()

    def forget_all(self) -> None:
        """Hearing began or ended: whatever is known may be out of date."""
        self._changes += 1
        self._known.clear()
        if self.changed is not None:
            self.changed()
