"""Staff, keys and people that somebody plants, changes or removes in the database are found out."""

from __future__ import annotations

import base64
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from uuid import UUID

import asyncpg
import pyotp
import pytest

from schemas.keys import NewKey
from schemas.staff import NewStaff, StaffChange
from schemas.verdicts import BookFault
from service.core.access.places import Place
from service.core.actors import Actor
from service.core.refusals import Refused
from service.flows.access.invitations import Way, invite_again
from service.flows.access.keys import issue_key, revoke_key
from service.flows.access.pins import judged_hash, remove_pin, set_pin
from service.flows.access.second_factor import begin_second_factor
from service.flows.access.sign_in_staff import recognize
from service.flows.access.staff import change_staff, create_staff, hash_password
from service.flows.access.tablets import lose_device
from service.flows.perform import Act, Done, perform
from service.flows.setup.clinics import operator
from service.flows.verify.verify import verify
from service.store import staff
from tests.conftest import open_as_service, settings_for
from tests.databases import Databases, of_database
from tests.flows.entering import with_passkey

if TYPE_CHECKING:
    from service.embedded import Stores
    from service.store.database.pool import Database
    from tests.flows.conftest import Operation, Scene

T = TypeVar("T")
UNGUARDED = """
do $$
declare
    guard record;
begin
    for guard in select conrelid::regclass as guarded, conname from pg_constraint
        where contype in ('f', 'c') and conislocal and connamespace = 'public'::regnamespace
    loop
        execute format('alter table %s drop constraint %I', guard.guarded, guard.conname);
    end loop;
end
$$
"""


@dataclass
class Powers:
    """A clinic with staff, two keys and two people, and a hand that may write anything in it."""

    hand: asyncpg.Connection
    scene: Scene
    ids: dict[str, UUID]

    async def fault(self) -> BookFault | None:
        """Verify the clinic."""
        verdict = await verify(self.scene.database, self.scene.clinic, lambda _what, _more: None)
        assert verdict is not None
        return verdict.fault


def address(scene: Scene, name: str) -> str:
    """Give somebody an address that nobody in another clinic has."""
    return f"{name}@{scene.clinic.hex[-12:]}.example"


async def operated(scene: Scene, operation: Operation[T]) -> T:
    """Do something as the operator."""
    done = await perform(scene.database, operator(scene.clinic), operation)
    assert isinstance(done, Done), done
    return done.value


async def signing_in(scene: Scene, who: UUID) -> UUID:
    """Give somebody a PIN and a passkey, as they would make them themselves."""
    hashed = await judged_hash("907351")
    assert isinstance(hashed, str)
    setting = partial(set_pin, pin_hash=hashed, let_in_by=None)
    assert isinstance(await perform(scene.database, Actor(scene.clinic, who, "participant"), setting), Done)
    return await with_passkey(scene, who)


class Unguarded(NamedTuple):
    """A database without constraints, the service in it, and a role that writes anything in one clinic."""

    url: str
    service: Database
    hand: str


@pytest.fixture(scope="module")
async def unguarded(stores: Stores, databases: Databases) -> AsyncIterator[Unguarded]:
    """Open a database in which each test has a clinic of its own."""
    name, hand = await databases.take(), f"rewards_unguarded_{os.getpid()}"
    url = of_database(stores.owner_url, name)
    owner = await asyncpg.connect(url)
    await owner.execute(UNGUARDED)
    await owner.execute("alter table keys disable trigger keys_end_for_good")
    await owner.execute(f"create role {hand}; grant {hand} to current_user")
    await owner.execute(f"grant all on all tables in schema public to {hand}")
    opened = await open_as_service(settings_for(stores, url))
    yield Unguarded(url, opened, hand)
    await opened.close()
    await owner.execute(f"drop owned by {hand}; drop role {hand}")
    await owner.close()
    databases.give_back(name)


@pytest.fixture
def service(unguarded: Unguarded) -> Database:
    """Give the scene that database."""
    return unguarded.service


