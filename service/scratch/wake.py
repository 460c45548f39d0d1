"""Hears through Redis that records changed, so that notices are delivered at once and not at the next look.

Whatever is missed is found by looking: Redis away costs at most the time between two looks.
"""

import asyncio
import contextlib
from typing import Final

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from service.scratch import measures
from service.scratch.nudge import CHANNEL

AGAIN_S: Final = 1.0
"""How long Redis is left alone after it failed."""
HEARD_S_MAX: Final = 5.0
"""How long a message is waited for before the connection is looked at again."""

_log = structlog.get_logger("service.scratch")


async def hear(redis: Redis, wake: asyncio.Event, stop: asyncio.Event) -> None:
    """Set `wake` whenever a commit is told of, until `stop` is set."""
    away = False
    while not stop.is_set():
        try:
            async with redis.pubsub(ignore_subscribe_messages=True) as channel:
                await channel.subscribe(CHANNEL)
                away = False
                while not stop.is_set():
                    if await channel.get_message(timeout=HEARD_S_MAX) is not None:
                        wake.set()
        except (RedisError, OSError) as error:
            measures.ERRORS.labels("hear").inc()
            if not away:
                _log.warning("nudges_unheard", store="redis", error=type(error).__name__)
            away = True
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(AGAIN_S):
                    await stop.wait()
