"""One request for a page on its way through its handler: who asks, how it is said, how it is answered."""

import hmac
import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import cached_property
from typing import Final, TypeVar, cast
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

import msgspec

from schemas.people import Language
from service.core.access.sessions import Session
from service.core.actors import Actor
from service.core.refusals import Refused, invalid
from service.flows.access.sessions import find_session
from service.flows.perform import Act, Done, Once, perform
from service.web.http import cookies
from service.web.http.answers import MEANINGS, Answer, Header
from service.web.http.call import NO_STORE
from service.web.http.context import RequestContext
from service.web.http.cookies import Cookies
from service.web.http.decoding import far_years, fault_of
from service.web.http.resources import Resources
from service.web.pages.framework.page import Page
from service.web.pages.framework.render import Voice, render

T = TypeVar("T")
S = TypeVar("S", bound=msgspec.Struct)

HTML: Final = b"text/html; charset=utf-8"
UTC_ZONE: Final = ZoneInfo("UTC")
OURS: Final = re.compile(r"/(?![/\\])[!-~]*")
"""A path of ours: browsers read a backslash as a slash, and two slashes name another host."""
FIELDS_MAX: Final = 2000
"""How many fields a form may have."""


class PageCall:
    """What a page's handler is given."""

    def __init__(
        self, resources: Resources, page: Page, context: RequestContext, path: str, headers: list[Header]
    ) -> None:
        """Take what is known before anything is read."""
        self.resources = resources
        self.page = page
        self.context = context
        self.path = path
        self.headers = headers
        self.query = b""
        self.place = "unknown"
        """Where it comes from: what tries at signing in are counted under."""
        self.form: dict[str, list[str]] = {}
        self.to_approve = 0
        """How much waits for a manager to approve, on whole pages of Manage."""
        self.session: Session | None = None
        self.now: datetime = resources.database.clock()
        public = resources.settings.public_url
        self.cookies = Cookies(headers, is_private=cookies.is_private(headers, public))
        self._set: list[Header] = []

    def header(self, name: bytes) -> str | None:
        """A request header's text."""
        return next((value.decode("latin-1") for found, value in self.headers if found == name), None)

    @property
    def is_part(self) -> bool:
        """Whether htmx asks for a part of the page that it has, not for a whole one."""
        return self.header(b"hx-request") == "true" and self.header(b"hx-boosted") != "true"

    @property
    def actor(self) -> Actor:
        """Who acts; only pages that not just anyone may open have somebody."""
        return cast("Session", self.session).actor

    @property
    def signed_in(self) -> Session:
        """The session; only pages that not just anyone may open have one."""
        return cast("Session", self.session)

    @cached_property
    def language(self) -> Language:
        """The language last chosen in this browser, else the person's own, else what the browser asks for."""
        chosen = self.cookies.get(cookies.LANGUAGE)
        if chosen in {"en", "es"}:
            return cast("Language", chosen)
        if self.session is not None and self.session.subject is not None:
            return self.session.language
        return "es" if (self.header(b"accept-language") or "").strip().lower().startswith("es") else "en"

    @cached_property
    def zone(self) -> ZoneInfo:
        """The clinic's time zone; UTC where nobody is signed in."""
        return UTC_ZONE if self.session is None else ZoneInfo(self.session.zone)

    @cached_property
    def voice(self) -> Voice:
        """The words, days and amounts of this page."""
        return Voice(self.language, self.zone, self.now)

    # Forms

    @cached_property
    def form_token(self) -> str:
        """The word that this browser's forms carry."""
        secret = self.cookies.get(cookies.SESSION) or self.cookies.get(cookies.FORM)
        if not secret:
            secret = cookies.new_form_secret()
            self._set.append(self.cookies.set(cookies.FORM, secret))
        return cookies.form_token(self.resources.settings.index_key, secret)

    def is_from_here(self) -> bool:
        """Whether a POST comes from a page of ours in this very browser: by its origin and by its word."""
        ours = cookies.origin_of(self.headers, self.resources.settings.public_url)
        origin = self.header(b"origin")
        if origin is not None and origin != ours:
            return False
        if origin is None and self.header(b"sec-fetch-site") not in {None, "same-origin"}:
            return False
        given = self.header(b"x-csrf-token") or self.value("csrf")
        return hmac.compare_digest(given.encode(), self.form_token.encode())

    def take_form(self, body: bytes) -> bool:
        """Read the form's fields; says whether it could be read."""
        try:
            pairs = parse_qsl(
                body.decode("utf-8"), keep_blank_values=True, max_num_fields=FIELDS_MAX, errors="strict"
            )
        except ValueError:
            return False
        if any("\0" in part for pair in pairs for part in pair):
            return False
        for name, text in pairs:
            self.form.setdefault(name, []).append(text.replace("\r\n", "\n"))
        return True

    def value(self, name: str) -> str:
        """One field's text without blanks around it, empty where it was not sent."""
        return self.form.get(name, [""])[0].strip()

    def read(self, wanted: type[S], **also: object) -> S | Refused:
        """The form in a shape: fields by name, empty ones left out, `also` put in as it is.

        Numbers and days are read from their text. A refusal's faults point at fields: `$.name`.
        """
        given: dict[str, object] = {}
        for field in msgspec.structs.fields(wanted):
            texts = [text.strip() for text in self.form.get(field.encode_name, []) if text.strip()]
            if texts:
                is_list = "tuple" in str(field.type) or "list" in str(field.type)
                given[field.encode_name] = texts if is_list else texts[0]
        try:
            value = msgspec.convert({**given, **also}, wanted, strict=False)
        except msgspec.ValidationError as error:
            return invalid(fault_of(error, wanted))
        return far_years(value) or value

    # Deeds

    async def do(
        self,
        operation: Callable[[Act], Awaitable[Done[T] | Refused]],
        once: Once | None = None,
        answers: type[T] | None = None,
    ) -> T | Refused:
        """Run an operation as whoever is signed in, and give what came of it.

        With `once` the first answer is given again, for which `answers` says what it is.
        """
        done = await perform(self.resources.database, self.actor, operation, once)
        if isinstance(done, Refused):
            return done
        if isinstance(done, Done):
            return done.value
        return msgspec.json.decode(done.body, type=cast("type[T]", answers))

    # Answers

    def render(self, template: str, **values: object) -> bytes:
        """Draw a template with what every template may use."""
        return render(
            template, self.voice, {"call": self, "session": self.session, "now": self.now, **values}
        )

    def show(self, template: str, status: int = 200, *headers: Header, **values: object) -> Answer:
        """Answer with a page, or a part of one."""
        body = self.render(template, **values)
        return Answer(status, body, [(b"content-type", HTML), NO_STORE, *self._set, *headers])

    def go(self, to: str, *headers: Header) -> Answer:
        """Answer by sending the browser to another page of ours (RFC 9110, 15.4.4)."""
        where = (to if OURS.fullmatch(to) else "/").encode("ascii")
        if self.is_part:
            return Answer(204, b"", [(b"hx-redirect", where), NO_STORE, *self._set, *headers])
        return Answer(303, b"", [(b"location", where), NO_STORE, *self._set, *headers])

    def refuse(self, refusal: Refused, *headers: Header) -> Answer:
        """Answer with a page, or a line in the page, that says what is wrong and what to do."""
        status = MEANINGS[refusal.code].status
        template = "shared/refused_part.html" if self.is_part else "shared/refused.html"
        answer = self.show(template, status, *headers, refusal=refusal, says=self.voice.explain(refusal))
        answer.code = refusal.code
        return answer

    @property
    def back(self) -> str:
        """The page of ours that the browser comes from, `/` where it does not say."""
        try:
            parts = urlsplit(self.header(b"referer") or "")
        except ValueError:
            return "/"
        ours = cookies.origin_of(self.headers, self.resources.settings.public_url)
        if f"{parts.scheme}://{parts.netloc}" != ours:
            return "/"
        return parts.path + (f"?{parts.query}" if parts.query else "")


async def session_of(call: PageCall) -> Session | None:
    """The session under which a page is asked for: a tablet's for the pages that a tablet opens."""
    name = cookies.TABLET if "tablet" in call.page.who else cookies.SESSION
    token = call.cookies.get(name)
    # What a page fetches by itself does not keep somebody signed in who has left it open.
    is_use = call.header(b"x-by-itself") is None and not call.path.endswith("/stream")
    return await find_session(call.resources.database, token, is_use=is_use) if token else None