@pytest.fixture
async def powers(scene: Scene, unguarded: Unguarded) -> AsyncIterator[Powers]:
    """Give the clinic, which verifies clean, and the hand that plants faults in it."""
    ids: dict[str, UUID] = {}
    roles = {"manager": "manager", "desk": "front_desk", "gone": "clinician", "invited": "clinician"}
    for name, role in roles.items():
        new = NewStaff(address(scene, name), role)  # type: ignore[arg-type]
        ids[name] = (await operated(scene, lambda act, new=new: create_staff(act, new))).id  # type: ignore[misc]
    secret = base64.b32encode(bytes(20)).decode()
    digits = pyotp.TOTP(secret).at(scene.clock.now)
    await operated(scene, lambda act: begin_second_factor(act, ids["manager"], secret, digits))
    await operated(scene, lambda act: invite_again(act, ids["invited"], Way(str, is_mailed=False)))
    await operated(scene, lambda act: change_staff(act, ids["gone"], StaffChange(disabled=True), None))
    for name in ("key", "revoked"):
        new_key = NewKey("integration", responsible=ids["manager"], scopes=("events.write",))
        ids[name] = (await operated(scene, lambda act, new=new_key: issue_key(act, new))).id  # type: ignore[misc]
    await operated(scene, lambda act: revoke_key(act, ids["revoked"]))
    await scene.enrolled("P-1")
    enrollment = await scene.enrolled("P-2")
    await scene.record(enrollment.id, "negative")
    ids["person"] = enrollment.participant
    ids["passkey"] = await signing_in(scene, enrollment.participant)
    hand = await asyncpg.connect(unguarded.url)
    await hand.execute(f"set role {unguarded.hand}; set app.clinic = '{scene.clinic}'")
    made = Powers(hand, scene, ids)
    assert await made.fault() is None
    yield made
    await hand.close()


@pytest.mark.parametrize(
    ("planted", "who", "table"),
    [
        ("update keys set role = 'manager' where key_id = $1", "key", "keys"),
        ("update keys set scopes = array['access.write'] where key_id = $1", "key", "keys"),
        ("update keys set expires_on = expires_on + 3650 where key_id = $1", "key", "keys"),
        ("update keys set secret_hash = sha256('mine') where key_id = $1", "key", "keys"),
        ("update keys set responsible = null where key_id = $1", "key", "keys"),
        ("update keys set revoked_at = null where key_id = $1", "revoked", "keys"),
        ("delete from keys where key_id = $1", "revoked", "keys"),
        (
            """insert into keys (clinic_id, key_id, role, secret_hash, created_at, expires_on, scopes, mark)
            select clinic_id, $1, 'manager', sha256('mine'), created_at, expires_on, scopes, mark
            from keys limit 1""",
            "person",
            "keys",
        ),
        ("update staff set role = 'manager' where staff_id = $1", "desk", "staff"),
        ("update staff set disabled_at = null where staff_id = $1", "gone", "staff"),
        ("update staff set disabled_at = now() where staff_id = $1", "manager", "staff"),
        ("delete from staff where staff_id = $1", "gone", "staff"),
        ("update staff set password_hash = '$argon2id$mine' where staff_id = $1", "manager", "staff"),
        ("update staff set password_hash = null where staff_id = $1", "manager", "staff"),
        (
            """update staff set password_hash = (
                select password_hash from staff where staff_id <> $1 and password_hash is not null limit 1
            ) where staff_id = $1""",
            "manager",
            "staff",
        ),
        ("update staff set password_hash = '$argon2id$mine' where staff_id = $1", "invited", "staff"),
        ("update staff set totp_secret = null where staff_id = $1", "manager", "staff"),
        ("update staff set totp_secret = '\\x01' where staff_id = $1", "manager", "staff"),
        ("update staff set totp_secret = '\\x01' where staff_id = $1", "desk", "staff"),
        ("update pins set pin_hash = '$argon2id$mine' where participant_id = $1", "person", "pins"),
        ("update pins set let_in_by = participant_id where participant_id = $1", "person", "pins"),
        (
            """insert into pins (clinic_id, participant_id, pin_hash, set_at)
            select clinic_id, $1, pin_hash, set_at from pins""",
            "desk",
            "pins",
        ),
        ("update passkeys set public_key = 'mine' where passkey_id = $1", "passkey", "passkeys"),
        ("update passkeys set participant_id = passkey_id where passkey_id = $1", "passkey", "passkeys"),
        (
            """insert into passkeys (
                clinic_id, passkey_id, participant_id, credential_id, public_key, sign_count, created_at
            ) select clinic_id, $1, participant_id, 'mine', 'mine', 0, created_at from passkeys""",
            "desk",
            "passkeys",
        ),
        (
            """insert into staff (clinic_id, staff_id, role, email, email_index, created_at, created_by)
            select clinic_id, $1, 'manager', '', '', now(), $1 from clinics""",
            "person",
            "staff",
        ),
    ],
)
async def test_a_power_that_the_trail_does_not_tell_of_is_found(
    powers: Powers, planted: str, who: str, table: str
) -> None:
    """An integration's key made a manager's, one revoked and used again, a secret put in another's place."""
    assert not (await powers.hand.execute(planted, powers.ids[who])).endswith(" 0")
    found = await powers.fault()
    assert found is not None
    assert (found.table, list(found.ids.values())) == (table, [str(powers.ids[who])])


