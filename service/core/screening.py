"""Whether somebody may be enrolled, by what they answered to a program's questions."""

from collections.abc import Sequence

from schemas.ids import Id
from schemas.screening import Question, ScreeningAnswer, ScreeningStatus
from service.core.refusals import Refused, refused

MAY_BEGIN: frozenset[ScreeningStatus] = frozenset({"fits", "exception"})
"""With which status of their last screening somebody may be enrolled."""


def named_twice(questions: Sequence[Question]) -> Refused | None:
    """Why some questions cannot be set: two of them have one name."""
    names = [one.name for one in questions]
    for place, name in enumerate(names):
        if name in names[:place]:
            return refused("invalid.question_twice", f"$.questions[{place}].name", name=name)
    return None


def fits(questions: Sequence[Question], answers: Sequence[ScreeningAnswer]) -> bool | Refused:
    """Whether all answers are those with which somebody may begin; refused where they are not one to each."""
    known = {one.name: one.fits for one in questions}
    said = {one.question: one.answer for one in answers}
    for place, one in enumerate(answers):
        if one.question not in known:
            known_names = tuple(known)
            return refused("invalid.question_unknown", f"$.answers[{place}].question", known=known_names)
    if len(said) < len(answers):
        return refused("invalid.answered_twice", "$.answers")
    missing = tuple(name for name in known if name not in said)
    if missing:
        return refused("invalid.answers_missing", "$.answers", missing=missing)
    return said == known


def status_of(
    *, is_fitting: bool, has_exception: bool, by_another: bool, is_approved: bool
) -> ScreeningStatus:
    """How a screening stands; `by_another` says whether an exception takes a second person's approval."""
    if is_fitting:
        return "fits"
    if not has_exception:
        return "does_not_fit"
    return "exception_asked" if by_another and not is_approved else "exception"


def gate(asked: Id | None, last: ScreeningStatus | None, answered: Id | None, program: str) -> Refused | None:
    """Why somebody is not enrolled: `asked` is the id of its questions, `answered` of those answered.

    None where they may begin, or where nothing is asked.
    """
    if asked is None:
        return None
    if last is None or answered != asked:
        return refused("screening_needed", "$.program", program=program)
    if last in MAY_BEGIN:
        return None
    reason = "screening_needed.waits" if last == "exception_asked" else "screening_needed.does_not_fit"
    return refused(reason, "$.program", program=program)
