"""The command `rewards`: runs what was typed, and ends with a code that says how it went."""

import argparse
import asyncio
import importlib
import os
import sys
import traceback
from collections.abc import Callable, Sequence

from service.collecting import collect_seldom
from service.commands.arguments import parser
from service.commands.declaring import UsageError
from service.commands.speech import CommandError, Exit, say_failure, say_json

Command = Callable[[argparse.Namespace], int]


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code (`Exit`), and says on stderr why where that is not 0."""
    collect_seldom()
    typed = sys.argv[1:] if words is None else words
    # Known before the words are understood, so that a mistake in them is told in the form that was asked for.
    as_json = "--json" in typed
    try:
        args = parser().parse_args(typed)
        module, _, function = args.run.partition(":")
        # A command's file is read when it is run: nobody waits for what they did not ask for.
        run: Command = getattr(importlib.import_module(module), function)
        return run(args)
    except UsageError as why:
        return say_failure(CommandError(Exit.USAGE, "usage", str(why)), as_json=as_json)
    except (KeyboardInterrupt, asyncio.CancelledError):
        if as_json:
            say_json({"code": "interrupted", "detail": "It was interrupted."})
        return Exit.INTERRUPTED
    except Exception as why:  # noqa: BLE001  the last stop: a person gets a sentence, never a trace
        if not isinstance(why, CommandError) and os.environ.get("LOG_LEVEL", "").lower() == "debug":
            traceback.print_exception(why, file=sys.stderr)
        # It knows the errors of every store, and what runs well need not wait for it.
        from service.commands.failures import failure_of  # noqa: PLC0415

        return say_failure(failure_of(why), as_json=as_json)


if __name__ == "__main__":
    sys.exit(main())
