"""Examples of a program's questions before enrolling and of their answers, for the contract."""

from typing import Final

from msgspec import Struct

from schemas.screening import (
    Asked,
    NewScreening,
    NewScreeningQuestions,
    Question,
    Screening,
    ScreeningAnswer,
    ScreeningPage,
    ScreeningQuestions,
)
from service.web.contract.samples import AT, PROGRAM_NAME, sample_id

SCREENING, QUESTIONS, PERSON, MANAGER = map(sample_id, (45, 46, 2, 7))

_QUESTIONS: Final = (
    Question(
        "diagnosis",
        Asked("Is there a diagnosis of stimulant use disorder?", "¿Hay un diagnóstico de ese trastorno?"),
    ),
    Question("in-another", Asked("Are they in another such program?", "¿Está en otro programa así?"), "no"),
)
_ANSWERS: Final = (ScreeningAnswer("diagnosis", "yes"), ScreeningAnswer("in-another", "no"))
_MISFIT: Final = (ScreeningAnswer("diagnosis", "yes"), ScreeningAnswer("in-another", "yes"))

BODIES: Final[dict[str, dict[str, object]]] = {
    "set_screening_questions": {
        "two questions": NewScreeningQuestions(_QUESTIONS, exception_by_another=True)
    },
    "screen_participant": {
        "an exception": NewScreening(PROGRAM_NAME, _MISFIT, "The other program ends on Friday."),
        "everything fits": NewScreening(PROGRAM_NAME, _ANSWERS),
    },
}
"""Bodies of requests, by operation."""

_SCREENING: Final = Screening(SCREENING, PERSON, PROGRAM_NAME, QUESTIONS, _ANSWERS, "fits", AT, MANAGER)

ANSWERS: Final[dict[type[Struct], Struct]] = {
    ScreeningQuestions: ScreeningQuestions(QUESTIONS, PROGRAM_NAME, _QUESTIONS, True, AT, MANAGER),  # noqa: FBT003  a field
    Screening: _SCREENING,
    ScreeningPage: ScreeningPage((_SCREENING,)),
}
"""Answers, by their shape."""
