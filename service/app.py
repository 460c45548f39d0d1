"""The web process: settings in, an ASGI app out that opens its stores and closes them when it stops."""

import asyncio
import gc
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import structlog
from litestar import Litestar
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from service import logs
from service.build import show_build
from service.clock import clock_of, warn_if_shifted
from service.collecting import collect_seldom
from service.core.catalogs import load
from service.core.refusals import Refused
from service.ending import end
from service.flows.batcher import Batcher
from service.flows.ledger.balances import BalanceReader
from service.flows.screens.changes import Follower
from service.flows.visits.record_events import Recorded, Recorder, ToRecord
from service.outbound.messages import senders_of
from service.outbound.provider import Provider
from service.scratch.nudge import Nudges, hear
from service.scratch.rate_limits import RateLimits
from service.settings import Settings, read
from service.store.database.cipher import Cipher
from service.store.database.pool import Database, connect
from service.store.database.waits import waited_for
from service.tracing import TRACING
from service.web.api.routes import DIRECT, ROUTES
from service.web.gateway import Gateway
from service.web.http import measures
from service.web.http.access import AccessLog
from service.web.http.connections import Connection
from service.web.http.direct import Direct
from service.web.http.keyring import KeyRing, heed_revocations
from service.web.http.leaving import leaving
from service.web.http.resources import Resources
from service.web.http.route import Route
from service.web.http.watchers import Watchers
from service.web.pages.framework.page import Page
from service.web.pages.routes import PAGES
from service.web.paths import Paths, handlers_of

STREAMS_OF_4 = 3
"""How many quarters of a process's connections streams may take: requests have the rest."""
SENDING_S_MAX = 5.0
"""How long texts and mails that are on their way are waited for at the end."""
REDIS_WAIT_S_MAX = 0.25
"""How long a request waits for Redis, whose answers are all dispensable."""


def create_app(settings: Settings) -> Gateway:
    """The app of one web process; its stores are opened by its lifespan."""
    load()
    held: list[Resources] = []

    @asynccontextmanager
    async def lifespan(_app: Litestar) -> AsyncIterator[None]:
        async with opened(settings) as resources:
            held.append(resources)
            try:
                yield
            finally:
                held.clear()

    def resources() -> Resources:
        return held[0]

    table: tuple[Route | Page, ...] = (*ROUTES, *PAGES)
    paths = Paths(table, resources)
    inside = Litestar(
        route_handlers=handlers_of(table, resources),
        lifespan=[lifespan],
        exception_handlers={Exception: paths.on_refused},
        openapi_config=None,
        logging_config=None,
        request_max_body_size=settings.request_bytes_max,
    )
    log = AccessLog(settings.log_level, settings.log_format)
    return Gateway(inside, paths, log, resources, Direct(DIRECT), settings.metrics_port)


def from_environment() -> Gateway:
    """The app as its environment says; a server loads this in each of its processes."""
    settings = read(os.environ)
    logs.set_up(settings.log_level, settings.log_format)
    return create_app(settings)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Resources]:
    """Everything that requests are served with, open; what is in hand is finished before it closes."""
    warn_if_shifted(settings.clock_offset_s)
    show_build()
    redis = _redis(settings)
    nudges = Nudges(redis, measures.NUDGES_LOST.inc)
    database = await _database(settings, nudges)
    events = _events(database, settings)
    balances = Batcher(BalanceReader(database).read, id, what="balances")
    keys = KeyRing(database)
    watchers = _watchers(settings, keys)
    heeding = asyncio.create_task(heed_revocations(settings.database_direct_url, keys, watchers))
    follower = Follower(database)
    followed = Batcher(follower.participants, id, what="followed")
    changed = Batcher(follower.clinic, id, what="changed")
    hearing = asyncio.create_task(hear(redis, watchers.heard, watchers.hears))
    gc.freeze()
    collect_seldom()
    limits = None if settings.rate_limit is None else RateLimits(redis, settings.rate_limit)
    try:
        with TRACING.to(settings.traces_url, "web"), leaving(watchers.end_all):
            resources = Resources(
                settings,
                database,
                redis,
                events,
                balances,
                keys,
                limits,
                watchers,
                followed,
                changed,
                senders=senders_of(settings),
                provider=_provider(settings),
            )
            yield resources
            await _finish(resources)
    finally:
        await watchers.stop()
        await end(hearing)
        for batcher in (events, balances, followed, changed):
            await batcher.close()
        await nudges.close()
        await end(heeding)
        await redis.aclose()
        await database.close()


async def _finish(resources: Resources) -> None:
    """End what requests began; what is not sent by then, the worker sends."""
    resources.key_sets.close()
    await resources.readiness.close()
    if resources.sending:
        await asyncio.wait(resources.sending, timeout=SENDING_S_MAX)


def _events(database: Database, settings: Settings) -> Batcher[ToRecord, Recorded | Refused]:
    """Gathers events to be recorded."""
    skew = timedelta(seconds=settings.clock_skew_s_max)
    return Batcher(
        Recorder(database, skew).record, lambda item: item.about, lambda item: item.when, what="events"
    )


def _watchers(settings: Settings, keys: KeyRing) -> Watchers:
    """The streams of this process."""
    most = settings.streams_per_caller_max
    return Watchers(streams_held(settings), keys.watcher, measures.STREAMS.set, most)


def streams_held(settings: Settings) -> int:
    """How many streams this process can hold: where that is less than was asked for, it says so.

    They take places that are not those of requests, and no process has more connections than open files.
    """
    connections_max = min(settings.connections_max, Connection.limits.connections_max)
    for setting, asked, held in (
        ("CONNECTIONS_MAX", settings.connections_max, connections_max),
        ("STREAMS_MAX", settings.streams_max, connections_max * STREAMS_OF_4 // 4),
    ):
        if asked > held:
            log = structlog.get_logger("service.web")
            log.warning("limit_lowered", setting=setting, needed=asked, held=held)
    return min(settings.streams_max, connections_max * STREAMS_OF_4 // 4)


def _redis(settings: Settings) -> Redis:
    """A client that gives up soon: nothing in Redis is worth a request's waiting."""
    return Redis.from_url(
        settings.redis_url,
        socket_timeout=REDIS_WAIT_S_MAX,
        socket_connect_timeout=REDIS_WAIT_S_MAX,
        retry=Retry(NoBackoff(), 0),
        max_connections=64,
    )


async def _database(settings: Settings, nudges: Nudges) -> Database:
    return await connect(
        settings.database_url,
        Cipher(settings.field_keys, settings.index_key, settings.audit_key, settings.audit_key_other),
        clock_of(settings.clock_offset_s),
        waited_for(
            settings.database_connect_s_max,
            settings.database_acquire_s_max,
            settings.database_statement_s_max,
            settings.idempotency_wait_s_max,
        ),
        nudge=nudges.tell,
        connections_max=settings.database_connections_max,
    )


def _provider(settings: Settings) -> Provider | None:
    """The clinic's identity provider, where everything that it needs is set."""
    issuer, secret = settings.oidc_issuer, settings.oidc_client_secret
    if issuer is None or secret is None or settings.oidc_clinic is None:
        return None
    return Provider(issuer, settings.oidc_client_id, secret)
