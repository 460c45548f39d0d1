"""The command `rewards`: what can be typed, and where each command is done."""

import argparse
import asyncio
import importlib
import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, TypeAlias, cast, get_args
from uuid import UUID

import asyncpg

from schemas.people import Language, Role
from schemas.staff import StaffRole
from service.commands.ground import sentence_of
from service.commands.speech import CommandError, complain
from service.embedded import EmbeddedError
from service.settings import SettingsError
from service.store.database.migrate import MigrationError
from service.version import VERSION

Command = Callable[[argparse.Namespace], int]

DATA: Final = Path(".rewards")
"""Where the embedded stores lie unless `--data` says otherwise."""
INTERRUPTED: Final = 128 + signal.SIGINT
"""What a shell takes for: ended by Ctrl-C."""


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 not done and why on stderr, 2 not understood."""
    args = parser().parse_args(words)
    module, _, function = args.run.partition(":")
    try:
        # A command's file is read when it is run: nobody waits for what they did not ask for.
        run = cast("Command", getattr(importlib.import_module(module), function))
        return run(args)
    except (CommandError, SettingsError, EmbeddedError, MigrationError) as why:
        complain(str(why))
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as why:
        _show_places(why)
        complain(sentence_of(why))
    except (KeyboardInterrupt, asyncio.CancelledError):
        return INTERRUPTED
    except Exception as why:  # noqa: BLE001  the last stop: a person gets a sentence, never a trace
        _show_places(why)
        complain(
            f"Something unforeseen happened ({type(why).__name__}). Run it with LOG_LEVEL=debug to see where."
        )
    return 1


def parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    top = argparse.ArgumentParser(
        prog="rewards", description="Contingency management: verified behaviors in, exact awards out."
    )
    top.add_argument("--version", action="version", version=f"rewards {VERSION}")
    commands = top.add_subparsers(metavar="command", required=True)
    _serving(commands)
    _keeping(commands)
    _programs(commands)
    _draws(commands)
    _books(commands)
    return top


Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001  argparse has no public name for it
"""What `add_subparsers` gives."""


def _add(commands: Commands, name: str, run: str, says: str) -> argparse.ArgumentParser:
    made = commands.add_parser(name, help=says, description=says[0].upper() + says[1:] + ".")
    made.set_defaults(run=f"service.commands.{run}")
    made.add_argument(
        "--data",
        type=Path,
        default=DATA,
        metavar="DIR",
        help=f"folder of the embedded stores, used where DATABASE_URL or REDIS_URL is unset (default {DATA})",
    )
    return made


def _serving(commands: Commands) -> None:
    demo = _add(commands, "demo", "demo:run", "stores, a demo clinic with history, web and worker in one")
    demo.add_argument(
        "--port", type=_port, default=8000, metavar="N", help="default 8000; 0 takes any free one"
    )
    demo.add_argument(
        "--json", action="store_true", help="print the address and sign-ins as one line of JSON"
    )
    demo.add_argument("--fresh", action="store_true", help="forget what an earlier demo left in the folder")
    serve = _add(commands, "serve", "serve:run", "the web processes")
    serve.add_argument("--host", metavar="H", help="address to listen on (default HOST, else 127.0.0.1)")
    serve.add_argument(
        "--port", type=_port, metavar="N", help="default PORT, else 8000; 0 takes any free one"
    )
    serve.add_argument(
        "--workers", type=_workers, metavar="N", help="processes (default WEB_WORKERS, else 1)"
    )
    serve.add_argument("--with-worker", action="store_true", help="run the worker too")
    work = _add(commands, "work", "work:run", "the worker: what has to be done when nobody asks for it")
    work.add_argument("--once", action="store_true", help="do everything once and end")


def _keeping(commands: Commands) -> None:
    migrate = _add(commands, "migrate", "migrate:run", "bring the database up to date")
    migrate.add_argument(
        "--check", action="store_true", help="apply nothing; end with 1 where something is missing"
    )
    clinics = commands.add_parser("clinic", help="make clinics").add_subparsers(metavar="deed", required=True)
    clinic = _add(clinics, "create", "clinic:run", "make a clinic")
    clinic.add_argument("--name", required=True, metavar="N")
    clinic.add_argument("--timezone", required=True, metavar="Z", help="such as America/Los_Angeles")
    clinic.add_argument("--json", action="store_true", help="print {id, name, timezone}")
    keys = commands.add_parser("key", help="make keys").add_subparsers(metavar="deed", required=True)
    key = _add(keys, "create", "key:run", "make a key for one clinic with one role; it is shown once")
    key.add_argument("--clinic", type=UUID, required=True, metavar="ID")
    key.add_argument("--role", choices=get_args(Role), required=True)
    key.add_argument("--label", metavar="L", help="what the key is for")
    key.add_argument("--json", action="store_true", help="print {id, key}")
    people = commands.add_parser("staff", help="make members of staff").add_subparsers(
        metavar="deed", required=True
    )
    person = _add(people, "create", "staff:run", "make a member of staff; the password is shown once")
    person.add_argument("--clinic", type=UUID, required=True, metavar="ID")
    person.add_argument("--email", required=True, metavar="E", help="the address that they sign in with")
    person.add_argument("--role", choices=get_args(StaffRole), required=True)
    person.add_argument("--name", metavar="N")
    person.add_argument("--json", action="store_true", help="print {id, email, password}")


def _programs(commands: Commands) -> None:
    deeds = commands.add_parser("program", help="judge and show programs").add_subparsers(
        metavar="deed", required=True
    )
    check = _add(deeds, "check", "program:check", "judge a program and run the cases beside it")
    check.add_argument("file", type=Path, metavar="FILE")
    table = _add(deeds, "table", "program:show_table", "show what each visit earns")
    table.add_argument("file", type=Path, metavar="FILE")
    table.add_argument(
        "--outcomes", required=True, metavar="O", help="such as negative*9,positive,negative*26"
    )
    table.add_argument("--target", metavar="T", help="needed where the program has several")
    table.add_argument("--language", choices=get_args(Language), default="en")
    table.add_argument("--json", action="store_true", help="print {rows, total, totals, welcome}")


def _draws(commands: Commands) -> None:
    deeds = commands.add_parser("draw", help="prove draws").add_subparsers(metavar="deed", required=True)
    check = _add(deeds, "check", "draw:run", "work a draw out again from its public record alone")
    check.add_argument(
        "file", type=Path, metavar="FILE", help="an answer of GET /v1/draws/... or /v1/hats/...; - for stdin"
    )
    check.add_argument("--seed", metavar="HEX", help="the revealed seed, where the record has none yet")


def _books(commands: Commands) -> None:
    bring = _add(commands, "import", "import_events:run", "record events from a CSV or NDJSON file")
    bring.add_argument("file", type=Path, metavar="FILE")
    bring.add_argument("--clinic", type=UUID, required=True, metavar="ID")
    bring.add_argument(
        "--enroll", action="store_true", help="make missing participants and enrollments (program, starts_on)"
    )
    verify = _add(commands, "verify", "verify:run", "work the books out again and name the first fault")
    verify.add_argument("--clinic", type=UUID, metavar="ID", help="this clinic alone")
    verify.add_argument("--json", action="store_true", help="print {clean, clinics, checked, fault}")


def _port(text: str) -> int:
    return _whole(text, 0, 65_535)


def _workers(text: str) -> int:
    return _whole(text, 1, 64)


def _whole(text: str, least: int, most: int) -> int:
    if not text.isdecimal() or not least <= int(text) <= most:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {least} to {most}")
    return int(text)


def _show_places(error: BaseException) -> None:
    if os.environ.get("LOG_LEVEL", "").lower() == "debug":
        traceback.print_exception(error, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
