"""Places in a message: `$.results[0].code`, `results.0.code`, or the JSON Pointer `/results/0/code`."""

import re
from collections.abc import Sequence
from typing import Final

STEPS_MAX: Final = 24
"""How deep a place may lie."""
NOTHING: Final = object()
"""The value of a place that is not there; null is a value of its own."""

_INDEX = re.compile(r"0|[1-9][0-9]{0,5}")
_DOTTED = re.compile(r"(?:[^.\[\]]+|\[(?:0|[1-9][0-9]{0,5})\])(?:\.[^.\[\]]+|\[(?:0|[1-9][0-9]{0,5})\])*")


def steps_of(place: str) -> tuple[str, ...] | None:
    """The names and numbers that lead to a place, from the top; None where it is not written as one.

    A JSON Pointer (RFC 6901) begins with a slash; in the other form a `$` and dots lead from name to name.
    """
    if place.startswith("/"):
        if re.search(r"~(?![01])", place):
            return None
        steps = [part.replace("~1", "/").replace("~0", "~") for part in place[1:].split("/")]
    else:
        bare = place.removeprefix("$").removeprefix(".")
        if not bare:
            return () if place == "$" else None
        if not _DOTTED.fullmatch(bare):
            return None
        steps = [one for one in re.split(r"\.|\[|\]", bare) if one]
    return tuple(steps) if len(steps) <= STEPS_MAX else None


def at(value: object, steps: Sequence[str]) -> object:
    """The value at a place, or NOTHING."""
    for step in steps:
        if isinstance(value, dict):
            value = value.get(step, NOTHING)
        elif isinstance(value, list) and _INDEX.fullmatch(step) and int(step) < len(value):
            value = value[int(step)]
        else:
            return NOTHING
    return value
