"""What is shared of somebody, seen by themselves: consents to take back, what was told, and their record."""

from functools import partial
from typing import Annotated, Final, Literal
from uuid import UUID

from msgspec import Meta, Struct

from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.people.whole_record import read_whole_record
from service.flows.screens.sharing import read_sharing, revoke_own
from service.web.http.answers import Answer
from service.web.http.disclosing import NOTICE, as_record
from service.web.http.pagination import MomentCursor
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import PARTICIPANT, page
from service.web.pages.framework.page_refusal import page_refusal
from service.web.pages.portal.saying import AmountFormatter

PATH: Final = "/portal/sharing"
SHOWN: Final = 25


class SharingQuery(Struct, frozen=True):
    """Where the list of what was told goes on, and what was just done."""

    cursor: MomentCursor | None = None
    done: Annotated[str, Meta(max_length=16)] = ""


class FileQuery(Struct, frozen=True):
    """In which form the record is wanted."""

    form: Literal["words", "ndjson"] = "words"


@page("GET", PATH, who=PARTICIPANT)
async def show(call: PageCall, asked: SharingQuery) -> Answer:
    """Show to what they agreed, what they asked, and what was told of them."""
    found = await call.do(partial(read_sharing, page=Page(SHOWN, asked.cursor)))
    if isinstance(found, Refused):
        return call.refuse(found)
    return call.show(
        "portal/sharing.html",
        sharing=found,
        told=found.told.items,
        saying=AmountFormatter(call),
        is_done=asked.done == "revoked",
    )


@page("POST", PATH + "/{consent}/revoke", who=PARTICIPANT)
async def revoke(call: PageCall, consent: UUID) -> Answer:
    """Take a consent of their own back, at once."""
    done = await call.do(partial(revoke_own, consent=consent))
    return call.refuse(done) if isinstance(done, Refused) else call.go(f"{PATH}?done=revoked")


@page("GET", PATH + "/record", who=PARTICIPANT)
async def record(call: PageCall, asked: FileQuery) -> Answer:
    """Give them everything that is held of them; not at the clinic's tablet, where it would stay."""
    if call.signed_in.kind == "kiosk":
        return call.refuse(page_refusal("forbidden", "portal.share.not_here"))
    operation = partial(read_whole_record, participant=call.actor.id, language=call.voice.language)
    found = await call.do(operation)
    if isinstance(found, Refused):
        return call.refuse(found)
    answer = as_record(found, asked.form)
    answer.headers = [*answer.headers, NOTICE]
    return answer
