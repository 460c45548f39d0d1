"""Pointers into a document: `$.targets[0].earn`, `targets.0.earn`, or the JSON Pointer `/targets/0/earn`."""

import re
from typing import Final

STEPS_MAX: Final = 24
"""How deep a pointer may lead."""

_DOTTED = re.compile(r"(?:[^.\[\]]+|\[(?:0|[1-9][0-9]{0,5})\])(?:\.[^.\[\]]+|\[(?:0|[1-9][0-9]{0,5})\])*")


def steps_of(pointer: str) -> tuple[str, ...] | None:
    """The names and numbers that lead to a place, from the top; None where it is not written as one.

    A JSON Pointer (RFC 6901) begins with a slash; in the other form a `$` and dots lead from name to name.
    """
    if pointer.startswith("/"):
        if re.search(r"~(?![01])", pointer):
            return None
        steps = [part.replace("~1", "/").replace("~0", "~") for part in pointer[1:].split("/")]
    else:
        bare = pointer.removeprefix("$").removeprefix(".")
        if not bare:
            return () if pointer == "$" else None
        if not _DOTTED.fullmatch(bare):
            return None
        steps = [one for one in re.split(r"\.|\[|\]", bare) if one]
    return tuple(steps) if len(steps) <= STEPS_MAX else None
