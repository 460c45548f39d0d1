"""What somebody hands in by themselves: a text, a photo taken there, and what became of the others."""

from functools import partial
from typing import Annotated, Final, Literal
from uuid import UUID

from msgspec import Meta, Struct

from schemas.submissions import NewSubmission, Said, Submission
from service.core.refusals import Refused
from service.flows.submissions.pictures import BYTES_MAX, MEDIA, made_anew
from service.flows.submissions.submissions import hand_in, read_own, read_picture
from service.web.http.answers import Answer
from service.web.http.call import NO_STORE
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import faults_of, word_of
from service.web.pages.framework.page import PARTICIPANT, page
from service.web.pages.portal.saying import AmountFormatter

PATH: Final = "/portal/submissions"
FORM_BYTES_MAX: Final = BYTES_MAX + 64 * 1024


class SubmissionsQuery(Struct, frozen=True):
    """What was just done."""

    done: Literal["handed_in"] | None = None


class SubmissionForm(Struct, frozen=True):
    """What is handed in: `place` is the enrollment and the target, with a blank between."""

    place: Annotated[str, Meta(max_length=200)] = ""
    text: Said | None = None


@page("GET", PATH, who=PARTICIPANT)
async def show(call: PageCall, asked: SubmissionsQuery) -> Answer:
    """Show the form, and what was handed in before."""
    return await _show(call, is_done=asked.done is not None)


@page("POST", PATH, who=PARTICIPANT, bytes_max=FORM_BYTES_MAX)
async def send(call: PageCall) -> Answer:
    """Take what is handed in; it waits for the staff."""
    form = call.form.read(SubmissionForm)
    if isinstance(form, Refused):
        return await _show(call, form)
    body = call.form.files.get("picture")
    picture = None if body is None else await made_anew(body)
    if isinstance(picture, Refused):
        return await _show(call, picture)
    enrollment, _, target = form.place.partition(" ")
    try:
        new = NewSubmission(UUID(enrollment), target, form.text)
    except ValueError:
        new = NewSubmission(UUID(int=0), target, form.text)
    operation = partial(hand_in, new=new, picture=picture, only=call.actor.id)
    done = await call.do(operation, call.form.once, Submission)
    return await _show(call, done) if isinstance(done, Refused) else call.go(f"{PATH}?done=handed_in")


@page("GET", PATH + "/{submission}/picture", who=PARTICIPANT)
async def picture(call: PageCall, submission: UUID) -> Answer:
    """Give their own photo back to them."""
    found = await call.do(partial(read_picture, submission=submission, only=call.actor.id))
    if isinstance(found, Refused):
        return call.refuse(found)
    return Answer(200, found, [(b"content-type", MEDIA.encode()), NO_STORE])


async def _show(call: PageCall, refusal: Refused | None = None, *, is_done: bool = False) -> Answer:
    own = await call.do(read_own)
    if isinstance(own, Refused):
        return call.refuse(own)
    faults = faults_of(call, refusal)
    general = faults.pop("", None) or faults.pop("target", None)
    return call.show_refused(
        "portal/submissions.html",
        refusal,
        saying=AmountFormatter(call),
        own=own,
        is_done=is_done,
        once=word_of(call),
        faults=faults,
        general=general,
    )
