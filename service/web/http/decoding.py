"""From bytes to shapes: bodies, queries, path ids and headers, bounded, with faults named at their place."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Final, TypeVar, cast
from urllib.parse import parse_qsl, unquote
from uuid import UUID

import msgspec
from litestar.types import Receive, Scope
from msgspec.structs import replace

from service.core.refusals import Fault, Refused, fault, invalid, refused
from service.core.shape_faults import shape_fault
from service.web.http.decoding_words import refined
from service.web.http.twice import name_twice

BODY_BYTES_MAX: Final = 4 * 1024 * 1024
"""The largest body of every route but the batch, in bytes; REQUEST_BYTES_MAX where that is less."""
QUERY_BYTES_MAX: Final = 8 * 1024
NAME_SHOWN_MAX: Final = 64
"""How much of a field's name from the request is shown back, in characters."""
YEAR_LEAST: Final = 1900
YEAR_MOST: Final = 2200
"""The years that a time or a day of a record must lie between; beyond them lies a slip of the keyboard."""
QUERY_PARTS_MAX: Final = 32

T = TypeVar("T")
S = TypeVar("S", bound=msgspec.Struct)
_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_INTEGER = re.compile(r"-?[0-9]{1,18}")
_KEY = re.compile(rb'(?:"([!#-\[\]-~]{1,255})"|([!#-~][!-~]{0,254}))')


async def body_of(scope: Scope, receive: Receive, bytes_max: int) -> bytes | Refused | None:
    """Read the whole body; a longer or packed one is refused, and None says that the client went away."""
    for name, value in scope["headers"]:
        if name == b"content-encoding" and value.strip().lower() not in {b"", b"identity"}:
            # Unpacked it may be a thousand times as long.
            return refused("unsupported_media_type.encoding", "Content-Encoding")
        if name == b"content-length" and (not value.isdigit() or int(value[:20]) > bytes_max):
            return _too_large(bytes_max)
    message = cast("dict[str, Any]", await receive())
    if message["type"] == "http.request" and not message.get("more_body", False):
        whole: bytes = message.get("body", b"")
        return whole if len(whole) <= bytes_max else _too_large(bytes_max)
    parts, length = [], 0
    while True:
        if message["type"] == "http.disconnect":
            return None
        part = message.get("body", b"")
        length += len(part)
        if length > bytes_max:
            return _too_large(bytes_max)
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)
        message = cast("dict[str, Any]", await receive())


def _too_large(bytes_max: int) -> Refused:
    return refused("too_large.body", bytes=bytes_max)


def shape(body: bytes, wanted: type[T]) -> T | Refused:
    """Decode a JSON body, or an item of a batch, into the shape that a route takes, and judge its years."""
    try:
        value = cast("T", _decoder(cast("Any", wanted)).decode(body))
    except msgspec.ValidationError as error:
        if shape_fault(error).values.get("got") != "float":
            return invalid(fault_of(error, wanted))
        try:
            value = msgspec.convert(whole(msgspec.json.decode(body)), wanted)
        except msgspec.ValidationError as other:
            return invalid(fault_of(other, wanted))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return malformed(error)
    try:
        twice = name_twice(body)
    except (ValueError, RecursionError) as error:
        return malformed(error)
    if twice is not None:
        return refused("malformed.twice", twice)
    if b"\\u0000" in body and (place := place_of_nul(value)) is not None:
        return invalid(fault(place, "shape.nul"))
    return far_years(value) or value


