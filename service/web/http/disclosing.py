"""The notice of 42 CFR part 2 on answers and files that tell of people: which they are, and how it is put."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final, get_args, get_type_hints

from msgspec import Struct

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
    known = {one for shape in shapes for one in _structs(shape)}
    waiting = list(known)
    while waiting:
        tells, inner = _held(waiting.pop())
        if tells:
            return True
        waiting += [one for one in inner if one not in known]
        known.update(inner)
    return False


@cache
def _held(shape: type[Struct]) -> tuple[bool, frozenset[type[Struct]]]:
    """Whether a struct's own fields tell of somebody, and the structs that they hold."""
    hints = get_type_hints(shape, include_extras=True)
    return not PEOPLE.isdisjoint(hints), frozenset(one for hint in hints.values() for one in _structs(hint))


def _structs(hint: object) -> Iterator[type[Struct]]:
    """The structs in an annotation."""
    if isinstance(hint, type) and issubclass(hint, Struct):
        yield hint
    for part in get_args(hint):
        yield from _structs(part)


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
