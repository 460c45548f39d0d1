# long: every way in which a move may be ended stands beside the others
"""A clinic moves into another database: whatever ends that on its way, it is served in one place at most."""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
import pytest

from schemas.people import NewParticipant
from service.commands.clinic_archive import prove
from service.core.actors import Actor
from service.flows.notices.fan_out import find_due
from service.flows.people.participants import register_participant
from service.flows.perform import Act, Done, close, perform
from service.flows.verify.verify import verify
from service.store import clinics
from service.store.archives.faults import ArchiveError
from service.store.archives.moving import Moved, Side, call_off, clear, move
from service.store.database.elsewhere import ElsewhereError
from tests.flows.archiving import Place, furnish, other_keys, records
from tests.flows.subscribers import Worker, subscribe, tell_many

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from uuid import UUID

    from service.embedded import Stores
    from service.store.database.pool import Database
    from tests.databases import Databases
    from tests.flows.conftest import Scene

ADDRESS = "https://harbor.example.org"
STEPS = (
    "closing the clinic", "waiting for what is being written", "verifying", "awards", "enrollments", "audit",
    "comparing", "letting it go", "serving it there",
)  # fmt: skip  # table: what a move says before it does it


TWICE = STEPS[2:6]
"""What the export says, and then the import."""


READ = {"releases", "audit"}


class EndedError(Exception):
    """A move that was ended on its way."""


@pytest.fixture
async def elsewhere(stores: Stores, databases: Databases) -> AsyncIterator[Place]:
    """Give an empty database whose keys are all others."""
    async with other_keys(stores, databases) as place:
        yield place


def ended_at(step: str, time: int) -> Callable[[str], None]:
    """End a move when it says a step for the n-th time; it says those of export and import twice."""
    left = [time]

    def heard(said: str) -> None:
        left[0] -= said == step
        if not left[0]:
            raise EndedError

    return heard


async def moved(
    scene: Scene, owner_url: str, place: Place, heard: Callable[[str], object] = str, *, back: bool = False
) -> Moved:
    """Move a scene's clinic, as the command does."""
    here = Side(owner_url, scene.database.cipher)
    sides = (side(place), here) if back else (here, side(place))
    return await move(*sides, scene.clinic, ADDRESS, None, heard, prove)


def side(place: Place) -> Side:
    """Give another place as a move reaches it."""
    return Side(place.settings.migration_database_url, place.cipher)


async def registered(database: Database, clinic: UUID, reference: str) -> bool:
    """Write something; whether it was done."""
    new = NewParticipant(reference)
    try:
        done = await perform(
            database, Actor(clinic, clinic, "manager"), lambda act: register_participant(act, new)
        )
    except ElsewhereError:
        return False
    return isinstance(done, Done)


async def served(scene: Scene, place: Place) -> list[bool]:
    """Whether the clinic is served where it was, and where it goes."""
    return [scene.clinic in await one.served_clinics() for one in (scene.database, place.database)]


async def held(database: Database, clinic: UUID) -> list[object]:
    """Read what is held of everybody, but for who read it: reading it is held too."""
    found = await records(database, clinic)
    return [one for one in found if not isinstance(one, dict) or one.get("kind") not in READ]


async def trail_ends(owner_url: str, clinic: UUID, as_said: bytes) -> bytes:
    """Change by hand where the trail of a clinic that has left ends; gives what stood there."""
    owner = await asyncpg.connect(owner_url)
    try:
        await owner.execute(f"set app.across = 'owner'; set app.clinic = '{clinic}'")
        async with owner.transaction():
            (row,) = await owner.fetch("delete from clinic_moves where clinic_id = $1 returning *", clinic)
            hashed: bytes = await owner.fetchval("select hash from audit_heads where clinic_id = $1", clinic)
            await owner.execute("update audit_heads set hash = $2 where clinic_id = $1", clinic, as_said)
            await owner.execute("insert into clinic_moves values ($1, $2, $3, $4)", *row.values())
        return hashed
    finally:
        await owner.close()


async def clean(database: Database, clinic: UUID) -> None:
    """Verify a clinic."""
    verdict = await verify(database, clinic, lambda _what, _more: None)
    assert verdict is not None
    assert verdict.clean, verdict.fault


