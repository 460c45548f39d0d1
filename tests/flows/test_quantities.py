"""Hours on record: in files and messages, in the books that verify themselves, and in an audit pack."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import msgspec
import pytest
from msgspec.structs import replace

from schemas.corrections import NewCorrection
from schemas.events import NewEvent
from schemas.mapping import EventMapping, FieldRule, TimeRule
from schemas.packs import PackScope
from schemas.people import MoveEnrollment, NewEnrollment
from schemas.program import Phase, Program, Rate, Target
from schemas.receipts import Receipt
from service.core.inbound.mapping import understand
from service.core.inbound.said import Understood
from service.core.merging import Seen, held_twice, proposed
from service.core.words.refusals.catalog import in_english
from service.flows.people.enrollments import open_enrollment
from service.flows.people.transfers import move_enrollment
from service.flows.people.whole_record import read_whole_record
from service.flows.programs.programs import publish_program
from service.flows.visits.corrections import correct_event
from service.flows.visits.record_events import Recorded, ToRecord
from service.store.database.ids import new_id
from tests.core.test_mapping import ZONES
from tests.flows.conftest import MONDAY, TODAY
from tests.flows.importing import bring, earned
from tests.flows.packing import checked, packed, rows

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from schemas.people import Enrollment
    from tests.flows.conftest import Scene

WORK = Program(
    "work", "Work", "usd", 12, (Target("work", "activity", (Phase(weeks=(1, 12), earn=Rate(725, "hour")),)),)
)
HEAD = "participant_reference,target,outcome,occurred_at,program,starts_on,hours\n"


async def working(scene: Scene, reference: str = "W-1") -> Enrollment:
    """Enroll somebody who works by the hour."""
    await scene.value(lambda act: publish_program(act, WORK))
    new = NewEnrollment(await scene.participant(reference), "work", TODAY)
    return await scene.value(lambda act: open_enrollment(act, new))


async def record(scene: Scene, enrollment: UUID, quantity: float | None, days: int = 0) -> Receipt:
    """Record a day of work."""
    at = MONDAY + timedelta(days=days)
    event = NewEvent("verified", at, enrollment=enrollment, target="work", quantity=quantity)
    (answer,) = await scene.recorder.record(scene.clinic, [ToRecord(scene.actor(), event)])
    assert isinstance(answer, Recorded), answer
    return msgspec.json.decode(answer.receipt, type=Receipt)


async def test_a_pack_holds_hours_and_the_checker_pays_them(scene: Scene, tmp_path: Path) -> None:
    """It works out each award from the hours, and finds hours that somebody changed."""
    enrollment = await working(scene)
    scene.clock.now = MONDAY + timedelta(days=9)
    paid = [(await record(scene, enrollment.id, one, day)).total for day, one in enumerate((7.75, None, 1))]
    assert [one[0].amount for one in paid] == [5619, 725, 725]
    await packed(scene.database, scene.actor("auditor"), PackScope(enrollment.participant), tmp_path)
    assert [row["quantity"] for row in rows(tmp_path, "events")] == [775, None, 100]
    code, words = checked(tmp_path)
    assert (code, "Everything in this pack holds." in words) == (0, True), words


async def test_files_bring_hours(scene: Scene) -> None:
    """With a decimal comma too; what is no number is refused, and a repeat with others is a conflict."""
    await scene.value(lambda act: publish_program(act, WORK))
    scene.clock.now = MONDAY + timedelta(days=9)
    days = [f"2026-03-0{day}T09:30:00-08:00" for day in (2, 3, 4, 5)]
    lines = [
        f'W-7,work,verified,{days[0]},work,2026-03-02,"3,5"\n',
        f"W-7,work,verified,{days[1]},work,2026-03-02,0.25\n",
        f"W-7,work,verified,{days[2]},work,2026-03-02,\n",
        f"W-7,work,verified,{days[3]},work,2026-03-02,two\n",
    ]
    brought = await bring(scene, HEAD + "".join(lines))
    assert (brought.counts.recorded, brought.refused) == (3, {5: "invalid.quantity"})
    assert await earned(scene, "W-7") == [2538 + 181 + 725]
    other = HEAD + lines[0] + lines[1].replace("0.25", "0.5")
    again = await bring(scene, other)
    assert (again.counts.recorded, again.counts.known, again.refused) == (0, 1, {3: "already_recorded.line"})
    assert in_english(again.results[3].why).startswith("verified (0.25) is on record")  # type: ignore[arg-type]
    applied = await bring(scene, other, corrections="apply")
    assert (applied.counts.known, applied.counts.corrected + applied.counts.recorded) == (1, 1)
    assert await earned(scene, "W-7") == [2538 + 363 + 725]


@pytest.mark.parametrize(("said", "quantity"), [(3.5, 3.5), ("0.25", 0.25), (2, 2.0), (None, None)])
def test_messages_bring_hours(said: object, quantity: float | None) -> None:
    """As a number or as text; where nothing stands it is one."""
    mapping = EventMapping(
        outcome=FieldRule(value="verified"),
        occurred_at=TimeRule("$.t"),
        participant_reference=FieldRule("$.who"),
        target=FieldRule(value="work"),
        quantity=FieldRule("$.hours"),
    )
    body = {"who": "W-1", "t": "2026-03-02T10:00:00Z", "hours": said}
    found = understand(mapping, msgspec.json.encode(body), ZONES, new_id())
    assert isinstance(found, Understood)
    (report,) = found.items
    assert report.event.quantity == quantity  # type: ignore[union-attr]


async def test_a_version_that_counts_something_else_takes_nobody_with_hours(scene: Scene) -> None:
    """Hours are no steps: whoever has some stays where they count; one alone may move."""
    with_hours, plain = await working(scene), await working(scene, "W-2")
    scene.clock.now = MONDAY + timedelta(days=9)
    await record(scene, with_hours.id, 7.75)
    await record(scene, plain.id, None)
    steps = replace(WORK.targets[0], phases=(Phase(weeks=(1, 12), earn=Rate(1, "step")),))
    await scene.value(lambda act: publish_program(act, replace(WORK, targets=(steps,))))
    to = MoveEnrollment(2, "Steps from now on.")
    refused = await scene.refusal(lambda act: move_enrollment(act, with_hours.id, to, is_preview=False))
    assert refused == ("invalid", ("$.version",))
    moved = await scene.value(lambda act: move_enrollment(act, plain.id, to, is_preview=False))
    assert (moved.to_version, moved.adjustments[0].after) == (2, 1)


def test_one_outcome_of_other_hours_on_two_charts_is_decided_by_somebody() -> None:
    """The same visit on both goes by itself; other hours are another result."""
    day = TODAY
    seen = [
        Seen(new_id(), new_id(), ends, "work", "work", day, "verified", is_missed=False, quantity=hours)
        for ends, hours in ((False, 775), (True, 775))
    ]
    (twice,) = held_twice(seen)
    assert set(proposed(twice).values()) == {"keep", "withdraw"}
    (twice,) = held_twice([seen[0], replace(seen[1], quantity=700)])
    assert proposed(twice) == {}


async def test_a_whole_record_tells_hours_as_they_were_said(scene: Scene) -> None:
    """In words and line by line: 3.5, and not the hundredths that are kept."""
    enrollment = await working(scene)
    await record(scene, enrollment.id, 3.5)
    told = await scene.value(lambda act: read_whole_record(act, enrollment.participant, "en"))
    assert "How many: 3.5" in told.words
    lines = [msgspec.json.decode(line) for line in told.ndjson.splitlines()]
    assert [one["columns"]["quantity"] for one in lines if one.get("kind") == "events"] == [3.5]


async def test_an_overturn_keeps_the_hours(scene: Scene) -> None:
    """The outcome changes and changes back; what is paid is for the same hours."""
    enrollment = await working(scene)
    receipt = await record(scene, enrollment.id, 7.75)
    for outcome, due in (("not_verified", 0), ("verified", 5619)):
        new = NewCorrection("lab_overturn", "The log was read again.", outcome)
        overturn = partial(correct_event, about=receipt.event.id, new=new)
        done = await scene.value(overturn, "clinician")
        assert (done.event.quantity, done.adjustments[0].after) == (7.75, due)
