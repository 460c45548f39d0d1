"""The key of the audit trail is changed while processes go on, and then the old one is good for nothing."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg
import pytest

from schemas.verdicts import BookFault
from service.core.audit_chain import FIRST, OVERLAP, REKEYED, OldKey, Ring, Said, clinic_key, keyed
from service.flows.setup.key_check import WrongKeysError, check_keys
from service.flows.trail.checkpoints import make_checkpoint
from service.flows.trail.rekeying import rekey_chain
from service.flows.verify.verify import verify
from service.store.database.cipher import Cipher
from tests.flows.conftest import MONDAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.checkpoints import Checkpoint
    from service.settings import Settings
    from tests.flows.conftest import Scene

NEW = b"n" * 32
SAID = ("at", "actor_id", "role", "deed", "subject_id", "participant_id", "detail")


class Processes:
    """Processes of one clinic that were started with different audit keys."""

    def __init__(self, scene: Scene, given: Settings) -> None:
        self.scene = scene
        self._given = given
        self.old = given.audit_key

    @contextmanager
    def started(self, own: bytes, other: bytes | None = None) -> Iterator[None]:
        """Act as a process with this key, and perhaps another one to read by."""
        before = self.scene.database.cipher
        fields = tuple(self._given.field_keys)
        self.scene.database.cipher = Cipher(fields, self._given.index_key, own, other)
        try:
            yield
        finally:
            self.scene.database.cipher = before

    async def fault(self, checkpoints: Sequence[Checkpoint] = ()) -> BookFault | None:
        """Verify the clinic."""
        found = await verify(self.scene.database, self.scene.clinic, lambda _what, _more: None, checkpoints)
        assert found is not None
        return found.fault

    async def change(self) -> int:
        """Change the key as a process that has both."""
        with self.started(NEW, self.old):
            return await rekey_chain(self.scene.database, self.scene.clinic)


@pytest.fixture
async def owner(own_database: str) -> AsyncIterator[asyncpg.Connection]:
    """Give the owner's way to the clinic."""
    connection = await asyncpg.connect(own_database)
    yield connection
    await connection.close()


@pytest.fixture
def processes(scene: Scene, own_database: str, test_settings: Settings) -> Processes:
    """Give processes of one clinic, in a database of its own: no other test finds its key changed."""
    assert own_database
    return Processes(scene, test_settings)


async def test_the_key_is_changed_while_processes_go_on(processes: Processes) -> None:
    """Old and new ones write in turn; whoever verifies finds nothing, at last without the old key."""
    scene = processes.scene
    await scene.participant("P-1")
    early = await scene.value(lambda act: make_checkpoint(act, "asked"))
    with processes.started(processes.old, NEW):
        await scene.participant("P-2")
        assert await processes.fault() is None
    for place in range(3, 7):
        own, other = (NEW, processes.old) if place % 2 else (processes.old, NEW)
        with processes.started(own, other):
            await check_keys(scene.database)
            await scene.participant(f"P-{place}")
            assert await processes.fault() is None
    assert [await processes.change(), await processes.change()] == [1, 0]
    with processes.started(NEW, processes.old):
        assert await processes.fault() is None
    with processes.started(NEW):
        await check_keys(scene.database)
        await scene.participant("P-7")
        late = await scene.value(lambda act: make_checkpoint(act, "asked"))
        assert await processes.fault([early, late]) is None
        assert early.public_key != late.public_key


async def test_a_process_with_the_old_key_starts_no_more(processes: Processes) -> None:
    """Neither with it alone, nor with the new one to read by."""
    await processes.change()
    for other in (None, NEW):
        with (
            processes.started(processes.old, other),
            pytest.raises(WrongKeysError, match="AUDIT_KEY is another"),
        ):
            await check_keys(processes.scene.database)


async def test_a_key_that_is_neither_changes_nothing(processes: Processes) -> None:
    """Whoever gives a wrong key beside the new one is told so, and the chain stays as it was."""
    with processes.started(NEW, b"w" * 32), pytest.raises(LookupError):
        await rekey_chain(processes.scene.database, processes.scene.clinic)
    assert await processes.fault() is None