async def test_a_move_that_is_ended_at_any_step_is_done_by_the_next_one(
    scene: Scene, shared_database: str, elsewhere: Place, tmp_path: Path
) -> None:
    """It is served on no two sides at any time, and what came is what was there, to the letter."""
    await furnish(scene, shared_database, tmp_path / "unused")
    before = await held(scene.database, scene.clinic)
    there = elsewhere.database
    there.clock = scene.clock
    sides = []
    for step in STEPS:
        for time in (1, 2) if step in TWICE else (1,):
            with pytest.raises(EndedError):
                await moved(scene, shared_database, elsewhere, ended_at(step, time))
            sides.append(await served(scene, elsewhere))
    assert sides == [[True, False], *[[False, False]] * (len(sides) - 1)]

    come = await moved(scene, shared_database, elsewhere)
    assert (come.name, come.place) == ("Harbor Clinic", ADDRESS)
    assert await served(scene, elsewhere) == [False, True]
    assert await held(there, scene.clinic) == before
    assert not await registered(scene.database, scene.clinic, "late")
    assert await registered(there, scene.clinic, "new")
    # Once more changes nothing, and says what is there.
    again = await moved(scene, shared_database, elsewhere)
    assert again.rows["participants"] == come.rows["participants"] + 1
    await clean(scene.database, scene.clinic)
    await clean(there, scene.clinic)
    left_over = os.listdir(tempfile.gettempdir())  # noqa: PTH208  the test itself may wait for the disk
    assert not [name for name in left_over if str(scene.clinic) in name]


@pytest.mark.parametrize("is_told", [True, False], ids=["told in the trail", "not told"])
async def test_what_is_being_written_when_a_clinic_is_closed_comes_along(
    scene: Scene, shared_database: str, elsewhere: Place, *, is_told: bool
) -> None:
    """A move waits for whoever has begun, and whoever comes later is refused: nothing is lost between."""
    await scene.enrolled()
    said: list[str] = []
    async with scene.database.transaction(scene.clinic) as tx:
        act = Act(tx, scene.actor("manager"))
        await clinics.need_second_factor(act, needed=True)
        if is_told:
            act.audit("clinic.second_factor_needed", scene.clinic)
            await close(act)
        under_way = asyncio.create_task(moved(scene, shared_database, elsewhere, said.append))
        await asyncio.sleep(1)
        # The end of the trail is one row, which its closing waits for; all else is looked for after it.
        assert said[-1] == ("closing the clinic" if is_told else "waiting for what is being written")
        assert is_told or not await registered(scene.database, scene.clinic, "later")
        assert not under_way.done()
    await under_way
    async with elsewhere.database.transaction(scene.clinic) as tx:
        assert await clinics.second_factor_needed(tx)
    await clean(elsewhere.database, scene.clinic)


async def test_what_has_begun_and_has_not_told_the_trail_is_refused_as_a_whole(
    scene: Scene, shared_database: str, elsewhere: Place
) -> None:
    """Facts are written before their entry, whose writing looks: nothing of it stays behind."""

    async def late() -> None:
        async with scene.database.transaction(scene.clinic) as tx:
            act = Act(tx, scene.actor("manager"))
            await tx.connection.fetch("select from participants")
            with pytest.raises(EndedError):
                await moved(scene, shared_database, elsewhere, ended_at("comparing", 1))
            act.audit("participant.read", scene.clinic)
            await close(act)

    with pytest.raises(ElsewhereError) as refused:
        await late()
    assert (refused.value.step, refused.value.place) == ("leaving", ADDRESS)


async def test_no_worker_takes_up_a_clinic_that_is_not_served(
    scene: Scene, shared_database: str, elsewhere: Place
) -> None:
    """Nobody is told twice, or from both sides: what waits is told from the other place once it is served."""
    subscriber = await subscribe(scene, "https://receiver.example.org/notices")
    await tell_many(scene, 1)
    assert scene.clinic in await waiting(scene.database)
    with pytest.raises(EndedError):
        await moved(scene, shared_database, elsewhere, ended_at("letting it go", 1))
    for database in (scene.database, elsewhere.database):
        assert scene.clinic not in await waiting(database)
    with pytest.raises(ElsewhereError):
        await Worker(scene).deliver(subscriber)
    await moved(scene, shared_database, elsewhere)
    elsewhere.database.clock = scene.clock
    assert scene.clinic not in await waiting(scene.database)
    assert scene.clinic in await waiting(elsewhere.database)


