"""Messages of real shape give what they mean: recorded, pending, corrected, withdrawn, or in doubt."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from msgspec.structs import replace

from schemas.inbound import Bearer, NewSource, WholeMessage
from schemas.mapping import EventMapping, FieldRule, TargetResults
from schemas.people import NewEnrollment, NewIdentifier
from schemas.program import Program
from service.core.inbound.result_presets import FHIR, ORU
from service.flows.people.enrollments import open_enrollment
from service.flows.people.identifiers import add_identifier
from service.flows.programs.programs import publish_program
from service.flows.verify.verify import verify
from service.flows.visits.read_events import read_event
from tests.feeds import message
from tests.flows.sending import Sender, sender

if TYPE_CHECKING:
    from uuid import UUID

    from schemas.people import Enrollment
    from tests.flows.conftest import Scene

COLLECTED = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
PROGRAMS = Path(__file__).resolve().parents[2] / "schemas" / "programs"


async def california(scene: Scene, reference: str = "H-204417") -> Enrollment:
    """Enroll whom the messages are about in the program of the cases, some weeks before."""
    scene.clock.now = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
    body = (PROGRAMS / "california-recovery-incentives.yaml").read_bytes()
    await scene.value(lambda act: publish_program(act, msgspec.yaml.decode(body, type=Program)))
    person = await scene.participant(reference)
    new = NewEnrollment(person, "california-recovery-incentives", date(2026, 11, 16))
    return await scene.value(lambda act: open_enrollment(act, new))


async def feed(scene: Scene, mapping: EventMapping = ORU) -> Sender:
    """Add a source that posts by bearer, as an integration engine does."""
    return await sender(scene, NewSource(verifier=Bearer(), mapping=mapping))


async def became(one: Sender, body: bytes) -> WholeMessage:
    """Send a message, and say what became of it."""
    taken = await one.send(body)
    return await one.read(taken.message.id)


async def outcome(scene: Scene, event: UUID | None) -> str | None:
    """Say what stands of an event; nothing where it is withdrawn."""
    assert event is not None
    shown = (await scene.value(lambda act: read_event(act, event))).event
    return None if shown.withdrawn else shown.outcome


def changed(body: bytes, *pairs: tuple[str, str]) -> bytes:
    """Put other words into a message, each of which must be there."""
    for before, after in pairs:
        assert before.encode() in body, before
        body = body.replace(before.encode(), after.encode())
    return body


@pytest.mark.parametrize(
    ("name", "expected", "cents"),
    [
        ("oru-panel-negative.hl7", "negative", 1000),
        ("oru-panel-cocaine-positive.hl7", "positive", 0),
        ("oru-panel-pending.hl7", "pending", 0),
        ("oru-dilute.hl7", "dilute", 0),
        ("fhir-report-bundle.json", "negative", 1000),
    ],
)
async def test_a_report_is_recorded_as_it_means(scene: Scene, name: str, expected: str, cents: int) -> None:
    """By the codes of its results, at the time of its specimen, under its accession, and once."""
    enrollment = await california(scene)
    one = await feed(scene, FHIR if name.endswith("json") else ORU)
    told = await became(one, message(name))
    assert (told.status, told.review) == ("recorded", None)
    assert told.event is not None
    event = (await scene.value(lambda act: read_event(act, told.event))).event  # type: ignore[arg-type]
    assert (event.outcome, event.occurred_at, event.reference) == (expected, COLLECTED, "ACC-1")
    assert (await scene.balance(enrollment.participant)).available == cents
    other = await became(one, message(name) + b"\r\n ")
    assert other.event == told.event
    assert (await scene.balance(enrollment.participant)).available == cents


async def test_pending_then_final_then_corrected(scene: Scene) -> None:
    """The final one is the pending one's result and paid once; the corrected one takes nothing back."""
    enrollment = await california(scene)
    one = await feed(scene)
    pending = await became(one, message("oru-panel-pending.hl7"))
    assert await outcome(scene, pending.event) == "pending"
    final = await became(one, message("oru-panel-final.hl7"))
    assert (final.event, [one.kind for one in final.effects]) == (pending.event, ["corrected"])
    assert await outcome(scene, pending.event) == "negative"
    assert (await scene.balance(enrollment.participant)).available == 1000
    late = await became(one, changed(message("oru-panel-pending.hl7"), ("|M3|", "|M3B|")))
    assert late.status == "ignored"
    assert await outcome(scene, pending.event) == "negative"
    corrected = await became(one, message("oru-panel-corrected.hl7"))
    assert (corrected.status, corrected.event) == ("recorded", pending.event)
    assert await outcome(scene, pending.event) == "positive"
    assert (await scene.balance(enrollment.participant)).available == 1000


