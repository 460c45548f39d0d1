"""How a command speaks: results on stdout, messages on stderr, and an exit code for each kind of end."""

import os
import signal
import sys
from collections.abc import Mapping
from enum import IntEnum
from typing import NoReturn

import msgspec
from rich.console import Console


class Exit(IntEnum):
    """The exit codes of `rewards`; a script can tell from the code alone what to do next."""

    DONE = 0
    WRONG = 1
    """The books, a program or the record of a draw are wrong: a person must look."""
    USAGE = 2
    """An option, a setting or the name of a file is wrong: correct what was typed."""
    REFUSED = 3
    """Lines or items were refused: correct them and send them again."""
    AWAY = 4
    """PostgreSQL or Redis cannot be used: start it, or try again later."""
    PENDING = 5
    """The database lacks migrations, or has others than this version knows."""
    UNFORESEEN = 70
    """A fault of this program; the number is EX_SOFTWARE of sysexits.h."""
    INTERRUPTED = 128 + signal.SIGINT
    """Ended by Ctrl-C, as shells count it."""
    PIPE_CLOSED = 128 + signal.SIGPIPE
    """Whoever read stdout went away, as shells count it."""


class CommandError(Exception):
    """A command that could not do its work.

    Attributes:
        exit_code: what the process ends with.
        code: the failure's name for programs; a refusal keeps the code that the API gives it.
        detail: sentences for a person, with the remedy; one on each line where there are several.
        result: what the command found all the same; `--json` prints it in the same object.
    """

    def __init__(
        self, exit_code: Exit, code: str, detail: str, result: Mapping[str, object] | None = None
    ) -> None:
        """Keep what is to be said."""
        super().__init__(detail)
        self.exit_code = exit_code
        self.code = code
        self.detail = detail
        self.result: Mapping[str, object] = result or {}


def say(text: str) -> None:
    """Print an answer on stdout, at once: a reader at the other end of a pipe may be waiting for it."""
    try:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        _end_with_reader()


def say_json(value: object) -> None:
    """Print an answer as one JSON object on one line."""
    say(msgspec.json.encode(value).decode())


def complain(text: str) -> None:
    """Print sentences on stderr, each on a line of its own."""
    sys.stderr.writelines(f"rewards: {line}\n" for line in text.splitlines())
    sys.stderr.flush()


def say_failure(why: CommandError, *, as_json: bool) -> int:
    """Say why a command failed, with `as_json` also as one object on stdout; returns the exit code."""
    if as_json:
        say_json({**why.result, "code": why.code, "detail": why.detail})
    complain(why.detail)
    return why.exit_code


class _Console(Console):
    def on_broken_pipe(self) -> NoReturn:
        _end_with_reader()


def console() -> Console:
    """A console on stdout that is rich on a terminal and plain in a pipe."""
    return _Console(highlight=False)


def progress_console() -> Console:
    """A console on stderr, for what is shown while a command works."""
    return Console(stderr=True, highlight=False)


def _end_with_reader() -> NoReturn:
    # The interpreter flushes stdout once more when it ends, which would fail again.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(Exit.PIPE_CLOSED)
