"""Whether the process lives, whether it can serve, and what it has counted."""

import asyncio
from typing import Literal

import msgspec
from msgspec import Struct
from redis.exceptions import RedisError

from service.web.http import measures
from service.web.http.answers import Answer, as_json
from service.web.http.call import NO_STORE, Call
from service.web.http.route import OPEN, route

State = Literal["ready", "away", "read_only", "full", "not_migrated"]
"""How PostgreSQL is: `ready`, or why nothing can be served: it is `away` where it does not answer in a
second, `read_only` where it is a standby or lets nothing be written, `full` where its disk is, and
`not_migrated` while it lacks migrations."""
RedisState = Literal["ready", "away"]
"""How Redis is: `ready`, or `away` where it cannot be reached."""
Hearing = Literal["heard", "unheard"]
"""Whether keys that are revoked elsewhere are heard of at once."""

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
    revocations: Hearing = "heard"
    """Shown where they are `unheard`: requests are served, and each key is looked up every time."""
    clock_offset_s: int = 0
    """Seconds that CLOCK_OFFSET_S shifts the clock by, where it does: every time given is that far off."""


@route("GET", "/livez", "check_alive", roles=OPEN, answer=Alive)
async def alive(call: Call) -> Answer:  # noqa: ARG001  every handler is given its call
    """Say that the process answers."""
    return as_json(_encode(Alive()), 200, NO_STORE)


@route("GET", "/readyz", "check_ready", roles=OPEN, answer=Readiness, statuses=(200, 503))
async def ready(call: Call) -> Answer:
    """Say whether requests can be served."""
    resources = call.resources
    postgresql, redis = await asyncio.gather(resources.readiness.look(), _redis(call))
    status = 200 if postgresql == "ready" else 503
    heard: Hearing = "heard" if resources.keys.is_hearing else "unheard"
    offset_s = resources.settings.clock_offset_s
    said = Readiness(postgresql, postgresql, redis, revocations=heard, clock_offset_s=offset_s)
    return as_json(_encode(said), status, NO_STORE)


@route("GET", "/metrics", "read_metrics", roles=OPEN, answer=str, answer_media="text/plain", shown=False)
async def metrics(call: Call) -> Answer:
    """Give everything counted, in Prometheus' text format; the gateway lets in METRICS_PORT alone."""
    await call.resources.draws.refresh(call.resources.database)
    # Writing it takes long, and others are served meanwhile.
    text = await asyncio.to_thread(measures.exposition)
    return Answer(200, text, [(b"content-type", measures.CONTENT_TYPE), NO_STORE])


async def _redis(call: Call) -> RedisState:
    try:
        await call.resources.redis.ping()
    except (RedisError, OSError, TimeoutError):
        return "away"
    return "ready"
