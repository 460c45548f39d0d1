"""What could not be understood waits for somebody, who puts it right or finds that it is no event."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from schemas.inbound import Discard, Doubtful, NewSource, SourceChange
from schemas.mapping import FieldRule
from schemas.message_trials import Sample
from schemas.people import NewEnrollment
from schemas.problem import Fault
from service.core.inbound.said import Ignored, Report, Understood
from service.core.refusals import Refused
from service.core.words.refusals.catalog import in_english
from service.flows.inbound.process import process_message
from service.flows.inbound.review import discard_message, open_message, put_all_back, put_back
from service.flows.inbound.sources import change_source, remove_source, try_sample
from service.flows.people.enrollments import open_enrollment
from service.flows.visits.record_events import Recorded, ToRecord
from service.store.inbound import WHY
from tests.flows.conftest import MONDAY, TODAY, Scene, count
from tests.flows.sending import LABORATORY, NEGATIVE, REPORT, Sender, sender, work

if TYPE_CHECKING:
    from collections.abc import Callable


async def test_an_unforeseen_error_leaves_the_message_for_retry(scene: Scene) -> None:
    """A fault of ours loses nothing, and does not stop the worker either."""
    await scene.enrolled()
    one = await sender(scene)
    lively = one.record

    async def broken(_clinic: UUID, _item: ToRecord) -> Recorded | Refused:
        message = "a fault of ours"
        raise LookupError(message)

    one.record = broken
    taken = await one.send(NEGATIVE)
    (message,) = await one.listed("review")
    assert (message.id, message.code) == (taken.message.id, "internal")
    await retry(scene, one, message.id, lively)
    assert [one.status for one in await one.listed()] == ["recorded"]


async def retry(scene: Scene, one: Sender, message: UUID, record: object = None) -> None:
    """Try a message again that was put aside."""
    await scene.value(lambda act: put_back(act, message))
    await process_message(scene.database, record or one.record, scene.clinic, message)  # type: ignore[arg-type]


async def test_a_refused_message_waits_until_it_can_be_recorded(scene: Scene) -> None:
    """An event before its enrollment is not lost, and recorded once when the enrollment is there."""
    await scene.participant()
    document = await scene.program()
    one = await sender(scene)
    taken = await one.send(NEGATIVE)
    (message,) = await one.listed("review")
    assert message.code == "not_enrolled"
    whole = await one.read(taken.message.id)
    assert msgspec.json.decode(whole.body or "") == NEGATIVE
    assert whole.review is not None
    assert (whole.sender_id, whole.review.faults[0].pointer) == ("msg_1", "$.participant_reference")
    new = NewEnrollment(await reading_participant(scene), document.name, TODAY)
    enrolled = await scene.value(lambda act: open_enrollment(act, new))
    await retry(scene, one, message.id)
    await retry(scene, one, message.id)
    assert (await one.read(message.id)).status == "recorded"
    assert (await scene.balance(enrolled.participant)).available == 100


async def reading_participant(scene: Scene) -> UUID:
    """Give the id of the one participant."""
    async with scene.database.transaction(scene.clinic) as tx:
        found: UUID = await tx.connection.fetchval("select participant_id from participants")
    return found


async def test_a_mapping_is_mended_and_what_waited_is_read_by_it(scene: Scene) -> None:
    """A word that was missing is added, and the message goes its way."""
    enrolled = await scene.enrolled()
    lacking = msgspec.structs.replace(LABORATORY, outcome=FieldRule("$.code", words={"P": "positive"}))
    one = await sender(scene, NewSource(mapping=lacking))
    taken = await one.send(REPORT)
    whole = await one.read(taken.message.id)
    assert whole.review is not None
    assert (whole.code, whole.review.faults[0].pointer) == ("invalid", "$.code")
    await scene.value(lambda act: change_source(act, one.source.id, SourceChange(mapping=LABORATORY), 1))
    await retry(scene, one, taken.message.id)
    assert (await scene.balance(enrolled.participant)).available == 100


async def test_all_that_waited_is_tried_again_at_once(scene: Scene) -> None:
    """After a mapping was mended, one request puts everything of the source before the worker again."""
    enrolled = await scene.enrolled()
    lacking = msgspec.structs.replace(LABORATORY, outcome=FieldRule("$.code", words={"P": "positive"}))
    one, other = await sender(scene, NewSource(mapping=lacking)), await sender(scene)
    for second in range(3):
        await one.send({**REPORT, "at": MONDAY.timestamp() + second}, f"msg_{second}")
    await other.send({"hello": 1})
    await scene.value(lambda act: change_source(act, one.source.id, SourceChange(mapping=LABORATORY), 1))
    back = await scene.value(lambda act: put_all_back(act, one.source.id))
    assert (back.messages, back.more) == (3, False)
    assert await work(scene, timedelta(0)) == 3
    assert [message.status for message in await one.listed()] == ["recorded"] * 3
    assert [message.status for message in await other.listed()] == ["review"]
    assert (await scene.balance(enrolled.participant)).available == 600


async def test_a_discarded_message_keeps_its_reason_on_record(scene: Scene) -> None:
    """Discarding is for what waits, and it is the end of it."""
    one = await sender(scene)
    taken = await one.send({"hello": "world"})
    message = taken.message.id
    done = await scene.value(lambda act: discard_message(act, message, Discard("A trial.")))
    assert (done.status, done.discarded_by) == ("discarded", scene.actor().id)
    assert (await one.read(message)).reason == "A trial."
    again = await scene.refusal(lambda act: discard_message(act, message, Discard("Again.")))
    assert again[0] == "already_settled"
    assert (await scene.refusal(lambda act: put_back(act, message)))[0] == "already_settled"
    assert (await one.send({"hello": "world"})).message == taken.message


async def test_a_sample_is_tried_without_effect(scene: Scene) -> None:
    """It says what would become of a message, by the source's mapping or by another."""
    await scene.enrolled()
    one = await sender(scene, NewSource(mapping=LABORATORY))

    async def tried(sample: Sample) -> tuple[bool, str | None, str | None]:
        found = await scene.value(lambda act: try_sample(act, one.source.id, sample))
        match found.found:
            case Understood(items=(Report(event=event),)):
                return False, event.outcome, None
            case Refused(code=refusal):
                return False, None, refusal
            case ignored:
                return isinstance(ignored, Ignored), None, None

    assert await tried(Sample(REPORT)) == (False, "negative", None)
    assert await tried(Sample(NEGATIVE)) == (False, None, "invalid")
    assert await tried(Sample(NEGATIVE, None)) == (False, "negative", None)
    assert await count(scene, "events") == await count(scene, "inbound_messages") == 0
    faulty = msgspec.structs.replace(LABORATORY, behavior=None)
    refusal = await scene.refusal(lambda act: try_sample(act, one.source.id, Sample(REPORT, faulty)))
    assert refusal == ("invalid", ("$.mapping.behavior",))


