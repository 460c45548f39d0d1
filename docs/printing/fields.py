"""Tables of the fields of a shape, from its types, its defaults and its docstrings."""

import importlib
import inspect
import json
import sys
from types import ModuleType
from typing import Final, get_args

import msgspec
from msgspec import NODEFAULT, Struct, UnsetType
from msgspec import inspect as types
from msgspec.structs import FieldInfo

from schemas import program
from service.web.contract.fields import docstrings

_SLUG: Final = types.type_info(program.Slug)
_ORDERS: Final = {
    frozenset(get_args(words)): get_args(words)
    for words in (
        program.Behavior,
        program.Effect,
        program.Period,
        program.Policy,
        program.Unit,
        program.Weekday,
    )
}
"""The words of closed lists in the order in which they are written, by the words themselves."""


def fields(module: str, *names: str) -> str:
    """A heading, the docstring and the fields of each named shape of a module of `schemas`."""
    home = importlib.import_module(f"schemas.{module}")
    return "\n\n".join(_shape(home, name) for name in names)


def _shape(home: ModuleType, name: str) -> str:
    shape: type[Struct] = getattr(home, name)
    said = inspect.cleandoc(shape.__doc__ or "")
    words = docstrings(sys.modules[shape.__module__]).of_fields.get(name, {})
    meanings = {field.name: words.get(field.name, "") for field in msgspec.structs.fields(shape)}
    config = shape.__struct_config__
    lines = [f"#### {name}", "", said, "", "| field | value | default | meaning |", "|---|---|---|---|"]
    if config.tag_field:
        lines.append(f"| `{config.tag_field}` | `{config.tag}` | required | which form it is |")
    lines += [
        f"| `{field.encode_name}` | {value_words(types.type_info(field.type))} | {_default(field)} | "
        f"{meanings[field.name]} |"
        for field in msgspec.structs.fields(shape)
    ]
    return "\n".join(lines)


def value_words(kind: types.Type) -> str:
    """What may be written for a value of a type, in words.

    Raises TypeError for a type that no shape of ours has.
    """
    match kind:
        case types.StructType():
            return f"[{kind.cls.__name__}](#{kind.cls.__name__.lower()})"
        case types.VarTupleType():
            return f"list of {value_words(kind.item_type)}"
        case types.TupleType():
            return f"list of {len(kind.item_types)}: {value_words(kind.item_types[0])}"
        case types.DictType():
            return f"mapping of {value_words(kind.key_type)} to {value_words(kind.value_type)}"
        case types.UnionType():
            return " or ".join(value_words(one) for one in kind.types if not _is_absence(one))
        case types.Metadata():
            return value_words(kind.type)
        case _:
            return _plain_words(kind)


def _plain_words(kind: types.Type) -> str:
    match kind:
        case types.IntType():
            return _bounded("whole number", kind.ge, kind.le)
        case types.FloatType():
            return "number"
        case types.StrType():
            return "name" if kind == _SLUG else _long("text", kind.max_length)
        case types.LiteralType():
            values = _ORDERS.get(frozenset(kind.values), kind.values)
            if set(get_args(program.Unit)) == set(kind.values):
                return "`usd`, `points`, `draw`, or another currency by its code of ISO 4217 in small letters"
            return ", ".join(f"`{value}`" for value in values)
        case types.BoolType():
            return "`true` or `false`"
        case types.DateTimeType():
            return "time with its offset"
        case types.DateType():
            return "day"
        case types.UUIDType():
            return "id"
        case _:
            raise TypeError(kind)


def _is_absence(kind: types.Type) -> bool:
    return isinstance(kind, types.NoneType) or (isinstance(kind, types.CustomType) and kind.cls is UnsetType)


def _bounded(word: str, least: int | None, most: int | None) -> str:
    if least is None or most is None:
        return word
    return f"{word} {least:,} to {most:,}"


def _long(word: str, most: int | None) -> str:
    return word if most is None else f"{word} of up to {most:,} characters"


def _default(field: FieldInfo) -> str:
    if field.required:
        return "required"
    value = field.default if field.default_factory is NODEFAULT else field.default_factory()
    if value is None or value in ((), {}):
        return "none"
    if isinstance(value, Struct):
        return "its own defaults"
    return f"`{json.dumps(value)}`"
