"""Submissions: never paid unverified, paid once as of when they came; pictures made anew and forgotten."""

from __future__ import annotations

import asyncio
import io
import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from PIL import Image

from schemas.erasures import NewErasure
from schemas.people import Enrollment, NewEnrollment
from schemas.program import Flat, Phase, Program, Target
from schemas.receipts import Receipt
from schemas.submissions import (
    NewSubmission,
    Submission,
    SubmissionReturn,
    SubmissionSettingsChange,
    SubmissionVerdict,
)
from service.core.refusals import Refused
from service.flows.people.enrollments import open_enrollment
from service.flows.people.erasures import approve_erasure, propose_erasure
from service.flows.people.whole_record import read_whole_record
from service.flows.perform import Again, Once
from service.flows.programs.programs import publish_program
from service.flows.submissions.pictures import TOO_LARGE, UNREADABLE, made_anew
from service.flows.submissions.submissions import (
    ask_again,
    forget_pictures,
    hand_in,
    read_picture,
    read_submission,
    set_settings,
)
from service.flows.submissions.verify import verify_submission
from tests.flows.conftest import TODAY, count, gather_for

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

TEXT = "I wrote down what helped me on Sunday."


def drawn(kind: str = "JPEG", size: tuple[int, int] = (2400, 1200), *, place: bool = True) -> bytes:
    """A photo, with what a camera writes beside it."""
    exif = Image.Exif()
    if place:
        exif[0x010F] = "Camera of Rosa"
        exif[0x0112] = 6  # it was held upright
    made = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(made, kind, exif=exif)
    return made.getvalue()


async def enrolled(scene: Scene, takes: bool = True) -> Enrollment:  # noqa: FBT002
    """Enroll somebody with homework, in a clinic that takes it."""
    phases = (Phase(weeks=(1, 12), earn=Flat(500)),)
    targets = (Target("homework", "homework", phases), Target("test", "test", phases))
    await scene.value(lambda act: publish_program(act, Program("tasks", "T", "usd", 12, targets)))
    if takes:
        await scene.value(lambda act: set_settings(act, SubmissionSettingsChange(("homework",), 14)))
    new = NewEnrollment(await scene.participant(), "tasks", TODAY)
    return await scene.value(lambda act: open_enrollment(act, new))


async def handed_in(scene: Scene, enrollment: UUID, picture: bytes | None = None) -> Submission:
    """Hand something in."""
    new = NewSubmission(enrollment, "homework", TEXT)
    return await scene.value(lambda act: hand_in(act, new, picture), "front_desk")


async def verified(scene: Scene, submission: UUID, *, another: bool = False) -> Receipt | Refused:
    """Verify a submission as the desk does."""
    ask = gather_for(scene).ask
    verdict = SubmissionVerdict(another)
    return await verify_submission(scene.database, scene.actor("front_desk"), submission, verdict, "en", ask)


async def test_what_is_handed_in_earns_nothing_until_it_is_verified(scene: Scene) -> None:
    """Then once, with the time at which it was handed in, however often somebody presses."""
    enrollment = await enrolled(scene)
    made = await handed_in(scene, enrollment.id)
    assert (await scene.balance(enrollment.participant)).available == 0
    assert await count(scene, "events") == 0
    scene.clock.now += timedelta(hours=30)
    receipt = await verified(scene, made.id)
    assert isinstance(receipt, Receipt)
    assert receipt.event.occurred_at == made.submitted_at
    assert (receipt.event.outcome, receipt.event.recorded_by) == ("completed", scene.actor("front_desk").id)
    again = await verified(scene, made.id)
    assert isinstance(again, Refused)
    assert again.code == "already_settled"
    assert (await scene.balance(enrollment.participant)).available == 500
    known = await scene.value(lambda act: read_submission(act, made.id))
    assert (known.status, known.event) == ("verified", receipt.event.id)


