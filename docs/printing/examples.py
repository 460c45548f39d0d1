"""Examples that are run: programs and cases written on a page, and what the command prints about them."""

import contextlib
import io
import os
import re
import shlex
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from service.cli import main

COLUMNS: Final = "104"
"""How wide a table is printed, in characters."""

_BLOCK = re.compile(r"(?ms)^```(?P<kind>yaml|json|console)\n(?P<text>.*?)^```$")
_NAME = re.compile(r"(?m)^name: ([a-z0-9-]+)$")
_CASES = re.compile(r'(?m)^\s*"program": "([a-z0-9-]+)"')


def run_examples(text: str) -> str:
    """A page with the answer below each command of its console blocks made again.

    A YAML block with a `name:` is a program, and a JSON block with a `"program":` holds cases of one; a
    command finds them as the files `NAME.yaml` and `NAME.cases.json`.
    """
    if "```console\n" not in text:
        return text
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder), _plain_terminal():
        return _BLOCK.sub(_made, text)


def _made(found: re.Match[str]) -> str:
    kind, text = found["kind"], found["text"]
    if kind == "yaml" and (named := _NAME.search(text)):
        Path(f"{named[1]}.yaml").write_text(text, encoding="utf-8")
        Path(f"{named[1]}.cases.json").unlink(missing_ok=True)
    elif kind == "json" and (named := _CASES.search(text)):
        Path(f"{named[1]}.cases.json").write_text(text, encoding="utf-8")
    elif kind == "console":
        asked = [line for line in text.splitlines() if line.startswith("$ ")]
        return "```console\n" + "".join(f"{line}\n{_answer(line)}" for line in asked) + "```"
    return found[0]


def _answer(line: str) -> str:
    """What a command prints, on stdout and stderr alike, without the blanks at the ends of lines."""
    words = shlex.split(line.removeprefix("$ "))
    if words[0] != "rewards":
        message = f"not a command of ours: {line}"
        raise ValueError(message)
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        main(words[1:])
    return "".join(f"{one.rstrip()}\n" for one in said.getvalue().splitlines())


@contextlib.contextmanager
def _plain_terminal() -> Iterator[None]:
    """Print as into a pipe of one width, whatever terminal this runs in."""
    before = dict(os.environ)
    os.environ["COLUMNS"] = COLUMNS
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        os.environ.pop(name, None)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
