"""Passkeys of the staff: made by their owner alone, told to them, and of no use once they are removed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import asyncpg
import pytest
from msgspec.structs import replace

from schemas.staff import StaffChange
from service.core.refusals import Refused
from service.flows.access.proofs import Signed, prove_again, ways_of
from service.flows.access.second_factor import end_second_factor, end_second_factors
from service.flows.access.sessions import open_session
from service.flows.access.staff import change_staff
from service.flows.access.staff_passkeys import (
    add_staff_passkey,
    check_passkey,
    read_own_passkeys,
    remove_staff_passkey,
)
from service.flows.verify.verify import verify
from service.store import staff
from tests.authenticator import CEREMONY, Authenticator

if TYPE_CHECKING:
    from asyncpg import Connection

    from schemas.people import Role
    from tests.flows.conftest import Operation, Scene


def adding(credential: str, name: str = "My phone") -> Operation[str | None]:
    """Add what an authenticator made."""
    return partial(add_staff_passkey, ceremony=CEREMONY, credential=credential, name=name, agent=None)


async def added(scene: Scene, device: Authenticator, role: Role = "manager") -> str | None:
    """Let somebody of a role add a passkey, and give the token of their new session, if there is one."""
    return await scene.value(adding(device.made()), role)


async def shown(scene: Scene, device: Authenticator, role: Role = "manager") -> bool:
    """Whether somebody of a role shows a passkey of theirs."""
    of = scene.actor(role).id
    return await scene.value(
        partial(check_passkey, staff_id=of, ceremony=CEREMONY, credential=device.signed()), role
    )


async def test_a_passkey_is_a_second_factor_of_its_owner_alone(scene: Scene) -> None:
    """It counts as one from then on, under a new session; a colleague shows it for nobody."""
    device = Authenticator()
    assert await added(scene, device) is not None
    assert await scene.value(adding(Authenticator().made(), " ")) is None
    assert await shown(scene, device)
    assert not await shown(scene, device, "clinician")
    async with scene.database.transaction(scene.clinic) as tx:
        known = await staff.find(tx, scene.actor().id)
    assert known is not None
    assert known.has_second_factor
    assert known.staff.second_factor == scene.clock.now
    own = await scene.value(read_own_passkeys)
    assert [(one.name, one.used_at is not None) for one in own.kept] == [("My phone", True), (None, False)]
    assert own.kept == own.added


async def test_only_what_verified_its_owner_for_our_challenge_is_taken(scene: Scene) -> None:
    """Neither without a face, finger or PIN, nor for another challenge or site, nor twice."""
    lax = Authenticator(verifies=False)
    other = replace(CEREMONY, challenge=b"d" * 32)
    elsewhere = replace(CEREMONY, origin="https://clinic.example.evil.test")
    device = Authenticator()
    await added(scene, device)
    for credential in (
        lax.made(),
        Authenticator().made(other),
        Authenticator().made(elsewhere),
        device.made(),
        "{}",
    ):
        add = partial(add_staff_passkey, ceremony=CEREMONY, credential=credential, name="", agent=None)
        assert isinstance(await scene.ask(add), Refused)
    device.flags = lax.flags
    assert not await shown(scene, device)
    for credential in (Authenticator().signed(), device.signed(other), "[]", "{}"):
        check = partial(check_passkey, staff_id=scene.actor().id, ceremony=CEREMONY, credential=credential)
        assert await scene.value(check) is False


async def test_tries_count_as_those_at_the_digits_do(scene: Scene) -> None:
    """After five wrong ones the right one rests too."""
    device = Authenticator()
    await added(scene, device)
    for _ in range(5):
        assert not await shown(scene, Authenticator())
    assert not await shown(scene, device)


async def test_it_is_a_proof_where_one_is_asked_again(scene: Scene) -> None:
    """Its owner's own session has shown it then; a wrong one has not."""
    device = Authenticator()
    await added(scene, device)
    session = await scene.value(lambda act: open_session(act, "staff", act.actor.id))
    for one, proof in ((device, "right"), (Authenticator(), "wrong")):
        signed = Signed(CEREMONY, one.signed())
        again = partial(prove_again, session=session.id, password="", code="", signed=signed)
        assert await scene.value(again) == proof
    ways = await scene.value(ways_of)
    assert (ways.has_passkey, ways.factor_since) == (True, None)


