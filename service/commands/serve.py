"""`rewards serve`: the web processes, with the worker beside them if it is wanted."""

import asyncio
import signal
from argparse import Namespace
from functools import partial
from types import FrameType

import structlog

from service import logs
from service.clock import warn_if_shifted
from service.commands.ground import open_database, ready
from service.commands.speech import say, say_json
from service.commands.web import Served, application_of, limits_of, serve, take_ports
from service.commands.work import BesideWeb
from service.flows.setup.first_run import is_set_up, set_up_word
from service.settings import Settings


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
        word = asyncio.run(_set_up_word(given))
        _announce(given.public_url or f"http://{host}:{port}", workers, word, as_json=args.json)
        worker = BesideWeb(given) if args.with_worker else None
        try:
            return serve(served, partial(application_of, ground.environment))
        finally:
            for one in held:
                one.close()
            if worker is not None:
                worker.stop()


def _announce(url: str, workers: int, word: str | None, *, as_json: bool) -> None:
    set_up = None if word is None else f"{url}/set-up?word={word}"
    if as_json:
        say_json({"url": url, "workers": workers, "set_up": set_up})
    elif set_up is not None:
        say(f"There is no clinic yet. Set it up at {set_up}")


async def _set_up_word(given: Settings) -> str | None:
    """The word that opens the set-up; none where there is a clinic."""
    database = await open_database(given)
    try:
        return None if await is_set_up(database) else set_up_word(given.form_key)
    finally:
        await database.close()


def stop_on_signals() -> None:
    """Make SIGTERM end the process as Ctrl-C does, through every `finally`, until the server takes over."""
    signal.signal(signal.SIGTERM, _interrupt)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
