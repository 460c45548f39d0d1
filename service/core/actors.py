"""Who is acting: a key, a member of staff, or the service itself."""

from typing import Final, Literal

from msgspec import Struct

from schemas.ids import Id
from schemas.people import Role


class Actor(Struct, frozen=True):
    """Someone who does or reads something in one clinic; a key acts as itself.

    The role `system` is the service's own, and no key has it.
    """

    clinic: Id
    id: Id
    role: Role | Literal["system"]


SYSTEM: Final = Id(int=1)
"""Who acts when the service does something by itself: the same id in every clinic."""


def system(clinic: Id) -> Actor:
    """The service itself, in one clinic."""
    return Actor(clinic, SYSTEM, "system")
