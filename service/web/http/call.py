"""One API request: the caller, the idempotency key, and the answer to an operation's outcome."""

import re
from collections.abc import Awaitable, Callable
from hashlib import blake2b
from typing import Any, Final, TypeVar, cast
from urllib.parse import urlencode

import msgspec
from litestar.types import Scope
from msgspec import UNSET

from schemas.people import Language
from service.core.actors import Actor
from service.core.refusals import Refused, refused
from service.flows.batcher import Line
from service.flows.perform import Act, Again, Done, Made, Once, perform
from service.flows.shown_once import shown_once
from service.web.http.answers import Answer, Header, as_json, refusal_answer
from service.web.http.client_address import address_of
from service.web.http.context import RequestContext, line_of
from service.web.http.keyring import Caller
from service.web.http.resources import Resources
from service.web.http.route import Route
from service.web.http.speaking import wanted_of

T = TypeVar("T")
Operation = Callable[[Act], Awaitable[Done[T] | Refused]]

NO_STORE: Final[Header] = (b"cache-control", b"no-store")
STATUSES: Final[dict[Made, int]] = {"created": 201, "proposed": 202}
BEARER: Final = b"bearer "
REPLAYED: Final[Header] = (b"idempotent-replayed", b"true")
SHOWN_BEFORE: Final[Header] = (b"secret-shown-before", b"true")
_TAG = re.compile(r'"([1-9][0-9]{0,9})\.[0-9a-f]{16}"')
_TAGS = re.compile(r'\s*(?:W/)?"[!#-~]*"\s*(?:,\s*(?:W/)?"[!#-~]*"\s*)*')

_encode = msgspec.json.Encoder().encode


class Call:
    """A request as its handler sees it, besides the shapes in the handler's own signature."""

    __slots__ = (
        "actor",
        "asked",
        "body",
        "caller",
        "context",
        "headers",
        "key",
        "media",
        "path",
        "query",
        "resources",
        "route",
        "scope",
    )

    def __init__(
        self, resources: Resources, route: Route, context: RequestContext, path: str, headers: list[Header]
    ) -> None:
        """Take what is known before anything is read; the rest is set as it is read."""
        self.resources = resources
        self.route = route
        self.context = context
        self.path = path
        self.headers = headers
        self.query = b""
        self.body = b""
        self.media = ""
        self.key: str | None = None
        self.asked: object = None
        self.actor = cast("Actor", context.actor)
        self.caller: Caller | None = None
        self.scope: Scope | None = None

    def header(self, name: bytes) -> str | None:
        """A request header's text; several of one name are one, joined by commas (RFC 9110, 5.3)."""
        values = [value for found, value in self.headers if found == name]
        return b", ".join(values).decode("latin-1") if values else None

    @property
    def bearer(self) -> str:
        """The key that the request was sent with, empty where there is none."""
        given = next((value for name, value in self.headers if name == b"authorization"), b"")
        return (
            given[len(BEARER) :].strip().decode("latin-1") if given[: len(BEARER)].lower() == BEARER else ""
        )

    @property
    def client(self) -> str:
        """The address that tries to sign in are counted under, `unknown` where there is none."""
        public_url = self.resources.settings.public_url
        return "unknown" if self.scope is None else address_of(self.scope, self.headers, public_url)

    @property
    def line(self) -> Line | None:
        """The way back to the client, where the server tells of it."""
        return None if self.scope is None else line_of(self.scope)

    @property
    def language(self) -> Language | None:
        """The language that the caller asks for, or None where the participant's own is meant."""
        wanted = self.header(b"accept-language")
        return None if wanted is None else wanted_of(wanted)

    def once(self, mark: str = "") -> Once | None:
        """The request's idempotency key with the digest of what it asks; `mark` tells steps of it apart."""
        if self.key is None:
            return None
        return Once.of(self.key + mark, self.route.method, self.path, self.query, self.body)

    def refuse(self, refusal: Refused, *headers: Header) -> Answer:
        """Answer with a refusal."""
        return refusal_answer(refusal, self.path, self.context.trace_id, *headers)

    async def perform(self, operation: Operation[T], place: Callable[[T], str] | None = None) -> Answer:
        """Run an operation and answer with its end; `place` gives the address of what was made."""
        done = await perform(self.resources.database, self.actor, operation, self.once())
        if isinstance(done, Refused):
            return self.refuse(done)
        headers: list[Header] = [NO_STORE]
        if isinstance(done, Again):
            body, revision = done.body, None
            headers.append(REPLAYED)
            if shown_once(self.route.answer):
                headers.append(SHOWN_BEFORE)
        else:
            body, revision = _encode(done.value), done.revision
            headers += self._next(done.value)
        if place is not None and done.made != "done":
            value = (
                done.value
                if isinstance(done, Done)
                else msgspec.json.decode(body, type=cast("type[T]", self.route.answer))
            )
            headers.append((b"location", place(value).encode("ascii")))
            if isinstance(done, Again) and self.route.tagged and done.made == "created":
                # As it was when it was made: a program's number is its version, anything else begins with 1.
                revision = getattr(value, "version", 1)
        if revision is not None:
            tag = f'"{revision}.{blake2b(body, digest_size=8).hexdigest()}"'
            headers.append((b"etag", tag.encode("ascii")))
            if self.route.method == "GET" and self._has(tag):
                return Answer(304, b"", headers)
        return as_json(body, STATUSES.get(done.made, 200), *headers)

    def _has(self, tag: str) -> bool:
        known = self.header(b"if-none-match")
        if known is None:
            return False
        return known.strip() == "*" or tag in re.findall(r'"[!#-~]*"', known)

    def _next(self, value: object) -> list[Header]:
        """The `Link` header of a page that is not the last (RFC 8288)."""
        cursor = getattr(value, "next_cursor", None)
        if cursor is None or self.asked is None:
            return []
        asked = cast("dict[str, Any]", msgspec.to_builtins(self.asked))
        given = {name: value for name, value in asked.items() if value is not None and value is not UNSET}
        query = urlencode({**given, "cursor": cursor})
        return [(b"link", f'<{self.path}?{query}>; rel="next"'.encode("ascii"))]

    def edited(
        self, read: Operation[Any], edit: Callable[[Act, int], Awaitable[Done[T] | Refused]]
    ) -> Operation[T]:
        """An edit of exactly the version that `If-Match` names (RFC 9110, 13.1.1)."""
        given = (self.header(b"if-match") or "").strip()

        async def operation(act: Act) -> Done[T] | Refused:
            if not given:
                return refused("precondition_required", "If-Match")
            if given != "*" and not _TAGS.fullmatch(given):
                return refused("malformed.if_match", "If-Match")
            # A tag's number is the version edited; the rest of it says how it looked, stock included.
            revisions = {int(found[1]) for tag in given.split(",") if (found := _TAG.fullmatch(tag.strip()))}
            if given != "*" and len(revisions) == 1:
                return await edit(act, revisions.pop())
            current = await read(act)
            if isinstance(current, Refused):
                return current
            if current.revision is None or (given != "*" and current.revision not in revisions):
                return refused("precondition_failed", "If-Match")
            return await edit(act, current.revision)

        return operation
