"""The demo's staff: one member a role, with a name and a password that is made up."""

from typing import Final

from msgspec import Struct

from schemas.staff import NewStaff, StaffRole
from service.core.refusals import Refused
from service.flows.access.staff import create_staff
from service.flows.perform import Act, Done

STAFF: Final[tuple[tuple[StaffRole, str], ...]] = (
    ("manager", "Maya Lindqvist"),
    ("clinician", "Daniel Okafor"),
    ("front_desk", "Rosa Delgado"),
    ("auditor", "Priya Raman"),
)


class DemoStaff(Struct, frozen=True):
    """A member of the demo's staff, and how they sign in."""

    email: str
    password: str
    role: StaffRole
    name: str


async def hire(act: Act) -> Done[tuple[DemoStaff, ...]] | Refused:
    """Create everybody on the staff."""
    hired: list[DemoStaff] = []
    for role, name in STAFF:
        made = await create_staff(act, NewStaff(f"{role.replace('_', '.')}@example.org", role, name))
        if isinstance(made, Refused):
            return made
        hired.append(DemoStaff(made.value.email, made.value.password or "", role, name))
    return Done(tuple(hired))
