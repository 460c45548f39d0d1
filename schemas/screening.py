"""Screening: a program's questions before enrolling, what was answered, and exceptions with their reasons."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from schemas.people import Text
from schemas.program import Slug

QUESTIONS_MAX = 20
"""How many questions a program may ask."""
QuestionText = Annotated[str, Meta(min_length=1, max_length=300, pattern=r"^[^\x00-\x1f\x7f]*$(?!\n)")]
YesNo = Literal["yes", "no"]
"""The answer to a question."""


class Asked(Struct, frozen=True, forbid_unknown_fields=True):
    """A question as it is asked, in both languages; the English stands where there is no Spanish."""

    en: QuestionText
    """The question in English."""
    es: QuestionText | None = None
    """The question in Spanish."""


class Question(Struct, frozen=True, forbid_unknown_fields=True):
    """One question before enrolling, answered by yes or no."""

    name: Slug
    """Its name among the program's questions, such as `diagnosis`."""
    asks: Asked
    """What is asked."""
    fits: YesNo = "yes"
    """The answer with which somebody may begin."""


class NewScreeningQuestions(Struct, frozen=True, forbid_unknown_fields=True):
    """What a program asks before somebody is enrolled, from now on; nothing where it has no questions."""

    questions: Annotated[tuple[Question, ...], Meta(max_length=QUESTIONS_MAX)]
    """The questions, each with a name of its own."""
    exception_by_another: bool = False
    """Whether an exception takes the approval of another person than the one who asked."""


class ScreeningQuestions(Struct, frozen=True):
    """What a program asks before somebody is enrolled."""

    id: UUID
    """Their id: other questions have another one, and are asked anew."""
    program: str
    """Name of the program."""
    questions: tuple[Question, ...]
    """The questions; without any, nothing is asked."""
    exception_by_another: bool
    """Whether an exception takes the approval of another person than the one who asked."""
    set_at: datetime
    """When they were set."""
    set_by: UUID
    """Who set them: a key or member of staff."""


class ScreeningAnswer(Struct, frozen=True, forbid_unknown_fields=True):
    """The answer to one question."""

    question: Slug
    """Name of the question."""
    answer: YesNo
    """What was answered."""


class NewScreening(Struct, frozen=True, forbid_unknown_fields=True):
    """The answers to a program's questions, kept encrypted."""

    program: Slug
    """Name of the program."""
    answers: Annotated[tuple[ScreeningAnswer, ...], Meta(min_length=1, max_length=QUESTIONS_MAX)]
    """An answer to each question."""
    exception: Text | None = None
    """Why they may begin although an answer does not fit; kept encrypted."""


ScreeningStatus = Literal["fits", "does_not_fit", "exception", "exception_asked"]
"""`fits`: they may be enrolled; `does_not_fit`: they may not; `exception`: they may all the same;
`exception_asked`: another person is to approve that."""


class Screening(Struct, frozen=True):
    """What somebody answered to a program's questions."""

    id: UUID
    participant: UUID
    program: str
    """Name of the program."""
    questions: UUID
    """Id of the questions that were asked."""
    answers: tuple[ScreeningAnswer, ...]
    """What was answered."""
    status: ScreeningStatus
    """Whether they may be enrolled."""
    asked_at: datetime
    """When it was asked."""
    asked_by: UUID
    """Who asked: a key or member of staff."""
    exception: str | None = None
    """Why they may begin although an answer does not fit."""
    approved_at: datetime | None = None
    """When the exception was approved, where another person had to."""
    approved_by: UUID | None = None
    """Who approved the exception, where another person had to."""


class ScreeningPage(Struct, frozen=True):
    """One page of screenings, newest first."""

    items: tuple[Screening, ...]
    next_cursor: str | None = None