async def test_password_that_was_put_into_the_table_opens_nothing(powers: Powers) -> None:
    """Of whoever has one, with and without a mark; the right one opens."""
    scene = powers.scene
    right = "orchard lamp seventeen"
    setting = partial(set_directly, who=powers.ids["invited"], password=right)
    await operated(scene, setting)

    async def opens(password: str) -> bool:
        found = await recognize(scene.database, address(scene, "invited"), password, Place("desk", "device"))
        return not isinstance(found, Refused)

    assert await opens(right)
    planted = await hash_password("planted by somebody")
    for mark in ("password_mark", "null", "'0123456789abcdef0123456789abcdef'"):
        await powers.hand.execute(
            f"update staff set password_hash = $2, password_mark = {mark} where staff_id = $1",  # noqa: S608
            powers.ids["invited"],
            planted,
        )
        assert not await opens("planted by somebody")


async def set_directly(act: Act, who: UUID, password: str) -> Done[None]:
    """Set somebody's password as a link would, of which the trail tells."""
    kept = await hash_password(password)
    await staff.set_password(act, who, kept, is_temporary=False)
    act.audit("staff.password_changed", who, password=staff.password_mark(act, who, kept))
    return Done(None)


@pytest.mark.parametrize("deed", ["device.lost", "pin.removed"])
async def test_a_pin_that_was_taken_away_is_not_put_back(powers: Powers, deed: str) -> None:
    """The trail tells that it was removed, by its owner or with a lost device."""
    scene, who = powers.scene, powers.ids["person"]
    kept = await powers.hand.fetch("select * from pins")
    actor = Actor(scene.clinic, who, "participant")
    if deed == "pin.removed":
        assert isinstance(await perform(scene.database, actor, remove_pin), Done)
    else:
        assert isinstance(await perform(scene.database, actor, partial(lose_device, participant=who)), Done)
    assert await powers.fault() is None
    await powers.hand.execute(
        "insert into pins (clinic_id, participant_id, pin_hash, set_at) values ($1, $2, $3, $4)",
        *(kept[0][name] for name in ("clinic_id", "participant_id", "pin_hash", "set_at")),
    )
    found = await powers.fault()
    assert found is not None
    assert (found.table, found.ids) == ("pins", {"participant_id": str(who)})


@pytest.mark.parametrize("is_told", [True, False])
async def test_somebody_cannot_be_removed_whole(powers: Powers, is_told: bool) -> None:
    """Not with all that there is of them, and not with the trail's entries about them either."""
    theirs = {"participant_id": [powers.ids["person"]]}
    for table, column in (("enrollments", "enrollment_id"), ("events", "event_id")):
        query = f"select {column} as id from {table} where participant_id = $1"  # noqa: S608  our own words
        found_rows = await powers.hand.fetch(query, powers.ids["person"])
        theirs[column] = [one["id"] for one in found_rows]
    columns = await powers.hand.fetch("""
        select table_name::text as name, column_name::text as about from information_schema.columns
        where table_schema = 'public' and table_name !~ '_[0-9]{8}$'
    """)
    for row in columns:
        if row["about"] in theirs and not (is_told and row["name"] == "audit"):
            await powers.hand.execute(
                f"delete from {row['name']} where {row['about']} = any($1::uuid[])",  # noqa: S608
                theirs[row["about"]],
            )
    found = await powers.fault()
    assert found is not None
    if is_told:
        assert (found.table, found.ids) == ("participants", {"participant_id": str(powers.ids["person"])})
    else:
        assert found.table in {"audit", "audit_heads"}