def whole(value: object) -> object:
    """The same JSON with 5.0 as 5: a number without a fraction is whole (JSON Schema 2020-12, 6.1.1)."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {name: whole(part) for name, part in value.items()}
    return [whole(part) for part in value] if isinstance(value, list) else value


@cache
def _decoder(wanted: Any) -> msgspec.json.Decoder[Any]:  # noqa: ANN401  a type, which is hashable
    return msgspec.json.Decoder(wanted)


def malformed(error: Exception) -> Refused:
    """A body that is not JSON at all, or is nested deeper than anything that we take."""
    if isinstance(error, RecursionError):
        return refused("malformed.nested")
    if isinstance(error, UnicodeDecodeError):
        return refused("malformed.not_utf8")
    return refused("malformed.not_json", why=str(error))


def fault_of(error: msgspec.ValidationError, wanted: object) -> Fault:
    """Name the place and the fault that msgspec found in a `wanted`, as `$.occurred_at`."""
    found = shape_fault(error)
    if found.reason in {"shape.missing", "shape.unknown"}:
        name = str(found.values["name"])[:NAME_SHOWN_MAX]
        reason = "shape.needed" if found.reason == "shape.missing" else "shape.not_known"
        return fault(f"{found.pointer}.{name}", reason)
    return refined(found, wanted)


def place_of_nul(value: object, place: str = "$") -> str | None:
    """Where a text holds U+0000, which PostgreSQL cannot keep."""
    if isinstance(value, str):
        return place if "\0" in value else None
    if isinstance(value, msgspec.Struct):
        named = zip(value.__struct_encode_fields__, value.__struct_fields__, strict=True)
        parts = [(f"{place}.{name}", getattr(value, field)) for name, field in named]
    elif isinstance(value, Mapping):
        if any("\0" in str(key) for key in value):
            return place
        parts = [(f"{place}.{key}", part) for key, part in value.items()]
    elif isinstance(value, list | tuple):
        parts = [(f"{place}[{index}]", part) for index, part in enumerate(value)]
    else:
        return None
    return next((found for at, part in parts if (found := place_of_nul(part, at)) is not None), None)


def far_years(value: object) -> Refused | None:
    """Refuse a time or a day so far off that it cannot be meant, and that no calendar sum survives."""
    if not isinstance(value, msgspec.Struct):
        return None
    far = _far(value)
    return None if far is None else invalid(fault(f"$.{far}", "shape.year", least=YEAR_LEAST, most=YEAR_MOST))


def _far(value: msgspec.Struct) -> str | None:
    """The place of the first time or day that lies so far off, in the shapes inside too."""
    for name, field in _dated(type(value)).items():
        if is_far(getattr(value, field)):
            return name
    for name, field in _inside(type(value)).items():
        part = getattr(value, field)
        if isinstance(part, msgspec.Struct) and (deep := _far(part)) is not None:
            return f"{name}.{deep}"
    return None


def is_far(when: object) -> bool:
    """Whether a day or a time lies so far off that no calendar sum survives it."""
    return isinstance(when, date) and not YEAR_LEAST < when.year < YEAR_MOST


@cache
def _dated(wanted: Any) -> dict[str, str]:  # noqa: ANN401  a struct's type, which is hashable
    """Which fields hold a time or a day, by their names outside."""
    return _fields_of(wanted, {"DateTimeType", "DateType"})


@cache
def _inside(wanted: Any) -> dict[str, str]:  # noqa: ANN401  a struct's type, which is hashable
    """Which fields hold a shape of their own, by their names outside."""
    return _fields_of(wanted, {"StructType"})


def _fields_of(wanted: Any, some: set[str]) -> dict[str, str]:  # noqa: ANN401  a struct's type
    field_of = dict(zip(wanted.__struct_encode_fields__, wanted.__struct_fields__, strict=True))
    return {name: field_of[name] for name, kinds in _types(wanted).items() if kinds & some}


def asked_of(query: bytes, wanted: type[T]) -> T | Refused:
    """Read the query into a shape: each name once, none unknown, numbers and truth values written plainly."""
    if len(query) > QUERY_BYTES_MAX:
        return invalid(fault("?", "shape.query_long", bytes=QUERY_BYTES_MAX))
    try:
        pairs = parse_qsl(
            query.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=QUERY_PARTS_MAX
        )
    except ValueError:
        return invalid(fault("?", "shape.query_unreadable", most=QUERY_PARTS_MAX))
    given: dict[str, object] = {}
    kinds = _kinds(cast("Any", wanted))
    for name, text in pairs:
        shown = name[:NAME_SHOWN_MAX]
        if name in given:
            return invalid(fault(shown, "shape.parameter_twice"))
        if name not in kinds:
            return invalid(fault(shown, "shape.parameter_unknown"))
        if "\0" in text:
            return invalid(fault(shown, "shape.nul"))
        given[name] = _plain(text, kinds[name])
    try:
        value = msgspec.convert(given, wanted)
    except msgspec.ValidationError as error:
        found = fault_of(error, wanted)
        return invalid(replace(found, pointer=found.pointer.removeprefix("$.")))
    return _near(cast("Any", value))


def _near(asked: S) -> S | Refused:
    """The same question with its times no further off than any record; a far day is refused.

    Before the first record all is since, and after the last nothing: of a time, that is an answer.
    """
    near = {}
    for name in _dated(type(asked)):
        when = getattr(asked, name)
        if not is_far(when):
            continue
        if not isinstance(when, datetime):
            return invalid(fault(name, "shape.year", least=YEAR_LEAST, most=YEAR_MOST))
        near[name] = datetime(YEAR_LEAST if when.year <= YEAR_LEAST else YEAR_MOST, 1, 1, tzinfo=UTC)
    return replace(asked, **near) if near else asked


@cache
def _kinds(wanted: Any) -> dict[str, str]:  # noqa: ANN401  a struct's type, which is hashable
    """Which parameters are whole numbers and which are truth values; the rest are read as text."""
    return {
        name: "int" if "IntType" in kinds else "bool" if "BoolType" in kinds else "text"
        for name, kinds in _types(wanted).items()
    }


def _types(wanted: Any) -> dict[str, set[str]]:  # noqa: ANN401  a struct's type
    """The types that each field of a struct may have, by msgspec's names for them."""
    out = {}
    for field in cast("msgspec.inspect.StructType", msgspec.inspect.type_info(wanted)).fields:
        bare = _bare(field.type)
        inner = bare.types if isinstance(bare, msgspec.inspect.UnionType) else (bare,)
        out[field.encode_name] = {type(_bare(one)).__name__ for one in inner}
    return out


def _bare(kind: msgspec.inspect.Type) -> msgspec.inspect.Type:
    return kind.type if isinstance(kind, msgspec.inspect.Metadata) else kind


def _plain(text: str, kind: str) -> object:
    if kind == "int" and _INTEGER.fullmatch(text):
        return int(text)
    if kind == "bool":
        return {"true": True, "false": False}.get(text, text)
    return text


def path_value(text: str, wanted: object) -> object | None:
    """Read one part of a path; None where it cannot name anything."""
    if wanted is UUID:
        return UUID(text) if _UUID.fullmatch(text) else None
    plain = unquote(text, errors="strict") if "%" in text else text
    try:
        return cast("object", msgspec.convert(_plain(plain, "int" if plain.isdigit() else "text"), wanted))
    except (msgspec.ValidationError, UnicodeDecodeError):
        return None


def idempotency_key(headers: list[tuple[bytes, bytes]]) -> str | Refused | None:
    """The request's Idempotency-Key, bare or quoted, if it has one."""
    values = [value for name, value in headers if name == b"idempotency-key"]
    if not values:
        return None
    found = _KEY.fullmatch(values[0].strip())
    if len(values) > 1 or found is None:
        return refused("idempotency_key_malformed", "Idempotency-Key")
    return (found[1] or found[2]).decode("ascii")