async def test_steps_on_messages_are_audited(scene: Scene) -> None:
    """The trail says that a message was kept, what became of it, and who read it."""
    enrolled = await scene.enrolled()
    one = await sender(scene)
    taken = await one.send(NEGATIVE)
    await one.read(taken.message.id)
    assert (await scene.deeds())[-5:] == [
        "source.added",
        "inbound_message.kept",
        "events.recorded",
        "inbound_message.recorded",
        "inbound_message.read",
    ]
    async with scene.database.transaction(scene.clinic) as tx:
        told = await tx.connection.fetch(
            "select deed from audit where participant_id = $1", enrolled.participant
        )
    assert {"inbound_message.recorded", "inbound_message.read"} <= {row["deed"] for row in told}


async def test_nothing_of_another_clinic_is_reached(scene: Scene) -> None:
    """Its source's events are recorded there, and its messages are not seen here."""
    there = await scene.elsewhere()
    one = await sender(there)
    taken = await one.send(NEGATIVE)
    deeds: list[Callable[..., object]] = [
        lambda act: put_back(act, taken.message.id),
        lambda act: discard_message(act, taken.message.id, Discard("Mine.")),
        lambda act: remove_source(act, one.source.id),
    ]
    for operation in deeds:
        assert (await scene.refusal(operation))[0] == "not_found"  # type: ignore[arg-type]
    await scene.enrolled()
    assert (await one.read(taken.message.id)).code == "not_enrolled"


async def test_a_message_that_was_put_aside_before_there_were_reasons_keeps_its_words(scene: Scene) -> None:
    """What was sealed as a sentence is shown as it was; what is sealed now can be said in any language."""
    await scene.participant()
    one = await sender(scene)
    taken = await one.send(NEGATIVE)
    new = await scene.value(lambda act: open_message(act, taken.message.id))
    assert new.why is not None
    assert new.message.review is not None
    assert new.message.review.detail == in_english(new.why)
    review = Doubtful("not_enrolled", "As it was.", (Fault("$.target", "There."),))
    async with scene.database.transaction(scene.clinic) as tx:
        sealed = tx.cipher.seal(scene.clinic, WHY, msgspec.json.encode(review))
        await tx.run(
            "inbound_messages/settle",
            message_id=taken.message.id,
            status="review",
            code="not_enrolled",
            why=sealed,
            event_id=None,
            participant_id=None,
        )
    old = await scene.value(lambda act: open_message(act, taken.message.id))
    assert (old.why, old.message.review) == (None, review)