async def test_who_finds_the_old_key_adds_nothing(processes: Processes) -> None:
    """For a day a process that was forgotten goes on; an entry under the old key after that is a fault."""
    scene = processes.scene
    await processes.change()
    await scene.participant("P-1")
    with processes.started(NEW):
        assert await processes.fault() is None
        scene.clock.now += OVERLAP + timedelta(minutes=1)
        await scene.participant("P-2")
    await scene.participant("P-3")
    with processes.started(NEW):
        found = await processes.fault()
    assert found is not None
    assert found.table == "audit"


async def test_the_old_key_ends_for_whoever_still_reads_by_it(processes: Processes) -> None:
    """A process that was left with AUDIT_KEY_OTHER takes no more from the old key than the others do."""
    scene = processes.scene
    await processes.change()
    with processes.started(NEW):
        await scene.participant("P-1")
        scene.clock.now += OVERLAP + timedelta(minutes=1)
        await scene.participant("P-2")
    await scene.participant("P-3")
    with processes.started(NEW, processes.old):
        found = await processes.fault()
    assert found is not None
    assert found.table == "audit"


async def test_who_finds_the_old_key_rewrites_nothing(
    processes: Processes, owner: asyncpg.Connection
) -> None:
    """The past chained anew under the old key does not lead to the first entry under the new one."""
    for place in range(3):
        await processes.scene.participant(f"P-{place}")
    await processes.change()
    last = await owner.fetchval("select seq - 1 from audit where deed = $1", REKEYED)
    await owner.execute("update audit set role = 'auditor' where seq = $1", last)
    await chained(owner, processes, last)
    with processes.started(NEW):
        found = await processes.fault()
    assert found is not None
    assert (found.table, found.ids) == ("audit", {"seq": str(last + 1)})


async def test_who_finds_the_old_key_cannot_take_the_change_back(
    processes: Processes, owner: asyncpg.Connection
) -> None:
    """Cut off before the change, with its row and without: the trail is not under the present key."""
    await processes.scene.participant("P-1")
    await processes.change()
    last = await owner.fetchval("select seq - 1 from audit where deed = $1", REKEYED)
    await owner.execute("delete from audit where seq > $1", last)
    await chained(owner, processes, last)
    with processes.started(NEW):
        found = await processes.fault()
        assert found is not None
        assert found.table == "audit_keyings"
        await owner.execute("delete from audit_keyings")
        assert await processes.fault() is not None


async def chained(owner: asyncpg.Connection, processes: Processes, last: int) -> None:
    """Chain the entries up to a place anew under the old key, and where they are all, put the head there."""
    key = clinic_key(processes.old, processes.scene.clinic)
    before = seal = FIRST
    for row in await owner.fetch("select * from audit where seq <= $1 order by seq", last):
        both = keyed(key, Said(*(row[name] for name in SAID)).content())
        seal = hashlib.sha256(seal + before + both).digest()
        before = hashlib.sha256(before + both).digest()
        await owner.execute(
            "update audit set digest = $1, hash = $2 where seq = $3", both[:32], before, row["seq"]
        )
    if await owner.fetchval("select max(seq) from audit") == last:
        await owner.execute("update audit_heads set seq = $1, hash = $2, seal = $3", last, before, seal)


def test_only_another_key_ends_a_key() -> None:
    """An entry under the old key that says that it was changed ends nothing, and the change stays untold."""
    somebody, change = UUID(int=1), UUID(int=2)
    old, new = b"o" * 32, b"n" * 32
    ring = Ring(new, (OldKey(change, old),))
    said = Said(MONDAY, somebody, "system", REKEYED, change, None, "{}")
    assert ring.after(said, keyed(old, said.content())[:32]).untold() == [change]
    assert ring.after(said, keyed(new, said.content())[:32]).untold() == []


def test_an_old_key_is_over_a_day_after_it_by_what_stands_under_the_new_one() -> None:
    """A clinic in which the forgotten process alone goes on is not shut out by its own entries."""
    somebody, change = UUID(int=1), UUID(int=2)
    old, new = b"o" * 32, b"n" * 32
    said = Said(MONDAY, somebody, "system", REKEYED, change, None, "{}")
    ring = Ring(new, (OldKey(change, old),)).after(said, keyed(new, said.content())[:32])
    late = Said(MONDAY + 2 * OVERLAP, somebody, "system", "x", None, None, "{}")
    by_old, by_new = (ring.after(late, keyed(key, late.content())[:32]) for key in (old, new))
    assert (old in by_old.keys(), old in by_new.keys()) == (True, False)  # noqa: SIM118  a method of ours
