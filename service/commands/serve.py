"""`rewards serve`: the web processes, with the worker beside them if it is wanted."""

import asyncio
import signal
from argparse import Namespace
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from types import FrameType
from typing import Final

import structlog

from service import logs
from service.clock import warn_if_shifted
from service.commands.ground import open_database, ready
from service.commands.speech import say, say_json
from service.commands.web import Served, application_of, limits_of, serve, take_ports
from service.ending import ending_signals
from service.flows.batcher import LANES_OF_ALL_MAX
from service.flows.setup.first_run import is_set_up, set_up_word
from service.settings import Settings
from service.store.connections import connections_max

BESIDE_POOL: Final = 2
"""The connections of a web process beside its pool: to hear of revoked keys, and to see if it is ready."""


def run(args: Namespace) -> int:
    """Serve until SIGTERM or Ctrl-C."""
    stop_on_signals()
    with ready(args.data, needs_redis=True) as ground:
        given = ground.settings
        host, workers = args.host or given.host, args.workers or given.web_workers
        port, held = take_ports(host, given.port if args.port is None else args.port, given)
        served = Served(held, workers, limits_of(given))
        logs.set_up(given.log_level, given.log_format)
        warn_if_shifted(given.clock_offset_s)
        structlog.get_logger().info("serving", host=host, port=port, workers=workers)
        word = asyncio.run(_looked_at(given, workers, with_worker=args.with_worker))
        _announce(given.public_url or f"http://{host}:{port}", workers, word, as_json=args.json)
        try:
            with _worker_beside(given) if args.with_worker else nullcontext():
                return serve(served, partial(application_of, ground.environment))
        finally:
            for one in held:
                one.close()


def _worker_beside(given: Settings) -> AbstractContextManager[None]:
    from service.commands.work import worker_beside  # noqa: PLC0415  most workers are processes of their own

    return worker_beside(given)


def _announce(url: str, workers: int, word: str | None, *, as_json: bool) -> None:
    set_up = None if word is None else f"{url}/set-up?word={word}"
    if as_json:
        say_json({"url": url, "workers": workers, "set_up": set_up})
    elif set_up is not None:
        say(f"There is no clinic yet. Set it up at {set_up}")


async def _looked_at(given: Settings, workers: int, *, with_worker: bool) -> str | None:
    """Say where connections are too few; the word that opens the set-up, none where there is a clinic."""
    database = await open_database(given)
    try:
        async with database.transaction(None) as tx:
            say_connections(given, workers, await connections_max(tx), with_worker=with_worker)
        return None if await is_set_up(database) else set_up_word(given.form_key)
    finally:
        await database.close()


def say_connections(given: Settings, workers: int, there: int, *, with_worker: bool) -> None:
    """Log a warning where processes may ask for more connections than there are, or have too few at once."""
    own = given.database_connections_max
    needed = workers * (own + BESIDE_POOL) + (own if with_worker else 0)
    log = structlog.get_logger()
    if needed > there:
        # Found out only when all are in use, it would be refused requests at the busiest hour.
        log.warning("connections_too_few", needed=needed, held=there, setting="max_connections")
    if own <= LANES_OF_ALL_MAX:
        # Events of several clinics at once take all of them, and everything else waits.
        log.warning(
            "connections_too_few", needed=LANES_OF_ALL_MAX + 1, held=own, setting="DATABASE_CONNECTIONS_MAX"
        )


def stop_on_signals() -> None:
    """Make SIGTERM and SIGHUP end the process as Ctrl-C does, through every `finally`, until it serves."""
    for sign in ending_signals():
        signal.signal(sign, _interrupt)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
