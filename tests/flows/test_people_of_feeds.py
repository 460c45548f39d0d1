"""What a record system says of people: made, renamed, gone, and two charts that are one person's."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from schemas.people import NewEnrollment
from service.core.inbound.presets import ADT
from service.flows.people.enrollments import open_enrollment
from service.flows.people.participants import read_participant
from service.store import charts
from tests.feeds import message
from tests.flows.test_feeds import became, california, changed, feed
from tests.flows.test_planned_visits import holds

if TYPE_CHECKING:
    from uuid import UUID

    from schemas.mapping import MessageMapping
    from schemas.people import Participant
    from tests.flows.conftest import Scene

A04 = (
    b"MSH|^~\\&|ADT|CLINIC|REWARDS|CLINIC|20261118101500-0500||ADT^A04^ADT_A01|B1|P|2.5.1\r"
    b"PID|1||88-20^^^CLINIC^MR||ROE^JORDAN||19840311|U\r"
)


async def led(scene: Scene, number: str) -> UUID | None:
    """Say whom a number leads to."""
    async with scene.database.transaction(scene.clinic) as tx:
        return next(iter(await charts.lock(tx, [], [], [number])), None)


async def person(scene: Scene, who: UUID | None) -> Participant:
    """Read a participant."""
    assert who is not None
    return await scene.value(lambda act: read_participant(act, who))


async def test_somebody_is_made_and_renamed_by_the_fields_that_are_named(scene: Scene) -> None:
    """Once; an update of somebody who is not on record is passed over."""
    one = await feed(scene, ADT)
    update = changed(A04, ("A04^ADT_A01|B1", "A08^ADT_A01|B2"), ("ROE^JORDAN", "ROE-LEE^JORDAN"))
    assert (await became(one, update)).status == "ignored"
    made = await became(one, A04)
    assert [effect.kind for effect in made.effects] == ["registered"]
    who = await person(scene, made.participant)
    assert (who.reference, who.name, who.phone) == ("88-20", "JORDAN ROE", None)
    assert (await became(one, A04 + b"\r")).status == "ignored"
    named = await became(one, update + b"\r")
    assert [effect.kind for effect in named.effects] == ["changed"]
    assert (await person(scene, who.id)).name == "JORDAN ROE-LEE"
    assert await holds(scene)


async def test_somebody_who_died_is_not_in_care_any_more(scene: Scene) -> None:
    """By the record system's word, where the mapping takes it; it can be taken back as ever."""
    one = await feed(scene, ADT)
    enrollment = await california(scene, "88-20")
    died = changed(A04, ("A04^ADT_A01|B1", "A08^ADT_A01|B3"), ("|U\r", "|U" + "|" * 21 + "20261118|Y\r"))
    told = await became(one, died)
    assert [effect.kind for effect in told.effects] == ["changed"]
    who = await person(scene, enrollment.participant)
    assert (who.status, who.status_on) == ("deceased", date(2026, 11, 18))
    assert await holds(scene)


async def test_two_charts_become_one(scene: Scene) -> None:
    """The former number leads to the survivor from then on; a repeat changes nothing."""
    one = await feed(scene, ADT)
    enrollment = await california(scene, "88-17")
    survivor = await scene.participant("88-16")
    told = await became(one, message("adt-a40.hl7"))
    assert [effect.kind for effect in told.effects] == ["merged"]
    assert await led(scene, "88-17") == await led(scene, "88-16") == survivor
    assert told.participant == survivor
    again = await became(one, message("adt-a40.hl7") + b"\r")
    assert again.status == "ignored"
    assert enrollment.participant != survivor
    assert await holds(scene)


async def test_a_merge_that_decides_something_waits_for_a_manager(scene: Scene) -> None:
    """Where both are enrolled in one program, or wherever the mapping asks for it."""
    asks = replace(ADT, messages=tuple(_asking(kind) for kind in ADT.messages))
    await california(scene, "88-17")
    survivor = await scene.participant("88-16")
    waits = await became(await feed(scene, asks), message("adt-a40.hl7"))
    assert (waits.status, waits.code, waits.participant) == ("review", "invalid", None)
    new = NewEnrollment(survivor, "california-recovery-incentives", date(2026, 11, 16))
    await scene.value(lambda act: open_enrollment(act, new))
    both = await became(await feed(scene, ADT), message("adt-a40.hl7"))
    assert (both.status, both.code) == ("review", "invalid")
    assert await led(scene, "88-17") != survivor


def _asking(kind: MessageMapping) -> MessageMapping:
    assert kind.person is not None
    return replace(kind, person=replace(kind.person, merges="ask"))


async def test_a_number_that_ends_leads_to_whoever_is_on_record(scene: Scene) -> None:
    """With one chart nothing is merged: the other number is one more of theirs."""
    one = await feed(scene, ADT)
    assert (await became(one, message("adt-a40.hl7"))).status == "ignored"
    only = await scene.participant("88-16")
    told = await became(one, message("adt-a40.hl7") + b"\r")
    assert [effect.kind for effect in told.effects] == ["changed"]
    assert await led(scene, "88-17") == only
    pair = (("88-16^", "88-31^"), ("88-17^", "88-30^"))
    former = await scene.participant("88-30")
    told = await became(one, changed(message("adt-a40.hl7"), *pair))
    assert [effect.kind for effect in told.effects] == ["changed"]
    assert await led(scene, "88-31") == await led(scene, "88-30") == former
    assert (await person(scene, former)).reference == "88-31"
    assert await holds(scene)


async def test_a_message_about_two_people_waits(scene: Scene) -> None:
    """Two pairs in one message are not one merge."""
    one = await feed(scene, ADT)
    await scene.participant("88-16")
    await scene.participant("88-40")
    two = message("adt-a40.hl7").rstrip(b"\r\n") + b"\rPID|2||88-40^^^CLINIC^MR\rMRG|88-41^^^CLINIC^MR\r"
    waits = await became(one, two)
    assert (waits.status, waits.code) == ("review", "invalid")
