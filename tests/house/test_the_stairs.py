"""The lowest steps stay pure: the language imports msgspec alone, the core is given everything."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

LANGUAGE_IMPORTS = frozenset(
    {"__future__", "collections", "datetime", "enum", "msgspec", "schemas", "typing", "uuid"}
)
"""What a shape may be made of: msgspec, and the standard library's words for types."""

CATALOG_IMPORTS = frozenset({"functools", "pathlib", "re"})
"""What `schemas/languages` is made of beside that: which catalogs lie there is what a field takes."""

CORE_IMPORTS = LANGUAGE_IMPORTS - {"uuid"} | {
    "babel", "base64", "binascii", "bisect", "calendar", "charset_normalizer", "codecs", "copy", "csv",
    "dataclasses", "decimal", "difflib", "fractions", "functools", "gettext", "ipaddress",
    "hashlib", "heapq", "hmac", "itertools", "json", "jsonpath", "math", "operator",
    "re", "service", "types",
    "unicodedata", "yaml", "zoneinfo",
}  # fmt: skip  # table: names that are compared, and read as a whole
"""What a rule may be made of: arithmetic, digests, tables of zones and of locales, and nothing that acts."""

IMPURE = re.compile(r"\bawait\b|now\(\)|uuid|random|\bprint\(|\bopen\(")
OWN_WORDS = re.compile(r"`random[`:]|\.random\"")
"""The program language has a word of its own for days that are drawn by lot, which faults name."""


def imports(path: Path) -> Iterator[str]:
    """List the top-level packages that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]


def files(folder: str) -> list[Path]:
    """List the Python files of a folder of the tree."""
    return sorted((ROOT / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    """Show a file as a reader of the tree would name it."""
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", files("schemas"), ids=name_of)
def test_the_published_language_imports_msgspec_alone(path: Path) -> None:
    """Anyone can take `schemas/` as it is: it needs nothing of the service."""
    catalogs = path.is_relative_to(ROOT / "schemas" / "languages")
    assert set(imports(path)) - LANGUAGE_IMPORTS - (CATALOG_IMPORTS if catalogs else frozenset()) == set()


@pytest.mark.parametrize("path", files("service/core"), ids=name_of)
def test_the_core_imports_nothing_that_acts(path: Path) -> None:
    """A rule is worked out from what it was given, so it is the same today and in six years."""
    assert set(imports(path)) - CORE_IMPORTS == set()


@pytest.mark.parametrize("path", files("service/core"), ids=name_of)
def test_the_core_waits_for_nothing_and_takes_no_chances(path: Path) -> None:
    """Time, chance and ids are arguments; the words for making them do not occur, not even in comments."""
    assert IMPURE.findall(OWN_WORDS.sub("", path.read_text(encoding="utf-8"))) == []


def test_only_the_store_holds_sql() -> None:
    """A query is a file that can be read, explained and prepared by itself."""
    query = re.compile(r"\bSELECT\b[^\"']*\bFROM\b|\bINSERT INTO\b|\bUPDATE \w+ SET\b|\bDELETE FROM\b")
    outside = [
        name_of(path)
        for path in files("service")
        if not path.is_relative_to(ROOT / "service" / "store")
        and query.search(path.read_text(encoding="utf-8"))
    ]
    assert outside == []
