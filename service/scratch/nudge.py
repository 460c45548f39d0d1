"""Nudges: after a commit, every process hears whose records changed, so that open pages look at once.

A nudge says only "look": what there is to see is read from PostgreSQL. So a nudge that is lost costs a page
some seconds and nobody a point. Nobody waits for a nudge to be sent, and one that cannot be is forgotten.
"""

import asyncio
from collections.abc import Callable, Collection, Iterator
from time import monotonic
from typing import Final
from uuid import UUID

import structlog
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

from service.scratch import measures

CHANNEL: Final = "nudges"
PARTICIPANTS_MAX: Final = 1000
"""How many participants one message names; more are told in several."""
SEND_S_MAX: Final = 0.25
AWAY_S: Final = 1.0
"""How long Redis is left alone after it failed."""
BEAT_S: Final = 2.0
"""How long nothing may be heard before the connection is tried, and how long it may take to answer."""
ID_BYTES: Final = 16

_log = structlog.get_logger("service.scratch")


class Nudges:
    """Sends nudges, those of one turn of the loop together."""

    def __init__(self, redis: Redis, lost: Callable[[int], None]) -> None:
        """Take the store, and what to do about so many nudges that were lost."""
        self._redis = redis
        self._lost = lost
        self._waiting: dict[UUID, set[UUID]] = {}
        self._task: asyncio.Task[None] | None = None
        self._away_until = 0.0

    def tell(self, clinic: UUID, participants: Collection[UUID]) -> None:
        """Say that records of a clinic's participants changed; comes back at once."""
        if monotonic() < self._away_until:
            self._lost(1)
            return
        self._waiting.setdefault(clinic, set()).update(participants)
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._send())

    async def close(self) -> None:
        """Send what waits."""
        if self._task is not None:
            await asyncio.wait({self._task})

    async def _send(self) -> None:
        try:
            while self._waiting:
                told, self._waiting = self._waiting, {}
                await self._publish(told)
        finally:
            self._task = None

    async def _publish(self, told: dict[UUID, set[UUID]]) -> None:
        try:
            async with asyncio.timeout(SEND_S_MAX):
                pipe = self._redis.pipeline(transaction=False)
                for clinic, participants in told.items():
                    for message in _messages(clinic, participants):
                        pipe.publish(CHANNEL, message)
                await pipe.execute()
        except (RedisError, OSError, TimeoutError) as error:
            self._away_until = monotonic() + AWAY_S
            self._lost(len(told))
            measures.ERRORS.labels("nudge").inc()
            _log.warning("nudges_lost", store="redis", error=type(error).__name__, count=len(told))


async def hear(
    redis: Redis, heard: Callable[[UUID, list[UUID]], None], hearing: Callable[[bool], None]
) -> None:
    """Hear every nudge on one connection, until cancelled; `hearing` is told when that begins and ends."""
    while True:
        try:
            async with redis.pubsub(ignore_subscribe_messages=True) as channel:
                await channel.subscribe(CHANNEL)
                await _listen(channel, heard, hearing)
        except (RedisError, OSError, TimeoutError) as error:
            measures.ERRORS.labels("hear").inc()
            _log.warning("nudges_unheard", store="redis", error=type(error).__name__)
        finally:
            hearing(False)  # noqa: FBT003  the only thing that it says
        await asyncio.sleep(AWAY_S)


async def _listen(
    channel: PubSub, heard: Callable[[UUID, list[UUID]], None], hearing: Callable[[bool], None]
) -> None:
    """Hand on what is heard; a connection that does not even answer when it is asked to is given up."""
    await channel.ping()
    asked, began = True, False
    silent_since = monotonic()
    while True:
        message = await channel.get_message(timeout=BEAT_S)
        if message is not None:
            # The answer to the first ping comes after the subscription is in force.
            if not began:
                hearing(True)  # noqa: FBT003  the only thing that it says
            asked, began = False, True
            silent_since = monotonic()
            named = _read(message["data"]) if message["type"] == "message" else None
            if named is not None:
                heard(*named)
        elif monotonic() - silent_since >= BEAT_S:
            if asked:
                raise TimeoutError
            await channel.ping()
            asked, silent_since = True, monotonic()


def _messages(clinic: UUID, participants: Collection[UUID]) -> Iterator[bytes]:
    """The clinic's id and then the participants', 16 bytes each."""
    ids = [one.bytes for one in participants]
    for at in range(0, max(len(ids), 1), PARTICIPANTS_MAX):
        yield b"".join((clinic.bytes, *ids[at : at + PARTICIPANTS_MAX]))


def _read(message: bytes) -> tuple[UUID, list[UUID]] | None:
    """Whom a message names; None where it is none of ours."""
    if not message or len(message) % ID_BYTES:
        return None
    ids = [UUID(bytes=message[at : at + ID_BYTES]) for at in range(0, len(message), ID_BYTES)]
    return ids[0], ids[1:]
