"""A page: its method and path, who may open it, and the handler that renders it.

`@page(...)` turns a handler into a `Page` value, as `@route` does for the API; nothing is registered by
importing. Parameters named in the path are read from it, and `asked` is the query's shape. A handler of a
POST reads its form by `call.form.read(Shape)`: so a fault is shown at its field and nothing typed is lost.
"""

import inspect
import re
import typing
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, Literal

from schemas.people import Role
from service.web.http.answers import Answer
from service.web.http.route import AUDITORS, CLINICIANS, DESK, MANAGERS, READERS

PageMethod = Literal["GET", "POST"]
Who = Literal["anyone", "participant", "tablet", "front_desk", "clinician", "manager", "auditor"]
"""Who may open a page: a role of staff, somebody in care who is signed in, the clinic's tablet, or anyone."""
PageHandler = Callable[..., Awaitable[Answer]]

ANYONE: Final[frozenset[Who]] = frozenset({"anyone"})
PARTICIPANT: Final[frozenset[Who]] = frozenset({"participant"})
TABLET: Final[frozenset[Who]] = frozenset({"tablet"})


def staff(roles: frozenset[Role]) -> frozenset[Who]:
    """Those of an API route's roles that members of staff have."""
    return frozenset(role for role in roles if role != "integration")


AT_DESK: Final = staff(DESK)
CLINICAL: Final = staff(CLINICIANS)
MANAGING: Final = staff(MANAGERS)
READING: Final = staff(READERS)
SEEING: Final = staff(AUDITORS)
"""Who sees what only the manager and the auditor may see."""
CONSENTING: Final = staff(CLINICIANS | AUDITORS)


@dataclass(frozen=True, slots=True)
class Page:
    """One method of one path of the three faces."""

    handler: PageHandler
    method: PageMethod
    path: str
    who: frozenset[Who]
    path_types: dict[str, object]
    asked_type: type[Any] | None
    bytes_max: int
    asks_again: bool

    @property
    def name(self) -> str:
        """The page as a reader of the tests would name it."""
        return f"{self.method} {self.path}"


FORM_BYTES_MAX: Final = 64 * 1024
"""The largest form, in bytes, where a page does not say otherwise."""


def page(
    method: PageMethod,
    path: str,
    *,
    who: frozenset[Who],
    bytes_max: int = FORM_BYTES_MAX,
    asks_again: bool = False,
) -> Callable[[PageHandler], Page]:
    """Make a handler a page; one that `asks_again` changes who may come in, or a secret."""

    def made(handler: PageHandler) -> Page:
        hints = typing.get_type_hints(handler, include_extras=True)
        names = re.findall(r"\{([a-z_]+)\}", path)
        asked = "asked" in inspect.signature(handler).parameters
        return Page(
            handler=handler,
            method=method,
            path=path,
            who=who,
            path_types={name: hints[name] for name in names},
            asked_type=hints["asked"] if asked else None,
            bytes_max=bytes_max,
            asks_again=asks_again,
        )

    return made
