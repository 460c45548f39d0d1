"""Checkpoints of the audit trail: signed, kept, and what they show of a past made anew with the key."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

import asyncpg
import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from msgspec.structs import replace

from schemas.checkpoints import Checkpoint
from schemas.verdicts import BookFault
from service.core.audit_chain import Place, Said
from service.flows.draws.seeds import rotate_seeds
from service.flows.trail.checkpoints import end_day, make_checkpoint
from service.flows.verify.verify import verify
from service.store.audit_checkpoints import signed_words
from tests.flows.listening import listening, log

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

SAID = ("at", "actor_id", "role", "deed", "subject_id", "participant_id", "detail")


async def fault(scene: Scene, checkpoints: Sequence[Checkpoint] = ()) -> BookFault | None:
    """Verify the clinic, with checkpoints that were kept elsewhere."""
    verdict = await verify(scene.database, scene.clinic, lambda _what, _more: None, checkpoints)
    assert verdict is not None
    return verdict.fault


async def kept(scene: Scene) -> list[str]:
    """Why each checkpoint on record was made."""
    async with scene.database.transaction(scene.clinic) as tx:
        rows = await tx.connection.fetch("select why from audit_checkpoints order by seq")
        return [row["why"] for row in rows]


@pytest.fixture
async def owner(scene: Scene, own_database: str) -> AsyncIterator[asyncpg.Connection]:
    """Give the owner's way to a clinic of five people."""
    for number in range(5):
        await scene.participant(f"P-{number}")
    connection = await asyncpg.connect(own_database)
    yield connection
    await connection.close()


async def chained_anew(scene: Scene, owner: asyncpg.Connection) -> None:
    """Chain what is left anew under the key, as whoever has the database and the key can."""
    key, place = scene.database.cipher.trail.of(scene.clinic), Place()
    rows = await owner.fetch("delete from audit returning *")
    for row in sorted(rows, key=lambda one: one["seq"]):
        said = Said(*(row[name] for name in SAID))
        place = place.after([key], said, b"")
        await owner.execute(
            "insert into audit values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            *(row["clinic_id"], place.seq, *(row[name] for name in SAID), place.digest, place.hash),
        )
    await owner.execute(
        "update audit_heads set (seq, hash, seal) = ($1, $2, $3)", *(place.seq, place.hash, place.seal)
    )


async def test_a_checkpoint_is_signed_and_can_be_checked_without_us(scene: Scene) -> None:
    """By its public key over its own words."""
    await scene.participant()
    one = await scene.value(partial(make_checkpoint, why="asked"))
    message = signed_words(one.clinic, one.seq, bytes.fromhex(one.hash), one.at, one.why)
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(one.public_key))
    public.verify(bytes.fromhex(one.signature), message)
    async with scene.database.transaction(scene.clinic) as tx:
        newest = await tx.connection.fetchrow("select seq, deed from audit order by seq desc limit 1")
    assert newest is not None
    assert (list(newest.values()), await kept(scene)) == ([one.seq + 1, "audit.checkpointed"], ["asked"])
    assert await fault(scene, [one]) is None


async def test_a_checkpoint_is_made_at_each_rotation_and_at_each_day_s_end(scene: Scene) -> None:
    """By the clinic's own days, and on no day on which nothing was told."""
    assert [await end_day(scene.database, scene.clinic) for _ in range(2)] == [1, 0]
    scene.clock.now += timedelta(days=1)
    assert await end_day(scene.database, scene.clinic) == 0
    await scene.participant()
    assert [await end_day(scene.database, scene.clinic) for _ in range(2)] == [1, 0]
    await scene.value(rotate_seeds)
    assert await kept(scene) == ["day_ended", "day_ended", "seed_rotated"]
    assert await fault(scene) is None


async def test_a_past_that_was_chained_anew_with_the_key_differs_from_its_checkpoint(
    scene: Scene, owner: asyncpg.Connection
) -> None:
    """Entries were removed, the checkpoints here as well, and all of it fits; the one elsewhere does not."""
    one = await scene.value(partial(make_checkpoint, why="asked"))
    await owner.execute("delete from audit_checkpoints")
    await owner.execute("delete from audit where deed = 'audit.checkpointed'")
    await owner.execute("update audit set detail = replace(detail, '0', '1') where deed like 'participant.%'")
    await chained_anew(scene, owner)
    assert await fault(scene) is None
    found = await fault(scene, [one])
    assert found is not None
    assert (found.table, "as the checkpoint says" in found.expected) == ("audit", True)


async def test_a_trail_that_was_emptied_or_cut_is_shorter_than_its_checkpoint(
    scene: Scene, owner: asyncpg.Connection
) -> None:
    """It fits in itself, and ends too early."""
    one = await scene.value(partial(make_checkpoint, why="asked"))
    await owner.execute("delete from audit_checkpoints; delete from audit where seq > 4")
    await chained_anew(scene, owner)
    found = await fault(scene, [one])
    assert found is not None
    assert (found.table, found.found) == ("audit", "fewer")


@pytest.mark.parametrize(
    "planted",
    [
        "update audit_checkpoints set hash = sha256('x')",
        "update audit_checkpoints set seq = seq - 1",
        "update audit_checkpoints set at = at - interval '1 hour'",
        "update audit_checkpoints set signature = sha256('x') || sha256('y')",
        "delete from audit_checkpoints",
        """insert into audit_checkpoints
        select clinic_id, gen_random_uuid(), seq, hash, at, why, signature from audit_checkpoints""",
    ],
)
async def test_a_checkpoint_that_was_planted_or_removed_is_found(
    scene: Scene, owner: asyncpg.Connection, planted: str
) -> None:
    """Those that are kept here are held to the trail and to their signature."""
    await scene.value(partial(make_checkpoint, why="asked"))
    assert await fault(scene) is None
    await owner.execute(planted)
    found = await fault(scene)
    assert found is not None
    assert found.table == "audit_checkpoints"


async def test_a_checkpoint_of_a_file_is_held_to_our_own_key(scene: Scene) -> None:
    """Whoever signs by a key of theirs and names it in the file proves nothing."""
    await scene.participant()
    one = await scene.value(partial(make_checkpoint, why="asked"))
    for forged in (
        replace(one, seq=1),
        replace(one, hash="00" * 32),
        replace(one, signature="00" * 64),
        replace(one, signature="no"),
        replace(one, clinic=uuid4()),
    ):
        found = await fault(scene, [forged])
        assert found is not None
        assert found.table == "checkpoint"


async def test_a_subscriber_is_sent_a_checkpoint_that_can_be_verified_with(scene: Scene) -> None:
    """All of it, about nobody, so that an anchor lies outside without anybody doing anything."""
    await listening(scene, "audit.checkpoint")
    one = await scene.value(partial(make_checkpoint, why="asked"))
    (told,) = await log(scene)
    assert (told.notice.type, told.notice.participant) == ("audit.checkpoint", None)
    sent = msgspec.json.decode(told.notice.data, type=Checkpoint)
    assert sent == one
    assert await fault(scene, [sent]) is None
