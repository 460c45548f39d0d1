"""`rewards work`: the worker, by itself or beside the web processes."""

import asyncio
import threading
from argparse import Namespace
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import Future
from contextlib import asynccontextmanager, contextmanager, suppress

import uvloop
from redis.asyncio import Redis

from service import logs
from service.build import show_build
from service.clock import warn_if_shifted
from service.commands.ground import open_database, ready
from service.commands.speech import Exit, say_json
from service.commands.watch_port import watched
from service.ending import end, ending_signals
from service.measuring import Vitals, measure
from service.scratch.nudge import SEND_S_MAX, Nudges
from service.settings import Settings
from service.store.database.pool import Database
from service.store.readiness import Readiness
from service.tracing import TRACING
from service.worker import work, work_once


def run(args: Namespace) -> int:
    """Work until SIGTERM or Ctrl-C, or with `--once` do every chore once."""
    with ready(args.data, needs_redis=True) as ground:
        logs.set_up(ground.settings.log_level, ground.settings.log_format)
        warn_if_shifted(ground.settings.clock_offset_s)
        if args.once:
            done = uvloop.run(_once(ground.settings))
            if args.json:
                say_json({"done": done})
            return Exit.DONE
        vitals = Vitals()
        with watched(ground.settings, vitals):
            if args.json:
                say_json({"status": "working"})
            uvloop.run(_until_told(ground.settings, vitals))
        if args.json:
            say_json({"status": "stopped"})
    return Exit.DONE


async def _once(settings: Settings) -> dict[str, int]:
    async with opened(settings) as database:
        return await work_once(database, settings)


async def _until_told(settings: Settings, vitals: Vitals) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in ending_signals():
        loop.add_signal_handler(sign, stop.set)
    await _work(settings, stop, vitals)


async def _work(settings: Settings, stop: asyncio.Event, vitals: Vitals) -> None:
    async with opened(settings) as database, _looked_after(database, settings, vitals):
        with TRACING.to(settings.traces_url, "worker"):
            await work(database, settings, stop)


@asynccontextmanager
async def _looked_after(database: Database, settings: Settings, vitals: Vitals) -> AsyncIterator[None]:
    """Keep what is said to whoever watches; where nobody can, nothing is counted."""
    if settings.worker_metrics_port == 0:
        yield
        return
    show_build()
    readiness = Readiness(settings.database_url)
    tasks = [asyncio.create_task(vitals.keep(readiness)), asyncio.create_task(measure(database))]
    try:
        yield
    finally:
        for task in tasks:
            await end(task)
        await readiness.close()


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """The database, whose commits open pages are told of: what the worker records is seen at once too."""
    redis = Redis.from_url(settings.redis_url, socket_timeout=SEND_S_MAX, socket_connect_timeout=SEND_S_MAX)
    nudges = Nudges(redis, lambda _lost: None)
    database = await open_database(settings, nudges.tell)
    try:
        yield database
    finally:
        await nudges.close()
        await redis.aclose()
        await database.close()


@contextmanager
def worker_beside(given: Settings) -> Iterator[None]:
    """A worker in a thread of this process, watched at WORKER_METRICS_PORT where that is set."""
    vitals = Vitals()
    with watched(given, vitals):
        worker = _BesideWeb(given, vitals)
        try:
            yield
        finally:
            worker.stop()


class _BesideWeb:
    """The worker in a thread of the process that watches over the web processes and is idle otherwise."""

    def __init__(self, settings: Settings, vitals: Vitals) -> None:
        """Start the thread; `vitals` says how it is."""
        self._vitals = vitals
        self._began: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()
        self._thread = threading.Thread(target=self._run, args=(settings,), name="worker", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish the chore in hand and end."""
        with suppress(RuntimeError):
            loop, told = self._began.result()
            loop.call_soon_threadsafe(told.set)
        self._thread.join()

    def _run(self, settings: Settings) -> None:
        async def until_told() -> None:
            told = asyncio.Event()
            self._began.set_result((asyncio.get_running_loop(), told))
            await _work(settings, told, self._vitals)

        uvloop.run(until_told())
