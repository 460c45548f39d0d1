"""The code systems and addresses of meaning that our FHIR resources use; docs/fhir.md lists them."""

import re
from typing import Final

from schemas import fhir
from service.core.identifiers import OWN_SYSTEM

OUTCOME: Final = "urn:rewards:outcome"
TARGET: Final = "urn:rewards:target"
BEHAVIOR: Final = "urn:rewards:behavior"
PROGRAM: Final = "urn:rewards:program"
UNIT: Final = "urn:rewards:unit"
CAUSE: Final = "urn:rewards:cause"
REFUSAL: Final = "urn:rewards:refusal"
BALANCE: Final = "urn:rewards:balance"
EVENT_REFERENCE: Final = "urn:rewards:event-reference"
REFERENCE: Final = "urn:rewards:reference"
"""The clinic's own reference of somebody."""
NUMBER_OF: Final = "urn:rewards:number:"
"""Before the name of another system, where that name is no address by itself."""
SNOMED: Final = "http://snomed.info/sct"
CATEGORY: Final = "http://terminology.hl7.org/CodeSystem/observation-category"
ACT: Final = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
CONFIDENTIALITY: Final = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"

RESTRICTED: Final = (
    fhir.Coding(CONFIDENTIALITY, "R", "restricted"),
    fhir.Coding(ACT, "42CFRPart2", "42 CFR Part2"),
)
"""The labels of every resource: records of treatment under 42 CFR part 2."""

_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
"""What stands for itself in an address (RFC 3986, 2.3)."""
_ESCAPED = re.compile("%([0-9A-Fa-f]{2})")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+")


def system_uri(system: str) -> str:
    """The address of a numbering system, whose name may be a plain word such as `MRN`."""
    if system == OWN_SYSTEM:
        return REFERENCE
    return system if _ABSOLUTE.fullmatch(system) else NUMBER_OF + _escaped(system)


def system_named(uri: str) -> str:
    """The name of a numbering system, by its address or by the name itself."""
    if uri == REFERENCE:
        return OWN_SYSTEM
    return _plain(uri.removeprefix(NUMBER_OF)) if uri.startswith(NUMBER_OF) else uri


def _escaped(text: str) -> str:
    """A text as a part of an address, percent-encoded."""
    return "".join(one if one in _PLAIN else "".join(f"%{byte:02X}" for byte in one.encode()) for one in text)


def _plain(text: str) -> str:
    """The text that a part of an address stands for; what is not UTF-8 is nobody's number."""
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    try:
        return plain.encode("latin-1").decode()
    except UnicodeError:
        return text
