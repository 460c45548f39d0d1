"""Every shared message gives the same, whichever way it comes: posted, or by MLLP."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from service.core.inbound.presets import ADT, SIU
from service.core.inbound.result_presets import FHIR, ORU
from tests.feeds import BECOMES, CASES, message
from tests.flows.sending import work
from tests.flows.test_feeds import california, feed, outcome
from tests.flows.test_mllp import framed, listening, said

if TYPE_CHECKING:
    from schemas.inbound import WholeMessage
    from tests.flows.conftest import Scene
    from tests.flows.sending import Sender

MAPPINGS = {"adt": ADT, "siu": SIU, "oru": ORU, "fhir": FHIR}


def test_no_shared_message_is_forgotten() -> None:
    """A message that is added to the cases must say here what becomes of it."""
    if not CASES.is_dir():
        pytest.skip("the shared cases are not here")
    assert {one.name for one in CASES.iterdir()} == set(BECOMES)


@pytest.mark.parametrize("way", ["posted", "mllp"])
@pytest.mark.parametrize("name", BECOMES)
async def test_a_message_becomes_the_same_whichever_way_it_comes(scene: Scene, name: str, way: str) -> None:
    """Status, effects and outcome; what is no HL7 does not come by MLLP."""
    if way == "mllp" and name.endswith(".json"):
        pytest.skip("MLLP carries HL7 version 2 alone")
    await california(scene)
    await scene.participant("88-16")
    await scene.participant("88-17")
    one = await feed(scene, MAPPINGS[name.partition("-")[0]])
    told = await (_by_mllp(scene, one, name) if way == "mllp" else _posted(one, name))
    effects = [effect.kind for effect in told.effects]
    found = None if told.event is None else await outcome(scene, told.event)
    assert (told.status, effects[0] if effects else None, found) == BECOMES[name]


async def _posted(one: Sender, name: str) -> WholeMessage:
    taken = await one.send(message(name))
    return await one.read(taken.message.id)


async def _by_mllp(scene: Scene, one: Sender, name: str) -> WholeMessage:
    async with listening(scene, one) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(framed(message(name)))
        assert (await said(reader))[:2] == ["MSA", "AA"]
        writer.close()
    await work(scene)
    (listed,) = await one.listed()
    return await one.read(listed.id)