async def waiting(database: Database) -> set[UUID]:
    """Give the clinics of which a subscriber is due."""
    return {due.clinic for due in await find_due(database, 1000)}


async def test_a_move_that_was_called_off_leaves_all_as_it_was(
    scene: Scene, shared_database: str, elsewhere: Place
) -> None:
    """The copy goes, though it was whole; the clinic is served where it was, and may move another time."""
    await scene.enrolled(welcome=5000)
    sides = Side(shared_database, scene.database.cipher), side(elsewhere)
    with pytest.raises(EndedError):
        await moved(scene, shared_database, elsewhere, ended_at("letting it go", 1))
    assert await elsewhere.database.clinics() == [scene.clinic]
    for _ in range(2):
        assert await call_off(*sides, scene.clinic) == "Harbor Clinic"
        assert await served(scene, elsewhere) == [True, False]
        assert await elsewhere.database.clinics() == []
    assert await registered(scene.database, scene.clinic, "after")
    await clean(scene.database, scene.clinic)
    came = await moved(scene, shared_database, elsewhere)
    assert came.rows["participants"] == 2
    with pytest.raises(ArchiveError, match=f"has left for {ADDRESS}") as refused:
        await call_off(*sides, scene.clinic)
    assert refused.value.code == "clinic_moved"
    assert await served(scene, elsewhere) == [False, True]


async def test_what_stays_behind_is_removed_once_it_is_served_elsewhere(
    scene: Scene, shared_database: str, elsewhere: Place
) -> None:
    """Not before, and not for the sake of another clinic of that id; what is served keeps every row."""
    await scene.enrolled(welcome=5000)
    sides = Side(shared_database, scene.database.cipher), side(elsewhere)
    with pytest.raises(ArchiveError, match="has not left") as early:
        await clear(*sides, scene.clinic)
    assert early.value.code == "clinic_known"
    with pytest.raises(EndedError):
        await moved(scene, shared_database, elsewhere, ended_at("serving it there", 1))
    with pytest.raises(ArchiveError, match="not served from that database"):
        await clear(*sides, scene.clinic)
    came = await moved(scene, shared_database, elsewhere)
    true = await trail_ends(shared_database, scene.clinic, bytes(32))
    with pytest.raises(ArchiveError, match="not served from that database"):
        await clear(*sides, scene.clinic)
    await trail_ends(shared_database, scene.clinic, true)
    name, rows = await clear(*sides, scene.clinic)
    assert name == "Harbor Clinic"
    assert rows == sum(came.rows.values()) - 1, "its arrival is told there alone"
    assert scene.clinic not in await scene.database.clinics()
    assert await served(scene, elsewhere) == [False, True]
    await clean(elsewhere.database, scene.clinic)
    # It may come back to where nothing of it is left.
    await moved(scene, shared_database, elsewhere, back=True)
    assert await served(scene, elsewhere) == [True, False]
    await clean(scene.database, scene.clinic)


async def test_a_clinic_moves_back_and_forth(scene: Scene, shared_database: str, elsewhere: Place) -> None:
    """What stayed behind gives way to what comes back, which goes on from it; and to nothing else."""
    await scene.enrolled(welcome=5000)
    for back, number in ((False, 1), (True, 2), (False, 3), (True, 4)):
        await moved(scene, shared_database, elsewhere, back=back)
        assert await served(scene, elsewhere) == [back, not back]
        now = scene.database if back else elsewhere.database
        assert await registered(now, scene.clinic, f"new-{number}")
        await clean(now, scene.clinic)
    async with scene.database.transaction(scene.clinic) as tx:
        assert await tx.connection.fetchval("select count(*) from participants") == 5
    # A clinic that only has the same id is nobody's to take away.
    owner = await asyncpg.connect(elsewhere.settings.migration_database_url)
    await owner.execute("set app.across = 'owner'; set app.clinic = '00000000-0000-0000-0000-000000000000'")
    await owner.execute("update audit_heads set hash = sha256('another')")
    await owner.close()
    with pytest.raises(ArchiveError, match="which this one is not") as refused:
        await moved(scene, shared_database, elsewhere)
    assert refused.value.code == "clinic_known"
    assert await served(scene, elsewhere) == [True, False]


