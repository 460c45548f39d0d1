"""Documents on their way in: JSON or YAML bytes become one typed shape, or the faults that keep them out.

Both languages are read into the same plain values before the shape is looked at, so a document means the
same in either. YAML is read as its JSON-like core (YAML 1.2, section 10.3): no anchors, no tags, one
document, and `yes` is a word. A key that is written twice is a fault in both, never a silent last word.
"""

import json
import re
from collections.abc import Iterator
from typing import TypeVar

import yaml
from msgspec import ValidationError, convert

from service.core.authoring.shapes import shape_faults
from service.core.refusals import Fault, Value, fault
from service.core.shape_faults import shape_fault

BYTES_MAX = 256 * 1024
"""The longest document, in bytes."""

DEPTH_MAX = 24
"""How deep lists and mappings may lie in each other; a program needs seven."""

DIGITS_MAX = 18
"""The longest number, in digits: every amount is far shorter."""

Shape = TypeVar("Shape")

_INTEGER = re.compile(r"[-+]?[0-9]+")
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WORDS = {"": None, "~": None, "null": None, "Null": None, "NULL": None} | {
    word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")
}
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _RefusedError(Exception):
    """One fault on its way from deep in a document to `read`; it never leaves this file."""

    def __init__(self, pointer: str, reason: str, **values: Value) -> None:
        super().__init__(reason)
        self.fault = fault(pointer, reason, **values)


class _Pairs(list[tuple[str, object]]):
    """A JSON object as it was written, its repeated keys included."""


def read(document: bytes, shape: type[Shape], *, is_yaml: bool) -> Shape | tuple[Fault, ...]:
    """Read a document into `shape`; else every place that is wrong, each with what is allowed there."""
    try:
        value = _value(document, is_yaml=is_yaml)
    except _RefusedError as refused:
        return (refused.fault,)
    try:
        return convert(value, shape)
    except ValidationError as error:
        # Its own walk names everything; what only msgspec finds, such as an impossible day, it says itself.
        return shape_faults(value, shape) or (shape_fault(error),)


def plain_value(document: bytes, *, is_yaml: bool) -> object:
    """What a document says as plain values, whatever its shape; None where it cannot be read."""
    try:
        return _value(document, is_yaml=is_yaml)
    except _RefusedError:
        return None


def _value(document: bytes, *, is_yaml: bool) -> object:
    text = _text(document)
    return _yaml(text) if is_yaml else _settled(_json(text), "$", 1)


def _text(document: bytes) -> str:
    if len(document) > BYTES_MAX:
        raise _RefusedError("$", "document.long", bytes=BYTES_MAX)
    try:
        return document.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _RefusedError("$", "document.not_utf8", byte=error.start) from error


def _json(text: str) -> object:
    try:
        return json.loads(
            text,
            object_pairs_hook=_Pairs,
            parse_constant=_no_constant,
            parse_int=_integer,
            parse_float=_number,
        )
    except json.JSONDecodeError as error:
        raise _RefusedError(
            "$", "document.unreadable_at", line=error.lineno, column=error.colno, why=error.msg
        ) from error
    except RecursionError:
        raise _too_deep("$") from None


def _no_constant(word: str) -> object:
    raise _RefusedError("$", "document.constant", word=word)


def _integer(digits: str) -> int:
    if len(digits) > DIGITS_MAX:
        raise _RefusedError("$", "document.digits", digits=DIGITS_MAX)
    return int(digits)


def _number(text: str) -> int | float:
    """Read a number with a point or an exponent: whole where nothing is left after the point."""
    number = float(text)
    return int(number) if number.is_integer() else number


def _settled(value: object, pointer: str, depth: int) -> object:
    """Turn JSON as it was written into plain values, refusing what is said twice or lies too deep."""
    if isinstance(value, str):
        return _words(value, pointer)
    if isinstance(value, _Pairs):
        return _mapping(value, pointer, depth)
    if isinstance(value, list):
        _check_depth(depth, pointer)
        return [_settled(item, f"{pointer}[{place}]", depth + 1) for place, item in enumerate(value)]
    return value


def _mapping(pairs: _Pairs, pointer: str, depth: int) -> dict[str, object]:
    _check_depth(depth, pointer)
    mapping: dict[str, object] = {}
    for key, item in pairs:
        at = f"{pointer}.{_words(key, pointer)}"
        if key in mapping:
            raise _RefusedError(at, "document.twice")
        mapping[key] = _settled(item, at, depth + 1)
    return mapping


def _yaml(text: str) -> object:
    events = yaml.parse(text, Loader=_LOADER)
    try:
        next(events)
        if isinstance(next(events), yaml.StreamEndEvent):
            raise _RefusedError("$", "document.empty")
        value = _node(next(events), events, "$", 1)
        next(events)
        if not isinstance(next(events), yaml.StreamEndEvent):
            raise _RefusedError("$", "document.several")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        why = error.problem or error.context or "not YAML"
        if mark is None:
            raise _RefusedError("$", "document.unreadable", why=why) from error
        line, column = mark.line + 1, mark.column + 1
        raise _RefusedError("$", "document.unreadable_at", line=line, column=column, why=why) from error
    except yaml.YAMLError as error:
        raise _RefusedError("$", "document.character") from error
    return value


def _node(event: yaml.Event, events: Iterator[yaml.Event], pointer: str, depth: int) -> object:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
        raise _RefusedError(pointer, "document.anchor")
    if getattr(event, "tag", None) not in {None, "!"}:
        raise _RefusedError(pointer, "document.tag")
    match event:
        case yaml.ScalarEvent():
            return _scalar(event, pointer)
        case yaml.SequenceStartEvent():
            _check_depth(depth, pointer)
            items: list[object] = []
            while not isinstance(item := next(events), yaml.SequenceEndEvent):
                items.append(_node(item, events, f"{pointer}[{len(items)}]", depth + 1))
            return items
        case _:
            _check_depth(depth, pointer)
            return _yaml_mapping(events, pointer, depth)


def _yaml_mapping(events: Iterator[yaml.Event], pointer: str, depth: int) -> dict[str, object]:
    mapping: dict[str, object] = {}
    while not isinstance(key := next(events), yaml.MappingEndEvent):
        if not isinstance(key, yaml.ScalarEvent) or key.anchor is not None or key.tag is not None:
            raise _RefusedError(pointer, "document.key")
        at = f"{pointer}.{_words(key.value, pointer)}"
        if key.value in mapping:
            raise _RefusedError(at, "document.twice")
        mapping[key.value] = _node(next(events), events, at, depth + 1)
    return mapping


def _scalar(event: yaml.ScalarEvent, pointer: str) -> object:
    text = event.value
    # A quoted or block scalar is always a string; only a plain one can be a number or a word such as true.
    if not event.implicit[0]:
        return _words(text, pointer)
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        try:
            return _integer(text)
        except _RefusedError as refused:
            raise _RefusedError(pointer, refused.fault.reason, **refused.fault.values) from None
    if _DECIMAL.fullmatch(text):
        return _number(text)
    return _words(text, pointer)


def _words(text: str, pointer: str) -> str:
    """Let a string through that every store and page can hold."""
    if any(char < " " and char not in "\t\n\r" for char in text):
        raise _RefusedError(pointer, "document.control")
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise _RefusedError(pointer, "document.surrogate")
    return text


def _check_depth(depth: int, pointer: str) -> None:
    if depth > DEPTH_MAX:
        raise _too_deep(pointer)


def _too_deep(pointer: str) -> _RefusedError:
    return _RefusedError(pointer, "document.deep", levels=DEPTH_MAX)
