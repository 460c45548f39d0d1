"""FHIR searches: what a query asks for, refused where it asks for what is not supported, and what fits it.

A filter that is not known would widen what is disclosed, so it is refused unless the caller says
`Prefer: handling=lenient` (https://hl7.org/fhir/R4/search.html#errors).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time, tzinfo
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from schemas import fhir
from schemas.ids import Id
from service.core.calendar import day_end
from service.core.cursors import LIMIT, LIMIT_MAX
from service.core.fhir.moments import EARLIEST, LATEST, Bound, bound_of
from service.core.refusals import Fault, Refused, fault, invalid

Kind = Literal["Patient", "Observation", "Encounter", "CarePlan", "Account", "ChargeItem"]
"""A type of resource that can be read and searched."""

PERSON: Final = ("patient", "subject", "patient.identifier", "subject.identifier")
PARAMETERS: Final[dict[Kind, tuple[str, ...]]] = {
    "Patient": ("_id", "_lastUpdated", "identifier"),
    "Observation": (
        "_id", "_lastUpdated", *PERSON, "identifier", "date", "code", "category", "status", "value-concept",
    ),
    "Encounter": ("_id", "_lastUpdated", *PERSON, "identifier", "date", "type", "status"),
    "CarePlan": ("_id", "_lastUpdated", *PERSON, "date", "status", "instantiates-uri"),
    "Account": ("_id", *PERSON, "type"),
    "ChargeItem": ("_id", "_lastUpdated", *PERSON, "occurrence", "code"),
}  # fmt: skip  # table: a line for each resource
"""What each type can be searched by."""
DATES: Final = frozenset({"date", "occurrence", "_lastUpdated"})
TOKENS: Final = frozenset({"code", "category", "status", "value-concept", "type", "instantiates-uri"})
PAGING: Final = frozenset({"_count", "_cursor"})
OUTPUT: Final[dict[str, frozenset[str]]] = {
    "_format": frozenset({"json", "application/json", "application/fhir+json", "text/json"}),
    "_pretty": frozenset({"true", "false"}),
    "_total": frozenset({"none"}),
    "_summary": frozenset({"false"}),
}
"""Parameters that change nothing, with the values that they may have."""
VALUES_MAX: Final = 20
VALUE_MAX: Final = 1000
"""How long a value is at most, in characters."""
_FIELDS: Final = {
    "subject": "patient",
    "identifier": "number",
    "patient.identifier": "person_number",
    "subject.identifier": "person_number",
}
"""What parameters ask for the same, by the field that they fill."""
_REPEATED: Final = DATES | TOKENS
"""Parameters that may come several times, all of which must fit."""
CURSOR: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")


class Token(Struct, frozen=True):
    """A code, with its system where that was said; an empty system is that of codes without one."""

    system: str | None
    code: str

    def fits(self, coded: fhir.Coding | fhir.Number) -> bool:
        """Whether a code or a number is meant."""
        code = coded.value if isinstance(coded, fhir.Number) else coded.code
        return (not self.code or code == self.code) and (
            self.system is None or (coded.system or "") == self.system
        )


class Search(Struct, frozen=True):
    """What a search asks for: each value of `dates` and `tokens` must fit, by any of its alternatives."""

    kind: Kind
    ids: tuple[str, ...] | None = None
    person: Id | None = None
    """Whose resources alone."""
    person_number: Token | None = None
    """Whose alone, by a number of theirs."""
    number: Token | None = None
    """The identifier of a patient, or the reference of an event."""
    dates: tuple[tuple[str, tuple[Bound, ...]], ...] = ()
    tokens: tuple[tuple[str, tuple[Token, ...]], ...] = ()
    zone: tzinfo = UTC
    count: int = LIMIT
    cursor: str | None = None
    applied: tuple[tuple[str, str], ...] = ()
    """The parameters that were heeded, for the addresses of its pages."""

    @property
    def updated(self) -> tuple[datetime, datetime] | None:
        """Between which moments what is asked for was last changed, as far as that is bounded."""
        return self.between("_lastUpdated")

    def between(self, parameter: str) -> tuple[datetime, datetime] | None:
        """Between which moments all lies that a date parameter can fit, where it is asked for."""
        each = [bounds for name, bounds in self.dates if name == parameter]
        bounds = [of_one[0] for of_one in each if len(of_one) == 1]
        if not bounds:
            return None
        lows = [one.low for one in bounds if one.prefix in {"gt", "ge", "eq", "sa"}]
        highs = [one.high for one in bounds if one.prefix in {"lt", "le", "eq", "eb"}]
        return max([EARLIEST, *lows]), min([LATEST, *highs])


def read_search(
    kind: Kind, pairs: Sequence[tuple[str, str]], zone: tzinfo, *, lenient: bool = False
) -> Search | Refused:
    """What a query asks for; dates without a zone are the clinic's own."""
    known = {*PARAMETERS[kind], *PAGING, *OUTPUT}
    asked = Search(kind, zone=zone)
    seen: set[str] = set()
    for name, text in pairs:
        if name not in known:
            if lenient:
                continue
            names = ", ".join(sorted({*PARAMETERS[kind], "_count"}))
            return invalid(fault(name[:64], "fhir.parameter", kind=kind, names=names))
        if "\0" in text or len(text) > VALUE_MAX:
            return invalid(fault(name, "fhir.value"))
        part = _read(name, text, asked)
        if isinstance(part, Fault):
            return invalid(part)
        field = _FIELDS.get(name, name)
        if field in seen and field not in _REPEATED:
            return invalid(fault(name, "fhir.twice"))
        seen.add(field)
        asked = part if name == "_cursor" else replace(part, applied=(*part.applied, (name, text)))
    return asked


