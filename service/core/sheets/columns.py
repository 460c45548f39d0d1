"""What the names of columns mean, in English and Spanish, and which columns a table lacks."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Final, get_args

from msgspec import Struct

from service.core.refusals import Refused, refused
from service.core.sheets.mapping import Column, Field, Mapping
from service.core.spellings import name_spelling

NOTES: Final = ("line", "code", "words")
"""The columns that a file of refused lines has before its own; an import passes over them."""
FIELDS: Final[tuple[Field, ...]] = get_args(Field)
PEOPLE: Final[frozenset[Field]] = frozenset(
    {"name", "given_name", "family_name", "phone", "email", "language"}
)
"""What is said of a person, and of no event."""
ABOUT_PEOPLE: Final[frozenset[Field]] = PEOPLE | {"participant_reference", "program", "starts_on"}
WHOM: Final[frozenset[Field]] = frozenset({"participant_reference", "participant", "enrollment"})
WHAT: Final[frozenset[Field]] = frozenset({"behavior", "target"})

_SYNONYMS: Final[dict[Field, str]] = {
    "participant_reference": (
        "participant ref, participant id, participant number, patient id, patient number, patient "
        "no, patient ref, patient reference, mrn, medical record number, medical record no, chart "
        "number, chart no, chart id, client id, client number, client no, client ref, member id, "
        "person id, subject id, study id, id del paciente, id paciente, numero de paciente, "
        "paciente id, numero de expediente, expediente, numero de historia clinica, historia "
        "clinica, id del participante, referencia del participante, id del cliente"
    ),
    "target": "target behavior, objetivo, meta",
    "behavior": "behaviour, type of behavior, conducta, tipo de conducta",
    "outcome": (
        "result, results, test result, uds result, ua result, lab result, drug screen result, "
        "attendance status, visit result, resultado, resultado de la prueba, resultado del examen"
    ),
    "occurred_at": (
        "occurred, occurred on, date, date time, datetime, timestamp, date and time, collected "
        "at, collected, collected on, collection date, date collected, collection date time, "
        "specimen date, visit date, date of visit, service date, date of service, dos, test date, "
        "date of test, session date, appointment date, fecha, fecha y hora, fecha de la visita, "
        "fecha de visita, fecha de la prueba, fecha de recoleccion, fecha de toma, fecha de la "
        "sesion, fecha de atencion"
    ),
    "time_of_day": (
        "time, time of day, collection time, time collected, visit time, service time, test time, "
        "session time, appointment time, hora, hora de la visita, hora de recoleccion, hora de "
        "toma"
    ),
    "reference": (
        "event reference, accession, accession number, accession no, specimen id, specimen "
        "number, sample id, lab id, lab number, order number, order id, result id, referencia, id "
        "de muestra, numero de muestra, numero de orden"
    ),
    "program": "program name, program id, programa",
    "starts_on": (
        "starts, start date, start day, program start, enrolled on, enrollment date, enroll date, "
        "admission date, admitted on, admit date, fecha de inicio, inicio, fecha de inscripcion, "
        "fecha de ingreso, fecha de admision"
    ),
    "note": (
        "notes, comment, comments, remark, remarks, nota, notas, comentario, comentarios, observaciones"
    ),
    "evidence": "proof, lab report, report number, evidencia, comprobante",
    "quantity": (
        "hours, hours worked, steps, doses, amount of time, cantidad, horas, horas trabajadas, pasos, dosis"
    ),
    "minutes": (
        "minutes attended, session minutes, duration, duration minutes, duration in minutes, session length, "
        "minutos, minutos de asistencia, duracion, duracion en minutos"
    ),
    "participant": "",
    "enrollment": "enrollment id",
    "another": "",
    "corrects": "correction, corrected, correccion",
    "name": (
        "full name, patient name, client name, participant name, nombre, nombre completo, nombre del paciente"
    ),
    "given_name": "first name, given name, first, nombres, primer nombre",
    "family_name": "last name, family name, surname, last, apellido, apellidos",
    "phone": ("phone number, telephone, mobile, mobile phone, cell, cell phone, telefono, celular, movil"),
    "email": "e mail, email address, mail, correo, correo electronico",
    "language": "preferred language, idioma, idioma preferido",
}


class Heading(Struct, frozen=True):
    """The header of a table: its columns as they are named, what each is, and what else was found.

    `unknown` are columns that nobody has said anything of, `twice` those whose name stands there again.
    """

    names: tuple[str, ...]
    fields: tuple[Field | None, ...]
    unknown: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()

    @property
    def is_ours(self) -> bool:
        """Whether it is a file of refused lines, as the service writes them."""
        return set(NOTES) <= set(self.names)

    @property
    def have(self) -> frozenset[Field]:
        """What some column is."""
        return frozenset(field for field in self.fields if field is not None)


def plain_name(name: str) -> str:
    """A column's name without capitals, accents and signs: `Patient_ID ` is `patient id`."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", name_spelling(name)).split())


