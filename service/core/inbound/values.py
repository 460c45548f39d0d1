"""What stands in a message, as text: of JSON, of HL7's components, and of FHIR's references and numbers."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from schemas.mapping import Places, Words
from service.core.inbound.paths import Part, first_at, values_at
from service.core.refusals import Fault, Refused, Value, fault, invalid

TEXT_SHOWN_MAX: Final = 64
"""How much of a word from a message is shown back to whoever looks at it, in characters."""


COMPARATORS: Final = frozenset({"<", ">", "<=", ">=", "="})
CODED: Final = ("c1", "c2", "c4", "c5")


class DoubtError(Exception):
    """Why a part of a message cannot be understood; `understand` turns it into a value."""

    def __init__(self, place: str, reason: str, **values: Value) -> None:
        """Name the place and the reason."""
        super().__init__(reason)
        self.refusal: Refused = invalid(fault(place, reason, **values))

    @classmethod
    def of(cls, refusal: Refused) -> "DoubtError":
        """Carry a refusal that is a value already."""
        made = cls("$", "message.word")
        made.refusal = refusal
        return made

    @property
    def fault(self) -> Fault:
        """The first fault."""
        return self.refusal.faults[0]


def is_there(value: Any) -> bool:  # noqa: ANN401  any JSON
    """Whether something stands there: not null, not blanks, not an empty list or object."""
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value not in ([], {})


def text_of(value: Any) -> str | None:  # noqa: ANN401  any JSON
    """The text of one value; None of a list or an object that has no first component."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return value.strip() or None
        case int():
            return str(value)
        case float():
            return f"{value:.0f}" if value.is_integer() else repr(value)
        case {"c1": str(sign), "c2": str(number)} if sign.strip() in COMPARATORS:
            # HL7's structured number (SN).
            return f"{sign.strip()}{number.strip()}"
        case {"c1": first} | {"s1": first}:
            # HL7: whoever asks for the whole means its first component.
            return text_of(first)
        case {"value": int() | float() as number} if not isinstance(number, bool):
            # FHIR's Quantity.
            return f"{value.get('comparator') or ''}{text_of(number)}"
        case [one]:
            return text_of(one) if isinstance(one, dict) and ("c1" in one or "s1" in one) else None
        case _:
            return None


def text_at(places: Places, part: Part) -> tuple[str, str | None]:
    """The text at the first place where something stands, with that place; None where nothing does."""
    place, found = first_at(places, part, is_there)
    if not found:
        return place, None
    texts = {text_of(one) for one in found}
    if None in texts:
        raise DoubtError(place, "message.not_a_value")
    if len(texts) > 1:
        raise DoubtError(place, "message.several_values", count=len(texts))
    return place, texts.pop()


def texts_at(places: Places, part: Part) -> tuple[str, list[str]]:
    """All texts at the first place where any stands: of a coded value its codes and their words."""
    place, found = first_at(places, part, lambda value: any(_texts(value)))
    return place, [text for one in found for text in _texts(one)]


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401  any JSON
    match value:
        case list():
            for one in value:
                yield from _texts(one)
            return
        case {"c1": str(sign)} if sign.strip() in COMPARATORS:
            parts = [value]
        case {"coding": _} | {"text": str()}:
            # FHIR's CodeableConcept.
            yield from _texts(value.get("coding"))
            parts = [value.get("text")]
        case {"code": str()}:
            parts = [value["code"], value.get("display")]
        case dict() if value.keys() & CODED:
            # HL7's coded value (CWE): a code and its words, and the same of another table.
            parts = [value.get(name) for name in CODED]
        case _:
            parts = [value]
    for part in parts:
        text = text_of(part)
        if text is not None:
            yield text


def word_of(words: Words | Mapping[str, str], text: str) -> str | None:
    """Our word for one of theirs, compared without regard to case."""
    return folded(words).get(text.strip().casefold())


def folded(words: Mapping[str, str]) -> dict[str, str]:
    """Words by how they are compared."""
    return {theirs.strip().casefold(): ours for theirs, ours in words.items()}


class Number(Struct, frozen=True):
    """A number of a person as a message has it: its value, and the systems that it may be of."""

    value: str
    systems: tuple[str, ...] = ()


def numbers_in(value: Any, whole: Any) -> Iterator[Number]:  # noqa: ANN401, C901  each form is one case
    """The numbers that a value names: plain text, HL7's CX, FHIR's Identifier, or a Reference to a person."""
    match value:
        case list():
            for one in value:
                yield from numbers_in(one, whole)
        case {"c1": number}:
            text = text_of(number)
            if text is not None:
                named = [text_of(value.get("c4")), _second(value.get("c4")), text_of(value.get("c5"))]
                yield Number(text, tuple(one for one in named if one))
        case {"resourceType": str(), "identifier": identifiers}:
            yield from numbers_in(identifiers, whole)
        case {"value": str(number)} if number.strip():
            coded = values_at("$.type.coding[*].code", Part(value, value))
            yield Number(number.strip(), tuple(str(one) for one in (value.get("system"), *coded) if one))
        case {"identifier": identifier} if is_there(identifier):
            yield from numbers_in(identifier, whole)
        case {"reference": str(reference)}:
            known = resource_of(reference, whole)
            if known is not None:
                yield from numbers_in(known, whole)
            else:
                kind, _, number = reference.rpartition("/")
                yield Number(number, (kind.rpartition("/")[2],) if kind else ())
        case _:
            text = text_of(value)
            if text is not None:
                yield Number(text)


def _second(authority: Any) -> str | None:  # noqa: ANN401  a component
    return text_of(authority.get("s2")) if isinstance(authority, dict) else None


def resource_of(reference: str, whole: Any) -> dict[str, Any] | None:  # noqa: ANN401  any JSON
    """The resource of the same message that a FHIR reference leads to."""
    if reference.startswith("#"):
        contained = values_at("$..contained[*]", Part(whole, whole))
        return next(
            (one for one in contained if isinstance(one, dict) and one.get("id") == reference[1:]), None
        )
    entries = whole.get("entry") if isinstance(whole, dict) else None
    for entry in entries if isinstance(entries, list) else ():
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if not isinstance(resource, dict):
            continue
        own = f"{resource.get('resourceType')}/{resource.get('id')}"
        if reference in {entry.get("fullUrl"), own} or reference.endswith(f"/{own}"):
            return resource
    return None
