"""Who is acting: a key, a member of staff, or the service itself."""

from typing import Final, Literal

from msgspec import Struct

from schemas.ids import Id
from schemas.people import Role


class Actor(Struct, frozen=True):
    """Someone who does or reads something in one clinic; a key acts as itself.

    No key has the roles `participant`, somebody in care who is signed in, and `system`, the service itself.
    """

    clinic: Id
    id: Id
    role: Role | Literal["participant", "system"]


SYSTEM: Final = Id(int=1)
"""Who acts when the service does something by itself: the same id in every clinic."""


def system(clinic: Id) -> Actor:
    """The service itself, in one clinic."""
    return Actor(clinic, SYSTEM, "system")
