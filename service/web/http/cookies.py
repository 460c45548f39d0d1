"""The cookies of the pages: the session, the language, and what ties a form to its browser."""

import hmac
import os
import re
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

from service.web.http.answers import Header

SESSION: Final = "cmr_session"
TABLET: Final = "cmr_tablet"
LANGUAGE: Final = "cmr_language"
FORM: Final = "cmr_form"
YEAR_S: Final = 31_536_000
LOCAL: Final = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:[0-9]*)?")
"""This machine itself, as a `Host` header names it."""


class Cookies(dict[str, str]):
    """The cookies that a request came with, by name; what they are called depends on the line being private.

    A browser sends a `__Host-` cookie back only over HTTPS and only to the host that set it. On this machine
    itself there is no line to listen on, and no HTTPS: there the same cookies go by their plain names.
    """

    def __init__(self, headers: list[Header], *, is_private: bool) -> None:
        """Read them from the request's headers."""
        super().__init__()
        self._prefix = "__Host-" if is_private else ""
        self._is_private = is_private
        for name, value in headers:
            if name == b"cookie":
                for part in value.decode("latin-1").split(";"):
                    key, _, text = part.strip().partition("=")
                    if key.startswith(self._prefix):
                        self.setdefault(key.removeprefix(self._prefix), text)

    def set(self, name: str, value: str, seconds: int | None = None, same_site: str = "Lax") -> Header:
        """The header that sets a cookie: until the browser closes, or for so many seconds."""
        parts = [f"{self._prefix}{name}={value}", "Path=/", "HttpOnly", f"SameSite={same_site}"]
        if self._is_private:
            parts.append("Secure")
        if seconds is not None:
            parts.append(f"Max-Age={seconds}")
        return b"set-cookie", "; ".join(parts).encode("ascii")

    def forget(self, name: str) -> Header:
        """The header that takes a cookie away."""
        return self.set(name, "", 0)


def is_private(headers: list[Header], public_url: str | None) -> bool:
    """Whether browsers reach us over HTTPS: as PUBLIC_URL says, and else save on this machine itself."""
    if public_url is not None:
        return public_url.startswith("https:")
    host = next((value for name, value in headers if name == b"host"), b"").decode("latin-1")
    return LOCAL.fullmatch(host.lower()) is None


def origin_of(headers: list[Header], public_url: str | None) -> str:
    """The origin of our own pages, as a browser names it."""
    if public_url is not None:
        parts = urlsplit(public_url)
        return f"{parts.scheme}://{parts.netloc}"
    host = next((value for name, value in headers if name == b"host"), b"").decode("latin-1")
    return f"{'https' if is_private(headers, None) else 'http'}://{host}"


def new_form_secret() -> str:
    """A secret that ties the forms of somebody who is not signed in to their browser."""
    return os.urandom(18).hex()


def form_token(key: bytes, secret: str) -> str:
    """The word that a form carries to show that it is one of ours, given to this very browser."""
    return hmac.new(key, b"form\n" + secret.encode(), sha256).hexdigest()[:40]
