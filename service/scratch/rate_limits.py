"""Rate limits per key and route, counted in Redis by one script; without Redis nobody is held up."""

from pathlib import Path
from time import monotonic
from typing import Final

import structlog
from msgspec import Struct
from redis.asyncio import Redis
from redis.exceptions import RedisError

from service.settings import RateLimit

SCRIPT: Final = (Path(__file__).parent / "gcra.lua").read_text(encoding="utf-8")
AWAY_S: Final = 1.0
"""How long Redis is left alone after it failed, so that each request does not wait for it in turn."""

_log = structlog.get_logger("service.scratch")


class Allowance(Struct, frozen=True):
    """The state of a limit: whether this request is allowed, how many more, and the waits in seconds."""

    allowed: bool
    remaining: int
    retry_s: int
    reset_s: int


class RateLimits:
    """Counts requests; a failure of Redis allows them all, because a limit protects and must not harm."""

    def __init__(self, redis: Redis, limit: RateLimit) -> None:
        """Take the store and the limit of every key on every route."""
        self.limit = limit
        self._interval = limit.per_s * 1_000_000 / limit.requests
        self._window = limit.per_s * 1_000_000
        self._script = redis.register_script(SCRIPT)
        self._away_until = 0.0

    async def take(self, name: str) -> Allowance | None:
        """Count one request under a name; None while Redis is away."""
        if monotonic() < self._away_until:
            return None
        try:
            allowed, remaining, wait, reset = await self._script(
                keys=[f"rate:{name}"], args=[self._interval, self._window]
            )
        except (RedisError, OSError, TimeoutError) as error:
            self._away_until = monotonic() + AWAY_S
            _log.warning("rate_limits_off", store="redis", error=type(error).__name__)
            return None
        return Allowance(bool(allowed), remaining, _seconds(wait), _seconds(reset))


def _seconds(microseconds: int) -> int:
    """Whole seconds, never too few."""
    return -(-microseconds // 1_000_000)