async def test_another_final_result_of_an_accession_waits(scene: Scene) -> None:
    """Only a report that says it corrects does."""
    await california(scene)
    one = await feed(scene)
    first = await became(one, message("oru-panel-negative.hl7"))
    other = await became(one, message("oru-panel-cocaine-positive.hl7"))
    assert (other.status, other.code) == ("review", "reference_conflict")
    assert await outcome(scene, first.event) == "negative"


@pytest.mark.parametrize(
    ("name", "changes", "expected"),
    [
        ("oru-missing-analyte.hl7", (), "review"),
        ("oru-panel-negative.hl7", (("||Negative||Negative|N|||F", "||||Negative|N|||F"),), "review"),
        ("oru-panel-negative.hl7", (("||Negative||Negative|N|", "||QNS||Negative|N|"),), "review"),
        ("oru-panel-negative.hl7", (("||Negative||Negative|N|", "||Negative||Negative|A|"),), "review"),
        ("oru-panel-negative.hl7", (("||Negative||Negative|N|||F", "||Negative||Negative|N|||X"),), "review"),
        (
            "oru-panel-negative.hl7",
            (("||Negative||Negative|N|||F", "||Negative||Negative|N|||P"),),
            "pending",
        ),
        ("oru-panel-negative.hl7", (("|N|||F\rOBX|3", "|N|||Q\rOBX|3"),), "review"),
        ("oru-dilute.hl7", (("||11|mg/dL", "||see note|mg/dL"),), "review"),
        ("oru-dilute.hl7", (("||11|mg/dL", "||1.1|mmol/L"),), "review"),
        ("oru-dilute.hl7", (("||11|mg/dL", "||<5|mg/dL"),), "dilute"),
        ("oru-dilute.hl7", (("||11|mg/dL", "||<300|mg/dL"),), "review"),
        ("oru-dilute.hl7", (("||11|mg/dL", "||>400|mg/dL"),), "negative"),
        ("oru-dilute.hl7", (("||Negative||Negative|N|", "||pOsItIvE||Negative|A|"),), "positive"),
    ],
)
async def test_nothing_is_negative_that_is_not(
    scene: Scene, name: str, changes: tuple[tuple[str, str], ...], expected: str
) -> None:
    """What is missing, pending, contradicted or cannot be read waits, as pending or for somebody."""
    enrollment = await california(scene)
    told = await became(await feed(scene), changed(message(name), *changes))
    if expected == "review":
        assert (told.status, told.code) == ("review", "invalid")
    else:
        assert await outcome(scene, told.event) == expected
    paid = 1000 if expected == "negative" else 0
    assert (await scene.balance(enrollment.participant)).available == paid


async def test_the_order_of_results_does_not_matter(scene: Scene) -> None:
    """They are told apart by their codes."""
    await california(scene)
    head, *results = message("oru-panel-cocaine-positive.hl7").decode().split("OBX|")
    turned = head + "".join(f"OBX|{one}" for one in reversed([one.rstrip("\r") + "\r" for one in results]))
    told = await became(await feed(scene), turned.encode())
    assert await outcome(scene, told.event) == "positive"


async def test_what_is_entered_in_error_is_withdrawn_and_stays_so(scene: Scene) -> None:
    """By its identifier; a repeat of the report does not bring it back, and a correction of it does."""
    await california(scene)
    one = await feed(scene, FHIR)
    first = await became(one, message("fhir-report-bundle.json"))
    gone = await became(one, message("fhir-observation-entered-in-error.json"))
    assert (gone.event, [one.kind for one in gone.effects]) == (first.event, ["withdrawn"])
    assert await outcome(scene, first.event) is None
    again = await became(one, message("fhir-observation-entered-in-error.json") + b" ")
    assert [one.kind for one in again.effects] == ["known"]
    repeat = await became(one, message("fhir-report-bundle.json") + b" ")
    assert (repeat.status, repeat.event) == ("recorded", first.event)
    assert await outcome(scene, first.event) is None
    anew = await became(
        one, changed(message("fhir-report-bundle.json"), ('"status": "final"', '"status": "corrected"'))
    )
    assert anew.event != first.event
    assert await outcome(scene, anew.event) == "negative"


