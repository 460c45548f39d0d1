"""What a page's handler is given, and the four things that it does with it: do, show, go and refuse."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, TypeVar, cast

import msgspec

from service.core.access.sessions import Session
from service.core.actors import Actor
from service.core.refusals import Refused
from service.flows.perform import Act, Done, Once, perform, rehearse
from service.web.http.answers import MEANINGS, Answer, Header
from service.web.http.call import NO_STORE
from service.web.http.resources import Resources
from service.web.pages.framework.csrf import CsrfToken
from service.web.pages.framework.fault_links import with_fault_links
from service.web.pages.framework.form import NO_FORM, Form
from service.web.pages.framework.render import render
from service.web.pages.framework.request import PageRequest
from service.web.pages.framework.voice import Voice, voice_of

T = TypeVar("T")

HTML: Final = b"text/html; charset=utf-8"
OURS: Final = re.compile(r"/(?![/\\])[!-~]*")
"""A path of ours: browsers read a backslash as a slash, and two slashes name another host."""


@dataclass(frozen=True, slots=True)
class PageCall:
    """One request for a page on its way through its handler.

    `session` is who asks, `voice` the words of the page, `csrf` what its forms carry, `form` what was sent
    with a POST, and `to_approve` how much waits for a manager, on whole pages of Manage. Only pages that not
    just anyone may open have somebody who is `signed_in` and acts as `actor`.
    """

    resources: Resources
    request: PageRequest
    session: Session | None
    signed_in: Session
    actor: Actor
    now: datetime
    voice: Voice
    csrf: CsrfToken
    form: Form = NO_FORM
    to_approve: int = 0

    def having(self, form: Form) -> "PageCall":
        """The same call with another form, such as an empty one once it is done."""
        return replace(self, form=form)

    def under(self, session: str) -> "PageCall":
        """The same call under a session that it has begun: the forms of its answer are sent under that."""
        key = self.resources.settings.form_key
        return replace(self, csrf=CsrfToken(key, self.request.cookies, session))

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

    async def rehearse(self, operation: Callable[[Act], Awaitable[Done[T] | Refused]]) -> T | Refused:
        """Run an operation as `do` does, and take back all that it wrote: what it comes to is shown first."""
        done = await rehearse(self.resources.database, self.actor, operation)
        return done if isinstance(done, Refused) else done.value

    def render(self, template: str, **values: object) -> bytes:
        """Draw a template with what every template may use."""
        return render(
            template,
            self.voice,
            {"call": self, "session": self.session, "now": self.now, "is_faulty": False, **values},
        )

    def show(self, template: str, status: int = 200, *headers: Header, **values: object) -> Answer:
        """Answer with a page, or a part of one."""
        return self._drawn(status, self.render(template, **values), *headers)

    def _drawn(self, status: int, body: bytes, *headers: Header) -> Answer:
        return Answer(status, body, [(b"content-type", HTML), NO_STORE, *self.csrf.set_cookies, *headers])

    def show_refused(
        self, template: str, refused: Refused | None, *headers: Header, **values: object
    ) -> Answer:
        """Answer with a page that says what was refused, if anything was: with its code and status."""
        if refused is None:
            return self.show(template, 200, *headers, **values)
        body = with_fault_links(self.render(template, is_faulty=True, **values))
        answer = self._drawn(MEANINGS[refused.code].status, body, *headers)
        answer.code = refused.code
        return answer

    def go(self, to: str, *headers: Header) -> Answer:
        """Answer by sending the browser to another page of ours (RFC 9110, 15.4.4)."""
        where = (to if OURS.fullmatch(to) else "/").encode("ascii")
        if self.request.is_part:
            return Answer(204, b"", [(b"hx-redirect", where), NO_STORE, *self.csrf.set_cookies, *headers])
        return Answer(303, b"", [(b"location", where), NO_STORE, *self.csrf.set_cookies, *headers])

    def refuse(self, refusal: Refused, *headers: Header) -> Answer:
        """Answer with a page, or a line in the page, that says what is wrong and what to do."""
        template = "shared/refused_part.html" if self.request.is_part else "shared/refused.html"
        says = self.voice.explain(refusal)
        return self.show_refused(template, refusal, *headers, refusal=refusal, says=says)


def call_of(resources: Resources, request: PageRequest, session: Session | None, now: datetime) -> PageCall:
    """The call of one request before its form is read."""
    return PageCall(
        resources=resources,
        request=request,
        session=session,
        signed_in=cast("Session", session),
        actor=cast("Actor", session.actor if session is not None and session.subject is not None else None),
        now=now,
        voice=voice_of(request, session, now),
        csrf=CsrfToken(resources.settings.form_key, request.cookies),
    )