def _read(name: str, text: str, asked: Search) -> Search | Fault:
    """A search with one parameter's value, or what is wrong with it."""
    if name in OUTPUT:
        is_known = text.split(";", 1)[0].strip().lower() in OUTPUT[name]
        return asked if is_known else fault(name, "fhir.choice", names=", ".join(sorted(OUTPUT[name])))
    if name == "_count":
        is_count = re.fullmatch("[0-9]{1,9}", text) is not None and int(text) > 0
        return replace(asked, count=min(int(text), LIMIT_MAX)) if is_count else fault(name, "fhir.count")
    if name == "_cursor":
        return replace(asked, cursor=text) if CURSOR.fullmatch(text) else fault(name, "invalid.cursor")
    if name in {"patient", "subject"}:
        ending = text.removeprefix("Patient/")
        return replace(asked, person=Id(ending)) if _UUID.fullmatch(ending) else fault(name, "fhir.person")
    if name == "identifier" or name.endswith(".identifier"):
        if not text.strip("|"):
            return fault(name, "fhir.value")
        return replace(asked, **{_FIELDS[name]: _token(text)})
    return _read_several(name, text, asked)


def _read_several(name: str, text: str, asked: Search) -> Search | Fault:
    """A search with one parameter of which any of several values fits."""
    parts = [part for part in text.split(",") if part]
    if not parts or len(parts) > VALUES_MAX:
        return fault(name, "fhir.values", most=VALUES_MAX)
    if name == "_id":
        return replace(asked, ids=tuple(parts))
    if name in TOKENS:
        return replace(asked, tokens=(*asked.tokens, (name, tuple(_token(part) for part in parts))))
    bounds = [bound_of(part, asked.zone) for part in parts]
    known = tuple(one for one in bounds if one is not None)
    if len(known) < len(bounds):
        return fault(name, "fhir.when")
    return replace(asked, dates=(*asked.dates, (name, known)))


def _token(text: str) -> Token:
    system, bar, code = text.partition("|")
    return Token(system, code) if bar else Token(None, text)


def fits(search: Search, resource: fhir.Resource) -> bool:
    """Whether a resource is one that a search asks for; whose it is was asked for before."""
    if search.ids is not None and resource.id not in search.ids:
        return False
    number = search.number
    if number is not None and not any(map(number.fits, getattr(resource, "identifier", ()))):
        return False
    coded = _coded(resource)
    if not all(any(one.fits(code) for one in each for code in coded[name]) for name, each in search.tokens):
        return False
    times = _times(resource, search.zone)
    return all(any(one.holds(*times[name]) for one in each) for name, each in search.dates)


def _coded(resource: fhir.Resource) -> Mapping[str, Sequence[fhir.Coding]]:
    """The codes of a resource, by the parameter that asks for them."""
    match resource:
        case fhir.Observation():
            return {
                "code": resource.code.coding,
                "category": _all(resource.category),
                "status": (fhir.Coding(code=resource.status),),
                "value-concept": resource.value_codeable_concept.coding,
            }
        case fhir.Encounter():
            return {"type": _all(resource.type), "status": (fhir.Coding(code=resource.status),)}
        case fhir.CarePlan():
            uris = tuple(fhir.Coding(code=one) for one in resource.instantiates_uri)
            return {"status": (fhir.Coding(code=resource.status),), "instantiates-uri": uris}
        case fhir.Account():
            return {"type": resource.type.coding}
        case fhir.ChargeItem():
            return {"code": resource.code.coding}
        case _:
            return {}


def _all(concepts: Iterable[fhir.CodeableConcept]) -> tuple[fhir.Coding, ...]:
    return tuple(one for concept in concepts for one in concept.coding)


def _times(resource: fhir.Resource, zone: tzinfo) -> Mapping[str, tuple[datetime, datetime]]:
    """The moments and periods of a resource, by the parameter that asks for them."""
    updated = resource.meta.last_updated or EARLIEST
    times = {"_lastUpdated": (updated, updated)}
    match resource:
        case fhir.Observation():
            at = resource.effective_date_time
            return {**times, "date": (at, at)}
        case fhir.Encounter():
            at = resource.period.start or EARLIEST
            return {**times, "date": (at, at)}
        case fhir.ChargeItem():
            at = resource.occurrence_date_time
            return {**times, "occurrence": (at, at)}
        case fhir.CarePlan():
            start, end = resource.period.start, resource.period.end
            low = EARLIEST if start is None else datetime.combine(start, time(), zone)
            high = LATEST if end is None else day_end(end, zone)
            return {**times, "date": (low, high)}
        case _:
            return times
