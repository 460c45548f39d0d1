"""Examples of guardians' consents and of the rules of who needs one, for the contract."""

from datetime import date
from typing import Final

from msgspec import Struct

from schemas.guardians import (
    GuardianConsent,
    GuardianConsents,
    GuardianRule,
    GuardianRules,
    NewGuardianConsent,
    NewGuardianRule,
)
from service.web.contract.samples import AT, PROGRAM_NAME, sample_id

CONSENT, RULE, PERSON, MANAGER = map(sample_id, (47, 48, 2, 7))

BODIES: Final[dict[str, dict[str, object]]] = {
    "set_guardian_rule": {
        "a program for adolescents": NewGuardianRule("everybody", PROGRAM_NAME),
        "the clinic's own": NewGuardianRule("minors"),
    },
    "record_guardian_consent": {
        "a mother": NewGuardianConsent("Ana Lopez", "parent", date(2026, 3, 2)),
    },
}
"""Bodies of requests, by operation."""

_CONSENT: Final = GuardianConsent(CONSENT, PERSON, "Ana Lopez", "parent", date(2026, 3, 2), AT, MANAGER)
_RULE: Final = GuardianRule(RULE, "everybody", AT, MANAGER, PROGRAM_NAME)

ANSWERS: Final[dict[type[Struct], Struct]] = {
    GuardianConsent: _CONSENT,
    GuardianConsents: GuardianConsents((_CONSENT,)),
    GuardianRule: _RULE,
    GuardianRules: GuardianRules((_RULE,)),
}
"""Answers, by their shape."""