async def test_two_presses_at_once_and_a_crash_between_pay_once(scene: Scene) -> None:
    """Whoever goes on after the event was recorded, and the submission not yet, finds that event."""
    enrollment = await enrolled(scene)
    made = await handed_in(scene, enrollment.id)
    ask = gather_for(scene).ask

    async def crashes(*asked: object) -> Receipt:
        await ask(*asked)  # type: ignore[arg-type]
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await verify_submission(
            scene.database,
            scene.actor("front_desk"),
            made.id,
            SubmissionVerdict(),
            "en",
            crashes,  # type: ignore[arg-type]
        )
    words = SubmissionReturn("Please add a page.")
    assert (await scene.refusal(lambda act: ask_again(act, made.id, words)))[0] == "already_settled"
    done = await asyncio.gather(*(verified(scene, made.id) for _ in range(4)))
    assert any(isinstance(one, Receipt) for one in done)
    assert await count(scene, "events") == 1
    assert (await scene.balance(enrollment.participant)).available == 500


async def test_what_is_given_back_is_never_paid(scene: Scene) -> None:
    """It comes with words, and another one can be handed in."""
    enrollment = await enrolled(scene)
    made = await handed_in(scene, enrollment.id)
    back = SubmissionReturn("Thank you! Please add the second page.")
    done = await scene.value(lambda act: ask_again(act, made.id, back), "front_desk")
    assert (done.status, done.words) == ("asked_again", back.words)
    refused = await verified(scene, made.id)
    assert isinstance(refused, Refused)
    assert await count(scene, "events") == 0
    other = await handed_in(scene, enrollment.id)
    assert isinstance(await verified(scene, other.id), Receipt)


async def test_a_second_one_of_a_day_waits_until_somebody_says_that_it_counts(scene: Scene) -> None:
    """An event that is refused leaves the submission waiting."""
    enrollment = await enrolled(scene)
    first = await handed_in(scene, enrollment.id)
    # Two of the very same moment are one event by the rules, and are paid once.
    scene.clock.now += timedelta(hours=1)
    second = await handed_in(scene, enrollment.id)
    assert isinstance(await verified(scene, first.id), Receipt)
    refused = await verified(scene, second.id)
    assert isinstance(refused, Refused)
    assert refused.code == "already_recorded"
    assert (await scene.value(lambda act: read_submission(act, second.id))).status == "waiting"
    assert isinstance(await verified(scene, second.id, another=True), Receipt)


async def test_only_what_the_clinic_takes_is_taken(scene: Scene) -> None:
    """Nothing before a manager says so; no test, nothing empty, and no heap of it."""
    enrollment = await enrolled(scene, takes=False)
    new = NewSubmission(enrollment.id, "homework", TEXT)
    assert (await scene.refusal(lambda act: hand_in(act, new, None)))[1] == ("$.target",)
    await scene.value(lambda act: set_settings(act, SubmissionSettingsChange(("homework",))))
    test = NewSubmission(enrollment.id, "test", TEXT)
    assert (await scene.refusal(lambda act: hand_in(act, test, None)))[1] == ("$.target",)
    empty = NewSubmission(enrollment.id, "homework")
    assert (await scene.refusal(lambda act: hand_in(act, empty, None)))[1] == ("$.text",)
    stranger = await scene.participant("P-2")
    assert (await scene.refusal(lambda act: hand_in(act, new, None, stranger)))[0] == "not_found"
    for _ in range(10):
        await handed_in(scene, enrollment.id)
    assert (await scene.refusal(lambda act: hand_in(act, new, None)))[1] == ("$",)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
async def test_a_picture_is_made_anew_without_what_a_camera_wrote(kind: str) -> None:
    """Upright, small, and a JPEG whatever it was."""
    made = await made_anew(drawn(kind))
    assert isinstance(made, bytes)
    with Image.open(io.BytesIO(made)) as picture:
        assert picture.format == "JPEG"
        assert picture.size == (800, 1600)
        assert not picture.getexif()
        assert b"Rosa" not in made


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a" + bytes(100),
        drawn()[:300],
        drawn("PNG", (5000, 5000), place=False),
        bytes(11 * 1024 * 1024),
    ],
    ids=["nothing", "svg", "gif", "cut", "bomb", "heavy"],
)
async def test_what_is_no_picture_or_too_large_is_refused(body: bytes) -> None:
    """Twenty-five million pixels of nothing are a few kilobytes, and are not unpacked."""
    assert isinstance(await made_anew(body), Refused)


