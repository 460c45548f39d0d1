"""Examples of submissions and what becomes of them, for the contract."""

from typing import Final

from msgspec import Struct

from schemas.submissions import (
    NewSubmission,
    Submission,
    SubmissionPage,
    SubmissionReturn,
    SubmissionSettings,
    SubmissionSettingsChange,
    SubmissionVerdict,
    SubmittedPicture,
)
from service.web.contract.samples import AT, ENROLLMENT, PARTICIPANT, sample_id

SUBMISSION, MANAGER = sample_id(81), sample_id(7)
_ONE: Final = Submission(
    SUBMISSION,
    PARTICIPANT,
    ENROLLMENT,
    "homework",
    "waiting",
    AT,
    PARTICIPANT,
    had_picture=False,
    has_picture=False,
    text="I wrote down what helped me on Sunday.",
)

BODIES: Final[dict[str, dict[str, object]]] = {
    "hand_in_submission": {
        "a text": NewSubmission(ENROLLMENT, "homework", "I wrote down what helped me on Sunday.")
    },
    "verify_submission": {"it is right": SubmissionVerdict()},
    "ask_submission_again": {"kindly": SubmissionReturn("Thank you! Please add the second page.")},
    "set_submission_settings": {"homework and slips": SubmissionSettingsChange(("homework", "activity"), 30)},
}
"""Bodies of requests, by operation."""

ANSWERS: Final[dict[type[Struct], Struct]] = {
    Submission: _ONE,
    SubmissionPage: SubmissionPage((_ONE,)),
    SubmissionSettings: SubmissionSettings(("homework", "activity"), 30, AT, MANAGER),
    SubmittedPicture: SubmittedPicture(PARTICIPANT, "image/jpeg", "/9j/4AAQSkZJRg=="),
}
"""Answers, by their shape."""
