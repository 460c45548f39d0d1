"""Objects that say one name twice: some read the first, and others the last (RFC 8259, 4)."""

import json
from collections.abc import Iterable
from typing import Final, NamedTuple

SHOWN_MAX: Final = 64
"""How much of a name is shown back, in characters."""


class _Twice(NamedTuple):
    """Stands where an object said one name twice."""

    name: str


def name_twice(body: bytes) -> str | None:
    """Where in a JSON body an object says one name twice, as `$.target`; none where every name is said once.

    It costs some 2 us for an event; the place is looked for only where there is one. Raises ValueError or
    RecursionError where it is not JSON, or nested too deeply.
    """
    return _place(_decode(body.decode()), "$")


def _pairs(pairs: list[tuple[str, object]]) -> object:
    names = dict(pairs)
    if len(names) == len(pairs):
        # An object that holds no other is done with.
        return names if any(type(one) in _HOLDERS for one in names.values()) else None
    seen: set[str] = set()
    for name, _ in pairs:
        if name in seen:
            return _Twice(name)
        seen.add(name)
    raise AssertionError("a name is there twice, and is not")


_HOLDERS: Final = frozenset({dict, list, _Twice})
_decode: Final = json.JSONDecoder(object_pairs_hook=_pairs).decode


def _place(value: object, place: str) -> str | None:
    if isinstance(value, _Twice):
        return f"{place}.{value.name[:SHOWN_MAX]}"
    parts: Iterable[tuple[str, object]] = ()
    if isinstance(value, dict):
        parts = ((f"{place}.{name[:SHOWN_MAX]}", part) for name, part in value.items())
    elif isinstance(value, list):
        parts = ((f"{place}[{at}]", part) for at, part in enumerate(value))
    return next((found for at, part in parts if (found := _place(part, at)) is not None), None)