async def test_two_moves_of_one_clinic_do_not_meet(
    scene: Scene, shared_database: str, elsewhere: Place
) -> None:
    """The second is refused while the first goes on; calling it off meanwhile, too."""
    await scene.enrolled()
    said: list[str] = []
    async with scene.database.transaction(scene.clinic) as tx:
        await clinics.need_second_factor(tx, needed=True)
        first = asyncio.create_task(moved(scene, shared_database, elsewhere, said.append))
        await asyncio.sleep(1)
        assert said[-1] == "waiting for what is being written"
        with pytest.raises(ArchiveError, match="Another command is moving"):
            await moved(scene, shared_database, elsewhere)
        with pytest.raises(ArchiveError, match="Another command is moving"):
            await call_off(Side(shared_database, scene.database.cipher), side(elsewhere), scene.clinic)
    await first
    assert await served(scene, elsewhere) == [False, True]


async def test_a_copy_with_fewer_rows_is_not_served(
    scene: Scene, shared_database: str, elsewhere: Place
) -> None:
    """What was lost after it came is noticed before the clinic is let go."""
    await scene.enrolled(welcome=5000)
    with pytest.raises(EndedError):
        await moved(scene, shared_database, elsewhere, ended_at("comparing", 1))
    owner = await asyncpg.connect(elsewhere.settings.migration_database_url)
    await owner.execute("set app.across = 'owner'; set app.clinic = '00000000-0000-0000-0000-000000000000'")
    await owner.execute("delete from transfers")
    await owner.close()
    with pytest.raises(ArchiveError, match="transfers has 0 rows there where 1 belong"):
        await moved(scene, shared_database, elsewhere)
    assert await served(scene, elsewhere) == [False, False]


@pytest.mark.parametrize("has_left", [True, False])
async def test_a_clinic_that_somebody_opens_or_closes_by_hand_is_found_out(
    scene: Scene, shared_database: str, elsewhere: Place, *, has_left: bool
) -> None:
    """Its trail says otherwise: two places that serve it would each have a half of it."""
    await scene.enrolled()
    opens = "delete from clinic_moves where clinic_id = $1"
    closes = "insert into clinic_moves (clinic_id, step, place, at) values ($1, 'left', 'there', now())"
    if has_left:
        await moved(scene, shared_database, elsewhere)
    owner = await asyncpg.connect(shared_database)
    await owner.execute(opens if has_left else closes, scene.clinic)
    verdict = await verify(scene.database, scene.clinic, lambda _what, _more: None)
    assert verdict is not None
    assert verdict.fault is not None
    found = (verdict.fault.table, verdict.fault.found)
    assert found == ("clinic_moves", "none" if has_left else "left")
    await owner.execute(closes if has_left else opens, scene.clinic)
    await owner.close()


async def test_the_service_closes_and_opens_nothing_itself_and_sees_its_own_move_alone(
    scene: Scene, shared_database: str, elsewhere: Place
) -> None:
    """Only the owner does: whoever breaks into a process can have no other clinic shut."""
    await scene.enrolled()
    await moved(scene, shared_database, elsewhere)
    other = await scene.elsewhere()
    seen = []
    for clinic in (scene.clinic, other.clinic):
        async with scene.database.transaction(clinic) as tx:
            seen.append(len(await tx.connection.fetch("select from clinic_moves")))
    assert seen == [1, 0]
    for planted in (
        "delete from clinic_moves",
        "update clinic_moves set step = 'arriving'",
        "insert into clinic_moves values ($1, 'left', 'there', now())",
    ):
        values = (scene.clinic,) if "$1" in planted else ()
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with scene.database.transaction(scene.clinic) as tx:
                await tx.connection.execute(planted, *values)
