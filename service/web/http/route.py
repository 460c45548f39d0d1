"""A route: its method and path, who may take it, what it reads and what it answers.

`@route(...)` turns a handler into a `Route` value; nothing is registered by importing. The handler's own
signature says the rest: parameters named in the path are read from it, `asked` is the query's shape and
`body` the body's.
"""

import inspect
import re
import typing
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, Literal

from schemas.keys import Scope
from schemas.people import Role
from schemas.problem import Code
from service.web.http.answers import Answer
from service.web.http.disclosing import OF_PEOPLE, names_people
from service.web.http.scopes import ASKED_AGAIN, scope_of

Method = Literal["GET", "POST", "PATCH", "DELETE"]
Handler = Callable[..., Awaitable[Answer]]

EVERYONE: Final[frozenset[Role]] = frozenset({"front_desk", "clinician", "manager", "auditor", "integration"})
DESK: Final[frozenset[Role]] = frozenset({"front_desk", "clinician", "manager"})
RECORDERS: Final[frozenset[Role]] = frozenset({*DESK, "integration"})
READERS: Final[frozenset[Role]] = frozenset({*DESK, "auditor"})
CLINICIANS: Final[frozenset[Role]] = frozenset({"clinician", "manager"})
MANAGERS: Final[frozenset[Role]] = frozenset({"manager"})
AUDITORS: Final[frozenset[Role]] = frozenset({"auditor", "manager"})
OPEN: Final[frozenset[Role]] = frozenset()
"""Nobody is asked for a key: health, metrics and the contract itself."""

JSON_BODY: Final = ("application/json",)


@dataclass(frozen=True, slots=True)
class Route:
    """One method of one path, with everything that the gateway, the contract and the tests need to know."""

    handler: Handler
    method: Method
    path: str
    name: str
    roles: frozenset[Role]
    summary: str
    says: str
    tag: str
    answer: object
    statuses: tuple[int, ...]
    refusals: tuple[Code, ...]
    reads: tuple[str, ...]
    shape: Any
    answer_media: str
    key_required: bool
    bodiless: bool
    tagged: bool
    edits: bool
    large: bool
    shown: bool
    speaks: bool
    events: dict[str, Any]
    discloses: bool
    scope: Scope | None
    asks_again: bool
    path_types: dict[str, object]
    asked_type: type[Any] | None
    body_type: Any

    @property
    def is_list(self) -> bool:
        """Whether it answers with pages."""
        return self.asked_type is not None and "cursor" in self.asked_type.__struct_fields__


# long: each argument and each field is one line of the contract
def route(
    method: Method,
    path: str,
    name: str,
    *,
    roles: frozenset[Role],
    answer: object,
    statuses: tuple[int, ...] = (200,),
    refusals: tuple[Code, ...] = (),
    reads: tuple[str, ...] = JSON_BODY,
    shape: Any = None,  # noqa: ANN401  any type that msgspec describes
    answer_media: str = "application/json",
    key_required: bool = False,
    bodiless: bool = False,
    tagged: bool = False,
    edits: bool = False,
    large: bool = False,
    shown: bool = True,
    speaks: bool = False,
    events: dict[str, Any] | None = None,
    scope: Scope | None = None,
    asks_again: bool = False,
) -> Callable[[Handler], Route]:
    """Make a handler a route; its docstring's first line is the summary, and `name` the operation's id.

    `shape` describes a body that the handler takes as bytes, `tagged` answers carry an ETag, `edits`
    demands If-Match, `bodiless` may come without a body, `large` takes REQUEST_BYTES_MAX, `speaks` heeds
    Accept-Language, and `shown` puts it into the contract. `events` are the names and shapes of what a
    stream sends; it goes on after `Last-Event-ID`. `scope` is what a key needs, where it is another than its
    resource and method say. A route that `asks_again` is taken by a member of staff only after showing their
    password or second factor; those of `ASKED_AGAIN` are anyway.
    """

    def made(handler: Handler) -> Route:
        hints = typing.get_type_hints(handler, include_extras=True)
        names = list(inspect.signature(handler).parameters)[1:]
        tag = handler.__module__.rsplit(".", 1)[-1]
        in_path = re.findall(r"\{([a-z_]+)\}", path)
        summary, _, says = inspect.cleandoc(handler.__doc__ or "").partition("\n")
        needed = None if roles is OPEN else scope or scope_of(tag, method)
        return Route(
            handler=handler,
            method=method,
            path=path,
            name=name,
            roles=roles,
            summary=summary,
            says=says.strip(),
            tag=tag,
            answer=answer,
            statuses=statuses,
            refusals=refusals,
            reads=reads,
            shape=hints.get("body") if shape is None else shape,
            answer_media=answer_media,
            key_required=key_required,
            bodiless=bodiless,
            tagged=tagged,
            edits=edits,
            large=large,
            shown=shown,
            speaks=speaks,
            events=events or {},
            discloses=roles is not OPEN
            and (not OF_PEOPLE.isdisjoint(in_path) or names_people([answer, *(events or {}).values()])),
            scope=needed,
            asks_again=asks_again or needed in ASKED_AGAIN,
            path_types={name: hints[name] for name in in_path},
            asked_type=hints["asked"] if "asked" in names else None,
            body_type=hints["body"] if "body" in names else None,
        )

    return made
