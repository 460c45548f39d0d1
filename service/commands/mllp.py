"""`rewards mllp`: takes the messages of one source by MLLP, for systems that speak nothing else."""

import asyncio
import ssl
from argparse import Namespace
from typing import Final

import uvloop

from service import logs
from service.clock import warn_if_shifted
from service.commands.ground import ready
from service.commands.speech import CommandError, Exit, say_json
from service.commands.work import opened
from service.ending import ending_signals
from service.mllp import Listening, UnknownSourceError, listen
from service.settings import Settings

LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


def run(args: Namespace) -> int:
    """Listen until SIGTERM or Ctrl-C."""
    given = Listening(args.source, args.host, args.port, _tls(args))
    with ready(args.data, needs_redis=True) as ground:
        logs.set_up(ground.settings.log_level, ground.settings.log_format)
        warn_if_shifted(ground.settings.clock_offset_s)
        try:
            uvloop.run(_until_told(ground.settings, given, as_json=args.json))
        except UnknownSourceError as error:
            raise CommandError(Exit.USAGE, "not_found", "There is no such source.") from error
    if args.json:
        say_json({"status": "stopped"})
    return Exit.DONE


def _tls(args: Namespace) -> ssl.SSLContext | None:
    if args.tls_cert is None:
        if args.host not in LOOPBACK and not args.plain:
            raise CommandError(
                Exit.USAGE,
                "usage",
                f"{args.host} can be reached from other machines: give --tls-cert, or --plain where the "
                "network between is yours alone.",
            )
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=args.tls_clients)
    context.load_cert_chain(args.tls_cert, args.tls_key)
    if args.tls_clients is not None:
        context.verify_mode = ssl.CERT_REQUIRED
    return context


async def _until_told(settings: Settings, given: Listening, *, as_json: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in ending_signals():
        loop.add_signal_handler(sign, stop.set)

    def ready_at(port: int) -> None:
        if as_json:
            say_json({"status": "listening", "port": port})

    async with opened(settings) as database:
        await listen(database, given, stop, ready_at)
