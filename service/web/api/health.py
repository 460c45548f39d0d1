"""Whether the process lives, whether it can serve, and what it has counted."""

import asyncio
from typing import Literal

import msgspec
import structlog
from msgspec import Struct
from redis.exceptions import RedisError

from service.store.database.absence import AWAY
from service.store.database.migrate import MigrationError, pending
from service.web.http import measures
from service.web.http.answers import Answer, as_json
from service.web.http.call import NO_STORE, Call
from service.web.http.route import OPEN, route

State = Literal["ready", "away", "not_migrated"]
"""How PostgreSQL is: `away` where it cannot be reached, `not_migrated` while migrations are pending."""
RedisState = Literal["ready", "away"]
"""How Redis is: `ready`, or `away` where it cannot be reached."""

_log = structlog.get_logger("service.web")
_encode = msgspec.json.Encoder().encode


class Alive(Struct, frozen=True):
    """The process answers."""

    status: Literal["alive"] = "alive"
    """Always `alive`."""


class Readiness(Struct, frozen=True, omit_defaults=True):
    """Whether requests can be served."""

    status: State
    """Whether requests can be served: the state of PostgreSQL."""
    postgresql: State
    """Without it nothing can be served."""
    redis: RedisState
    """Without it requests are served, without rate limits and live news."""
    clock_offset_s: int = 0
    """Seconds that CLOCK_OFFSET_S shifts the clock by, where it does: every time given is that far off."""


@route("GET", "/livez", "check_alive", roles=OPEN, answer=Alive)
async def alive(call: Call) -> Answer:  # noqa: ARG001  every handler is given its call
    """Say that the process answers."""
    return as_json(_encode(Alive()), 200, NO_STORE)


@route("GET", "/readyz", "check_ready", roles=OPEN, answer=Readiness, statuses=(200, 503))
async def ready(call: Call) -> Answer:
    """Say whether requests can be served."""
    postgresql, redis = await _postgresql(call), await _redis(call)
    status = 200 if postgresql == "ready" else 503
    offset_s = call.resources.settings.clock_offset_s
    return as_json(_encode(Readiness(postgresql, postgresql, redis, offset_s)), status, NO_STORE)


@route("GET", "/metrics", "read_metrics", roles=OPEN, answer=str, answer_media="text/plain", shown=False)
async def metrics(call: Call) -> Answer:
    """Give everything counted, in Prometheus' text format; the gateway lets in METRICS_PORT alone."""
    await call.resources.draws.refresh(call.resources.database)
    # Writing it takes long, and others are served meanwhile.
    text = await asyncio.to_thread(measures.exposition)
    return Answer(200, text, [(b"content-type", measures.CONTENT_TYPE), NO_STORE])


async def _postgresql(call: Call) -> State:
    resources = call.resources
    try:
        if resources.migrated:
            # A newer release may have migrated further meanwhile; that must not take this one out of service.
            async with resources.database.transaction(None):
                return "ready"
        missing = await pending(resources.settings.database_url)
    except MigrationError:
        return "not_migrated"
    except AWAY as error:
        _log.warning("not_ready", store="postgresql", error=type(error).__name__)
        return "away"
    resources.migrated = not missing
    return "ready" if resources.migrated else "not_migrated"


async def _redis(call: Call) -> RedisState:
    try:
        await call.resources.redis.ping()
    except (RedisError, OSError, TimeoutError):
        return "away"
    return "ready"
