"""Keys of before keys had marks are given theirs once, and one without a mark opens nothing."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import asyncpg
import pytest

from schemas.keys import NewKey
from service.core.access.keys import SCOPES
from service.flows.access.keys import issue_key, mark_keys
from service.flows.perform import Act, Done
from service.store import keys

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

UNGUARDED = "alter table keys disable trigger user"


@pytest.fixture
async def owner(own_database: str) -> AsyncIterator[asyncpg.Connection]:
    """Give the owner's way to the clinic, who can put aside the rules of its tables."""
    connection = await asyncpg.connect(own_database)
    yield connection
    await connection.close()


async def opens(scene: Scene, secret_hash: bytes) -> bool:
    """Tell whether a key with this hash opens anything."""

    async def found(act: Act) -> Done[bool]:
        return Done(await keys.find(act, secret_hash) is not None)

    return await scene.value(found)


async def test_keys_of_before_are_marked_once(scene: Scene, owner: asyncpg.Connection) -> None:
    """One that was issued goes on; until it is marked, and where its mark is taken away, it opens nothing."""
    made = await scene.value(lambda act: issue_key(act, NewKey("integration", scopes=("events.write",))))
    secret = await owner.fetchval("select secret_hash from keys where key_id = $1", made.id)
    assert await opens(scene, secret)
    await owner.execute(UNGUARDED)
    await owner.execute("update keys set mark = null")
    assert not await opens(scene, secret)
    assert [await mark_keys(scene.database), await mark_keys(scene.database)] == [1, 0]
    assert await opens(scene, secret)


async def test_planted_keys_are_not_marked(scene: Scene, owner: asyncpg.Connection) -> None:
    """Neither one that the trail does not tell of, nor one whose entry was put in with it."""
    await owner.execute(UNGUARDED)
    for name in (b"untold", b"told"):
        await owner.execute(
            "insert into keys (clinic_id, key_id, role, secret_hash, created_at, expires_on, scopes) "
            "values ($1, gen_random_uuid(), 'manager', $2, now(), '2200-01-01', $3)",
            scene.clinic,
            hashlib.sha256(name).digest(),
            list(SCOPES),
        )
    await owner.execute(
        "insert into audit select clinic_id, 1000000, now(), key_id, 'manager', 'key.issued', key_id, null, "
        "'{}', sha256('x'), sha256('x') from keys where secret_hash = $1",
        hashlib.sha256(b"told").digest(),
    )
    assert await mark_keys(scene.database) == 0
    for name in (b"untold", b"told"):
        assert not await opens(scene, hashlib.sha256(name).digest())


async def test_a_mark_is_there_for_good(scene: Scene, owner: asyncpg.Connection) -> None:
    """The service's own role writes one where there is none, and changes none."""
    made = await scene.value(lambda act: issue_key(act, NewKey("integration", scopes=("events.write",))))
    with pytest.raises(asyncpg.CheckViolationError, match="for good"):
        await owner.execute("update keys set mark = 'another' where key_id = $1", made.id)
