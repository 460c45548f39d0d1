"""What this service can do in FHIR R4, as its CapabilityStatement says."""

from typing import Any, Final

from service.core.fhir.searching import DATES, PARAMETERS, Kind

READ: Final[frozenset[Kind]] = frozenset({"Patient", "Observation", "Encounter", "CarePlan", "Account"})
"""Types of which one is read by its id; credits are found by whose they are."""
SAYS: Final[dict[Kind, str]] = {
    "Patient": "A person in care; names and numbers for roles that may see them.",
    "Observation": "A recorded outcome, as it stands after its corrections.",
    "Encounter": "A session that somebody came to, or did not.",
    "CarePlan": "An enrollment with the program that it is in.",
    "Account": "What somebody has in one unit.",
    "ChargeItem": "What was credited to somebody, or taken back; nobody is billed for it.",
}


def capability_statement(base: str, version: str, published: str) -> dict[str, Any]:
    """The statement of one server, by its base address, its release and the day of that."""
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": published,
        "kind": "instance",
        "software": {"name": "Rewards", "version": version},
        "implementation": {"description": "Contingency management, read as FHIR R4.", "url": base},
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json"],
        "rest": [
            {
                "mode": "server",
                "documentation": "Read only. Events are recorded through the API, or by a source's messages.",
                "security": {
                    "cors": False,
                    "description": "A key, or a token of SMART Backend Services.",
                    "service": [
                        {
                            "coding": [
                                {
                                    "system": "http://terminology.hl7.org/CodeSystem/restful-security-service",
                                    "code": "SMART-on-FHIR",
                                }
                            ]
                        }
                    ],
                },
                "resource": [_resource(kind) for kind in PARAMETERS],
                "operation": [
                    {
                        "name": "export",
                        "definition": "http://hl7.org/fhir/uv/bulkdata/OperationDefinition/export",
                    }
                ],
            }
        ],
    }


def _resource(kind: Kind) -> dict[str, Any]:
    codes = ["read", "search-type"] if kind in READ else ["search-type"]
    return {
        "type": kind,
        "documentation": SAYS[kind],
        "interaction": [{"code": code} for code in codes],
        "versioning": "no-version",
        "searchParam": [{"name": name, "type": _type(name)} for name in PARAMETERS[kind]],
    }


def _type(name: str) -> str:
    if name in DATES:
        return "date"
    if name in {"patient", "subject"}:
        return "reference"
    if name == "instantiates-uri":
        return "uri"
    return "token"