async def test_what_is_withdrawn_of_somebody_else_waits(scene: Scene) -> None:
    """A number that is not that person's says that something is wrong; and so does an unknown reference."""
    await california(scene)
    one = await feed(scene, FHIR)
    unknown = await became(one, message("fhir-observation-entered-in-error.json"))
    assert (unknown.status, unknown.code) == ("review", "not_found")
    first = await became(one, message("fhir-report-bundle.json"))
    await scene.participant("H-1")
    other = changed(message("fhir-observation-entered-in-error.json"), ("H-204417", "H-1"))
    told = await became(one, other)
    assert (told.status, told.code) == ("review", "reference_conflict")
    assert await outcome(scene, first.event) == "negative"


async def test_a_person_answers_to_each_of_their_numbers(scene: Scene) -> None:
    """One that is known is enough; numbers of two people are not one person's."""
    enrollment = await california(scene, "LOCAL-1")
    await scene.value(
        lambda act: add_identifier(act, enrollment.participant, NewIdentifier("MRN", "H-204417"))
    )
    mapping = replace(
        ORU,
        participant_reference=FieldRule("@.PID[0].f3[*]"),
        systems={"CLINIC": "MRN", "NORTHLAB": "LAB"},
    )
    one = await feed(scene, mapping)
    two = ("H-204417^^^CLINIC^MR", "X-9^^^NORTHLAB^PI~H-204417^^^CLINIC^MR~5^^^OTHER^MR")
    told = await became(one, changed(message("oru-panel-negative.hl7"), two))
    assert (told.status, told.participant) == ("recorded", enrollment.participant)
    other = await scene.participant("LOCAL-2")
    await scene.value(lambda act: add_identifier(act, other, NewIdentifier("LAB", "X-9")))
    both = await became(one, changed(message("oru-panel-final.hl7"), two))
    assert (both.status, both.code) == ("review", "invalid")


async def test_a_panel_may_be_of_several_targets(scene: Scene) -> None:
    """Each is an event with a reference of its own, all of them or none."""
    scene.clock.now = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
    document = await scene.program()
    (target,) = document.targets
    both = tuple(replace(target, name=name) for name in ("uppers", "coke"))
    await scene.value(lambda act: publish_program(act, replace(document, name="two", targets=both)))
    person = await scene.participant("H-204417")
    await scene.value(lambda act: open_enrollment(act, NewEnrollment(person, "two", date(2026, 11, 16))))
    rule = ORU.results
    assert rule is not None
    targets = (TargetResults(("amphetamines",), "uppers"), TargetResults(("cocaine",), "coke"))
    one = await feed(scene, replace(ORU, results=replace(rule, targets=targets)))
    told = await became(one, message("oru-panel-cocaine-positive.hl7"))
    assert [effect.kind for effect in told.effects] == ["recorded", "recorded"]
    assert [await outcome(scene, effect.subject) for effect in told.effects] == ["negative", "positive"]
    assert (await scene.balance(person)).available == 100
    unlike = (TargetResults(("amphetamines",), "uppers"), TargetResults(("cocaine",), "nobody"))
    other = await feed(scene, replace(ORU, results=replace(rule, targets=unlike)))
    moved = changed(
        message("oru-panel-negative.hl7"), ("ACC-1", "ACC-2"), ("20261120073000", "20261119073000")
    )
    half = await became(other, moved)
    assert (half.status, half.event) == ("review", None)
    assert (await scene.balance(person)).available == 100


async def test_a_day_alone_is_noon_there_and_says_so(scene: Scene) -> None:
    """Noon of the clinic's day, in Los Angeles."""
    await california(scene)
    body = changed(message("oru-panel-negative.hl7"), ("|||20261120073000-0500|||", "|||20261119|||"))
    told = await became(await feed(scene), body)
    assert told.event is not None
    event = await scene.value(lambda act: read_event(act, told.event))  # type: ignore[arg-type]
    assert event.event.occurred_at == datetime(2026, 11, 19, 20, 0, tzinfo=UTC)
    assert [one.day_alone for one in told.effects] == [True]
    verdict = await verify(scene.database, scene.clinic, lambda _what, _count: None)
    assert verdict is not None
    assert verdict.fault is None
