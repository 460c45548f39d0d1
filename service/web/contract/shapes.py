"""The shapes of the contract as JSON Schema that generators of clients read well.

msgspec describes what is decoded and encoded. On top of that, closed lists and unions get the names that they
have in `schemas`, every field says what it means, and what only some tools understand is said in a plainer
way that means the same.
"""

import inspect
import json
import sys
import types
import typing
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Final, Literal, NamedTuple, Union, get_args, get_origin

import msgspec
from msgspec import Struct

from schemas.events import Day
from schemas.people import Text
from schemas.program import Slug
from service.web.contract.fields import SHARED, descriptions, docstrings

Json = dict[str, Any]

REF: Final = "#/components/schemas/{name}"
_VERY_END: Final = r"$(?!\n)"
"""How our patterns say to Python what `$` alone says to JSON Schema (ECMA 262): the very end."""
TAG: Final = "Which form this is."
_NULL: Final[Json] = {"type": "null"}
FORMS: Final[dict[str, tuple[Any, str]]] = {
    "Day": (Day, "A day of the calendar."),
    "Slug": (Slug, "A name of small letters and digits, joined by `-`, `_` or `.`."),
    "Text": (Text, "Free text."),
}
"""Texts whose form many fields have, by the name under which it is said once, and what it is."""


def _form_of(kind: Any) -> str:  # noqa: ANN401  any type that msgspec describes
    form = msgspec.json.schema(kind)
    return json.dumps({**form, "pattern": form["pattern"].replace(_VERY_END, "$")}, sort_keys=True)


_FORMS: Final = {_form_of(kind): name for name, (kind, _) in FORMS.items()}


class Shapes:
    """The schemas of some types, and the components that they lead to."""

    def __init__(self, wanted: Collection[Any], ref: str = REF, shared: dict[str, str] = SHARED) -> None:
        """Describe the types.

        `ref` is where a component stands, with `{name}` in place of its name, and `shared` what fields mean
        that say nothing themselves.
        """
        self._ref, self._shared = ref, shared
        found_in = _structs(wanted)
        structs = {shape.__name__: shape for shape in found_in}
        ordered = sorted({*wanted, *filter(None, map(_parent, found_in))}, key=str)
        made, found = msgspec.json.schema_components(ordered, ref_template=ref)
        self._names = _aliases({shape.__module__ for shape in structs.values()})
        self._components: Json = {}
        self._components |= {name: self._shape(structs[name], schema) for name, schema in found.items()}
        self._schemas = {one: self._plain(schema) for one, schema in zip(ordered, made, strict=True)}

    @property
    def components(self) -> Json:
        """Every shape, closed list and union by its name."""
        return dict(sorted(self._components.items()))

    def of(self, wanted: Any) -> Json:  # noqa: ANN401  any type that msgspec describes
        """The schema of one of the types."""
        return self._schemas[wanted]

    def _shape(self, shape: type[Struct], schema: Json) -> Json:
        """One struct: its sentence, and each field with its meaning."""
        says, hints = descriptions(shape, self._shared), typing.get_type_hints(shape)
        # A closed shape says by itself which fields it has: it cannot be a part of another.
        parent = None if "additionalProperties" in schema else _parent(shape)
        inherited = set() if parent is None else set(parent.__struct_encode_fields__)
        field_of = dict(zip(shape.__struct_encode_fields__, shape.__struct_fields__, strict=True))
        properties = {}
        for name, part in schema["properties"].items():
            if name in inherited:
                continue
            told, field = self._plain(part), field_of.get(name, name)
            if datetime in {hints.get(field), *get_args(hints.get(field))}:
                told.setdefault("format", "date-time")
            if "description" not in told and ("$ref" not in told or field in says):
                told["description"] = TAG if name == shape.__struct_config__.tag_field else says[field]
            properties[name] = told
        required = [name for name in schema["required"] if name in properties]
        told = {"type": "object", "properties": properties, **({"required": required} if required else {})}
        if parent is not None:
            told = {"allOf": [{"$ref": self._ref.format(name=parent.__name__)}, told]}
        closed = {name: part for name, part in schema.items() if name == "additionalProperties"}
        return {"description": paragraphs(shape), **told, **closed}

    def _plain(self, schema: Json) -> Json:
        """The same schema in the words that every tool knows."""
        out = {name: part for name, part in schema.items() if name not in {"title", "anyOf", "prefixItems"}}
        if schema.get("default", ...) is None or (
            schema.get("default") and isinstance(schema["default"], dict)
        ):
            # Null is what is not there; what a shape holds by default, it says itself.
            del out["default"]
        if "pattern" in out:
            out["pattern"] = out["pattern"].replace(_VERY_END, "$")
        if "anyOf" in schema:
            return self._any(schema, out)
        if "enum" in out:
            return self._closed(out)
        if "prefixItems" in schema:
            # Tuples of ours hold one type, and `minItems` and `maxItems` say how many.
            (out["items"],) = _different(self._plain(part) for part in schema["prefixItems"])
        for name in {"items", "additionalProperties", "propertyNames"} & set(out):
            out[name] = self._plain(out[name]) if isinstance(out[name], dict) else out[name]
        return self._said_once(out)

    def _said_once(self, out: Json) -> Json:
        """A text of a form that many fields have, by the name of the form."""
        form = {name: out[name] for name in out if name != "default"}
        name = _FORMS.get(json.dumps(form, sort_keys=True))
        if name is None:
            return out
        self._components[name] = {"description": FORMS[name][1], **form}
        return {"$ref": self._ref.format(name=name), **{key: out[key] for key in out if key not in form}}

    def _any(self, schema: Json, out: Json) -> Json:
        """One of several: a union by its name, or with null."""
        parts = [self._plain(part) for part in schema["anyOf"] if part != _NULL]
        optional = len(parts) < len(schema["anyOf"])
        if "discriminator" in out:
            parts = [self._union(parts, out.pop("discriminator"))]
        if len(parts) > 1:
            # Beside another type generators take a single value by `enum`: `const` would shut the other out.
            parts = [_listed(part) for part in parts]
        if len(parts) > 1 or (optional and "$ref" in parts[0]):
            return {**out, "anyOf": [*parts, _NULL] if optional else parts}
        only = parts[0]
        return {**out, **only, **({"type": [only["type"], "null"]} if optional else {})}

    def _union(self, parts: list[Json], discriminator: Json) -> Json:
        alias = self._names[frozenset(part["$ref"].rsplit("/", 1)[-1] for part in parts)]
        self._components[alias.name] = {
            "description": alias.says,
            "oneOf": parts,
            "discriminator": discriminator,
        }
        return {"$ref": self._ref.format(name=alias.name)}

    def _closed(self, out: Json) -> Json:
        """A closed list of values by its name; a single value as it is."""
        values = out.pop("enum")
        kind = "string" if isinstance(values[0], str) else "integer"
        if len(values) == 1:
            return {"type": kind, "const": values[0], **out}
        alias = self._names[frozenset(values)]
        self._components[alias.name] = {"type": kind, "description": alias.says, "enum": alias.values}
        return {"$ref": self._ref.format(name=alias.name), **out}


