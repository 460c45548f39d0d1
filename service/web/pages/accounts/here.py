"""Whether somebody is signed in still: pages that stand open ask, so that no name outlives its session."""

import msgspec

from service.web.http.answers import Answer
from service.web.http.call import NO_STORE
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import READING, page
from service.web.pages.framework.page_refusal import page_refusal


@page("GET", "/here", who=READING)
async def here(call: PageCall) -> Answer:
    """Say who is signed in, and the word of their forms; to a script of ours alone, which sends a header."""
    if not call.request.is_part:
        return call.refuse(page_refusal("not_found", "shared.not_found"))
    said = msgspec.json.encode({"by": call.signed_in.subject, "csrf": call.csrf.value})
    return Answer(200, said, [(b"content-type", b"application/json"), NO_STORE])
