"""With a member of staff who is disabled ends what the sign-in codes opened that they printed."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from schemas.keys import NewKey
from schemas.staff import StaffChange
from service.core.access.places import Place
from service.core.actors import Actor
from service.flows.access.codes import issue_code, sign_in_by_code
from service.flows.access.keys import issue_key
from service.flows.access.pins import set_pin
from service.flows.access.sessions import find_session
from service.flows.access.staff import change_staff
from service.flows.perform import Done, perform
from service.store import pins

if TYPE_CHECKING:
    from tests.flows.conftest import Scene


async def opened(scene: Scene, participant: UUID, by: UUID) -> str:
    """Sign somebody in by a code that an account or a key printed, and give the session's token."""
    scene.clock.now += timedelta(minutes=1)
    printed = await perform(
        scene.database, Actor(scene.clinic, by, "manager"), lambda act: issue_code(act, participant)
    )
    assert isinstance(printed, Done)
    scene.clock.now += timedelta(minutes=1)
    entered = await sign_in_by_code(
        scene.database, printed.value.code, Place(str(participant), "device"), "portal", None
    )
    assert isinstance(entered, tuple)
    return entered[2].token


async def choose(scene: Scene, participant: UUID) -> None:
    """Set a PIN as somebody in care."""
    scene.clock.now += timedelta(minutes=1)
    actor = Actor(scene.clinic, participant, "participant")
    assert isinstance(await perform(scene.database, actor, partial(set_pin, pin_hash="a hash")), Done)


@pytest.mark.parametrize("by", ["themselves", "key"])
async def test_sessions_and_pins_end_with_whoever_printed_their_codes(scene: Scene, by: str) -> None:
    """Those of codes that another printed stay, and so does a PIN of before."""
    manager = scene.actor("manager").id
    maker = (
        manager
        if by == "themselves"
        else (await scene.value(lambda act: issue_key(act, NewKey("manager")))).id
    )
    theirs, others, older = [await scene.participant(name) for name in ("P-1", "P-2", "P-3")]
    await choose(scene, older)
    tokens = [
        await opened(scene, theirs, maker),
        await opened(scene, others, scene.another.id),
        await opened(scene, older, maker),
    ]
    await choose(scene, theirs)
    await choose(scene, others)
    assert [await find_session(scene.database, token) is not None for token in tokens] == [True] * 3
    scene.clock.now += timedelta(minutes=1)
    await scene.by_another(
        partial(change_staff, staff_id=manager, change=StaffChange(disabled=True), revision=None)
    )
    assert [await find_session(scene.database, token) is not None for token in tokens] == [False, True, False]
    async with scene.database.transaction(scene.clinic) as tx:
        kept = [await pins.set_at(tx, one) is not None for one in (theirs, others, older)]
    assert kept == [False, True, True]