def gone_over(times: int) -> bytes:
    """A photo that becomes clear by steps, the second of which stands there so many times."""
    made = io.BytesIO()
    Image.new("RGB", (3000, 3000), "white").save(made, "JPEG", progressive=True)
    body = made.getvalue()
    begins = [found.start() for found in re.finditer(rb"\xff\xda", body)]
    return body[: begins[1]] + body[begins[1] : begins[2]] * times + body[begins[2] :]


async def test_a_photo_that_is_gone_over_ten_thousand_times_costs_nothing() -> None:
    """Its file is small, and a decoder would be at it for hours. One of ten steps is taken."""
    assert isinstance(await made_anew(gone_over(1)), bytes)
    assert await made_anew(gone_over(10_000)) is UNREADABLE


async def test_a_large_photo_that_would_be_held_whole_is_refused() -> None:
    """What is gone over once is decoded at a part of its size, what comes by steps is not."""
    once, by_steps = io.BytesIO(), io.BytesIO()
    photo = Image.new("L", (6000, 5000))
    photo.save(once, "JPEG")
    photo.save(by_steps, "JPEG", progressive=True)
    assert isinstance(await made_anew(once.getvalue()), bytes)
    assert await made_anew(by_steps.getvalue()) is TOO_LARGE


async def test_pictures_are_kept_sealed_and_no_longer_than_set(scene: Scene) -> None:
    """Some days after somebody looked; the submission itself stays."""
    enrollment = await enrolled(scene)
    picture = await made_anew(drawn())
    assert isinstance(picture, bytes)
    made = await handed_in(scene, enrollment.id, picture)
    assert await scene.value(lambda act: read_picture(act, made.id)) == picture
    stranger = await scene.participant("P-2")
    assert (await scene.refusal(lambda act: read_picture(act, made.id, stranger)))[0] == "not_found"
    async with scene.database.transaction(scene.clinic) as tx:
        sealed = await tx.connection.fetchval("select picture from submissions")
    assert picture[:40] not in sealed
    scene.clock.now += timedelta(days=20)
    assert await forget_pictures(scene.database, scene.clinic) == 0
    assert isinstance(await verified(scene, made.id), Receipt)
    scene.clock.now += timedelta(days=13)
    assert await forget_pictures(scene.database, scene.clinic) == 0
    scene.clock.now += timedelta(days=2)
    assert await forget_pictures(scene.database, scene.clinic) == 1
    assert (await scene.refusal(lambda act: read_picture(act, made.id)))[0] == "not_found"
    known = await scene.value(lambda act: read_submission(act, made.id))
    assert (known.had_picture, known.has_picture, known.text) == (True, False, TEXT)


async def test_an_erasure_takes_submissions_and_what_was_answered_with_them(scene: Scene) -> None:
    """A whole record has them before; a request that is repeated afterwards tells nothing of them."""
    enrollment = await enrolled(scene)
    new, once = NewSubmission(enrollment.id, "homework", TEXT), Once.of("handed in", "asked")
    await scene.ask(lambda act: hand_in(act, new, None), once=once)
    who = enrollment.participant
    assert TEXT in (await scene.value(lambda act: read_whole_record(act, who))).words
    made = await scene.value(lambda act: propose_erasure(act, who, NewErasure("They asked for it.")))
    await scene.by_another(lambda act: approve_erasure(act, made.id))
    assert await count(scene, "submissions") == 0
    again = await scene.ask(lambda act: hand_in(act, new, None), once=once)
    assert isinstance(again, Again)
    assert json.loads(again.body)["text"] == "[erased]"
