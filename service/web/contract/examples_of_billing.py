"""Examples of service lines and billing rules, for the contract."""

from datetime import date
from typing import Final

from msgspec import Struct

from schemas.billing import BillingRule, BillingRulePage, NewBillingRule, ServiceLine, ServiceLinePage
from service.web.contract.samples import AT, PROGRAM_NAME, sample_id

RULE, EVENT, PERSON, MANAGER = map(sample_id, (44, 4, 2, 7))

BODIES: Final[dict[str, dict[str, object]]] = {
    "set_billing_rule": {
        "a negative test": NewBillingRule(
            PROGRAM_NAME, "stimulant-negative", date(2026, 1, 1), "negative", "H0048", "Z71.51"
        ),
        "nothing for it any more": NewBillingRule(PROGRAM_NAME, "stimulant-negative", date(2026, 7, 1)),
    },
}
"""Bodies of requests, by operation."""

_RULE: Final = BillingRule(
    RULE, PROGRAM_NAME, "stimulant-negative", date(2026, 1, 1), AT, MANAGER, "negative", "H0048", "Z71.51"
)
_LINE: Final = ServiceLine(
    EVENT,
    AT.date(),
    PERSON,
    "MRN-1024",
    "F7K-2Q",
    PROGRAM_NAME,
    "stimulant-negative",
    "H0048",
    "final",
    MANAGER,
    "Fay Desk",
    result="Z71.51",
)

ANSWERS: Final[dict[type[Struct], Struct]] = {
    BillingRule: _RULE,
    BillingRulePage: BillingRulePage((_RULE,)),
    ServiceLinePage: ServiceLinePage((_LINE,)),
}
"""Answers, by their shape."""
