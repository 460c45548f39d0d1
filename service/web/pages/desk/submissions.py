"""What people handed in, at the desk: verified with one press, or given back with words to the person."""

from functools import partial
from typing import Annotated, Final, Literal
from uuid import UUID

from msgspec import Meta, Struct

from schemas.submissions import (
    SubmissionBehavior,
    SubmissionReturn,
    SubmissionSettingsChange,
    SubmissionVerdict,
)
from service.core.refusals import Refused
from service.flows.submissions.pictures import MEDIA
from service.flows.submissions.submissions import (
    OPEN_MAX,
    ask_again,
    read_open,
    read_picture,
    set_settings,
)
from service.flows.submissions.verify import verify_submission
from service.web.http.answers import Answer
from service.web.http.call import NO_STORE
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import faults_of
from service.web.pages.framework.page import AT_DESK, MANAGING, page

PATH: Final = "/desk/submissions"
BEHAVIORS: Final[tuple[SubmissionBehavior, ...]] = ("homework", "activity")


class SubmissionsQuery(Struct, frozen=True):
    """What was just done."""

    done: Literal["verified", "asked_again", "saved"] | None = None


class SettingsForm(Struct, frozen=True):
    """What is taken; what is not ticked is not."""

    keep_days: Annotated[int, Meta(ge=0, le=365)]
    takes: tuple[SubmissionBehavior, ...] = ()


@page("GET", PATH, who=AT_DESK)
async def listed(call: PageCall, asked: SubmissionsQuery) -> Answer:
    """Show what waits."""
    return await _show(call, done=asked.done)


@page("GET", PATH + "/{submission}/picture", who=AT_DESK)
async def picture(call: PageCall, submission: UUID) -> Answer:
    """Give the picture of one."""
    found = await call.do(partial(read_picture, submission=submission))
    if isinstance(found, Refused):
        return call.refuse(found)
    return Answer(200, found, [(b"content-type", MEDIA.encode()), NO_STORE])


@page("POST", PATH + "/{submission}/verify", who=AT_DESK)
async def verify(call: PageCall, submission: UUID) -> Answer:
    """Verify one: it is recorded as an event of the time at which it was handed in."""
    done = await verify_submission(
        call.resources.database,
        call.actor,
        submission,
        SubmissionVerdict(another=call.form.value("another") == "true"),
        call.voice.language,
        call.resources.events.ask,
    )
    if isinstance(done, Refused):
        return await _show(call, done, about=submission)
    return call.go(f"{PATH}?done=verified")


@page("POST", PATH + "/{submission}/again", who=AT_DESK)
async def again(call: PageCall, submission: UUID) -> Answer:
    """Give one back, with words to the person."""
    new = call.form.read(SubmissionReturn)
    if isinstance(new, Refused):
        return await _show(call, new, about=submission)
    done = await call.do(partial(ask_again, submission=submission, new=new))
    if isinstance(done, Refused):
        return await _show(call, done, about=submission)
    return call.go(f"{PATH}?done=asked_again")


@page("POST", PATH, who=MANAGING)
async def save(call: PageCall) -> Answer:
    """Set what people can hand in."""
    form = call.form.read(SettingsForm)
    if isinstance(form, Refused):
        return await _show(call, form)
    change = SubmissionSettingsChange(form.takes, form.keep_days)
    done = await call.do(partial(set_settings, change=change))
    return call.refuse(done) if isinstance(done, Refused) else call.go(f"{PATH}?done=saved")


async def _show(
    call: PageCall, refusal: Refused | None = None, *, about: UUID | None = None, done: str | None = None
) -> Answer:
    found = await call.do(read_open)
    if isinstance(found, Refused):
        return call.refuse(found)
    faults = faults_of(call, refusal)
    general = faults.pop("", None)
    if about is not None:
        faults = {f"{name}-{about}": text for name, text in faults.items()}
    return call.show_refused(
        "desk/submissions.html",
        refusal,
        found=found,
        shown_max=OPEN_MAX,
        about=about,
        done=done,
        faults=faults,
        general=general,
        behaviors=BEHAVIORS,
        may_beside=refusal is not None and refusal.code == "already_recorded",
        is_manager=call.signed_in.role in MANAGING,
    )
