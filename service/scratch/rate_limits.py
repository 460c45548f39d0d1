"""Rate limits per key and route, counted in Redis by one script; without Redis nobody is held up."""

import asyncio
from pathlib import Path
from time import monotonic
from typing import Final

import structlog
from msgspec import Struct
from redis.asyncio import Redis
from redis.exceptions import RedisError

from service.scratch import measures
from service.settings import RateLimit

SCRIPT: Final = (Path(__file__).parent / "gcra.lua").read_text(encoding="utf-8")
TOGETHER_MAX: Final = 64
"""How many requests under one name are asked for at once at most."""
BUSY_S: Final = 0.05
"""Whoever has used up what was asked for within so many seconds is asked for twice as much next."""
NAMES_MAX: Final = 10_000
AWAY_S: Final = 1.0
"""How long Redis is left alone after it failed, so that each request does not wait for it in turn."""

_log = structlog.get_logger("service.scratch")


class Allowance(Struct, frozen=True):
    """The state of a limit: whether this request is allowed, how many more, and the waits in seconds."""

    allowed: bool
    remaining: int
    retry_s: int
    reset_s: int


class _Held(Struct):
    """What a name was allowed and has not used: how many, what there was besides, and who waits for more."""

    allowance: Allowance = Allowance(allowed=True, remaining=0, retry_s=0, reset_s=0)
    left: int = 0
    asked: int = 1
    since: float = 0.0
    asking: asyncio.Future[None] | None = None
    waiting: int = 0


class RateLimits:
    """Counts requests; a failure of Redis allows them all, because a limit protects and must not harm.

    Redis is asked for several requests at once of a name that comes often, so that a busy key does not pay a
    round trip for each. What was asked for and is not used yet counts as used, so a limit is never exceeded.
    """

    def __init__(self, redis: Redis, limit: RateLimit) -> None:
        """Take the store and the limit of every key on every route."""
        self.limit = limit
        self._interval = limit.per_s * 1_000_000 / limit.requests
        self._window = limit.per_s * 1_000_000
        self._script = redis.register_script(SCRIPT)
        self._away_until = 0.0
        self._held: dict[str, _Held] = {}
        self._together_max = max(1, min(TOGETHER_MAX, limit.requests // 100))

    async def take(self, name: str) -> Allowance | None:
        """Count one request under a name; None while Redis is away."""
        if self._together_max == 1:
            return None if monotonic() < self._away_until else await self._ask(name, 1)
        held = self._held.get(name)
        if held is None:
            if len(self._held) >= NAMES_MAX:
                self._held.clear()
            held = self._held[name] = _Held()
        while held.left == 0:
            if held.asking is not None:
                held.waiting += 1
                await held.asking
                held.waiting -= 1
                continue
            if monotonic() < self._away_until:
                return None
            left = await self._fill(name, held)
            if left is None or not left.allowed:
                return left
        held.left -= 1
        told = held.allowance
        return Allowance(allowed=True, remaining=told.remaining + held.left, retry_s=0, reset_s=told.reset_s)

    async def _fill(self, name: str, held: _Held) -> Allowance | None:
        """Ask for as many as are likely to be used soon; others who need one wait for the answer."""
        now = monotonic()
        busy = held.asked * 2 if now - held.since < BUSY_S else 1
        asked = min(max(busy, held.waiting + 1), self._together_max)
        held.asking = asyncio.get_running_loop().create_future()
        try:
            left = await self._ask(name, asked)
            if asked > 1 and left is not None and not left.allowed:
                asked, left = 1, await self._ask(name, 1)
            if left is not None and left.allowed:
                held.allowance, held.left, held.asked, held.since = left, asked, asked, now
            return left
        finally:
            held.asking.set_result(None)
            held.asking = None

    async def _ask(self, name: str, together: int) -> Allowance | None:
        try:
            allowed, remaining, wait, reset = await self._script(
                keys=[f"rate:{name}"], args=[self._interval, self._window, together]
            )
        except (RedisError, OSError, TimeoutError) as error:
            self._away_until = monotonic() + AWAY_S
            measures.ERRORS.labels("limit").inc()
            _log.warning("rate_limits_off", store="redis", error=type(error).__name__)
            return None
        return Allowance(bool(allowed), remaining, _seconds(wait), _seconds(reset))


def _seconds(microseconds: int) -> int:
    """Whole seconds, never too few."""
    return -(-microseconds // 1_000_000)
