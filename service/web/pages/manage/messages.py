"""A message that could not be understood, on a page: why, what is in it, and the three ways on."""

from datetime import timedelta
from functools import partial
from typing import Final, Literal
from uuid import UUID

import msgspec
from msgspec import Struct

from schemas.events import NewEvent
from schemas.inbound import Discard
from service.core.refusals import Refused, invalid
from service.flows.inbound.correct_by_hand import correct_message
from service.flows.inbound.process import process_message
from service.flows.inbound.review import discard_message, open_message, put_back
from service.web.http.answers import Answer
from service.web.http.decoding import fault_of
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import faults_of, moment_in
from service.web.pages.framework.page import MANAGING, page
from service.web.pages.framework.page_refusal import page_refusal

PATH: Final = "/manage/messages/{message}"
FIELDS: Final = ("participant_reference", "target", "outcome", "reference")
"""What is asked of whoever corrects a message, besides when it was."""


class MessageQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Query parameters: whether names and free texts are shown too."""

    whole: Literal["yes"] | None = None


@page("GET", PATH, who=MANAGING)
async def see(call: PageCall, message: UUID, asked: MessageQuery) -> Answer:
    """Show a message without who somebody is, or whole where that is asked for; that it was read is told."""
    return await _shown(call, message, is_whole=asked.whole == "yes")


@page("POST", PATH + "/retry", who=MANAGING)
async def retry(call: PageCall, message: UUID) -> Answer:
    """Try it again by its source's mapping as it is now."""
    back = await call.do(partial(put_back, message=message))
    if isinstance(back, Refused):
        return await _shown(call, message, back)
    resources = call.resources
    skew = timedelta(seconds=resources.settings.clock_skew_s_max)
    await process_message(resources.database, resources.events.ask, call.actor.clinic, message, skew)
    return call.go(f"/manage/messages/{message}")


@page("POST", PATH + "/correct", who=MANAGING)
async def correct(call: PageCall, message: UUID) -> Answer:
    """Record what it should have said; it is on record as that."""
    new = _event_in(call)
    if not isinstance(new, Refused):
        resources = call.resources
        skew = timedelta(seconds=resources.settings.clock_skew_s_max)
        record = partial(correct_message, database=resources.database, skew=skew, message=message, event=new)
        done = await call.do(record)
        if not isinstance(done, Refused):
            return call.go(f"/manage/messages/{message}")
        new = done
    return await _shown(call, message, new)


@page("POST", PATH + "/discard", who=MANAGING)
async def discard(call: PageCall, message: UUID) -> Answer:
    """Find that it is no event, with the reason; it stays on record."""
    new = call.form.read(Discard)
    if not isinstance(new, Refused):
        done = await call.do(partial(discard_message, message=message, new=new))
        if not isinstance(done, Refused):
            return call.go(f"/manage/sources/{done.source}")
        new = done
    return await _shown(call, message, new)


def _event_in(call: PageCall) -> NewEvent | Refused:
    """The event that the form says, with the first fault of it at its field."""
    at = moment_in(call, call.form.value("occurred_at"))
    if at is None:
        return page_refusal("invalid", "manage.msg.choose_time", "$.occurred_at")
    given = {name: value for name in FIELDS if (value := call.form.value(name).strip())}
    for name in ("participant_reference", "target", "outcome"):
        if name not in given:
            return page_refusal("invalid", "manage.msg.fill", f"$.{name}")
    try:
        return msgspec.convert({**given, "occurred_at": at}, NewEvent)
    except msgspec.ValidationError as error:
        return invalid(fault_of(error, NewEvent))


async def _shown(
    call: PageCall, message: UUID, refusal: Refused | None = None, *, is_whole: bool = False
) -> Answer:
    found = await call.do(partial(open_message, message=message))
    if isinstance(found, Refused):
        return call.refuse(found)
    one, said = found.message, found.said
    typed = {name: call.form.value(name) or (getattr(said, name) or "" if said else "") for name in FIELDS}
    at = "" if said is None else f"{said.occurred_at.astimezone(call.voice.zone):%Y-%m-%dT%H:%M}"
    return call.show_refused(
        "manage/message.html",
        refusal,
        one=one,
        refusal=found.why,
        whole=(one.body if one.body is not None else one.body_base64) if is_whole else None,
        masked=found.masked,
        merge=found.merge,
        typed={**typed, "occurred_at": call.form.value("occurred_at") or at},
        faults=faults_of(call, refusal),
    )
