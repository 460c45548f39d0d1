"""Where a clinic came in, people sign in with what they have, and subscribers are told what follows."""

from __future__ import annotations

import secrets
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec
import pytest
from standardwebhooks import Webhook

from schemas.keys import NewKey
from schemas.staff import NewStaff
from service.clock import machine_clock
from service.core.access.places import Place as From
from service.core.actors import Actor
from service.flows.access.ceremonies import Ceremony
from service.flows.access.codes import IssuedCode, issue_code, sign_in_by_code
from service.flows.access.keys import find_key, issue_key
from service.flows.access.passkeys import handle_of, sign_in_by_passkey
from service.flows.access.pins import judged_hash, set_pin, sign_in_by_pin
from service.flows.access.sessions import find_session
from service.flows.access.sign_in_staff import Recognized, recognize, sign_in
from service.flows.access.staff import create_staff
from service.flows.access.staff_passkeys import add_staff_passkey, check_passkey
from service.flows.perform import Act, Done, perform
from service.flows.verify.verify import verify
from service.store import passkeys
from service.store.passkeys import Passkey
from tests.authenticator import Authenticator
from tests.flows.archiving import Place, brought, exported, other_keys
from tests.flows.conftest import Scene
from tests.flows.subscribers import SECRET, Worker, outcomes, subscribe, tell_many
from tests.outbound.receivers import answer, answering, receiving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from service.embedded import Stores
    from tests.databases import Databases

PASSWORD = "three blue herons"
HOME = From("192.0.2.7")
SITE = Ceremony(secrets.token_bytes(32), "harbor.example.org", "https://harbor.example.org")


@pytest.fixture
async def elsewhere(stores: Stores, databases: Databases) -> AsyncIterator[Place]:
    """Give an empty database whose keys are all others."""
    async with other_keys(stores, databases) as place:
        yield place


async def carried(scene: Scene, owner_url: str, place: Place, path: Path) -> Scene:
    """Take a scene's clinic to another place, and give the scene that goes on there."""
    await exported(scene, owner_url, path)
    await brought(place, path)
    place.database.clock = scene.clock
    return Scene(place.database, scene.clock, scene.clinic)


async def opens(there: Scene, who: Actor, pin: str) -> bool:
    """Whether a PIN opens somebody's portal."""
    by_pin = await sign_in_by_pin(there.database, who.clinic, who.id, pin, HOME, "portal", None)
    return hasattr(by_pin, "token")


async def test_everybody_signs_in_with_what_they_have(
    scene: Scene, shared_database: str, elsewhere: Place, tmp_path: Path
) -> None:
    """By password, key of the API, passkey and PIN of before, and by a code that is made there."""
    new = NewStaff(f"zoe.{scene.clinic}@example.org", "front_desk", "Zoe", password=PASSWORD)
    await scene.value(partial(create_staff, new=new))
    key = await scene.value(lambda act: issue_key(act, NewKey("clinician", None, scene.actor("manager").id)))
    who = Actor(scene.clinic, await scene.participant(), "participant")
    phone = Authenticator(handle_of(who))
    pin = await judged_hash("840275")
    assert isinstance(pin, str)

    async def kept(act: Act) -> Done[None]:
        made = Passkey(act.new_id(), who.id, phone.public_key, 0, None)
        await passkeys.insert(act, made, phone.id)
        act.audit("passkey.added", made.id, who.id, mark=passkeys.mark_of(act, made))
        return await set_pin(act, pin, None)

    assert isinstance(await perform(scene.database, who, kept), Done)
    there = await carried(scene, shared_database, elsewhere, tmp_path / "harbor.archive")

    known = await recognize(there.database, new.email, PASSWORD, HOME)
    assert isinstance(known, Recognized)
    opened = await sign_in(there.database, known, None)
    found = await find_session(there.database, opened.token)
    assert found is not None
    assert (found.role, found.name) == ("front_desk", "Zoe")
    assert not isinstance(await recognize(there.database, new.email, "another", HOME), Recognized)

    assert key.key is not None
    caller = await find_key(there.database, key.key)
    assert caller is not None
    assert caller.actor == Actor(scene.clinic, key.id, "clinician")

    let_in = await sign_in_by_passkey(there.database, SITE, phone.signed(SITE), HOME, None)
    assert isinstance(let_in, tuple), let_in
    assert let_in[:2] == (scene.clinic, who.id)
    forged = replaced(phone).signed(SITE)
    assert not isinstance(await sign_in_by_passkey(there.database, SITE, forged, HOME, None), tuple)

    assert [await opens(there, who, typed) for typed in ("840275", "840276")] == [True, False]
    issued: IssuedCode = await there.value(lambda act: issue_code(act, who.id))
    by_code = await sign_in_by_code(there.database, issued.code, HOME, "portal", None)
    assert isinstance(by_code, tuple)
    assert by_code[:2] == (scene.clinic, who.id)
    await verified(there)


async def test_a_member_of_staff_goes_on_with_their_passkey(
    scene: Scene, shared_database: str, elsewhere: Place, tmp_path: Path
) -> None:
    """Its mark is made anew under the other keys, and another one is still none of theirs."""
    own, manager = Authenticator(), scene.actor().id
    adding = partial(add_staff_passkey, ceremony=SITE, credential=own.made(SITE), name="Mine", agent=None)
    await scene.value(adding)
    there = await carried(scene, shared_database, elsewhere, tmp_path / "harbor.archive")
    for device, is_theirs in ((own, True), (Authenticator(), False)):
        check = partial(check_passkey, staff_id=manager, ceremony=SITE, credential=device.signed(SITE))
        assert await there.value(check) is is_theirs
    await verified(there)


def replaced(phone: Authenticator) -> Authenticator:
    """Give another phone that says it is this one."""
    other = Authenticator(phone.handle)
    other.id = phone.id
    return other


async def verified(scene: Scene) -> None:
    """Verify the books of a clinic."""
    verdict = await verify(scene.database, scene.clinic, lambda _what, _more: None)
    assert verdict is not None
    assert verdict.clean, verdict.fault


async def test_subscribers_are_told_what_they_were_not_told_yet_and_what_follows(
    scene: Scene, shared_database: str, elsewhere: Place, tmp_path: Path
) -> None:
    """Under the same secret, by the same numbers, and nothing again that was delivered."""
    scene.clock.now = machine_clock()
    async with receiving(answering(answer(200, b"thanks"))) as receiver:
        one = await subscribe(scene, receiver.url)
        await tell_many(scene, 2)
        assert await Worker(scene).deliver(one)
        await tell_many(scene, 1)
        there = await carried(scene, shared_database, elsewhere, tmp_path / "harbor.archive")
        await tell_many(there, 1)
        assert await Worker(there).deliver(one)
        told = [msgspec.json.decode(asked.body)["data"]["sequence"] for asked in receiver.asked]
        assert sorted(told) == [1, 2, 3, 4]
        for asked in receiver.asked:
            headers = {name.lower(): text for name, text in asked.headers.items()}
            Webhook(SECRET).verify(asked.body, headers)
    assert await outcomes(there, one) == [(number, "delivered") for number in (1, 2, 3, 4)]
    assert isinstance(one, UUID)
