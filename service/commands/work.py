"""`rewards work`: the worker, by itself or beside the web processes."""

import asyncio
import threading
from argparse import Namespace
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import Future
from contextlib import asynccontextmanager, contextmanager, suppress

import uvloop
from prometheus_client import start_http_server
from redis.asyncio import Redis

from service import logs
from service.clock import warn_if_shifted
from service.commands.ground import open_database, ready
from service.commands.speech import CommandError, Exit, say_json
from service.ending import ending_signals
from service.scratch.nudge import SEND_S_MAX, Nudges
from service.settings import Settings
from service.store.database.pool import Database
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
        with measured(ground.settings):
            if args.json:
                say_json({"status": "working"})
            uvloop.run(_until_told(ground.settings))
        if args.json:
            say_json({"status": "stopped"})
    return Exit.DONE


@contextmanager
def measured(settings: Settings) -> Iterator[None]:
    """Let this process's counters be read over HTTP while it works, where WORKER_METRICS_PORT says so."""
    host, port = settings.host, settings.worker_metrics_port
    if port == 0:
        yield
        return
    try:
        server, thread = start_http_server(port, addr=host)
    except OSError as why:
        detail = f"Port {port} on {host} cannot be taken ({why.strerror}). Correct WORKER_METRICS_PORT."
        raise CommandError(Exit.USAGE, "port_taken", detail) from why
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


async def _once(settings: Settings) -> dict[str, int]:
    async with _opened(settings) as database:
        return await work_once(database, settings)


async def _until_told(settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in ending_signals():
        loop.add_signal_handler(sign, stop.set)
    await _work(settings, stop)


async def _work(settings: Settings, stop: asyncio.Event) -> None:
    async with _opened(settings) as database:
        await work(database, settings, stop)


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Database]:
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


class BesideWeb:
    """The worker in a thread of the process that watches over the web processes and is idle otherwise."""

    def __init__(self, settings: Settings) -> None:
        """Start the thread."""
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
            await _work(settings, told)

        uvloop.run(until_told())
