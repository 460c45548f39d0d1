"""The demo's staff: one member a role and a second manager, with names and passwords that are made up."""

from typing import Final
from uuid import UUID

from msgspec import Struct

from schemas.staff import NewStaff, StaffRole
from service.core.refusals import Refused
from service.flows.access.staff import create_staff
from service.flows.perform import Act, Done

STAFF: Final[tuple[tuple[StaffRole, str, str], ...]] = (
    ("manager", "manager@example.org", "Maya Lindqvist"),
    ("clinician", "clinician@example.org", "Daniel Okafor"),
    ("front_desk", "front.desk@example.org", "Rosa Delgado"),
    ("auditor", "auditor@example.org", "Priya Raman"),
    # What one manager proposes takes another.
    ("manager", "second.manager@example.org", "Samuel Ortega"),
)


class DemoStaff(Struct, frozen=True):
    """A member of the demo's staff, and how they sign in."""

    email: str
    password: str
    role: StaffRole
    name: str
    id: UUID | None = None


async def hire(act: Act) -> Done[tuple[DemoStaff, ...]] | Refused:
    """Create everybody on the staff."""
    hired: list[DemoStaff] = []
    for role, email, name in STAFF:
        made = await create_staff(act, NewStaff(email, role, name))
        if isinstance(made, Refused):
            return made
        hired.append(DemoStaff(made.value.email, made.value.password or "", role, name, made.value.id))
    return Done(tuple(hired))
