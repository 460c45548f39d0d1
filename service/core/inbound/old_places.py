"""Places as mappings named them before there was JSONPath, put into it.

They were `$.results[0].code`, `results.0.code`, or the JSON Pointer `/results/0/code` (RFC 6901), and a step
that is a number led into a list by its index, or into an object by its name.
"""

import re
from typing import Any, TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from service.core.inbound.paths import path_of
from service.core.pointers import steps_of

Shape = TypeVar("Shape", bound=Struct)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_INDEX = re.compile(r"0|[1-9][0-9]{0,5}")


def in_jsonpath(place: str) -> str:
    """The same place as a JSONPath; what is neither stays as it is."""
    if path_of(place) is not None:
        return place
    steps = steps_of(place)
    return place if steps is None else "$" + "".join(map(_step, steps))


def modern(shape: Shape) -> Shape:
    """A mapping, or a rule of one, with all its places as JSONPath."""
    changed: dict[str, Any] = {}
    for field in shape.__struct_fields__:
        value = getattr(shape, field)
        after = _modern(field, value)
        if after != value:
            changed[field] = after
    return replace(shape, **changed) if changed else shape


def _modern(field: str, value: Any) -> Any:  # noqa: ANN401  a field of any type
    if isinstance(value, Struct):
        return modern(value)
    if field == "at" and isinstance(value, str):
        return in_jsonpath(value)
    if isinstance(value, tuple):
        return tuple(_modern(field, cast("Any", one)) for one in value)
    return value


def _step(step: str) -> str:
    if _INDEX.fullmatch(step):
        return f"[{step},'{step}']"
    if _NAME.fullmatch(step):
        return f".{step}"
    written = step.replace("\\", "\\\\").replace("'", "\\'")
    return f"['{written}']"
