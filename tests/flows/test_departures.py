"""Whoever leaves, moves away or dies gets no codes; what they have is kept or released; it can be undone."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

import asyncpg
import pytest

from schemas.people import Holding, NewEnrollment, ParticipantChange, ParticipantStatus
from schemas.shelf import NewRedemption
from service.core.access.places import Place
from service.core.refusals import Refused
from service.flows.access.codes import issue_code, sign_in_by_code
from service.flows.people.enrollments import open_enrollment, read_enrollment
from service.flows.people.participants import change_participant, read_participant
from service.flows.shelf.redemptions import read_redemption, redeem
from tests.flows.conftest import MONDAY, TODAY

if TYPE_CHECKING:
    from schemas.people import Participant
    from tests.flows.conftest import Scene


def status(
    status: ParticipantStatus, held: Holding | None = None, on: date | None = None
) -> ParticipantChange:
    """A change of status alone."""
    fields: dict[str, Any] = {"held": held, "status_on": on}
    return ParticipantChange(status=status, **{name: one for name, one in fields.items() if one is not None})


async def changed(scene: Scene, person: UUID, change: ParticipantChange) -> Participant:
    """Change a participant as they are now."""
    known = await scene.done(lambda act: read_participant(act, person))
    done = await scene.done(lambda act: change_participant(act, person, change, known.revision or 0))
    again = await scene.done(lambda act: read_participant(act, person))
    assert (again.value, again.revision) == (done.value, done.revision)
    return done.value


async def earned(scene: Scene) -> tuple[UUID, UUID, UUID]:
    """Somebody with $2.50 available and $2.50 held; the participant, the enrollment and the redemption."""
    enrolled = await scene.enrolled(welcome=250)
    await scene.record(enrolled.id, "negative")
    reward = await scene.reward(250, 3)
    new = NewRedemption(enrolled.participant, reward.id)
    held = await scene.value(lambda act: redeem(act, new))
    return enrolled.participant, enrolled.id, held.id


@pytest.mark.parametrize("gone", ["left", "moved", "deceased"])
async def test_whoever_is_gone_gets_no_code_and_their_enrollments_end(
    scene: Scene, gone: ParticipantStatus
) -> None:
    """What they have is kept where nobody says otherwise."""
    person, enrollment, _ = await earned(scene)
    before = await scene.balance(person)
    after = await changed(scene, person, status(gone))
    assert (after.status, after.status_on) == (gone, TODAY)
    known = await scene.value(lambda act: read_enrollment(act, enrollment))
    assert (known.status, known.closed_on) == ("closed", TODAY)
    assert await scene.balance(person) == before
    assert (await scene.refusal(lambda act: issue_code(act, person)))[0] == "invalid"
    new = NewEnrollment(person, "ladder", TODAY + timedelta(days=1))
    assert await scene.refusal(lambda act: open_enrollment(act, new)) == ("invalid", ("$.participant",))


async def test_what_is_released_goes_back_and_comes_back_when_it_was_an_error(scene: Scene) -> None:
    """Open redemptions are canceled, what is available is the clinic's; undone, it is theirs as before."""
    person, enrollment, redemption = await earned(scene)
    whole = await scene.balance(person)
    await changed(scene, person, status("deceased", "release"))
    gone = await scene.balance(person)
    assert (gone.available, gone.held, gone.given) == (0, 0, 0)
    canceled = await scene.value(lambda act: read_redemption(act, redemption))
    assert canceled.status == "canceled"
    after = await changed(scene, person, status("active"))
    assert (after.status, after.status_on) == ("active", None)
    back = await scene.balance(person)
    assert (back.available, back.held) == (whole.available + whole.held, 0)
    known = await scene.value(lambda act: read_enrollment(act, enrollment))
    assert (known.status, known.closed_on, known.close_reason) == ("open", None, None)
    await scene.record(enrollment, "negative", MONDAY + timedelta(minutes=1))


async def test_what_was_released_stays_with_the_clinic_where_it_says_so(scene: Scene) -> None:
    """Somebody who comes back begins with nothing, and with what they earn from then on."""
    person, enrollment, _ = await earned(scene)
    await changed(scene, person, status("left", "release"))
    await changed(scene, person, status("active", "release"))
    assert (await scene.balance(person)).available == 0
    await changed(scene, person, status("moved", "keep"))
    await changed(scene, person, status("active"))
    assert (await scene.balance(person)).available == 0
    assert (await scene.value(lambda act: read_enrollment(act, enrollment))).status == "open"


async def test_a_status_is_changed_into_another_and_all_of_it_undone(scene: Scene) -> None:
    """Left first, then known to have died; active again, what each released comes back."""
    person, enrollment, _ = await earned(scene)
    whole = await scene.balance(person)
    await changed(scene, person, status("left"))
    after = await changed(scene, person, status("deceased", "release"))
    assert after.status == "deceased"
    await changed(scene, person, status("active"))
    assert (await scene.balance(person)).available == whole.available + whole.held
    assert (await scene.value(lambda act: read_enrollment(act, enrollment))).status == "open"


async def test_nobody_signs_in_as_the_deceased(scene: Scene) -> None:
    """A code that was printed before does not work any more; for somebody who is here it does."""
    person, *_ = await earned(scene)
    other = await scene.participant("B-1")
    codes = {}
    for one in (person, other):
        issued = await scene.value(partial(issue_code, participant=one))
        codes[one] = issued.code
    await changed(scene, person, status("deceased"))
    answers = {
        one: await sign_in_by_code(scene.database, code, Place("10.0.0.1"), "portal", None)
        for one, code in codes.items()
    }
    assert isinstance(answers[person], Refused)
    assert not isinstance(answers[other], Refused)


async def test_the_front_desk_says_nobody_is_gone(scene: Scene) -> None:
    """Nor what becomes of what they have; a clinician does."""
    person, *_ = await earned(scene)
    ask = scene.refusal(lambda act: change_participant(act, person, status("left"), 1), "front_desk")
    assert await ask == ("forbidden", ("$.status",))
    await scene.value(lambda act: change_participant(act, person, status("left"), 1), "clinician")


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (ParticipantChange(held="keep"), "$.status"),
        (status("left", on=TODAY + timedelta(days=1)), "$.status_on"),
    ],
)
async def test_what_cannot_be_said_of_a_status_is_refused(
    scene: Scene, change: ParticipantChange, place: str
) -> None:
    """What becomes of things goes with a status, and nobody is gone since tomorrow."""
    person = await scene.participant("A-1")
    assert await scene.refusal(lambda act: change_participant(act, person, change, 1)) == (
        "invalid",
        (place,),
    )


async def test_a_departure_is_neither_changed_nor_undone_twice(scene: Scene) -> None:
    """By grants and a constraint."""
    person, *_ = await earned(scene)
    await changed(scene, person, status("left", "release"))
    await changed(scene, person, status("active"))
    again = (
        "insert into departures select clinic_id, gen_random_uuid(), participant_id, status, on_day, held,"
        " reason, units, amounts, enrollments, undoes, recorded_at, recorded_by"
        " from departures where undoes is not null"
    )
    for statement, error in (
        ("update departures set status = 'left'", asyncpg.InsufficientPrivilegeError),
        ("delete from departures", asyncpg.InsufficientPrivilegeError),
        (again, asyncpg.UniqueViolationError),
    ):
        async with scene.database.transaction(scene.clinic) as tx:
            with pytest.raises(error):
                await tx.connection.execute(statement)
