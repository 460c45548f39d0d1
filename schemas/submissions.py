"""Submissions: homework and meeting slips that people hand in, and what becomes of them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from schemas.program import Slug

SubmissionBehavior = Literal["homework", "activity"]
"""Behaviors that somebody can show by what they hand in."""
SubmissionStatus = Literal["waiting", "verifying", "verified", "asked_again"]
"""`waiting` for the staff; `verifying` while its event is recorded; `verified` and on record as an event;
`asked_again` with words to the person. Only what is verified earns anything."""
Said = Annotated[str, Meta(min_length=1, max_length=4000)]
Answered = Annotated[str, Meta(min_length=1, max_length=1000)]
PICTURE_LETTERS_MAX = 14_000_000
"""The longest picture in base64: some ten megabytes."""


class SubmissionSettings(Struct, frozen=True):
    """What people can hand in, and how long pictures are kept. Before anybody sets it, nothing."""

    takes: tuple[SubmissionBehavior, ...]
    """The behaviors whose targets take submissions."""
    keep_days: int
    """For how many days a picture is kept once its submission is settled."""
    set_at: datetime | None = None
    """When it was last set; null where nobody has."""
    set_by: UUID | None = None
    """Who set it: a member of staff or a key."""


class SubmissionSettingsChange(Struct, frozen=True, forbid_unknown_fields=True):
    """Changes to what people can hand in; a field left out stays."""

    takes: Annotated[tuple[SubmissionBehavior, ...], Meta(max_length=2)] | UnsetType = UNSET
    """The behaviors whose targets take submissions."""
    keep_days: Annotated[int, Meta(ge=0, le=365)] | UnsetType = UNSET
    """For how many days a picture is kept once its submission is settled."""


class NewSubmission(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody hands in: a text, a picture, or both."""

    enrollment: UUID
    """Id of an open enrollment of theirs."""
    target: Slug
    """Name of a target of it that takes submissions."""
    text: Said | None = None
    """What they wrote; kept encrypted."""
    picture: Annotated[str, Meta(min_length=1, max_length=PICTURE_LETTERS_MAX)] | None = None
    """A JPEG, PNG or WebP in base64. It is made anew, smaller, and without what a camera wrote beside it."""


class Submission(Struct, frozen=True):
    """What somebody handed in."""

    id: UUID
    participant: UUID
    enrollment: UUID
    target: str
    status: SubmissionStatus
    """What became of it."""
    submitted_at: datetime
    """When it was handed in; the event of a verified one has this time."""
    submitted_by: UUID
    """Who handed it in: the person, or a key or member of staff for them."""
    had_picture: bool
    """Whether a picture came with it."""
    has_picture: bool
    """Whether the picture is kept still."""
    text: str | None = None
    """What they wrote."""
    settled_at: datetime | None = None
    """When it was verified or given back."""
    settled_by: UUID | None = None
    """Who did."""
    words: str | None = None
    """What they were told, where it was given back."""
    event: UUID | None = None
    """Id of the event, where it was verified."""


class SubmissionPage(Struct, frozen=True):
    """One page of submissions, newest first."""

    items: tuple[Submission, ...]
    next_cursor: str | None = None


class SubmittedPicture(Struct, frozen=True):
    """The picture of a submission, as it is kept."""

    participant: UUID
    media: str
    """What kind of picture it is: always image/jpeg."""
    picture: str
    """Its bytes in base64."""


class SubmissionVerdict(Struct, frozen=True, forbid_unknown_fields=True):
    """That what was handed in is right."""

    another: bool = False
    """Whether it is meant beside an event of the same target and local day."""


class SubmissionReturn(Struct, frozen=True, forbid_unknown_fields=True):
    """That something else is asked for."""

    words: Answered
    """What the person is told: kindly, and what would help."""
