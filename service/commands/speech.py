"""How a command speaks: answers on stdout, and one clear sentence on stderr when it cannot do its work."""

import sys

import msgspec
from rich.console import Console


class CommandError(Exception):
    """A command that cannot be done; the message is a sentence for a person, with the remedy."""


def say(text: str) -> None:
    """Print an answer on stdout, at once: a reader at the other end of a pipe may be waiting for it."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def say_json(value: object) -> None:
    """Print an answer as one JSON object on one line."""
    say(msgspec.json.encode(value).decode())


def complain(text: str) -> None:
    """Print a sentence on stderr."""
    sys.stderr.write(f"rewards: {text}\n")
    sys.stderr.flush()


def console() -> Console:
    """A console on stdout that is rich on a terminal and plain in a pipe."""
    return Console(highlight=False)


def progress_console() -> Console:
    """A console on stderr, for what is shown while a command works."""
    return Console(stderr=True, highlight=False)
