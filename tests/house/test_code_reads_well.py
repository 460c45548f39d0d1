"""Files are short, everything public says what it is, and nothing is named after a role."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

FILE_LINES_MAX = 300
"""The longest file, in lines, unless its first line is `# long: <reason>`."""

FUNCTION_LINES_MAX = 50
"""The longest function, in lines, unless `# long: <reason>` is on its `def` line or on the line above it."""

REASON = re.compile(r"# long: \S.{9,}")

BY_HAND = re.compile(r"# fmt: (?:skip|off)")
TABLE = re.compile(r"[\]})]+  # fmt: skip  # table: \S.{9,}")
"""The end of a literal that keeps its rows, with the reason."""

FORBIDDEN_NAMES = frozenset(
    {"utils", "util", "common", "helpers", "helper", "models", "services", "manager", "base"}
)

SOURCES = sorted(
    path
    for folder in ("service", "schemas", "checker", "tests", "migrations", "deploy", "docs")
    for path in (ROOT / folder).rglob("*.py")
)

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    """Show a file as a reader of the tree would name it."""
    return str(path.relative_to(ROOT))


@dataclass(frozen=True)
class Defined:
    """The functions of a file, with their first and last lines, and the docstrings of what is public."""

    functions: tuple[tuple[str, int, int], ...]
    docstrings: dict[str, str | None]
    is_empty: bool


@cache
def defined(path: Path) -> Defined:
    """Read what a file defines: once, since to parse all files takes a while."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = tuple(
        (node.name, node.lineno, node.end_lineno or node.lineno)
        for node in statements(tree.body)
        if isinstance(node, Function)
    )
    docstrings = {"the file": ast.get_docstring(tree)}
    docstrings |= {name: ast.get_docstring(node) for name, node in public(tree.body)}
    return Defined(functions, docstrings, is_empty=not tree.body)


def statements(body: Sequence[ast.AST]) -> Iterator[ast.AST]:
    """Walk all statements, those inside others too; expressions are most of a file, and define nothing."""
    for node in body:
        yield node
        for name in ("body", "handlers", "cases", "orelse", "finalbody"):
            yield from statements(getattr(node, name, ()))


def public(body: list[ast.stmt], above: str = "") -> Iterator[tuple[str, Function | ast.ClassDef]]:
    """Walk the functions and classes that a reader outside the file may use, methods included."""
    for node in body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield f"{above}{node.name}", node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body, f"{node.name}.")


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_a_file_is_short_or_says_why_not(path: Path) -> None:
    """A reader can hold a file of 300 lines; a longer one says on its first line why, and no other does."""
    lines = path.read_text(encoding="utf-8").splitlines()
    says_why = bool(lines) and REASON.match(lines[0]) is not None
    assert says_why == (len(lines) > FILE_LINES_MAX), f"{len(lines)} lines"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_a_function_is_short_or_says_why_not(path: Path) -> None:
    """A reader can see a function of 50 lines at once; a longer one says why it is one."""
    lines = path.read_text(encoding="utf-8").splitlines()
    wrong = [
        f"{name}: {last - first + 1} lines"
        for name, first, last in defined(path).functions
        if (last - first + 1 > FUNCTION_LINES_MAX)
        is not any(REASON.search(line) for line in lines[max(0, first - 2) : first])
    ]
    assert wrong == []


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_everything_public_begins_with_one_true_sentence(path: Path) -> None:
    """The first line of a docstring can be read alone: it begins with a capital and ends with a period."""
    missing = [
        name
        for name, words in defined(path).docstrings.items()
        if not words or not re.match(r"\W?\w.*\.$", words.split("\n")[0])
    ]
    if defined(path).is_empty and path.name == "__init__.py" and path.is_relative_to(ROOT / "tests"):
        missing = []
    assert missing == []


def test_only_tables_with_a_reason_are_laid_out_by_hand() -> None:
    """The formatter lays out every call in one way; a table of words may keep its rows, and says why."""
    by_hand = [
        f"{name_of(path)}: {one.line.strip()}"
        for path in SOURCES
        # Most files hold no such words, and to take one apart takes a while.
        if BY_HAND.search(text := path.read_text(encoding="utf-8"))
        for one in tokenize.generate_tokens(io.StringIO(text).readline)
        if one.type == tokenize.COMMENT and BY_HAND.match(one.string)
        if not TABLE.fullmatch(one.line.strip())
    ]
    assert by_hand == []


def test_no_file_or_folder_is_named_after_a_role() -> None:
    """A file is an operation or a noun, so that its name says what is in it."""
    named = {part for path in SOURCES for part in path.relative_to(ROOT).with_suffix("").parts}
    assert not named & FORBIDDEN_NAMES


def test_no_file_names_a_package_index_or_a_place_on_one_machine() -> None:
    """What is committed works on any machine and with any index that its owner chose."""
    written = [
        *SOURCES,
        *(ROOT / "deploy").iterdir(),
        ROOT / "pyproject.toml",
        ROOT / "Makefile",
        ROOT / ".ci" / "run",
    ]
    telling = re.compile(r"--(extra-)?index[-]url|--find[-]links|file:[/]{3}|/home[/]\w|/root[/]\w")
    found = [
        name_of(path)
        for path in written
        if path.is_file() and telling.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