_OURS: Final = {plain_name(field): field for field in FIELDS}
_KNOWN: Final[dict[str, Field]] = {
    **{
        plain_name(word): field
        for field, words in _SYNONYMS.items()
        for word in words.split(",")
        if word.strip()
    },
    **_OURS,
}
_RANK: Final = {name: rank for rank, name in enumerate(_KNOWN)}


def field_of(name: str) -> Field | None:
    """What a column of this name usually is; none where no name is known."""
    return _KNOWN.get(plain_name(name))


def count_known(cells: Sequence[str], mapping: Mapping) -> int:
    """How many cells of a row are names of columns: a header has several."""
    chosen = {plain_name(column.name) for column in mapping.columns}
    plain = {plain_name(cell) for cell in cells} - {""}
    return len(plain & (_KNOWN.keys() | chosen | set(NOTES)))


def heading_of(cells: Sequence[str], mapping: Mapping) -> Heading:
    """What the columns of a header are: as somebody has chosen, else by their names.

    Of two columns that could be the same, the one with our own name is it, or else the likelier.
    """
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    chosen = {plain_name(column.name): column.field for column in mapping.columns}
    taken = {field for field in chosen.values() if field is not None}
    fields: list[Field | None] = [chosen.get(plain_name(name)) for name in names]
    open_places = [
        place
        for place, name in enumerate(names)
        if name and plain_name(name) not in chosen and name not in NOTES
    ]
    for place in sorted(
        open_places, key=lambda at: (plain_name(names[at]) not in _OURS, _RANK.get(plain_name(names[at]), 0))
    ):
        field = field_of(names[place])
        if field is not None and (field not in taken or names[place] in names[:place]):
            fields[place] = field
            taken.add(field)
    fields = _without_people(_of_dates(names, fields, open_places), mapping)
    left = [names[place] for place in open_places if fields[place] is None]
    similar = [name for name in left if field_of(name) in taken]
    unknown = [name for name in left if name not in similar] if mapping.others == "refused" else []
    over = [
        name for place, name in enumerate(names) if fields[place] is None and name not in (*unknown, *NOTES)
    ]
    twice = tuple(
        dict.fromkeys(
            name
            for place, name in enumerate(names)
            if fields[place] is not None and fields[place] in fields[:place]
        )
    )
    return Heading(tuple(names), tuple(fields), tuple(dict.fromkeys(unknown)), tuple(over), twice)


def _without_people(fields: list[Field | None], mapping: Mapping) -> list[Field | None]:
    """Where something happened, what is said of a person beside it is not read."""
    if _is_of_people({field for field in fields if field is not None}, mapping):
        return fields
    return [None if field in PEOPLE else field for field in fields]


def _of_dates(
    names: Sequence[str], fields: list[Field | None], open_places: Sequence[int]
) -> list[Field | None]:
    """A column of times without one of dates is the whole time."""
    if "occurred_at" in fields or "time_of_day" not in fields:
        return fields
    place = fields.index("time_of_day")
    if place not in open_places or plain_name(names[place]) == "time of day":
        return fields
    return [*fields[:place], "occurred_at", *fields[place + 1 :]]


def is_of_people(heading: Heading, mapping: Mapping) -> bool:
    """Whether a table is one of people alone: it names them, and says nothing that happened."""
    return _is_of_people(heading.have, mapping)


def _is_of_people(have: AbstractSet[Field], mapping: Mapping) -> bool:
    have = have | mapping.constants.keys()
    return "participant_reference" in have and not have & (WHAT | {"outcome", "occurred_at", "time_of_day"})


def judge_heading(heading: Heading, mapping: Mapping) -> Refused | None:
    """Why a table with these columns cannot be brought in; none where it can."""
    have = heading.have | mapping.constants.keys()
    plain = {plain_name(name) for name in heading.names}
    absent = [one.name for one in mapping.columns if one.field and plain_name(one.name) not in plain]
    of_people = is_of_people(heading, mapping)
    known = tuple(sorted(ABOUT_PEOPLE if of_people else set(FIELDS) - PEOPLE))
    if absent:
        return refused("invalid.column_absent", column=absent[0], columns=heading.names)
    if heading.twice:
        return refused("invalid.column_named_twice", column=heading.twice[0])
    if len(heading.unknown) == 1:
        return refused("invalid.column_unknown", column=heading.unknown[0], known=known)
    if heading.unknown:
        return refused("invalid.columns_unknown", columns=heading.unknown, known=known)
    if of_people or ({"outcome", "occurred_at"} <= have and have & WHOM and have & WHAT):
        return None
    return refused("invalid.columns_missing")


def columns_of(heading: Heading) -> tuple[Column, ...]:
    """What every column of a header is, as a mapping says it."""
    return tuple(
        Column(name, field)
        for name, field in dict(zip(heading.names, heading.fields, strict=True)).items()
        if name and name not in NOTES
    )


def as_field(text: str) -> Field | None:
    """One of our fields by its name; none where there is no such."""
    return text if text in FIELDS else None
