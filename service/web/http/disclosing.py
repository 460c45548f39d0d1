"""The notice of 42 CFR part 2 on answers and files that tell of people: which they are, and how it is put."""

from collections.abc import Iterable
from typing import Any, Final

import msgspec
from msgspec.inspect import (
    CollectionType,
    DictType,
    StructType,
    TupleType,
    Type,
    UnionType,
    VarTupleType,
)

from schemas.erasures import RecordForm
from schemas.notices import PART_2_NOTICE
from service.flows.people.whole_record import WholeRecord
from service.web.http.answers import Answer, Header

NOTICE: Final[Header] = (b"part2-notice", PART_2_NOTICE.encode("ascii"))
"""The header of every answer to a key, and of every file, that tells of people; bodies stay as they are."""
PEOPLE: Final = frozenset(
    {"participant", "participants", "enrollment", "display_code", "participant_id", "subject"}
)
"""Fields by which a shape tells of somebody."""
OF_PEOPLE: Final = frozenset({"participant", "enrollment", "event", "redemption"})
"""Things in a path whose whole answer tells of somebody."""


def names_people(shapes: Iterable[Any]) -> bool:
    """Whether any of these shapes, or what it holds, has a field that tells of somebody."""
    known: set[type] = set()
    return any(_names(msgspec.inspect.type_info(shape), known) for shape in shapes if shape is not None)


def _names(kind: Type, known: set[type]) -> bool:
    match kind:
        case StructType(cls=cls, fields=fields):
            if cls in known:
                return False
            known.add(cls)
            return any(one.name in PEOPLE or _names(one.type, known) for one in fields)
        case UnionType(types=types):
            return any(_names(one, known) for one in types)
        case TupleType(item_types=items):
            return any(_names(one, known) for one in items)
        case DictType(value_type=value):
            return _names(value, known)
        case CollectionType(item_type=item) | VarTupleType(item_type=item):
            return _names(item, known)
        case _:
            return False


def as_record(record: WholeRecord, form: RecordForm) -> Answer:
    """A person's whole record as a file to keep, whose name says nothing of anybody."""
    if form == "words":
        media, name, body = b"text/plain; charset=utf-8", b"record.txt", record.words.encode()
    else:
        media, name, body = b"application/x-ndjson", b"record.ndjson", record.ndjson
    kept: Header = (b"content-disposition", b'attachment; filename="' + name + b'"')
    return Answer(200, body, [(b"content-type", media), (b"cache-control", b"no-store"), kept])


def as_pack(body: bytes) -> Answer:
    """An audit pack as a file to keep, whose name says nothing of anybody."""
    kept: Header = (b"content-disposition", b'attachment; filename="audit-pack.zip"')
    return Answer(
        200, body, [(b"content-type", b"application/zip"), (b"cache-control", b"no-store"), kept, NOTICE]
    )
