"""The service's SQL, by name: one file a noun, in it one block a verb.

`participants/insert` is the block that begins with the line `-- name: insert` in `sql/participants.sql` and
ends with its semicolon. Comments above a file's first block are about the noun.

Values have names too, written as in psql: `:reward_id`. What goes into a column has the column's name, and
the rows of a bulk write are one array a column. Several ids that are asked for are in the plural. `:clinic`
and `:now` are the transaction's own, which no caller gives.

What several blocks of a file have in common, such as the columns that they all select, stands once, in a
part: `{columns}` is the block that begins with `-- part: columns` in the same file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct

SQL = Path(__file__).parents[1] / "sql"
_HEADING = re.compile(r"^-- (name|part):(.*)$", re.MULTILINE)
_NAME = re.compile(r" ([a-z]+(?:_[a-z0-9]+)*)")
_PART = re.compile(r"\{([a-z]+(?:_[a-z0-9]+)*)\}")
_COMMENTS = re.compile(r"\A(?:--[^\n]*\n)+")
_VALUE = re.compile(r"--[^\n]*|'(?:[^']|'')*'|(?<![:\w]):([a-z]\w*)")
"""A named value, where it stands in no comment and no string, and is no cast."""


class QueryError(LookupError):
    """A query that is asked for by a name that no block has, or a file of queries that cannot be read."""


class Query(Struct, frozen=True):
    """A query as PostgreSQL takes it, and the names of its values: the first is that of `$1`."""

    text: str
    names: tuple[str, ...]

    def at_most(self, rows: int) -> str:
        """The query for its first so many rows."""
        return f"select * from (\n{self.text}\n) as q limit {rows}"  # noqa: S608  our own words, and a number

    def values(self, given: Mapping[str, object]) -> list[object]:
        """Given values in the order of their numbers. Raises QueryError where one is missing or left over."""
        if len(given) != len(self.names):
            raise self._wrong(given)
        try:
            return [given[name] for name in self.names]
        except KeyError:
            raise self._wrong(given) from None

    def _wrong(self, given: Mapping[str, object]) -> QueryError:
        return QueryError(f"a query of {', '.join(self.names)} was given {', '.join(given)}")


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
    """Take a file apart into its blocks, by verb, with the parts that they name put in.

    Raises QueryError where a name is no lowercase word, where two blocks or two parts have one name, where a
    block does not end with its semicolon, where a part that is named is not there or one that is there is not
    named, and where anything but comments stands above the first.
    """
    above, *rest = _HEADING.split(text)
    if any(line and not line.startswith("--") for line in above.splitlines()):
        raise QueryError(f"{noun}.sql: SQL stands above the first name")
    found: dict[str, dict[str, str]] = {"name": {}, "part": {}}
    for kind, heading, body in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        named = _NAME.fullmatch(heading)
        if named is None:
            raise QueryError(f"{noun}.sql: -- {kind}:{heading} names nothing")
        if named[1] in found[kind]:
            raise QueryError(f"{noun}.sql: two of a kind are named {named[1]}")
        statement = body.strip()
        if not statement.endswith(";"):
            raise QueryError(f"{noun}.sql: {named[1]} does not end with a semicolon")
        found[kind][named[1]] = statement.removesuffix(";")
    return _whole(found["name"], found["part"], noun)


def _whole(blocks: Mapping[str, str], parts: Mapping[str, str], noun: str) -> dict[str, str]:
    """Blocks with their parts put in, without what is said of these."""
    texts = {name: _COMMENTS.sub("", text) for name, text in parts.items()}
    named = {name for text in blocks.values() for name in _PART.findall(text)}
    if odd := named ^ set(texts):
        raise QueryError(f"{noun}.sql: {', '.join(sorted(odd))} is either not there or not used")
    return {verb: _PART.sub(lambda found: texts[found[1]], text) for verb, text in blocks.items()}


def numbered(text: str) -> Query:
    """A query whose values are numbered instead of named, in the order in which they are first named."""
    numbers: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        return found[0] if found[1] is None else f"${numbers.setdefault(found[1], len(numbers) + 1)}"

    return Query(_VALUE.sub(number, text), tuple(numbers))
