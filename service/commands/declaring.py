"""How one command is declared: its options, its help with examples, and what a shell may complete."""

import argparse
import sys
from pathlib import Path
from typing import Final, NoReturn, TypeAlias
from uuid import UUID

import shtab

DATA: Final = Path(".rewards")
"""Where the embedded stores lie unless `--data` says otherwise."""
EXAMPLE_ID: Final = "0190a8f4-5c1e-7b3a-9d52-6f0e8c41b7aa"
"""The id of no clinic, for examples."""

Commands: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001  argparse has no public name for it
"""What `add_subparsers` gives."""


class UsageError(Exception):
    """The words that were typed cannot be understood; the message says which."""


class Parser(argparse.ArgumentParser):
    """A parser that leaves it to `main` to say what is wrong, in the form that was asked for."""

    def error(self, message: str) -> NoReturn:
        """Show how the command is used, and raise UsageError."""
        self.print_usage(sys.stderr)
        raise UsageError(message)


def examples(*shown: str) -> str:
    """The last lines of a help text."""
    return "\n".join([f"example{'s' if len(shown) > 1 else ''}:", *(f"  rewards {one}" for one in shown)])


def add_command(
    commands: Commands, name: str, run: str, says: str, *shown: str, json: str, stores: bool = True
) -> Parser:
    """Add a command that is done by `run` in service/commands; `json` says what `--json` prints."""
    made = commands.add_parser(
        name,
        help=says,
        description=says[0].upper() + says[1:] + ".",
        epilog=examples(*shown),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.set_defaults(run=f"service.commands.{run}")
    where = f"folder of the embedded stores, used where DATABASE_URL or REDIS_URL is unset (default {DATA})"
    # Taken everywhere, so that a script may give it to all; shown where it does something.
    data = made.add_argument(
        "--data", type=Path, default=DATA, metavar="DIR", help=where if stores else argparse.SUPPRESS
    )
    _completes(data, shtab.DIRECTORY)
    made.add_argument("--json", action="store_true", help=f"print {json} as one line of JSON")
    return made


def add_group(commands: Commands, name: str, says: str, *shown: str) -> Commands:
    """Add a word under which several commands stand, such as `clinic`."""
    made = commands.add_parser(
        name,
        help=says,
        description=says[0].upper() + says[1:] + ".",
        epilog=examples(*shown),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    return made.add_subparsers(metavar="ACTION", required=True)


def add_clinic(command: Parser) -> None:
    """Add the option that names the clinic."""
    command.add_argument(
        "--clinic", type=UUID, required=True, metavar="ID", help="the clinic's id (see: rewards clinic list)"
    )


def add_file(command: Parser, says: str) -> None:
    """Add the argument that names a file, which a shell completes."""
    _completes(command.add_argument("file", type=Path, metavar="FILE", help=says), shtab.FILE)


def add_file_option(command: Parser, name: str, says: str) -> None:
    """Add an option that names a file, which a shell completes."""
    _completes(command.add_argument(name, type=Path, metavar="FILE", help=says), shtab.FILE)


def add_folder(command: Parser, says: str) -> None:
    """Add the argument that names a folder, which a shell completes."""
    _completes(command.add_argument("folder", type=Path, metavar="FOLDER", help=says), shtab.DIRECTORY)


def _completes(argument: argparse.Action, what: dict[str, str | dict[str, str]]) -> None:
    argument.complete = what  # type: ignore[attr-defined]  # shtab's own attribute


def whole_number(text: str, least: int, most: int) -> int:
    """Read a whole number from `least` to `most`; argparse says what is wrong with anything else."""
    if not text.isdecimal() or not least <= int(text) <= most:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {least} to {most}")
    return int(text)
