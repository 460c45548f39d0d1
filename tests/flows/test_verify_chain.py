"""A past that somebody rewrites in the database, with all that it holds, is found out."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg
import pytest

from schemas.verdicts import BookFault
from service.core.audit_chain import FIRST, KEYED, Place, Said, clinic_key, keyed, plain_digest
from service.flows.people.participants import read_participant
from service.flows.trail.keying import key_chains
from service.flows.verify.verify import verify

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

SAID = ("at", "actor_id", "role", "deed", "subject_id", "participant_id", "detail")
MONDAY = datetime(2026, 3, 2, 17, tzinfo=UTC)


@pytest.fixture
async def owner(scene: Scene, own_database: str) -> AsyncIterator[asyncpg.Connection]:
    """Give the owner's way to a clinic of two people, whose charts were read thirty times."""
    for reference in ("P-1", "P-2"):
        enrollment = await scene.enrolled(reference)
        await scene.record(enrollment.id, "negative")
        for _ in range(15):
            await scene.value(partial(read_participant, participant_id=enrollment.participant))
    connection = await asyncpg.connect(own_database)
    assert await fault(scene) is None
    yield connection
    await connection.close()


async def fault(scene: Scene) -> BookFault | None:
    """Verify the clinic."""
    verdict = await verify(scene.database, scene.clinic, lambda _what, _more: None)
    assert verdict is not None
    return verdict.fault


def said(row: asyncpg.Record) -> bytes:
    """Take what an entry says out of its row."""
    return Said(*(row[name] for name in SAID)).content()


async def chained_anew(owner: asyncpg.Connection) -> None:
    """Number and chain all entries anew, as whoever has the database and not the key can."""
    rows = await owner.fetch("select * from audit order by seq")
    await owner.execute("delete from audit")
    before, seq = FIRST, 0
    for seq, row in enumerate(rows, start=1):
        digest = plain_digest(said(row))
        before = hashlib.sha256(before + digest).digest()
        await owner.execute(
            "insert into audit values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            *(row["clinic_id"], seq, *(row[name] for name in SAID), digest, before),
        )
    await owner.execute("update audit_heads set seq = $1, hash = $2", seq, before)


async def test_the_newest_entries_cannot_be_cut_off(scene: Scene, owner: asyncpg.Connection) -> None:
    """Twenty-five are deleted and the head put back: nobody has the seal of what is left."""
    await owner.execute("delete from audit where seq > (select seq from audit_heads) - 25")
    await owner.execute("""
        update audit_heads set (seq, hash) = (select seq, hash from audit order by seq desc limit 1)
    """)
    found = await fault(scene)
    assert found is not None
    assert (found.table, "cut off" in found.found) == ("audit_heads", True)
    # What is written on the shortened trail afterwards does not mend it.
    await scene.participant("P-3")
    found = await fault(scene)
    assert found is not None
    assert (found.table, "cut off" in found.found) == ("audit_heads", True)


@pytest.mark.parametrize("seal", ["null", "seal", "'\\x" + "00" * 32 + "'"])
async def test_entries_cannot_be_taken_out_and_the_rest_chained_anew(
    scene: Scene, owner: asyncpg.Connection, seal: str
) -> None:
    """Whatever is done about the seal: a chain that was keyed is never without the key again."""
    await owner.execute("delete from audit where deed = 'participant.read'")
    await chained_anew(owner)
    await owner.execute(f"update audit_heads set seal = {seal}")  # noqa: S608  our own words
    found = await fault(scene)
    assert found is not None
    assert found.table in {"audit", "audit_heads"}


async def test_an_entry_in_the_middle_cannot_be_taken_out(scene: Scene, owner: asyncpg.Connection) -> None:
    """The hashes after it do not fit, though each entry has its own digest."""
    await owner.execute("delete from audit where seq = 8; update audit set seq = seq + 1000 where seq > 8")
    await owner.execute("update audit set seq = seq - 1001 where seq > 1000")
    await owner.execute("update audit_heads set seq = seq - 1")
    found = await fault(scene)
    assert found is not None
    assert (found.table, found.ids) == ("audit", {"seq": "8"})
    assert "hash over it" in found.expected


async def test_what_verify_says_helps_nobody_to_write_it(scene: Scene, owner: asyncpg.Connection) -> None:
    """The digest and the hash that would be right are not told."""
    kept = await owner.fetchrow("select digest, hash from audit where seq = 8")
    await owner.execute("update audit set digest = sha256('x'), hash = sha256('y') where seq = 8")
    found = await fault(scene)
    assert found is not None
    assert kept is not None
    assert not any(one.hex() in f"{found.expected} {found.found}" for one in kept.values())


async def test_a_chain_of_a_release_before_is_keyed_once_and_stays_as_it_is(
    scene: Scene, owner: asyncpg.Connection
) -> None:
    """Its entries verify as they were written, and the entry that notes the change holds them."""
    await chained_anew(owner)
    await owner.execute("update audit_heads set seal = null")
    before = await owner.fetch("table audit order by seq")
    found = await fault(scene)
    assert found is not None
    assert "AUDIT_KEY" in found.expected
    assert [await key_chains(scene.database) for _ in range(2)] == [1, 0]
    assert await fault(scene) is None
    after = await owner.fetch("table audit order by seq")
    assert after[:-1] == before
    assert after[-1]["deed"] == KEYED
    row = await owner.fetchrow("update audit set role = 'auditor' where seq = 3 returning *")
    assert row is not None
    await owner.execute("update audit set digest = $1 where seq = 3", plain_digest(said(row)))
    assert await fault(scene) is not None


def test_entries_without_the_key_are_taken_for_a_day_and_only_after_such_ones() -> None:
    """Processes of the release before go on for a while; what comes later, or in a new clinic, is forged."""
    somebody = UUID(int=1)
    key = clinic_key(b"k" * 32, somebody)

    def entry(hours: float) -> Said:
        return Said(MONDAY + timedelta(hours=hours), somebody, "manager", "x.read", None, None, "{}")

    def follow(*entries: tuple[float, bool]) -> list[bool]:
        """Whether each entry is taken as it was written: at an hour, under the key or not."""
        place, taken = Place(), []
        for hour, under_key in entries:
            one = entry(hour)
            digest = keyed(key, one.content())[:32] if under_key else plain_digest(one.content())
            place = place.after([key], one, digest)
            taken.append(place.digest == digest)
        return taken

    assert follow((0, False), (1, True), (2, False), (3, True)) == [True] * 4
    assert follow((0, False), (1, True), (26, True), (2, False)) == [True, True, True, False]
    assert follow((0, True), (1, False)) == [True, False]
