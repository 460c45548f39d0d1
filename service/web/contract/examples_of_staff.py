"""Examples of members of staff for the contract."""

from typing import Final

from msgspec import Struct

from schemas.staff import CreatedStaff, NewStaff, Staff, StaffChange
from service.web.contract.samples import AT, sample_id

STAFF: Final = sample_id(80)

BODIES: Final[dict[str, dict[str, object]]] = {
    "add_staff": {"at the desk": NewStaff("ana.ruiz@example.org", "front_desk", "Ana Ruiz")},
    "change_staff": {"a new role": StaffChange(role="clinician")},
}
"""Bodies of requests, by operation."""

ANSWERS: Final[dict[type[Struct], Struct]] = {
    Staff: Staff(STAFF, "ana.ruiz@example.org", "front_desk", "en", AT, "Ana Ruiz"),
    CreatedStaff: CreatedStaff(STAFF, "ana.ruiz@example.org", "front_desk", "Ana Ruiz", "k7qmx-..."),
}
"""Answers, by their shape."""
