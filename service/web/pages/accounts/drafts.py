"""Drafts of forms: kept while somebody types, offered when they come back, and gone once the form is done."""

from functools import partial
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct

from service.core.refusals import Refused
from service.flows.access.drafts import drop_draft, read_draft, save_draft
from service.web.http.answers import Answer
from service.web.http.call import NO_STORE
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import READING, page
from service.web.pages.framework.page_refusal import page_refusal

PATH: Final = "/drafts"
JSON: Final = (b"content-type", b"application/json")
BYTES_MAX: Final = 512 * 1024
Place = Annotated[str, Meta(max_length=300, pattern=r"^/[A-Za-z0-9/_.?=&-]*$(?!\n)")]


class DraftQuery(Struct, frozen=True):
    """Of which form."""

    place: Place


class DraftForm(Struct, frozen=True):
    """The fields of a form as JSON; without any the draft is done."""

    place: Place
    body: Annotated[str, Meta(max_length=400_000)] | None = None


@page("GET", PATH, who=READING)
async def read(call: PageCall, asked: DraftQuery) -> Answer:
    """Give what was being filled in; to a script of ours alone, which sends a header."""
    if not call.request.is_part:
        return call.refuse(page_refusal("not_found", "shared.not_found"))
    kept = await call.do(partial(read_draft, place=asked.place))
    if kept is None or isinstance(kept, Refused):
        return Answer(204, b"", [NO_STORE])
    said = {"body": kept.body, "at": call.voice.moment(kept.saved_at)}
    return Answer(200, msgspec.json.encode(said), [JSON, NO_STORE])


@page("POST", PATH, who=READING, bytes_max=BYTES_MAX)
async def save(call: PageCall) -> Answer:
    """Keep it, or forget it."""
    form = call.form.read(DraftForm)
    if isinstance(form, Refused):
        return call.refuse(form)
    if form.body is None:
        await call.do(partial(drop_draft, place=form.place))
    else:
        await call.do(partial(save_draft, place=form.place, body=form.body))
    return Answer(204, b"", [NO_STORE])
