"""Sessions end by themselves: unused for so long, and in any case; a token says nothing of what is kept."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

import asyncpg
import pytest

from schemas.keys import NewKey
from schemas.staff import NewStaff
from service.core.access.places import Place
from service.flows.access.codes import issue_code, sign_in_by_code
from service.flows.access.invitations import Way, invite_again
from service.flows.access.keys import issue_key, revoke_key
from service.flows.access.sessions import PREFIX, end_session, find_session, open_session
from service.flows.access.staff import create_staff
from service.store import sessions

if TYPE_CHECKING:
    from service.core.access.sessions import SessionKind
    from tests.flows.conftest import Scene

MINUTE, HOUR, DAY, MOMENT = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(seconds=1)
ENDS: dict[SessionKind, tuple[timedelta, timedelta]] = {
    "portal": (30 * MINUTE, 24 * HOUR),
    "kiosk": (2 * MINUTE, 15 * MINUTE),
    "tablet": (30 * DAY, 180 * DAY),
}
"""Unused, and in any case: the numbers of the quality page and of OWASP's advice, and no names of ours."""
STAFF_IDLE, STAFF_WHOLE = 15 * MINUTE, 12 * HOUR


async def opened(scene: Scene, kind: SessionKind) -> str:
    """Open a session of a kind, and give its token."""
    if kind == "staff":
        new = NewStaff(f"{uuid4()}@example.org", "clinician")
        who = (await scene.value(partial(create_staff, new=new))).id
        return (await scene.value(partial(open_session, kind=kind, subject=who))).token
    subject = None if kind == "tablet" else await scene.participant(f"S-{kind}")
    return (await scene.value(partial(open_session, kind=kind, subject=subject))).token


async def holds(scene: Scene, token: str, *, is_use: bool = True) -> bool:
    """Tell whether a token opens a session now."""
    return await find_session(scene.database, token, is_use=is_use) is not None


@pytest.mark.parametrize(
    ("kind", "idle", "whole"),
    [(kind, *ends) for kind, ends in ENDS.items()] + [("staff", STAFF_IDLE, STAFF_WHOLE)],
)
async def test_a_session_ends_when_it_is_not_used_and_in_any_case(
    scene: Scene, kind: SessionKind, idle: timedelta, whole: timedelta
) -> None:
    """A second before each limit it holds, at the limit it does not."""
    first = scene.clock.now
    token = await opened(scene, kind)
    scene.clock.now = first + idle - MOMENT
    assert await holds(scene, token, is_use=False)
    scene.clock.now = first + idle
    assert not await holds(scene, token)
    token = await opened(scene, kind) if kind != "staff" else await opened(scene, "staff")
    begun = scene.clock.now
    while scene.clock.now + idle - MOMENT < begun + whole - MOMENT:
        scene.clock.now += idle - MOMENT
        assert await holds(scene, token)
    scene.clock.now = begun + whole - MOMENT
    assert await holds(scene, token)
    scene.clock.now = begun + whole
    assert not await holds(scene, token)


async def test_a_look_that_is_no_use_does_not_keep_a_session(scene: Scene) -> None:
    """What a page fetches by itself does not keep somebody signed in who has gone."""
    first = scene.clock.now
    token = await opened(scene, "portal")
    for minutes in (10, 20, 29):
        scene.clock.now = first + minutes * MINUTE
        assert await holds(scene, token, is_use=False)
    scene.clock.now = first + 30 * MINUTE
    assert not await holds(scene, token)


async def test_a_token_shows_nothing_of_what_is_kept_of_it(scene: Scene) -> None:
    """No value in the row occurs in the token, nor can the token be made of the row."""
    token = await opened(scene, "portal")
    async with scene.database.transaction(scene.clinic) as tx:
        row = await tx.connection.fetchrow("select * from sessions where clinic_id = $1", scene.clinic)
    assert row is not None
    kept = {name: value for name, value in row.items() if name != "clinic_id" and value is not None}
    assert hashlib.sha256(token.encode()).digest() not in kept.values()
    key = scene.database.cipher.session_key
    assert hmac.digest(key, b"token|" + token.encode(), "sha256") in kept.values()
    for name, value in kept.items():
        said = value.hex() if isinstance(value, bytes) else str(value)
        assert len(said) < 12 or said not in token, name
        assert token not in said, name


FORGED = """
insert into sessions (
    clinic_id, session_id, kind, token_hash, staff_id, participant_id, created_at, seen_at, ends_at,
    proved_at, mark, proof
)
select clinic_id, $1, 'staff', $2, $3, null, created_at, seen_at, ends_at, now(), mark, proof from sessions
"""


