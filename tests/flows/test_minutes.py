"""Minutes attended: in files and messages, corrected, in books that verify themselves, packs and weeks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest

from schemas.corrections import NewCorrection
from schemas.events import NewEvent
from schemas.guardians import NewGuardianConsent
from schemas.mapping import EventMapping, FieldRule, TimeRule
from schemas.packs import PackScope
from schemas.people import NewEnrollment, NewParticipant
from schemas.program import Flat, Phase, Program, Target
from schemas.receipts import Receipt
from service.core.cursors import Page
from service.core.inbound.mapping import understand
from service.core.inbound.said import Understood
from service.core.minutes import asked_of
from service.flows.people.enrollments import open_enrollment
from service.flows.people.guardians import record_guardian_consent
from service.flows.people.participants import register_participant
from service.flows.programs.programs import publish_program
from service.flows.visits.corrections import correct_event
from service.flows.visits.hours import list_hours
from service.flows.visits.record_events import Recorded, ToRecord
from service.store.database.ids import new_id
from tests.core.test_mapping import ZONES
from tests.flows.conftest import MONDAY, TODAY
from tests.flows.importing import bring
from tests.flows.packing import checked, packed, rows
from tests.flows.test_verify_visits import fault_in

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from schemas.hours import WeekHours
    from schemas.people import Enrollment
    from tests.flows.conftest import Scene

DAY = timedelta(days=1)
GROUP = Program(
    "group", "Group", "usd", 12, (Target("group", "attendance", (Phase(weeks=(1, 12), earn=Flat(500)),)),)
)
HEAD = "participant_reference,target,outcome,occurred_at,program,starts_on,minutes\n"


async def attending(scene: Scene, reference: str = "G-1", birth_year: int | None = None) -> Enrollment:
    """Enroll somebody who comes to a group."""
    await scene.value(lambda act: publish_program(act, GROUP))
    born = NewParticipant(reference, birth_year=birth_year)
    who = await scene.value(lambda act: register_participant(act, born))
    if birth_year is not None:
        consent = NewGuardianConsent("Ana Lopez", "parent", TODAY)
        await scene.value(lambda act: record_guardian_consent(act, who.id, consent))
    return await scene.value(lambda act: open_enrollment(act, NewEnrollment(who.id, "group", TODAY)))


async def came(
    scene: Scene, enrollment: UUID, minutes: int | None, days: int = 0, outcome: str = "attended"
) -> Receipt:
    """Record a session."""
    at = MONDAY + days * DAY
    event = NewEvent(outcome, at, enrollment=enrollment, target="group", minutes=minutes)
    (answer,) = await scene.recorder.record(scene.clinic, [ToRecord(scene.actor(), event)])
    assert isinstance(answer, Recorded), answer
    return msgspec.json.decode(answer.receipt, type=Receipt)


async def week(scene: Scene) -> list[WeekHours]:
    """Read the week of the first Monday."""
    page = await scene.value(lambda act: list_hours(act, Page(9), TODAY))
    assert page.week == TODAY
    return list(page.items)


async def test_a_week_sums_what_stands_against_what_is_asked(scene: Scene) -> None:
    """Corrected minutes count as they are now, those of nobody there and of a withdrawn event do not."""
    adult, young = await attending(scene), await attending(scene, "G-2", 2010)
    scene.clock.now = MONDAY + 9 * DAY
    first = await came(scene, adult.id, 180)
    await came(scene, adult.id, None, 1)
    await came(scene, adult.id, None, 2, "absent")
    gone = await came(scene, adult.id, 60, 3)
    late = await came(scene, adult.id, 45, 4, "left_early")
    await came(scene, adult.id, 90, 7)
    await came(scene, young.id, 360)
    other = NewCorrection("minutes", "They left at eleven.", minutes=150)
    await scene.value(lambda act: correct_event(act, first.event.id, other))
    withdrawn = NewCorrection("entry_error", "Somebody else's.")
    await scene.value(lambda act: correct_event(act, gone.event.id, withdrawn))
    absent = NewCorrection("lab_overturn", "They were not there at all.", "absent")
    shown = await scene.value(lambda act: correct_event(act, late.event.id, absent))
    assert shown.event.minutes is msgspec.UNSET
    told = {
        one.reference: (one.minutes, one.asked, one.is_met, one.sessions, one.unnamed)
        for one in await week(scene)
    }
    assert told == {"G-1": (150, 540, False, 2, 1), "G-2": (360, 360, True, 1, 0)}
    assert await fault_in(scene) is None


async def test_whoever_has_no_session_is_in_the_week_too_and_another_clinic_is_not(scene: Scene) -> None:
    """It is they who are looked for; a person's own week is read alone."""
    one = await attending(scene)
    assert [(each.minutes, each.sessions) for each in await week(scene)] == [(0, 0)]
    own = await scene.value(lambda act: list_hours(act, Page(9), TODAY, one.participant))
    assert [each.participant for each in own.items] == [one.participant]
    elsewhere = await scene.elsewhere()
    assert (await elsewhere.value(lambda act: list_hours(act, Page(9), TODAY))).items == ()
    refused = await elsewhere.refusal(lambda act: list_hours(act, Page(9), TODAY, one.participant))
    assert refused[0] == "not_found"


