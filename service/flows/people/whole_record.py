"""A person's whole record, in words and line by line: for themselves, a manager, or in an emergency."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

import msgspec
from msgspec import Struct

from schemas.notices import PART_2_NOTICE
from schemas.people import Language
from service.core.calendar import local_day
from service.core.cursors import LIMIT_MAX, Page
from service.core.quantities import as_number
from service.core.refusals import Refused, refused
from service.core.words.whole_record import whole_record_in_words
from service.flows.ledger.statements import read_statement
from service.flows.perform import Act, Done
from service.store import accounting, charts, clinics, emergencies, participants, whole_records
from service.store.charts import Person

SEE_ALL: Final = frozenset({"manager", "system"})
"""Who sees whole records: managers, and whoever runs the service's own commands."""
PAGES_MAX: Final = 500
"""How many pages of a statement a record is read from."""

_encode = msgspec.json.Encoder().encode


class WholeRecord(Struct, frozen=True):
    """Everything that is held of one person."""

    words: str
    """In words, in the person's language."""
    ndjson: bytes
    """Line by line: `{kind, columns}`, the first with the notice of 42 CFR part 2."""


async def read_whole_record(
    act: Act, participant: UUID, language: Language | None = None, *, only_urgent: bool = False
) -> Done[WholeRecord] | Refused:
    """Everything that is held of a participant; taking it along is accounted for and told.

    Refused to whoever is neither a manager nor the person, unless they have opened it in an emergency; with
    `only_urgent` to everybody else.
    """
    person = await charts.person(act, participant)
    if person is None or (act.actor.role == "participant" and act.actor.id != person.id):
        return refused("not_found.participant")
    urgent = await emergencies.is_open(act, person, act.actor.id)
    if not urgent and (only_urgent or act.actor.role not in {*SEE_ALL, "participant"}):
        return refused("forbidden.whole_record")
    found = await whole_records.lines(act, person)
    own = language or await participants.language(act, person.id) or "en"
    clinic = await clinics.find(act)
    today = local_day(act.now, await clinics.zone(act))
    told = [(one.kind, _told(one.kind, one.columns)) for one in found]
    words = whole_record_in_words(
        told,
        await _statement(act, person, own),
        own,
        "" if clinic is None else clinic.name,
        today,
    )
    ndjson = b"".join(
        _encode(line) + b"\n"
        for line in (
            {"notice": PART_2_NOTICE, "participant": person.id, "at": act.now},
            *({"kind": kind, "columns": columns} for kind, columns in told),
        )
    )
    if not urgent:
        await accounting.release(act, act.actor, [person.id], "record", "record")
    act.audit("record.exported", person.id, person.id, lines=len(found))
    return Done(WholeRecord(f"{words}\n{PART_2_NOTICE}\n", ndjson))


def _told(kind: str, columns: Mapping[str, Any]) -> Mapping[str, Any]:
    """The columns of a line as people know them: hours and steps are kept in hundredths."""
    kept = columns.get("quantity")
    return {**columns, "quantity": as_number(kept)} if kind == "events" and kept is not None else columns


async def _statement(act: Act, person: Person, language: Language) -> list[str]:
    sentences: list[str] = []
    cursor: str | None = None
    for _ in range(PAGES_MAX):
        read = await read_statement(act, person.id, Page(LIMIT_MAX, cursor), language=language)
        if isinstance(read, Refused):
            break
        sentences += [f"{one.at:%Y-%m-%d}: {one.sentence}" for one in read.value.items]
        cursor = read.value.next_cursor
        if cursor is None:
            break
    return sentences
