"""Nobody is enrolled in a program that asks first before their answers fit, or an exception is stated."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from schemas.erasures import NewErasure
from schemas.people import NewEnrollment
from schemas.screening import Asked, NewScreening, NewScreeningQuestions, Question, ScreeningAnswer, YesNo
from service.core.cursors import Page
from service.flows.people.enrollments import open_enrollment
from service.flows.people.erasures import approve_erasure, propose_erasure
from service.flows.people.screening import (
    approve_exception,
    list_screenings,
    read_questions,
    screen,
    set_questions,
)
from service.flows.people.whole_record import read_whole_record
from tests.flows.conftest import TODAY, count

if TYPE_CHECKING:
    from uuid import UUID

    from schemas.screening import Screening
    from tests.flows.conftest import Scene

DIAGNOSIS = Question("diagnosis", Asked("Is there a diagnosis?", "¿Hay un diagnóstico?"))
ELSEWHERE = Question("elsewhere", Asked("Are they in another program?"), "no")
BOTH = NewScreeningQuestions((DIAGNOSIS, ELSEWHERE))


def said(diagnosis: YesNo, elsewhere: YesNo, exception: str | None = None) -> NewScreening:
    """Answer both questions."""
    answers = (ScreeningAnswer("diagnosis", diagnosis), ScreeningAnswer("elsewhere", elsewhere))
    return NewScreening("ladder", answers, exception)


async def asking(scene: Scene, new: NewScreeningQuestions = BOTH) -> UUID:
    """Register somebody where a program asks."""
    await scene.program()
    await scene.value(lambda act: set_questions(act, "ladder", new))
    return await scene.participant()


async def answered(scene: Scene, who: UUID, new: NewScreening) -> Screening:
    """Keep what somebody answered."""
    return await scene.value(lambda act: screen(act, who, new), "clinician")


async def barred(scene: Scene, who: UUID) -> tuple[str, tuple[str, ...]]:
    """Try to enroll somebody."""
    return await scene.refusal(lambda act: open_enrollment(act, NewEnrollment(who, "ladder", TODAY)))


async def enrolled(scene: Scene, who: UUID) -> None:
    """Enroll somebody."""
    await scene.value(lambda act: open_enrollment(act, NewEnrollment(who, "ladder", TODAY)))


async def test_whoever_fits_is_enrolled_and_nobody_before_they_were_asked(scene: Scene) -> None:
    """The refusal is at the program; the last answers count; who asked and when is on record."""
    who = await asking(scene)
    needed = ("screening_needed", ("$.program",))
    assert await barred(scene, who) == needed
    first = await answered(scene, who, said("yes", "yes"))
    assert (first.status, await barred(scene, who)) == ("does_not_fit", needed)
    assert (await answered(scene, who, said("yes", "no"))).status == "fits"
    await enrolled(scene, who)
    kept = await scene.value(lambda act: list_screenings(act, who, Page(9)))
    assert [one.status for one in kept.items] == ["fits", "does_not_fit"]
    assert {(one.asked_by, one.asked_at) for one in kept.items} == {
        (scene.actor("clinician").id, scene.clock.now)
    }
    assert "screening.answered" in await scene.deeds()


async def test_an_exception_needs_a_reason_and_where_it_is_set_another_person(scene: Scene) -> None:
    """Whoever asked does not approve it; nobody approves twice."""
    who = await asking(scene)
    assert (await answered(scene, who, said("no", "no", "The letter comes on Monday."))).status == "exception"
    await enrolled(scene, who)
    other = await scene.participant("P-2")
    await scene.value(lambda act: set_questions(act, "ladder", replace(BOTH, exception_by_another=True)))
    asked = await answered(scene, other, said("no", "no", "The letter comes on Monday."))
    assert (asked.status, (await barred(scene, other))[0]) == ("exception_asked", "screening_needed")
    own = await scene.refusal(lambda act: approve_exception(act, asked.id), "clinician")
    assert own[0] == "same_person"
    approved = await scene.by_another(partial(approve_exception, screening_id=asked.id))
    assert (approved.status, approved.approved_by is not None) == ("exception", True)
    again = await scene.refusal(lambda act: approve_exception(act, asked.id))
    assert again[0] == "already_settled"
    await enrolled(scene, other)


async def test_other_questions_are_asked_anew_and_none_ask_nothing(scene: Scene) -> None:
    """What was answered before is kept, and counts no more."""
    who = await asking(scene)
    await answered(scene, who, said("yes", "no"))
    await scene.value(lambda act: set_questions(act, "ladder", NewScreeningQuestions((DIAGNOSIS,))))
    assert (await barred(scene, who))[0] == "screening_needed"
    await scene.value(lambda act: set_questions(act, "ladder", NewScreeningQuestions(())))
    await enrolled(scene, who)


async def test_answers_that_cannot_be_are_refused_at_their_field(scene: Scene) -> None:
    """Each question once, no other one, and no exception where all fits."""
    who = await asking(scene)
    yes = ScreeningAnswer("diagnosis", "yes")
    for wrong, place in (
        (NewScreening("ladder", (yes,)), "$.answers"),
        (NewScreening("ladder", (yes, yes)), "$.answers"),
        (NewScreening("ladder", (yes, ScreeningAnswer("age", "yes"))), "$.answers[1].question"),
        (said("yes", "no", "Why not."), "$.exception"),
    ):
        refusal = await scene.refusal(partial(screen, participant_id=who, new=wrong))
        assert refusal == ("invalid", (place,)), wrong
    twice = NewScreeningQuestions((DIAGNOSIS, DIAGNOSIS))
    refusal = await scene.refusal(lambda act: set_questions(act, "ladder", twice))
    assert refusal == ("invalid", ("$.questions[1].name",))
    nowhere = await scene.refusal(lambda act: set_questions(act, "nowhere", BOTH))
    assert nowhere[0] == "not_found"


async def test_answers_are_sealed_shown_in_the_record_and_gone_with_an_erasure(scene: Scene) -> None:
    """Nobody reads them in the tables; another clinic finds none of them."""
    who = await asking(scene)
    await answered(scene, who, said("no", "no", "The letter comes on Monday."))
    async with scene.database.transaction(scene.clinic) as tx:
        row = await tx.connection.fetchrow("select answers, exception from screenings")
    assert row is not None
    assert b"diagnosis" not in row["answers"]
    assert b"letter" not in row["exception"]
    elsewhere = await scene.elsewhere()
    assert (await elsewhere.refusal(lambda act: list_screenings(act, who, Page(9))))[0] == "not_found"
    assert (await elsewhere.refusal(lambda act: read_questions(act, "ladder")))[0] == "not_found"
    words = (await scene.value(lambda act: read_whole_record(act, who))).words
    assert "The letter comes on Monday." in words
    proposed = await scene.value(lambda act: propose_erasure(act, who, NewErasure("They asked for it.")))
    await scene.by_another(lambda act: approve_erasure(act, proposed.id))
    assert await count(scene, "screenings") == 0
