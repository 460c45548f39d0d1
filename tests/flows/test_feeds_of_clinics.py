"""A feed of one clinic reaches nobody of another, whatever numbers its messages name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.core.inbound.presets import ADT, SIU
from service.core.inbound.result_presets import FHIR, ORU
from service.flows.people.participants import read_participant
from service.flows.perform import Done
from service.flows.setup.clinics import create_clinic
from tests.feeds import message
from tests.flows.conftest import Scene, count
from tests.flows.test_feeds import became, california, feed, outcome
from tests.flows.test_people_of_feeds import led
from tests.flows.test_schedules import week_of

if TYPE_CHECKING:
    from schemas.mapping import EventMapping


@pytest.fixture
async def another(scene: Scene) -> Scene:
    """Give another clinic beside the test's own."""
    made = await create_clinic(scene.database, "Hill Clinic", "America/Los_Angeles")
    assert isinstance(made, Done)
    return await Scene(scene.database, scene.clock, made.value.id).staffed()


@pytest.mark.parametrize(
    ("mapping", "name"),
    [
        (ORU, "oru-panel-negative.hl7"),
        (FHIR, "fhir-report-bundle.json"),
        (FHIR, "fhir-observation-entered-in-error.json"),
        (SIU, "siu-s12.hl7"),
        (SIU, "siu-s15.hl7"),
    ],
)
async def test_numbers_of_another_clinic_lead_to_nobody(
    scene: Scene, another: Scene, mapping: EventMapping, name: str
) -> None:
    """The message waits, or does nothing; what the other clinic has on record is as it was."""
    enrollment = await california(scene)
    await became(await feed(scene, FHIR), message("fhir-report-bundle.json"))
    await became(await feed(scene, SIU), message("siu-s12.hl7"))
    events = await count(scene, "events")
    told = await became(await feed(another, mapping), message(name))
    assert told.status in {"review", "ignored"}
    assert (told.event, told.participant) == (None, None)
    assert await count(scene, "events") == events
    assert await week_of(scene, enrollment.id) == [(23, "expected"), (26, "expected")]


async def test_a_merge_of_another_clinic_merges_nobody(scene: Scene, another: Scene) -> None:
    """Nor is anybody of theirs renumbered."""
    here, gone = await scene.participant("88-16"), await scene.participant("88-17")
    told = await became(await feed(another, ADT), message("adt-a40.hl7"))
    assert told.status == "ignored"
    assert (await led(scene, "88-16"), await led(scene, "88-17")) == (here, gone)
    assert (await scene.value(lambda act: read_participant(act, gone))).reference == "88-17"


async def test_a_report_under_a_reference_of_another_clinic_is_its_own(scene: Scene, another: Scene) -> None:
    """References are a clinic's: the same accession is another specimen there."""
    await california(scene)
    first = await became(await feed(scene), message("oru-panel-negative.hl7"))
    await california(another)
    other = await became(await feed(another), message("oru-panel-corrected.hl7"))
    assert other.event != first.event
    assert await outcome(scene, first.event) == "negative"
