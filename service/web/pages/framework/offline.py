"""What is there without a connection: the worker that keeps it, the page where nothing is kept, the manifest.

A page says of itself that it may be kept, until when, and under which mark: only the first page of somebody
in care and the desk's list do, and neither on the clinic's tablet.
"""

import gzip
from hashlib import sha256
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct

from schemas.languages import OWN
from schemas.people import Language
from service.core.access.sessions import TERMS
from service.web.http import cookies
from service.web.http.answers import Answer, Header
from service.web.pages.framework import static
from service.web.pages.framework.call import HTML, PageCall
from service.web.pages.framework.page import ANYONE, page
from service.web.words import SAID

WORKER: Final = "/service-worker.js"
SHELL: Final = "/offline"
CHECKED: Final = (b"cache-control", b"no-cache")
"""A browser asks each time whether these are as they were."""
MARK_LETTERS: Final = 16
COLORS: Final = {"theme_color": "#2f49b8", "background_color": "#f6f5f1"}
ICONS: Final = (("icon-192.png", "192x192"), ("icon-512.png", "512x512"))


class ManifestQuery(Struct, frozen=True):
    """Query parameters: a manifest is fetched without cookies, so its page says the language."""

    language: Annotated[Language, Meta()] = "en"


@page("GET", WORKER, who=ANYONE)
async def worker(call: PageCall) -> Answer:
    """Give the worker, with the names of what its own page is drawn with."""
    shell = [SHELL, static.address("app.css"), static.address("icon.svg")]
    code = static.plain("service-worker.js")
    body = b"const SHELL = " + msgspec.json.encode(shell) + b";\n" + code
    headers = [(b"content-type", static.MEDIA[".js"]), CHECKED, (b"vary", b"accept-encoding")]
    if "gzip" in (call.request.headers.get("accept-encoding") or ""):
        return Answer(200, gzip.compress(body, 9, mtime=0), [*headers, (b"content-encoding", b"gzip")])
    return Answer(200, body, headers)


@page("GET", SHELL, who=ANYONE)
async def shell(call: PageCall) -> Answer:
    """A page that knows nobody, in every language, for where there is no connection."""
    said = [
        (language, {key: SAID[language][f"shared.away_{key}"] for key in ("title", "says", "again", "last")})
        for language in OWN
    ]
    body = call.render("shared/offline.html", said=said)
    return Answer(200, body, [(b"content-type", HTML), CHECKED])


@page("GET", "/app.webmanifest", who=ANYONE)
async def manifest(call: PageCall, asked: ManifestQuery) -> Answer:
    """What a phone needs to put the pages on its home screen: a name that tells nothing, and a picture."""
    del call
    name = SAID[asked.language]["shared.app"]
    icons = [{"src": static.address("icon.svg"), "sizes": "any", "type": "image/svg+xml"}]
    icons += [
        {"src": static.address(file), "sizes": size, "type": "image/png", "purpose": purpose}
        for file, size in ICONS
        for purpose in ("any", "maskable")
    ]
    said = {
        "name": name,
        "short_name": name,
        "lang": asked.language,
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "icons": icons,
        **COLORS,
    }
    return Answer(200, msgspec.json.encode(said), [(b"content-type", static.MEDIA[".webmanifest"]), CHECKED])


def may_be_kept(call: PageCall) -> list[Header]:
    """The header by which a page may be kept on somebody's own device, until their session is over.

    It names a mark of the session, which opens nothing, and its end in milliseconds since 1970 if it is not
    used again. On the clinic's tablet there is none, whoever is signed in at it.
    """
    session = call.session
    if session is None or session.kind not in {"portal", "staff"} or cookies.TABLET in call.request.cookies:
        return []
    used = session.seen_at if "x-by-itself" in call.request.headers else call.now
    until = min(used + TERMS[session.kind].idle, session.ends_at)
    mark = sha256(session.id.bytes).hexdigest()[:MARK_LETTERS]
    return [(b"offline-copy", f"{mark} {round(until.timestamp() * 1000)}".encode())]