async def test_no_session_is_made_in_the_database_alone(scene: Scene) -> None:
    """Neither under the plain hash of a token of one's own, nor with the marks of a session of one's own."""
    await opened(scene, "portal")
    new = NewStaff(f"{uuid4()}@example.org", "manager")
    manager = (await scene.value(partial(create_staff, new=new))).id
    secret = base64.urlsafe_b64encode(scene.clinic.bytes + b"x" * 32).decode()
    async with scene.database.transaction(scene.clinic) as tx:
        own_hash = hashlib.sha256(f"{PREFIX}{secret}".encode()).digest()
        await tx.connection.execute(FORGED, uuid4(), own_hash, manager)
    assert not await holds(scene, PREFIX + secret)


@pytest.mark.parametrize("is_same_row", [True, False], ids=["its own row", "another row"])
async def test_a_token_of_one_s_own_opens_nobody_else_s_session(
    scene: Scene, own_database: str, is_same_row: bool
) -> None:
    """The hash of a token is worth nothing in a row that says another kind or subject."""
    token = await opened(scene, "portal")
    new = NewStaff(f"{uuid4()}@example.org", "manager")
    manager = (await scene.value(partial(create_staff, new=new))).id
    # As the owner: the service's role takes no row of a session away.
    owner = await asyncpg.connect(own_database)
    row = await owner.fetchrow("select session_id, token_hash from sessions")
    assert row is not None
    await owner.execute("create temporary table kept as table sessions")
    await owner.execute("delete from sessions")
    made = FORGED.replace("from sessions", "from kept")
    await owner.execute(made, row["session_id"] if is_same_row else uuid4(), row["token_hash"], manager)
    await owner.close()
    assert not await holds(scene, token)


async def test_no_session_is_made_longer_in_the_database(scene: Scene, own_database: str) -> None:
    """The service's role may not, and the owner's hand is found."""
    token = await opened(scene, "portal")
    assert await holds(scene, token)
    later = "update sessions set ends_at = ends_at + interval '1 year'"
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with scene.database.transaction(scene.clinic) as tx:
            await tx.connection.execute(later)
    owner = await asyncpg.connect(own_database)
    await owner.execute(later)
    await owner.close()
    assert not await holds(scene, token)


@pytest.mark.parametrize(
    ("planted", "why"),
    [
        ("update sessions set revoked_at = null", asyncpg.CheckViolationError),
        ("update sessions set revoked_at = now() + interval '1 day'", asyncpg.CheckViolationError),
        ("delete from sessions", asyncpg.InsufficientPrivilegeError),
        ("update keys set revoked_at = null where revoked_at is not null", asyncpg.CheckViolationError),
        (
            "update invitations set retired_at = null where retired_at is not null",
            asyncpg.CheckViolationError,
        ),
        ("update sign_in_codes set used_at = null where used_at is not null", asyncpg.CheckViolationError),
        ("update sessions set let_in_by = null", asyncpg.InsufficientPrivilegeError),
        ("update passkeys set let_in_by = null", asyncpg.InsufficientPrivilegeError),
    ],
)
async def test_what_was_ended_stays_ended_in_the_database(
    scene: Scene, planted: str, why: type[Exception]
) -> None:
    """The service's role begins no session, key, link or code again, nor takes a row away to put it back."""
    who = await scene.participant("P-1")
    code = (await scene.value(lambda act: issue_code(act, who))).code
    entered = await sign_in_by_code(scene.database, code, Place("P-1", "device"), "portal", None)
    assert isinstance(entered, tuple)
    await scene.value(lambda act: end_session(act, entered[2].id))
    key = await scene.value(lambda act: issue_key(act, NewKey("integration", scopes=("events.write",))))
    await scene.value(lambda act: revoke_key(act, key.id))
    for _ in range(2):
        await scene.value(lambda act: invite_again(act, scene.another.id, Way(str, is_mailed=False)))
    with pytest.raises(why):
        async with scene.database.transaction(scene.clinic) as tx:
            await tx.connection.execute(planted)
    assert not await holds(scene, entered[2].token)


async def test_when_somebody_showed_who_they_are_is_not_set_in_the_database(scene: Scene) -> None:
    """A moment that the service did not write is none; the session goes on, and is asked again."""
    token = await opened(scene, "staff")
    found = await find_session(scene.database, token)
    assert found is not None
    assert found.proved_at == scene.clock.now
    scene.clock.now += 10 * MINUTE
    async with scene.database.transaction(scene.clinic) as tx:
        await tx.connection.execute("update sessions set proved_at = $1", scene.clock.now)
    found = await find_session(scene.database, token)
    assert found is not None
    assert found.proved_at is None
    async with scene.database.transaction(scene.clinic) as tx:
        await sessions.prove(tx, found.id)
    found = await find_session(scene.database, token)
    assert found is not None
    assert found.proved_at == scene.clock.now
