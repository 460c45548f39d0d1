"""The route of what never changes: `/static/...`."""

from typing import Final

from service.web.http.answers import Answer
from service.web.pages.framework import static
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import ANYONE, page
from service.web.pages.framework.page_refusal import page_refusal

FOR_EVER: Final = (b"cache-control", b"public, max-age=31536000, immutable")


@page("GET", "/static/{name}", who=ANYONE)
async def file(call: PageCall, name: str) -> Answer:
    """Give one file, packed where the browser takes it so."""
    found = static.files().get(name)
    if found is None:
        return call.refuse(page_refusal("not_found", "shared.not_found"))
    headers = [(b"content-type", found.media), FOR_EVER, (b"vary", b"accept-encoding")]
    if found.packed is not None and "gzip" in (call.request.headers.get("accept-encoding") or ""):
        return Answer(200, found.packed, [*headers, (b"content-encoding", b"gzip")])
    return Answer(200, found.plain, headers)