async def test_removed_by_its_owner_or_a_manager_it_opens_nothing_and_its_owner_is_told(scene: Scene) -> None:
    """A manager takes all of a colleague's away at once, and none back or for them."""
    first, second = Authenticator(), Authenticator()
    await added(scene, first, "clinician")
    await added(scene, second, "clinician")
    own = await scene.value(read_own_passkeys, "clinician")
    removed = own.kept[0].id
    assert await scene.value(lambda act: remove_staff_passkey(act, removed)) is False
    assert await scene.value(lambda act: remove_staff_passkey(act, removed), "clinician")
    assert not await shown(scene, first, "clinician")
    clinician = scene.actor("clinician").id
    name = StaffChange(name="Maria Flores")
    await scene.value(lambda act: change_staff(act, act.actor.id, name, None))
    await scene.value(lambda act: end_second_factor(act, clinician))
    assert await shown(scene, second, "clinician")
    await scene.value(lambda act: end_second_factors(act, clinician))
    assert not await shown(scene, second, "clinician")
    told = await scene.value(read_own_passkeys, "clinician")
    assert (told.kept, [by for _, by in told.removed]) == ((), [None, "Maria Flores"])


async def test_a_disabled_owner_shows_nothing(scene: Scene) -> None:
    """Whoever is kept out is kept out with all devices."""
    device = Authenticator()
    await added(scene, device, "clinician")
    gone = scene.actor("clinician").id
    await scene.value(lambda act: change_staff(act, gone, StaffChange(disabled=True), None))
    assert not await shown(scene, device, "clinician")


PLANTED = [
    "update staff_passkeys set public_key = '\\x00' where :mine",
    "update staff_passkeys set staff_id = :other where :mine",
    (
        "insert into staff_passkeys "
        "(clinic_id, passkey_id, staff_id, credential_id, public_key, sign_count, created_at, mark) "
        "select clinic_id, gen_random_uuid(), :other, '\\x00', public_key, 0, created_at, mark "
        "from staff_passkeys"
    ),
]


@pytest.mark.parametrize("planted", PLANTED)
async def test_what_the_database_alone_says_is_found_out(
    scene: Scene, planting: Connection, planted: str
) -> None:
    """A key that was put in another's place or account opens nothing, and verify names it."""
    device = Authenticator()
    await added(scene, device)
    mine, other = scene.actor().id, scene.actor("clinician").id
    written = planted.replace(":mine", f"staff_id = '{mine}'").replace(":other", f"'{other}'::uuid")
    await planting.execute(written)
    try:
        assert not await shown(scene, device, "clinician")
        if "insert" not in planted:
            assert not await shown(scene, device)
        verdict = await verify(scene.database, scene.clinic, lambda _what, _count: None)
        assert verdict is not None
        assert verdict.fault is not None
        assert "staff_passkeys" in str(verdict.fault)
    finally:
        await planting.execute("delete from staff_passkeys")


async def test_removed_stays_removed(scene: Scene) -> None:
    """Not even the service's role brings one back, takes a row away, or gives one another mark."""
    await added(scene, Authenticator())
    own = await scene.value(read_own_passkeys)
    await scene.value(lambda act: remove_staff_passkey(act, own.kept[0].id))
    for statement, error in (
        ("update staff_passkeys set removed_at = null, removed_by = null", asyncpg.CheckViolationError),
        ("update staff_passkeys set mark = 'x'", asyncpg.CheckViolationError),
        ("update staff_passkeys set staff_id = passkey_id", asyncpg.InsufficientPrivilegeError),
        ("delete from staff_passkeys", asyncpg.InsufficientPrivilegeError),
    ):
        async with scene.database.transaction(scene.clinic) as tx:
            with pytest.raises(error):
                await tx.connection.execute(statement)
