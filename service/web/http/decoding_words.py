"""What msgspec found wrong, told by the type: which form or which words a field takes."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

import msgspec
from msgspec import Struct, inspect

from service.core.refusals import Fault, fault

_STEP: Final = re.compile(r"\.(?P<field>[^.\[]+)|\[[^\]]*\]")


class _Kind(Struct, frozen=True):
    """One type that may stand at a place, and what the contract says of it there."""

    bare: inspect.Type
    says: str | None = None


def refined(found: Fault, wanted: Any) -> Fault:  # noqa: ANN401  any type that msgspec describes
    """A fault without our own patterns, and with the words that may stand at its place in a `wanted`."""
    kinds = _at(found.pointer, wanted)
    if found.reason == "shape.pattern":
        says = next((one.says for one in kinds if one.says is not None), None)
        if says is None:
            return fault(found.pointer, "shape.form")
        return fault(found.pointer, "shape.form_said", form=says)
    if found.reason == "shape.word":
        words = tuple(f"`{word}`" for one in kinds for word in _words(one.bare))
        return fault(found.pointer, "shape.one_of", known=words) if words else found
    return found


def _at(place: str, wanted: Any) -> list[_Kind]:  # noqa: ANN401  any type that msgspec describes
    """The types that may stand at a place such as `$.items[0].name`; of a mapping, those of its keys too."""
    kinds = list(_flat(_of(wanted)))
    for step in _STEP.finditer(place):
        kinds = [
            found for kind in kinds for inner in _inside(kind.bare, step["field"]) for found in _flat(inner)
        ]
    keys = [one.bare.key_type for one in kinds if isinstance(one.bare, inspect.DictType)]
    return [*kinds, *(found for key in keys for found in _flat(key))]


@cache
def _of(wanted: Any) -> inspect.Type:  # noqa: ANN401  a type, which is hashable
    return msgspec.inspect.type_info(wanted)


def _flat(kind: inspect.Type, says: str | None = None) -> Iterator[_Kind]:
    """The types of a union one by one, each without its description's wrapping."""
    if isinstance(kind, inspect.Metadata):
        yield from _flat(kind.type, (kind.extra_json_schema or {}).get("description", says))
    elif isinstance(kind, inspect.UnionType):
        for one in kind.types:
            yield from _flat(one, says)
    else:
        yield _Kind(kind, says)


def _inside(kind: inspect.Type, field: str | None) -> Iterator[inspect.Type]:
    if isinstance(kind, inspect.StructType):
        yield from (one.type for one in kind.fields if one.encode_name == field)
    elif isinstance(kind, inspect.DictType):
        yield kind.value_type
    elif isinstance(kind, inspect.ListType | inspect.VarTupleType | inspect.SetType | inspect.FrozenSetType):
        yield kind.item_type
    elif isinstance(kind, inspect.TupleType):
        yield from kind.item_types


def _words(kind: inspect.Type) -> tuple[object, ...]:
    if isinstance(kind, inspect.LiteralType):
        return tuple(sorted(kind.values, key=str))
    return tuple(one.value for one in kind.cls) if isinstance(kind, inspect.EnumType) else ()
