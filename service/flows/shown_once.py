"""What of an answer is shown once, and the answer without it, as a repeat of the request gives it.

A kept answer outlives its request by days. Whoever reads it, with the field keys or by sending the request
again, must not come by a secret that its owner was told is nowhere else.
"""

import typing
from functools import cache
from typing import Any, TypeVar, get_args

from msgspec import Meta, Struct
from msgspec.structs import replace

from schemas.shown_once import MARK

T = TypeVar("T")
Path = tuple[str, ...]


@cache
def shown_once(shape: object) -> tuple[Path, ...]:
    """The fields of a shape that are shown once, each as the names that lead to it; empty for most shapes."""
    if not (isinstance(shape, type) and issubclass(shape, Struct)):
        return ()
    hints = typing.get_type_hints(shape, include_extras=True)
    return tuple(path for name in shape.__struct_fields__ for path in _paths(name, hints[name]))


def withheld(answer: T) -> T:
    """The same answer with null for all that it shows once."""
    shape: object = type(answer)
    for path in shown_once(shape):
        answer = _without(answer, path)
    return answer


def _paths(name: str, hint: object) -> list[Path]:
    said = getattr(hint, "__metadata__", ())
    if any(isinstance(one, Meta) and MARK in (one.extra or ()) for one in said):
        return [(name,)]
    return [(name, *rest) for part in (hint, *get_args(hint)) for rest in shown_once(part)]


def _without(value: Any, path: Path) -> Any:  # noqa: ANN401  any struct
    name, *rest = path
    held = getattr(value, name)
    if held is None:
        return value
    return replace(value, **{name: _without(held, tuple(rest)) if rest else None})
