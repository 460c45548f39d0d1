"""Appointments of a scheduler: expected, moved and called off, by HL7 and by FHIR, once each."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest
from msgspec.structs import replace

from schemas.mapping import MessageMapping
from schemas.visits import NewVisitPlan
from service.core.inbound.presets import APPOINTMENT, SIU
from service.flows.inbound.review import put_back
from service.flows.visits.plan_visits import plan_visit
from service.flows.visits.record_missed import record_missed
from service.flows.visits.visits import read_visits
from tests.feeds import message
from tests.flows.sending import work
from tests.flows.test_feeds import became, california, changed, feed, outcome
from tests.flows.test_missed import missed
from tests.flows.test_planned_visits import holds

if TYPE_CHECKING:
    from uuid import UUID

    from schemas.mapping import EventMapping
    from tests.flows.conftest import Scene

MONDAY = date(2026, 11, 23)
SENT = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


async def week_of(scene: Scene, enrollment: UUID) -> list[tuple[int, str]]:
    """List the visits of the week from Monday, November 23 on, by the day of the month."""
    shown = await scene.value(
        lambda act: read_visits(act, enrollment, since=MONDAY, until=MONDAY + timedelta(days=6))
    )
    return [(one.due_on.day, one.status) for one in shown.items if one.due_on is not None]


def appointment(status: str, start: str = "2026-11-23T09:30:00-08:00", code: str = "UDS") -> bytes:
    """Write an appointment in FHIR R4."""
    told = {
        "resourceType": "Appointment",
        "id": "77",
        "status": status,
        "serviceType": [{"coding": [{"code": code}]}],
        "start": start,
        "participant": [
            {"actor": {"type": "Practitioner", "reference": "Practitioner/9"}},
            {"actor": {"type": "Patient", "reference": "Patient/H-204417"}},
        ],
    }
    return msgspec.json.encode(told)


async def test_an_appointment_is_expected_moved_and_called_off(scene: Scene) -> None:
    """A canceled visit is not missed; a repeat changes nothing, and nothing is written twice."""
    enrollment = await california(scene)
    one = await feed(scene, SIU)
    booked = await became(one, message("siu-s12.hl7"))
    assert (booked.status, booked.event, booked.participant) == ("recorded", None, enrollment.participant)
    assert [effect.kind for effect in booked.effects] == ["planned"]
    assert await week_of(scene, enrollment.id) == [(23, "expected"), (26, "expected")]
    moved = await became(one, message("siu-s13.hl7"))
    assert [effect.kind for effect in moved.effects] == ["planned"]
    assert await week_of(scene, enrollment.id) == [(24, "expected"), (26, "expected")]
    again = await became(one, changed(message("siu-s13.hl7"), ("|S2|", "|S2B|")))
    assert again.status == "ignored"
    off = await became(one, message("siu-s15.hl7"))
    assert [effect.kind for effect in off.effects] == ["canceled"]
    assert await week_of(scene, enrollment.id) == [(23, "canceled"), (26, "expected")]
    scene.clock.now = SENT + timedelta(days=6)
    await record_missed(scene.database, scene.clinic)
    async with scene.database.transaction(scene.clinic) as tx:
        due = await tx.connection.fetch("select expected_on from events where expected_on is not null")
    assert MONDAY not in {row["expected_on"] for row in due}
    assert await holds(scene)


async def test_a_moved_appointment_is_missed_on_its_new_day_and_one_booked_again_is_expected(
    scene: Scene,
) -> None:
    """Whoever does not come to it is missed once; a new appointment after that is a visit more."""
    enrollment = await california(scene)
    one = await feed(scene, SIU)
    await became(one, message("siu-s12.hl7"))
    await became(one, message("siu-s15.hl7"))
    await became(one, changed(message("siu-s13.hl7"), ("|S2|", "|S4|")))
    assert await week_of(scene, enrollment.id) == [(24, "expected"), (26, "expected")]
    scene.clock.now = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
    await record_missed(scene.database, scene.clinic)
    assert ("stimulant-negative", "missed") in {(target, word) for target, word, *_ in await missed(scene)}
    assert await week_of(scene, enrollment.id) == [(24, "missed"), (26, "expected")]
    later = changed(message("siu-s13.hl7"), ("|S2|", "|S5|"), ("20261124093000", "20261127093000"))
    assert [effect.kind for effect in (await became(one, later)).effects] == ["planned"]
    assert await week_of(scene, enrollment.id) == [(24, "missed"), (26, "expected"), (27, "expected")]
    assert await holds(scene)


async def test_what_is_on_record_is_not_called_off_by_a_machine(scene: Scene) -> None:
    """It waits for somebody; so does an appointment on a day that has a visit of its own."""
    enrollment = await california(scene)
    one = await feed(scene, SIU)
    await became(one, message("siu-s12.hl7"))
    taken = changed(message("siu-s13.hl7"), ("20261124093000", "20261126093000"))
    told = await became(one, taken)
    assert (told.status, told.code) == ("review", "invalid")
    assert await week_of(scene, enrollment.id) == [(23, "expected"), (26, "expected")]
    scene.clock.now = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
    await record_missed(scene.database, scene.clinic)
    late = await became(one, message("siu-s15.hl7"))
    assert (late.status, late.code) == ("review", "invalid")


async def test_an_appointment_that_was_moved_at_the_desk_is_still_the_same_one(scene: Scene) -> None:
    """The scheduler calls off what somebody moved."""
    enrollment = await california(scene)
    one = await feed(scene, SIU)
    await became(one, message("siu-s12.hl7"))
    new = NewVisitPlan("stimulant-negative", "asked", due_on=MONDAY, day=date(2026, 11, 25))
    await scene.value(lambda act: plan_visit(act, enrollment.id, new))
    await became(one, message("siu-s15.hl7"))
    assert await week_of(scene, enrollment.id) == [(23, "canceled"), (26, "expected")]


@pytest.mark.parametrize(("strangers", "status"), [("review", "review"), ("ignore", "ignored")])
async def test_appointments_of_others_wait_or_are_passed_over(
    scene: Scene, strangers: str, status: str
) -> None:
    """As the mapping says; what is for something else is never looked at."""
    await california(scene, "SOMEBODY")
    one = await feed(scene, _with(SIU, strangers=strangers))
    assert (await became(one, message("siu-s12.hl7"))).status == status
    other = changed(message("siu-s12.hl7"), ("UDS^Urine drug screen^L", "XR^X-ray^L"))
    assert (await became(one, other)).status == "ignored"
    unknown = await became(one, message("siu-s15.hl7"))
    assert unknown.status == status


def _with(mapping: EventMapping, **rules: str) -> EventMapping:
    def anew(kind: MessageMapping) -> MessageMapping:
        assert kind.schedule is not None
        return replace(kind, schedule=replace(kind.schedule, **rules))

    if mapping.messages:
        return replace(mapping, messages=tuple(map(anew, mapping.messages)))
    assert mapping.schedule is not None
    return replace(mapping, schedule=replace(mapping.schedule, **rules))


async def test_whoever_came_or_did_not_is_recorded_where_the_mapping_says_so(scene: Scene) -> None:
    """And else nothing is: the visit is missed when its program says so."""
    enrollment = await california(scene)
    one = await feed(scene, APPOINTMENT)
    booked = await became(one, appointment("booked"))
    assert [effect.kind for effect in booked.effects] == ["planned"]
    assert (await became(one, appointment("arrived"))).status == "ignored"
    scene.clock.now = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
    gone = await became(one, appointment("noshow"))
    assert gone.status == "ignored"
    says = await feed(scene, _with(APPOINTMENT, no_show="missed"))
    told = await became(says, appointment("noshow"))
    assert (told.status, await outcome(scene, told.event)) == ("recorded", "missed")
    assert await week_of(scene, enrollment.id) == [(23, "missed"), (26, "expected")]
    again = await became(says, appointment("noshow") + b" ")
    assert again.event == told.event
    assert await holds(scene)


async def test_a_message_that_waits_is_done_once_the_record_is_mended(scene: Scene) -> None:
    """Tried again, it is expected; an appointment of a day that is over changes nothing."""
    one = await feed(scene, SIU)
    scene.clock.now = SENT
    waits = await became(one, message("siu-s12.hl7"))
    assert (waits.status, waits.code) == ("review", "not_enrolled")
    enrollment = await california(scene)
    await scene.value(lambda act: put_back(act, waits.id))
    await work(scene)
    assert (await one.read(waits.id)).status == "recorded"
    assert await week_of(scene, enrollment.id) == [(23, "expected"), (26, "expected")]
    past = changed(message("siu-s12.hl7"), ("AP-77", "AP-76"), ("20261123093000", "20261119093000"))
    assert (await became(one, past)).status == "ignored"


async def test_an_appointment_of_somebody_else_waits(scene: Scene) -> None:
    """Under one number two people are meant: what stands on record is let be."""
    enrollment = await california(scene)
    one = await feed(scene, SIU)
    await became(one, message("siu-s12.hl7"))
    await scene.participant("H-9")
    told = await became(one, changed(message("siu-s15.hl7"), ("H-204417", "H-9")))
    assert (told.status, told.code) == ("review", "reference_conflict")
    assert await week_of(scene, enrollment.id) == [(23, "expected"), (26, "expected")]
