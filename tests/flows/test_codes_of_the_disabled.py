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
from service.core.refusals import Refused
from service.flows.access.codes import expire_codes, issue_code, sign_in_by_code
from service.flows.access.keys import issue_key
from service.flows.access.pins import judged_hash, set_pin, sign_in_by_pin
from service.flows.access.sessions import find_session
from service.flows.access.staff import change_staff
from service.flows.perform import Done, perform
from service.store import passkeys, pins
from tests.flows.entering import with_passkey

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

PIN = "739164"


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


async def choose(scene: Scene, participant: UUID, token: str | None) -> None:
    """Set a PIN, and keep a passkey, as somebody in care does under a session."""
    scene.clock.now += timedelta(minutes=1)
    actor = Actor(scene.clinic, participant, "participant")
    session = None if token is None else await find_session(scene.database, token)
    by = None if session is None else session.let_in_by
    judged = await judged_hash(PIN)
    assert isinstance(judged, str)
    setting = partial(set_pin, pin_hash=judged, let_in_by=by)
    assert isinstance(await perform(scene.database, actor, setting), Done)
    await with_passkey(scene, participant, by)


async def by_pin(scene: Scene, participant: UUID) -> str:
    """Sign somebody in by their PIN on their own device, and give the session's token."""
    scene.clock.now += timedelta(minutes=1)
    place = Place(str(participant), "device")
    entered = await sign_in_by_pin(scene.database, scene.clinic, participant, PIN, place, "portal", None)
    assert not isinstance(entered, Refused)
    return entered.token


async def holds(scene: Scene, tokens: list[str]) -> list[bool]:
    """Whether each token opens a session."""
    return [await find_session(scene.database, token) is not None for token in tokens]


async def ways_in(scene: Scene, people: list[UUID]) -> list[tuple[bool, int]]:
    """Whether each has a PIN, and how many passkeys."""
    async with scene.database.transaction(scene.clinic) as tx:
        return [
            (await pins.set_at(tx, one) is not None, len(await passkeys.of_participant(tx, one)))
            for one in people
        ]


@pytest.mark.parametrize("by", ["themselves", "key"])
async def test_what_codes_opened_ends_with_whoever_printed_them(scene: Scene, by: str) -> None:
    """Also what was made under a session that a PIN of such a one opened, when the codes are long forgotten.

    What goes back to codes that another printed stays, and so does what was there before.
    """
    manager = scene.actor("manager").id
    maker = (
        manager
        if by == "themselves"
        else (await scene.value(lambda act: issue_key(act, NewKey("manager")))).id
    )
    people = [await scene.participant(name) for name in ("P-1", "P-2", "P-3", "P-4")]
    theirs, others, older, later = people
    await choose(scene, older, None)
    for participant, printer in ((theirs, maker), (others, scene.another.id), (later, maker)):
        await choose(scene, participant, await opened(scene, participant, printer))
    scene.clock.now += timedelta(days=120)
    await expire_codes(scene.database, scene.clinic)
    # A PIN that is set under a session that the first one opened goes back to the same code.
    await choose(scene, later, await by_pin(scene, later))
    tokens = [await by_pin(scene, one) for one in people]
    tokens.append(await opened(scene, older, maker))
    assert await holds(scene, tokens) == [True] * 5
    scene.clock.now += timedelta(minutes=1)
    await scene.by_another(
        partial(change_staff, staff_id=manager, change=StaffChange(disabled=True), revision=None)
    )
    assert await holds(scene, tokens) == [False, True, True, False, False]
    assert await ways_in(scene, people) == [(False, 0), (True, 1), (True, 1), (False, 0)]


@pytest.mark.parametrize("by", ["themselves", "key"])
async def test_a_code_that_waits_opens_nothing_once_whoever_printed_it_is_disabled(
    scene: Scene, by: str
) -> None:
    """Nobody used it yet: it opens no session any more, and one that a colleague printed does."""
    manager = scene.actor("manager").id
    maker = (
        manager
        if by == "themselves"
        else (await scene.value(lambda act: issue_key(act, NewKey("manager")))).id
    )
    codes: list[str] = []
    for name, printer in (("P-1", maker), ("P-2", scene.another.id)):
        participant = await scene.participant(name)
        issue = partial(issue_code, participant=participant)
        printed = await perform(scene.database, Actor(scene.clinic, printer, "manager"), issue)
        assert isinstance(printed, Done)
        codes.append(printed.value.code)
    scene.clock.now += timedelta(minutes=1)
    await scene.by_another(
        partial(change_staff, staff_id=manager, change=StaffChange(disabled=True), revision=None)
    )
    place = Place("192.0.2.77")
    opened = [await sign_in_by_code(scene.database, code, place, "portal", None) for code in codes]
    assert [isinstance(one, Refused) for one in opened] == [True, False]
