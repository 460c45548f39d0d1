"""The service's SQL, by name: one file a noun, in it one block a verb.

`participants/insert` is the block that begins with the line `-- name: insert` in `sql/participants.sql` and
ends with its semicolon. Comments above a file's first block are about the noun.

Values have names too, written as in psql: `:reward_id`. What goes into a column has the column's name, and
the rows of a bulk write are one array a column. Several ids that are asked for are in the plural. `:clinic`
and `:now` are the transaction's own, which no caller gives.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct

SQL = Path(__file__).parents[1] / "sql"
_HEADING = re.compile(r"^-- name:(.*)$", re.MULTILINE)
_VERB = re.compile(r" ([a-z]+(?:_[a-z0-9]+)*)")
_VALUE = re.compile(r"--[^\n]*|'(?:[^']|'')*'|(?<![:\w]):([a-z]\w*)")
"""A named value, where it stands in no comment and no string, and is no cast."""


class QueryError(LookupError):
    """A query that is asked for by a name that no block has, or a file of queries that cannot be read."""


class Query(Struct, frozen=True):
    """A query as PostgreSQL takes it, and the names of its values: the first is that of `$1`."""

    text: str
    names: tuple[str, ...]

    def values(self, given: Mapping[str, object]) -> list[object]:
        """Given values in the order of their numbers. Raises QueryError where one is missing or left over."""
        if len(given) != len(self.names) or not all(name in given for name in self.names):
            raise QueryError(f"a query of {', '.join(self.names)} was given {', '.join(given)}")
        return [given[name] for name in self.names]


@cache
def query(name: str) -> Query:
    """One query, by noun and verb: `participants/insert`. Raises QueryError."""
    noun, _, verb = name.partition("/")
    try:
        return queries(noun)[verb]
    except (OSError, KeyError):
        raise QueryError(f"there is no query {name}") from None


@cache
def queries(noun: str) -> Mapping[str, Query]:
    """All queries of a noun, by verb. Raises OSError or QueryError."""
    blocks = split((SQL / f"{noun}.sql").read_text(encoding="utf-8"), noun)
    return {verb: numbered(text) for verb, text in blocks.items()}


def nouns() -> list[str]:
    """Every noun that has queries, in order."""
    return sorted(path.stem for path in SQL.glob("*.sql"))


def split(text: str, noun: str) -> dict[str, str]:
    """Take a file apart into its blocks, by verb.

    Raises QueryError where a name is no lowercase word, where two blocks have one name, where a block
    does not end with its semicolon, and where anything but comments stands above the first.
    """
    above, *parts = _HEADING.split(text)
    if any(line and not line.startswith("--") for line in above.splitlines()):
        raise QueryError(f"{noun}.sql: SQL stands above the first name")
    blocks: dict[str, str] = {}
    for heading, body in zip(parts[::2], parts[1::2], strict=True):
        named = _VERB.fullmatch(heading)
        if named is None:
            raise QueryError(f"{noun}.sql: -- name:{heading} does not name a query")
        verb = named[1]
        if verb in blocks:
            raise QueryError(f"{noun}.sql: two queries are named {verb}")
        statement = body.strip()
        if not statement.endswith(";"):
            raise QueryError(f"{noun}.sql: {verb} does not end with a semicolon")
        blocks[verb] = statement.removesuffix(";")
    return blocks


def numbered(text: str) -> Query:
    """A query whose values are numbered instead of named, in the order in which they are first named."""
    numbers: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        return found[0] if found[1] is None else f"${numbers.setdefault(found[1], len(numbers) + 1)}"

    return Query(_VALUE.sub(number, text), tuple(numbers))