def test_who_turns_18_in_a_year_is_asked_as_an_adolescent_until_it_ends() -> None:
    """By the year of birth alone nobody knows the day; without it somebody is an adult."""
    assert [asked_of(born, 2026) for born in (2007, 2008, 2009, None)] == [540, 360, 360, 540]


async def test_a_correction_of_minutes_changes_no_award_and_can_be_taken_back(scene: Scene) -> None:
    """It pays and takes nothing; the same number again, or for what nobody came to, is refused."""
    enrollment = await attending(scene)
    first = await came(scene, enrollment.id, 180)
    event = first.event.id
    other = NewCorrection("minutes", "It ended early.", minutes=120)
    done = await scene.value(lambda act: correct_event(act, event, other))
    assert (done.event.minutes, done.event.outcome) == (120, "attended")
    assert [(one.amount, one.after) for one in done.adjustments] == [(0, 500)]
    for wrong, place in (
        (other, "$.minutes"),
        (NewCorrection("minutes", "None."), "$.minutes"),
        (NewCorrection("excuse", "Ill.", minutes=5), "$.minutes"),
        (NewCorrection("minutes", "Both.", "late", 5), "$.outcome"),
    ):
        refusal = await scene.refusal(lambda act, wrong=wrong: correct_event(act, event, wrong))  # type: ignore[misc]
        assert refusal == ("invalid", (place,)), wrong
    assert not isinstance(done.corrections, msgspec.UnsetType)
    (kept,) = done.corrections
    back = NewCorrection("entry_error", "It did not.")
    again = await scene.value(lambda act: correct_event(act, kept.id, back))
    assert again.event.minutes == 180
    assert (await scene.balance(enrollment.participant)).available == 500
    assert await fault_in(scene) is None


async def test_a_pack_holds_minutes_and_the_checker_reads_their_corrections(
    scene: Scene, tmp_path: Path
) -> None:
    """A correction of minutes leaves the event as it was for what it earns."""
    enrollment = await attending(scene)
    scene.clock.now = MONDAY + 9 * DAY
    first = await came(scene, enrollment.id, 180)
    await came(scene, enrollment.id, None, 1)
    other = NewCorrection("minutes", "It ended early.", minutes=120)
    await scene.value(lambda act: correct_event(act, first.event.id, other))
    await packed(scene.database, scene.actor("auditor"), PackScope(enrollment.participant), tmp_path)
    assert [row["minutes"] for row in rows(tmp_path, "events")] == [180, None]
    assert [row["minutes"] for row in rows(tmp_path, "corrections")] == [120]
    code, words = checked(tmp_path)
    assert (code, "Everything in this pack holds." in words) == (0, True), words


async def test_files_bring_minutes_and_other_ones_are_a_correction(scene: Scene) -> None:
    """What is no number is refused; another number for the same line is offered as a correction."""
    await scene.value(lambda act: publish_program(act, GROUP))
    scene.clock.now = MONDAY + 9 * DAY
    days = [f"2026-03-0{day}T09:30:00-08:00" for day in (2, 3, 4)]
    lines = [
        f"G-7,group,attended,{days[0]},group,2026-03-02,180\n",
        f"G-7,group,attended,{days[1]},group,2026-03-02,\n",
        f"G-7,group,attended,{days[2]},group,2026-03-02,3h\n",
    ]
    brought = await bring(scene, HEAD + "".join(lines))
    assert (brought.counts.recorded, brought.refused) == (2, {4: "invalid.minutes"})
    other = HEAD + lines[0].replace("180", "170") + lines[1]
    again = await bring(scene, other)
    assert (again.counts.known, again.refused) == (1, {2: "already_recorded.line"})
    applied = await bring(scene, other, corrections="apply")
    assert (applied.counts.known, applied.counts.corrected) == (1, 1)
    (one,) = await week(scene)
    assert (one.minutes, one.sessions, one.unnamed) == (170, 2, 1)
    assert (await bring(scene, other)).counts.known == 2


@pytest.mark.parametrize(("said", "minutes"), [(90, 90), ("90", 90), (None, None)])
def test_messages_bring_minutes(said: object, minutes: int | None) -> None:
    """As a number or as text; where nothing stands there are none."""
    mapping = EventMapping(
        outcome=FieldRule(value="attended"),
        occurred_at=TimeRule("$.t"),
        participant_reference=FieldRule("$.who"),
        target=FieldRule(value="group"),
        minutes=FieldRule("$.length"),
    )
    body = {"who": "G-1", "t": "2026-03-02T10:00:00Z", "length": said}
    found = understand(mapping, msgspec.json.encode(body), ZONES, new_id())
    assert isinstance(found, Understood)
    (report,) = found.items
    assert report.event.minutes == minutes  # type: ignore[union-attr]
