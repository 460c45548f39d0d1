"""Who is watching: the open streams of this process, woken when what they watch may have changed."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Collection
from typing import Final, Literal
from uuid import UUID

from service.core.actors import Actor
from service.ending import end
from service.store.database.absence import AWAY

AGAIN_S: Final = 1.0
"""How long to wait before keys are looked up again, where the database was away."""
LOOK_S: Final = 10.0
"""How often the keys of open streams are looked up again: a session may also end by itself."""


Caller = Literal["desk", "portal", "key"]
"""Whose stream it is: a session of staff, one of a participant, or a key of the API."""
PER_KEY: Final = 10
"""How many times as many streams as a session one key holds: many may stand behind it."""
PORTALS: Final = 0.75
"""The part of all streams that portals may take: the desk's have the rest to themselves."""


class Watch:
    """One open stream: what it watches, under which key, and whether it is over."""

    __slots__ = ("_woken", "caller", "clinic", "is_over", "key", "participant")

    def __init__(self, clinic: UUID, participant: UUID | None, key: str, caller: Caller = "key") -> None:
        """Watch one participant, or with None the whole clinic."""
        self.caller: Caller = caller
        self.clinic = clinic
        self.participant = participant
        self.key = key
        self.is_over = False
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Let the stream look."""
        self._woken.set()

    def end(self) -> None:
        """Let the stream end."""
        self.is_over = True
        self._woken.set()

    async def wait(self, seconds: float) -> bool:
        """Wait until woken, for so long at most; says whether it was."""
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            return False
        self._woken.clear()
        return True


class Watchers:
    """All open streams of the process; `hearing` says whether nudges arrive."""

    def __init__(
        self,
        streams_max: int,
        actor: Callable[[str], Awaitable[Actor | None]],
        counted: Callable[[int], None],
        per_caller_max: int,
    ) -> None:
        """Hold so many streams at most, and of each caller; `actor` says whose key it is.

        `counted` is told how many are open.
        """
        self._streams_max = streams_max
        self._per_caller_max = per_caller_max
        self._of_key: Counter[str] = Counter()
        self._portals = 0
        self._actor = actor
        self._counted = counted
        self._open: dict[tuple[UUID, UUID | None], set[Watch]] = {}
        self._count = 0
        self._check: asyncio.Task[None] | None = None
        self._must_check = False
        self._timer: asyncio.TimerHandle | None = None
        self._closing = False
        self.hearing = False

    @property
    def is_full(self) -> bool:
        """Whether no stream can be opened: there are too many, or the process is ending."""
        return self._closing or self._count >= self._streams_max

    def open(self, clinic: UUID, participant: UUID | None, key: str, caller: Caller = "key") -> Watch | None:
        """Begin to watch; None where no more streams can be opened, or no more of this caller."""
        share = self._per_caller_max * (PER_KEY if caller == "key" else 1)
        if self.is_full or self._of_key[key] >= share:
            return None
        if caller == "portal" and self._portals >= self._streams_max * PORTALS:
            return None
        watch = Watch(clinic, participant, key, caller)
        self._open.setdefault((clinic, participant), set()).add(watch)
        self._of_key[key] += 1
        self._portals += caller == "portal"
        self._count += 1
        self._counted(self._count)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(LOOK_S, self._look)
        return watch

    def close(self, watch: Watch) -> None:
        """Watch no longer."""
        name = (watch.clinic, watch.participant)
        own = self._open.get(name, set())
        if watch not in own:
            return
        own.remove(watch)
        if not own:
            del self._open[name]
        self._of_key[watch.key] -= 1
        if not self._of_key[watch.key]:
            del self._of_key[watch.key]
        self._portals -= watch.caller == "portal"
        self._count -= 1
        self._counted(self._count)

    def heard(self, clinic: UUID, participants: Collection[UUID]) -> None:
        """Records of these participants changed."""
        for participant in (None, *participants):
            for watch in self._open.get((clinic, participant), ()):
                watch.wake()

    def hears(self, hearing: bool) -> None:
        """Nudges arrive from now on, or no longer: every stream looks, for some may have been missed."""
        self.hearing = hearing
        for watch in self._all():
            watch.wake()

    def recheck(self) -> None:
        """Keys were revoked, or may have been: those under which streams are open are looked up again."""
        self._must_check = True
        if self._check is None and self._count:
            self._check = asyncio.get_running_loop().create_task(self._check_keys())

    def end_all(self) -> None:
        """The process is ending: so do its streams."""
        self._closing = True
        if self._timer is not None:
            self._timer.cancel()
        for watch in self._all():
            watch.end()

    async def stop(self) -> None:
        """End whatever is left."""
        self.end_all()
        if self._check is not None:
            await end(self._check)

    def _look(self) -> None:
        self._timer = None
        if self._count and not self._closing:
            self.recheck()
            self._timer = asyncio.get_running_loop().call_later(LOOK_S, self._look)

    def _all(self) -> list[Watch]:
        return [watch for own in self._open.values() for watch in own]

    async def _check_keys(self) -> None:
        try:
            while self._must_check:
                self._must_check = False
                for key in {watch.key for watch in self._all()}:
                    await self._check_key(key)
        finally:
            self._check = None

    async def _check_key(self, key: str) -> None:
        try:
            is_known = await self._actor(key) is not None
        except AWAY:
            # Nothing is known of it; while the database is away, nothing of it is sent either.
            self._must_check = True
            await asyncio.sleep(AGAIN_S)
            return
        if not is_known:
            for watch in self._all():
                if watch.key == key:
                    watch.end()
