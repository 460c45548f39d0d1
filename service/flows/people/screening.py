"""Screening: what a program asks before somebody is enrolled, the answers, and exceptions."""

from uuid import UUID

from schemas.screening import (
    NewScreening,
    NewScreeningQuestions,
    Screening,
    ScreeningPage,
    ScreeningQuestions,
)
from service.core.cursors import Page, before_id, cut
from service.core.refusals import Refused, refused
from service.core.screening import fits, gate, named_twice, status_of
from service.flows.perform import Act, Done
from service.store import charts, persons, programs, screenings


async def set_questions(
    act: Act, program: str, new: NewScreeningQuestions
) -> Done[ScreeningQuestions] | Refused:
    """Set what a program asks from now on; whoever answered other questions is asked anew."""
    if await programs.latest(act, program) is None:
        return refused("not_found.program")
    refusal = named_twice(new.questions)
    if refusal is not None:
        return refusal
    made = ScreeningQuestions(
        act.new_id(), program, new.questions, new.exception_by_another, act.now, act.actor.id
    )
    await screenings.ask(act, made)
    act.audit("screening.questions_set", made.id, program=program, count=len(made.questions))
    return Done(made)


async def read_questions(act: Act, program: str) -> Done[ScreeningQuestions] | Refused:
    """What a program asks; refused where nobody ever said."""
    known = await screenings.asked(act, program)
    return refused("not_found.screening_questions") if known is None else Done(known)


async def screen(act: Act, participant_id: UUID, new: NewScreening) -> Done[Screening] | Refused:
    """Keep what somebody answered to a program's questions, sealed, with who asked and when."""
    participant = await charts.lock_person(act, participant_id)
    if participant is None:
        return refused("not_found.participant")
    asked = await screenings.asked(act, new.program)
    if asked is None or not asked.questions:
        return refused("not_found.screening_questions")
    is_fitting = fits(asked.questions, new.answers)
    if isinstance(is_fitting, Refused):
        return is_fitting
    if is_fitting and new.exception is not None:
        return refused("invalid.exception_unneeded", "$.exception")
    status = status_of(
        is_fitting=is_fitting,
        has_exception=new.exception is not None,
        by_another=asked.exception_by_another,
        is_approved=False,
    )
    made = Screening(
        act.new_id(),
        participant,
        new.program,
        asked.id,
        new.answers,
        status,
        act.now,
        act.actor.id,
        new.exception,
    )
    await screenings.insert(act, made)
    act.audit("screening.answered", made.id, participant, program=new.program, status=status)
    return Done(made, "created")


async def approve_exception(act: Act, screening_id: UUID) -> Done[Screening] | Refused:
    """Approve an exception that somebody else asked for."""
    known = await screenings.find(act, screening_id)
    if known is None:
        return refused("not_found.screening")
    await charts.lock_person(act, known.participant)
    known = await screenings.find(act, screening_id) or known
    if known.status != "exception_asked":
        return refused("already_settled.screening")
    if known.asked_by in await persons.same(act, [known.asked_by]) or known.asked_by == act.actor.id:
        return refused("same_person.screening")
    await screenings.approve(act, screening_id, act.actor.id)
    act.audit("screening.approved", screening_id, known.participant, program=known.program)
    approved = await screenings.find(act, screening_id)
    if approved is None:
        raise AssertionError("what was approved is on record")
    return Done(approved)


async def list_screenings(
    act: Act, participant_id: UUID, page: Page, program: str | None = None
) -> Done[ScreeningPage] | Refused:
    """What somebody answered, newest first; that it was read is told."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    who = (await charts.leads_to(act, [participant_id])).get(participant_id)
    if who is None:
        return refused("not_found.participant")
    own = await charts.charts(act, who)
    shown, more = cut(
        await screenings.before(act, own, page.limit + 1, last, program), page, lambda one: one.id.bytes
    )
    act.audit("screening.listed", who, who, count=len(shown))
    return Done(ScreeningPage(shown, more))


async def refuse_unscreened(act: Act, participant: UUID, program: str) -> Refused | None:
    """Why somebody is not enrolled in a program that asks first; none where they may begin."""
    asked = await screenings.asked(act, program)
    if asked is None or not asked.questions:
        return None
    own = await screenings.before(act, await charts.charts(act, participant), 1, program=program)
    last = own[0] if own else None
    return gate(
        asked.id, None if last is None else last.status, None if last is None else last.questions, program
    )
