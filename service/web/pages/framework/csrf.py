"""Forms that only our own pages may send: a token in the form that fits the browser, and the right origin.

The pattern is OWASP's HMAC-based token: the token is worked out from the session, or before anybody has
signed in from a cookie of its own.
"""

import hmac
from functools import cached_property

from service.web.http import cookies
from service.web.http.answers import Header
from service.web.http.cookies import Cookies
from service.web.pages.framework.form import Form
from service.web.pages.framework.request import PageRequest


class CsrfToken:
    """The token that the forms of one page carry, made when it is first asked for.

    `set_cookies` are the headers that the answer needs for it then: a browser without a cookie gets one.
    """

    def __init__(self, key: bytes, cookies: Cookies, session: str | None = None) -> None:
        """Take the key, the browser's cookies and, where the answer begins a session, that one's token."""
        self._key = key
        self._cookies = cookies
        self._session = session
        self.set_cookies: list[Header] = []

    @cached_property
    def value(self) -> str:
        """The token."""
        secret = self._session or self._cookies.get(cookies.SESSION) or self._cookies.get(cookies.FORM)
        if not secret:
            secret = cookies.new_form_secret()
            self.set_cookies.append(self._cookies.set(cookies.FORM, secret))
        return cookies.form_token(self._key, secret)

    def fits(self, request: PageRequest, form: Form) -> bool:
        """Whether a POST comes from a page of ours in this very browser: by its origin and by its token."""
        origin = request.headers.get("origin")
        if origin is not None and origin != request.origin:
            return False
        if origin is None and request.headers.get("sec-fetch-site") not in {None, "same-origin"}:
            return False
        expected = self.value.encode()
        given = request.headers.get("x-csrf-token") or form.value("csrf")
        return hmac.compare_digest(given.encode(), expected)
