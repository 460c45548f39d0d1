"""Examples of members of staff for the contract."""

from typing import Final

from msgspec import Struct

from schemas.staff import (
    CreatedStaff,
    EndedSession,
    Invitation,
    NewProof,
    NewSession,
    NewStaff,
    OpenedStaffSession,
    Proved,
    Staff,
    StaffChange,
)
from service.web.contract.samples import AT, sample_id

STAFF: Final = sample_id(80)

BODIES: Final[dict[str, dict[str, object]]] = {
    "add_staff": {"at the desk": NewStaff("ana.ruiz@example.org", "front_desk", "Ana Ruiz")},
    "open_session": {"with a second factor": NewSession("ana.ruiz@example.org", "…", "123456")},
    "prove_session": {"by the password": NewProof("…")},
    "change_staff": {"a new role": StaffChange(role="clinician")},
}
"""Bodies of requests, by operation."""

ANSWERS: Final[dict[type[Struct], Struct]] = {
    Staff: Staff(STAFF, "ana.ruiz@example.org", "front_desk", "en", AT, "Ana Ruiz"),
    OpenedStaffSession: OpenedStaffSession(sample_id(81), "cms_AZ...", STAFF, "manager", AT),
    Proved: Proved(AT),
    EndedSession: EndedSession(sample_id(81)),
    CreatedStaff: CreatedStaff(
        STAFF,
        "ana.ruiz@example.org",
        "front_desk",
        "Ana Ruiz",
        None,
        Invitation(AT, "https://rewards.example.org/join/cmi_AZ..."),
    ),
}
"""Answers, by their shape."""
