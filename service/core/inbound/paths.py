"""Paths into a message: JSONPath (RFC 9535) from `$`, the whole message, or from `@`, the part in hand."""

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from schemas.mapping import Places

if TYPE_CHECKING:
    from jsonpath import JSONPath, JSONPathEnvironment

NODES_MAX: Final = 2_000
"""How many values one path may give."""
VALUES_MAX: Final = 50_000
"""How many values a message may hold: every path may look at each of them."""

_QUOTED = re.compile(r"'(?:\\.|[^'\\])*'")
_OPENS = re.compile(r"[\[\]]|\.\.")


class Part(Struct, frozen=True):
    """A part of a message that is read, with the whole that it is of."""

    whole: Any
    part: Any


@cache
def _environment() -> "JSONPathEnvironment":
    """The language of paths, read by the first path: most processes never meet one."""
    from jsonpath import JSONPathEnvironment  # noqa: PLC0415  reading it takes longer than a whole stair of ours

    made = JSONPathEnvironment(strict=True)
    for name in ("match", "search"):
        # Patterns could be written that take for ever.
        del made.function_extensions[name]
    return made


@lru_cache(maxsize=2048)
def path_of(place: str) -> "JSONPath | None":
    """The path that a place names; None where it is none, or could look at everything for each value."""
    from jsonpath import JSONPath, JSONPathError  # noqa: PLC0415  as above

    if place.startswith("@"):
        place = f"${place[1:]}"
    try:
        found = _environment().compile(place)
    except (JSONPathError, RecursionError, ValueError):
        return None
    return found if isinstance(found, JSONPath) and _is_bounded(str(found)) else None


def _is_bounded(canonical: str) -> bool:
    depth, deep = 0, 0
    for mark in _OPENS.findall(_QUOTED.sub("''", canonical)):
        if mark == "..":
            if depth:
                return False
            deep += 1
        else:
            depth += 1 if mark == "[" else -1
    return deep <= 1


def is_place(places: Places) -> bool:
    """Whether all of some places are paths."""
    return all(path_of(one) is not None for one in each(places))


def each(places: Places | None) -> tuple[str, ...]:
    """Places one by one."""
    if places is None:
        return ()
    return (places,) if isinstance(places, str) else tuple(places)


def values_at(place: str, part: Part) -> list[Any]:
    """Every value at a place; none where it is no path, or where the message is nested too deep for it."""
    path = path_of(place)
    if path is None:
        return []
    from jsonpath import JSONPathError  # noqa: PLC0415  as above

    root = part.part if place.startswith("@") else part.whole
    if isinstance(root, str):
        # The library would read a text as JSON; to us it is a text, with no place in it but itself.
        return [root] if str(path) == "$" else []
    try:
        return [found.obj for found in islice(path.finditer(root), NODES_MAX)]
    except (JSONPathError, RecursionError):
        return []


def first_at(places: Places, part: Part, is_there: Callable[[Any], bool]) -> tuple[str, list[Any]]:
    """The first of some places where something stands, with what does; or the first one, with nothing."""
    some = each(places)
    for one in some:
        found = [value for value in values_at(one, part) if is_there(value)]
        if found:
            return one, found
    return some[0], []


def is_within(message: object) -> bool:
    """Whether a message holds no more values than are looked through."""
    waiting: list[Sequence[Any]] = [[message]]
    count = 0
    while waiting:
        some = waiting.pop()
        count += len(some)
        if count > VALUES_MAX:
            return False
        for one in some:
            if isinstance(one, dict):
                waiting.append(list(one.values()))
            elif isinstance(one, list):
                waiting.append(one)
    return True
