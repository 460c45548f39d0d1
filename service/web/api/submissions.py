"""Submissions: homework and meeting slips handed in, read, verified as events, or given back."""

from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct

from schemas.receipts import Receipt
from schemas.submissions import (
    NewSubmission,
    Submission,
    SubmissionPage,
    SubmissionReturn,
    SubmissionSettings,
    SubmissionSettingsChange,
    SubmissionStatus,
    SubmissionVerdict,
    SubmittedPicture,
)
from service.core.cursors import LIMIT, Page
from service.core.refusals import Refused
from service.flows.submissions.submissions import (
    SubmissionFilter,
    ask_again,
    hand_in,
    list_submissions,
    picture_in,
    read_picture_as_text,
    read_settings,
    read_submission,
    set_settings,
)
from service.flows.submissions.verify import verify_submission
from service.web.api.events import RECORD_REFUSALS
from service.web.http.answers import Answer, as_json
from service.web.http.call import NO_STORE, Call
from service.web.http.pagination import IdCursor, Limit
from service.web.http.route import DESK, MANAGERS, READERS, route

_encode: Final = msgspec.json.Encoder().encode


class SubmissionsQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which submissions are asked for."""

    participant: UUID | None = None
    """Only those of one person."""
    status: SubmissionStatus | None = None
    """Only those of which this became."""
    limit: Limit = LIMIT
    cursor: IdCursor | None = None


@route(
    "POST",
    "/v1/submissions",
    "hand_in_submission",
    roles=DESK,
    answer=Submission,
    statuses=(201,),
    large=True,
    refusals=("not_found",),
)
async def take(call: Call, body: NewSubmission) -> Answer:
    """Hand in homework or a meeting slip for somebody: a text, a picture, or both. It earns nothing yet.

    Of a picture nothing is kept but another one, made of it: smaller, and without place, time or device.
    """
    picture = await picture_in(body)
    if isinstance(picture, Refused):
        return call.refuse(picture)
    return await call.perform(
        lambda act: hand_in(act, body, picture), lambda made: f"/v1/submissions/{made.id}"
    )


@route("GET", "/v1/submissions", "list_submissions", roles=READERS, answer=SubmissionPage)
async def find(call: Call, asked: SubmissionsQuery) -> Answer:
    """List submissions, newest first."""
    wanted = SubmissionFilter(asked.participant, asked.status)
    return await call.perform(lambda act: list_submissions(act, Page(asked.limit, asked.cursor), wanted))


@route(
    "GET",
    "/v1/submissions/{submission}",
    "read_submission",
    roles=READERS,
    answer=Submission,
    refusals=("not_found",),
)
async def read(call: Call, submission: UUID) -> Answer:
    """Read a submission."""
    return await call.perform(lambda act: read_submission(act, submission))


@route(
    "GET",
    "/v1/submissions/{submission}/picture",
    "read_submitted_picture",
    roles=READERS,
    answer=SubmittedPicture,
    refusals=("not_found",),
)
async def picture(call: Call, submission: UUID) -> Answer:
    """Read the picture of a submission, as long as it is kept."""
    return await call.perform(lambda act: read_picture_as_text(act, submission))


@route(
    "POST",
    "/v1/submissions/{submission}/verify",
    "verify_submission",
    speaks=True,
    roles=DESK,
    answer=Receipt,
    bodiless=True,
    refusals=("not_found", "already_settled", *RECORD_REFUSALS),
)
async def verify(call: Call, submission: UUID, body: SubmissionVerdict) -> Answer:
    """Verify a submission: it is recorded as an event of the time at which it was handed in.

    The event goes the way of every event, and is answered with its receipt. Where it is refused, such as for
    another one of that day, the submission waits on.
    """
    receipt = await verify_submission(
        call.resources.database,
        call.actor,
        submission,
        body,
        call.language or "en",
        call.resources.events.ask,
    )
    return call.refuse(receipt) if isinstance(receipt, Refused) else as_json(_encode(receipt), 200, NO_STORE)


@route(
    "POST",
    "/v1/submissions/{submission}/ask-again",
    "ask_submission_again",
    roles=DESK,
    answer=Submission,
    refusals=("not_found", "already_settled"),
)
async def again(call: Call, submission: UUID, body: SubmissionReturn) -> Answer:
    """Give a submission back, with words to the person. It earns nothing, and they may hand in another."""
    return await call.perform(lambda act: ask_again(act, submission, body))


@route("GET", "/v1/submission-settings", "read_submission_settings", roles=READERS, answer=SubmissionSettings)
async def settings(call: Call) -> Answer:
    """Read what people can hand in, and how long pictures are kept."""
    return await call.perform(read_settings)


@route(
    "POST",
    "/v1/submission-settings",
    "set_submission_settings",
    roles=MANAGERS,
    answer=SubmissionSettings,
    statuses=(201,),
)
async def set_(call: Call, body: SubmissionSettingsChange) -> Answer:
    """Set what people can hand in, and how long pictures are kept; what is left out stays."""
    return await call.perform(lambda act: set_settings(act, body), lambda _made: "/v1/submission-settings")
