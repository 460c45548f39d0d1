"""Refusals as FHIR's OperationOutcome: under its base address everything is answered in FHIR's shapes."""

from typing import Final

import msgspec

from schemas import fhir
from schemas.problem import Code, Problem
from service.core.fhir.systems import REFUSAL

BASE: Final = "/fhir/R4"
FHIR_JSON: Final = b"application/fhir+json"
ISSUES: Final[dict[Code, str]] = {
    "invalid": "invalid",
    "malformed": "structure",
    "unauthenticated": "login",
    "key_expired": "expired",
    "not_found": "not-found",
    "unknown_participant": "not-found",
    "method_not_allowed": "not-supported",
    "not_acceptable": "not-supported",
    "unsupported_media_type": "not-supported",
    "forbidden": "forbidden",
    "scope_missing": "forbidden",
    "too_large": "too-long",
    "too_many_requests": "throttled",
    "unavailable": "transient",
    "clinic_moving": "transient",
    "idempotency_in_flight": "conflict",
    "internal": "exception",
}
"""FHIR's kind of issue for each code; for any other, that a rule of ours was not kept."""
UNPROCESSABLE: Final = 422
BAD_REQUEST: Final = 400

_encode = msgspec.json.Encoder().encode


def is_fhir(path: str) -> bool:
    """Whether a path lies under FHIR's base address."""
    return path == BASE or path.startswith(f"{BASE}/")


def outcome_of(said: Problem) -> tuple[int, bytes]:
    """A refusal as FHIR says it, and its status: what a search cannot mean is 400 there."""
    details = fhir.CodeableConcept((fhir.Coding(REFUSAL, said.code, said.title),), said.detail)
    places = tuple(one.pointer for one in said.errors)
    told = f"trace {said.trace_id}"
    issue = fhir.Issue("error", ISSUES.get(said.code, "business-rule"), details, told, places)
    status = BAD_REQUEST if said.status == UNPROCESSABLE else said.status
    return status, _encode(fhir.OperationOutcome((issue,)))