def _listed(part: Json) -> Json:
    """The same with a single value as a list of one."""
    rest = {name: value for name, value in part.items() if name != "const"}
    return {**rest, "enum": [part["const"]]} if "const" in part else part


def _parent(shape: type[Struct]) -> type[Struct] | None:
    """The shape whose fields another has too."""
    return next((one for one in shape.__mro__[1:] if one is not Struct and issubclass(one, Struct)), None)


def paragraphs(told: object) -> str:
    """The docstring of something, a paragraph a line."""
    return "\n\n".join(" ".join(part.split("\n")) for part in (inspect.getdoc(told) or "").split("\n\n"))


class _Alias(NamedTuple):
    """A name that `schemas` gives to a closed list or to a union."""

    name: str
    values: tuple[Any, ...]
    says: str


def _aliases(modules: set[str]) -> dict[frozenset[Any], _Alias]:
    """The names of closed lists, by their values, and of unions, by the names of their shapes."""
    found: dict[frozenset[Any], _Alias] = {}
    published = {name for name in sys.modules if name.startswith("schemas.")}
    for module in (sys.modules[name] for name in sorted(modules | published)):
        for name, value in vars(module).items():
            values = get_args(value)
            says = docstrings(module).of_names.get(name)
            if says is None or len(values) < 2:  # noqa: PLR2004  one value, or one shape, needs no name
                continue
            if get_origin(value) is Literal:
                found[frozenset(values)] = _Alias(name, values, says)
            elif get_origin(value) in {Union, types.UnionType}:
                found[frozenset(one.__name__ for one in values)] = _Alias(name, values, says)
    return found


def _structs(wanted: Iterable[Any]) -> set[type[Struct]]:
    """Every struct that the types are made of."""
    found: set[type[Struct]] = set()
    left = list(wanted)
    while left:
        one = left.pop()
        if isinstance(one, type) and issubclass(one, Struct) and one not in found:
            found.add(one)
            left += typing.get_type_hints(one).values()
        left += get_args(one) if get_origin(one) is not Literal else ()
    return found


def _different(schemas: Iterable[Json]) -> list[Json]:
    """Each schema once."""
    out: list[Json] = []
    for one in schemas:
        if one not in out:
            out.append(one)
    return out
