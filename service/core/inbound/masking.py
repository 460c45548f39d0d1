"""A message without what tells who somebody is, for whoever looks why it waits: numbers stay, names go.

What cannot be read cannot be masked: then nothing of it is shown until somebody asks for the whole.
"""

import re
from typing import Any, Final

import msgspec

MASK: Final = "•••"
KEPT: Final[dict[str, frozenset[int]]] = {
    "PID": frozenset({1, 2, 3, 4, 18, 29, 30}),
    "PD1": frozenset(),
    "MRG": frozenset({1, 2, 3, 4}),
    "NK1": frozenset({1}),
    "GT1": frozenset({1}),
    "IN1": frozenset({1}),
    "IN2": frozenset(),
    "ACC": frozenset(),
    "CON": frozenset({1}),
    "NTE": frozenset({1, 2}),
    "ZPD": frozenset(),
}
"""The fields that stay of each segment of HL7 that tells of people; of the others all do but long texts."""
LONG_TEXTS: Final = frozenset({"TX", "FT", "ED", "RP"})
"""Types of OBX-5 that may tell anything."""
VALUE: Final = 4
"""Where OBX-5 stands, counted from OBX-1 as 0."""
WHO: Final = frozenset(
    [
        "name",
        "names",
        "given",
        "family",
        "prefix",
        "suffix",
        "firstname",
        "lastname",
        "middlename",
        "fullname",
        "patientname",
        "displayname",
        "mothersmaidenname",
        "birthdate",
        "dob",
        "dateofbirth",
        "birthday",
        "birthplace",
        "address",
        "addresses",
        "street",
        "line",
        "city",
        "district",
        "zip",
        "zipcode",
        "postalcode",
        "telecom",
        "phone",
        "phones",
        "telephone",
        "mobile",
        "cell",
        "fax",
        "email",
        "mail",
        "ssn",
        "socialsecurity",
        "nationalid",
        "photo",
        "contact",
        "contacts",
        "nextofkin",
        "guarantor",
        "emergencycontact",
        "insurance",
        "note",
        "notes",
        "comment",
        "comments",
        "annotation",
        "narrative",
        "div",
    ]
)
"""Names of fields that tell who somebody is, or anything, as they are compared: in small letters alone."""
_LETTERS = re.compile(r"[^a-z0-9]")


def masked(body: bytes, *, is_hl7: bool) -> str | None:
    """A message with names, births, addresses and free texts left out; None where it cannot be read."""
    try:
        return _er7(body.decode("utf-8", "replace")) if is_hl7 else _json(body)
    except (msgspec.DecodeError, RecursionError):
        return None


def _er7(text: str) -> str | None:
    lines = [line for line in re.split(r"[\r\n\x0b\x1c]+", text) if line.strip()]
    if not lines or not lines[0].startswith("MSH") or len(lines[0]) < len("MSH|"):
        return None
    separator = lines[0][3]
    return "\n".join(_segment(line, separator) for line in lines)


def _segment(line: str, separator: str) -> str:
    name, *fields = line.split(separator)
    kept = KEPT.get(name)
    if kept is not None:
        fields = [one if number in kept or not one else MASK for number, one in enumerate(fields, 1)]
    elif name == "OBX" and fields[1:2] and fields[1] in LONG_TEXTS:
        fields[VALUE:] = [MASK if one else one for one in fields[VALUE : VALUE + 1]] + fields[VALUE + 1 :]
    return separator.join([name, *fields])


def _json(body: bytes) -> str:
    tree = msgspec.json.decode(body)
    return msgspec.json.format(msgspec.json.encode(_without(tree)), indent=2).decode()


def _without(value: Any) -> Any:  # noqa: ANN401  any JSON
    match value:
        case dict():
            return {name: MASK if _tells(name, part) else _without(part) for name, part in value.items()}
        case list():
            return [_without(part) for part in value]
        case _:
            return value


def _tells(name: str, part: object) -> bool:
    return part not in (None, "", [], {}) and _LETTERS.sub("", name.lower()) in WHO
