"""Keys: how long they last, what they may do, and whose they can be."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, get_args

from schemas.keys import Scope
from schemas.people import Role
from schemas.staff import StaffRole

SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)
"""Everything that a key may do."""
DAYS: Final = 365
"""How long a key lasts that is issued without an end."""
DAYS_MAX: Final = 1826
"""How long it may last at most: five years."""

COVERS: Final[dict[StaffRole, frozenset[Role]]] = {
    "manager": frozenset({"front_desk", "clinician", "manager", "auditor", "integration"}),
    "clinician": frozenset({"front_desk", "clinician", "integration"}),
    "front_desk": frozenset({"front_desk", "integration"}),
    "auditor": frozenset({"auditor"}),
}
"""The roles of keys that somebody of a role can answer for: none may do more than they may themselves."""


def last_day(asked: date | None, today: date) -> date | None:
    """The last day of a key that is issued today; none where it lies behind, or too far ahead."""
    chosen = today + timedelta(days=DAYS) if asked is None else asked
    return chosen if today <= chosen <= today + timedelta(days=DAYS_MAX) else None


def in_order(scopes: Iterable[Scope]) -> tuple[Scope, ...]:
    """Scopes once each, in the order of the list."""
    wanted = set(scopes)
    return tuple(one for one in SCOPES if one in wanted)
