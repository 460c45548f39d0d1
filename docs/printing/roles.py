"""The table of who may call what."""

from typing import Final, get_args

from schemas.people import Role
from service.web.api.routes import ROUTES

_ROLES: Final[tuple[Role, ...]] = get_args(Role)


def roles() -> str:
    """Every route of the contract that asks for a key, with the roles that it takes."""
    head = " | ".join(f"`{role}`" for role in _ROLES)
    lines = [f"| call | {head} |", f"|---|{'---|' * len(_ROLES)}"]
    for route in ROUTES:
        if route.roles and route.shown:
            marks = " | ".join("yes" if role in route.roles else "" for role in _ROLES)
            lines.append(f"| `{route.method} {route.path}` | {marks} |")
    return "\n".join(lines)
