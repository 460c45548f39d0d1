"""Charts that may be one person's are named two by two, until they are merged or told apart."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import asyncpg

from schemas.people import NewIdentifier, NewParticipant
from service.flows.people.identifiers import add_identifier
from service.flows.people.near_charts import list_near_charts, near_person, tell_apart
from service.flows.people.participants import register_participant
from tests.flows.merging import merged, unmerged

if TYPE_CHECKING:
    from tests.flows.conftest import Scene


async def pairs(scene: Scene) -> list[tuple[str, str, str]]:
    """The references of the pairs that are named, and why."""
    found = await scene.value(list_near_charts)
    return sorted((one.first.reference, one.second.reference, one.why) for one in found)


async def registered(scene: Scene, reference: str, name: str, phone: str) -> UUID:
    """Register somebody with a name and a telephone number."""
    new = NewParticipant(reference, name, phone)
    return (await scene.value(lambda act: register_participant(act, new))).id


async def test_twins_of_before_and_slips_are_named(scene: Scene, planting: asyncpg.Connection) -> None:
    """References that capitals alone told apart once, a lost zero, and a number of another system."""
    first, second = await scene.participant("Ab-1"), await scene.participant("X-2")
    await planting.execute("update identifiers set twin = 0 where participant_id = $1", first)
    await planting.execute(
        "update identifiers set value = 'AB-1', key = 'ab-1', near = 'ab-1', twin = 1"
        " where participant_id = $1",
        second,
    )
    await planting.execute("update participants set reference = 'AB-1' where participant_id = $1", second)
    await scene.participant("0004711")
    lab = await scene.participant("Z-9")
    await scene.value(lambda act: add_identifier(act, lab, NewIdentifier("LAB", "4711")))
    assert await pairs(scene) == [("0004711", "Z-9", "number"), ("Ab-1", "AB-1", "number")]
    near = await scene.value(partial(near_person, participant=first))
    assert [one.id for one in near] == [second]


async def test_one_person_s_numbers_are_no_pair(scene: Scene) -> None:
    """Nor are withdrawn ones, or numbers without a letter or digit; each clinic has its own."""
    person = await scene.participant("4711")
    await scene.value(lambda act: add_identifier(act, person, NewIdentifier("LAB", "04711")))
    for reference in ("--", "++"):
        await scene.participant(reference)
    elsewhere = await scene.elsewhere()
    await elsewhere.participant("04711")
    assert await pairs(scene) == []


async def test_same_name_and_phone_are_named_and_one_alone_is_not(scene: Scene) -> None:
    """A family shares a telephone, and a town a name."""
    await registered(scene, "A-1", "Ana Lima", "555-0100")
    await registered(scene, "B-7", "ana  LIMA", "(555) 0100")
    await registered(scene, "C-3", "Rui Lima", "555-0100")
    await registered(scene, "D-4", "Ana Lima", "555-0199")
    assert await pairs(scene) == [("A-1", "B-7", "name")]


async def test_pair_that_is_merged_or_told_apart_is_named_no_more(scene: Scene) -> None:
    """A merge that is undone brings it back; what was told apart is not offered on either chart."""
    first, second = await scene.participant("4711"), await scene.participant("04711")
    third = await scene.participant("471l")
    assert len(await pairs(scene)) == 3
    await merged(scene, first, second)
    assert await pairs(scene) == [("4711", "471l", "number")]
    await unmerged(scene, first)
    assert len(await pairs(scene)) == 3
    for one, two in ((second, first), (first, second)):
        await scene.value(partial(tell_apart, first=one, second=two))
    assert await pairs(scene) == [("04711", "471l", "number"), ("4711", "471l", "number")]
    assert (await scene.deeds()).count("participants.told_apart") == 2
    near = await scene.value(partial(near_person, participant=first))
    assert [one.id for one in near] == [third]
    assert (await scene.refusal(partial(tell_apart, first=first, second=uuid4())))[0] == "not_found"
    assert (await scene.refusal(partial(tell_apart, first=first, second=first)))[0] == "invalid"
