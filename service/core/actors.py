"""Who is acting: a key, a member of staff, or the service itself."""

from msgspec import Struct

from schemas.ids import Id
from schemas.people import Role


class Actor(Struct, frozen=True):
    """Someone who does or reads something in one clinic; a key acts as itself."""

    clinic: Id
    id: Id
    role: Role
