"""The tables of commands and of exit codes, from the command line's own parser."""

import argparse
from collections.abc import Iterator

from service.commands.arguments import EXITS, parser


def commands() -> str:
    """Every command with its usage and what it does."""
    lines = ["| command | does |", "|---|---|"]
    lines += [f"| `{usage(one)}` | {one.description} |" for one in leaves(parser())]
    return "\n".join(lines)


def exit_codes() -> str:
    """Every exit code with what it says."""
    lines = ["| exit code | says |", "|---|---|"]
    lines += [f"| {code} | {words} |" for code, words in EXITS.items()]
    return "\n".join(lines)


def leaves(top: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """The parsers of all commands that can be run, in their order."""
    below = [
        one
        for action in top._actions  # noqa: SLF001  argparse has no public way to its commands
        if isinstance(action, argparse._SubParsersAction)  # noqa: SLF001  the same
        for one in action.choices.values()
    ]
    if not below:
        yield top
    for one in below:
        yield from leaves(one)


def usage(one: argparse.ArgumentParser) -> str:
    """A command's usage on one line."""
    return " ".join(one.format_usage().removeprefix("usage: ").replace("[-h] ", "").split()).replace(
        "|", "\\|"
    )
