"""The service's SQL, by name: one file a noun, in it one block a verb.

`participants/insert` is the block that begins with the line `-- name: insert` in `sql/participants.sql` and
ends with its semicolon. Comments above a file's first block are about the noun.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

SQL = Path(__file__).parents[1] / "sql"
_HEADING = re.compile(r"^-- name:(.*)$", re.MULTILINE)
_VERB = re.compile(r" ([a-z]+(?:_[a-z0-9]+)*)")


class QueryError(LookupError):
    """A query that is asked for by a name that no block has, or a file of queries that cannot be read."""


@cache
def query(name: str) -> str:
    """The text of one query, by noun and verb: `participants/insert`. Raises QueryError."""
    noun, _, verb = name.partition("/")
    try:
        return queries(noun)[verb]
    except (OSError, KeyError):
        raise QueryError(f"there is no query {name}") from None


@cache
def queries(noun: str) -> Mapping[str, str]:
    """All queries of a noun, by verb. Raises OSError or QueryError."""
    return split((SQL / f"{noun}.sql").read_text(encoding="utf-8"), noun)


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
