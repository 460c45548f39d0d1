"""What a browser sends with any request for a page: the address, the headers and the cookies."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit

from litestar.types import Scope

from service.flows.batcher import Line
from service.web.http.answers import Header
from service.web.http.client_address import address_of
from service.web.http.context import line_of
from service.web.http.cookies import Cookies, is_private, origin_of


@dataclass(frozen=True, slots=True)
class PageRequest:
    """One request for a page, before anybody is known and anything is read.

    `headers` are by their names in small letters, of several of one name the first. `origin` is the origin of
    our own pages. With `is_part` htmx asks for a part of the page that it has, not for a whole one.
    """

    path: str
    query: bytes
    headers: Mapping[str, str]
    cookies: Cookies
    origin: str
    is_part: bool
    scope: Scope
    public_url: str | None

    @property
    def client(self) -> str:
        """The address that attempts to sign in are counted under, `unknown` where there is none."""
        return address_of(self.scope, cast("list[Header]", self.scope["headers"]), self.public_url)

    @property
    def line(self) -> Line | None:
        """The way back to the browser, where the server tells of it."""
        return line_of(self.scope)

    @property
    def back(self) -> str:
        """The page of ours that the browser comes from, `/` where it does not say."""
        try:
            parts = urlsplit(self.headers.get("referer", ""))
        except ValueError:
            return "/"
        if f"{parts.scheme}://{parts.netloc}" != self.origin:
            return "/"
        return parts.path + (f"?{parts.query}" if parts.query else "")


def page_request(scope: Scope, public_url: str | None) -> PageRequest:
    """The request of an ASGI scope, to a service that is reached under PUBLIC_URL where that is set."""
    sent = cast("list[Header]", scope["headers"])
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in reversed(sent)}
    return PageRequest(
        path=scope["raw_path"].decode("latin-1") if scope["raw_path"] else scope["path"],
        query=scope["query_string"],
        headers=headers,
        cookies=Cookies(sent, is_private=is_private(sent, public_url)),
        origin=origin_of(sent, public_url),
        is_part=headers.get("hx-request") == "true" and headers.get("hx-boosted") != "true",
        scope=scope,
        public_url=public_url,
    )
