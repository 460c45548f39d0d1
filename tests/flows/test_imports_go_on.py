"""Imports go on after a kill at any point, nothing twice; those left behind at a command line are stopped."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import asyncpg
import pytest

from service.flows.imports.bring_import import begin_import, check_import, read_import, reads_of
from service.flows.imports.import_events import How
from service.flows.imports.preview_import import preview_import, read_preview
from service.flows.imports.run_imports import begin_by_hand, run_imports, step
from service.flows.imports.staging import stage
from service.flows.visits.record_events import Recorder
from service.flows.visits.record_missed import record_missed
from service.store import import_lines, running_imports
from service.store.database.cipher import Cipher
from service.store.database.pool import connect
from service.store.database.waits import in_background
from service.store.running_imports import LEASE, Going, LeaseLostError
from tests.flows.conftest import count
from tests.flows.importing import HEAD, LOS_ANGELES, NOW, SKEW, bring, earned, line, publish, reads

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from service.flows.imports.event_lines import Read
    from service.settings import Settings
    from service.store.imports import Import
    from tests.flows.conftest import Scene

DAYS = ("2026-03-02", "2026-03-05", "2026-03-09")
PEOPLE = 120
"""More than one transaction records, so that a kill can fall between two of them."""
TEXT = HEAD + "".join(line(f"G-{no:03}", day) for day in reversed(DAYS) for no in range(PEOPLE))
LINES = PEOPLE * len(DAYS)
SUM = 1000 + 1000 + 1150


@pytest.fixture(autouse=True)
async def _california(scene: Scene) -> None:
    scene.clock.now = NOW
    await publish(scene)


async def begun(scene: Scene, text: str = TEXT) -> UUID:
    """Check a text and begin it; gives the import's id."""
    made = await scene.value(partial(check_import, data=text.encode()))
    await scene.value(partial(begin_import, import_id=made.id, enrolls=True))
    return made.id


async def known(scene: Scene, import_id: UUID) -> Import:
    """Read an import."""
    return await scene.value(partial(read_import, import_id=import_id))


async def claimed(scene: Scene) -> Going:
    """Take up an import as a worker does."""
    async with scene.database.transaction(scene.clinic) as tx:
        going = await running_imports.claim(tx)
    assert going is not None
    return going


async def lines_kept(scene: Scene, import_id: UUID) -> int:
    """Count the lines that are kept of an import."""
    async with scene.database.transaction(scene.clinic) as tx:
        return len(await import_lines.after(tx, import_id, 0, 10_000))


async def test_import_goes_on_where_a_worker_was_killed(scene: Scene) -> None:
    """After its lease, with every line counted once, whatever was recorded before the kill."""
    import_id = await begun(scene)
    going = await claimed(scene)
    going = await stage(scene.database, going, reads_of(going, LOS_ANGELES))
    piece = await step(scene.database, scene.recorder, going, SKEW)
    assert piece is not None
    assert 0 < piece.going.counts.recorded < LINES
    assert await count(scene, "events") == piece.going.counts.recorded
    # Nobody goes on with it before the lease of who was killed has ended.
    assert await run_imports(scene.database, scene.clinic, SKEW) == 0
    scene.clock.now += LEASE
    await run_imports(scene.database, scene.clinic, SKEW)
    ended = await known(scene, import_id)
    assert (ended.status, ended.recorded, ended.known, ended.refused) == ("ended", LINES, 0, 0)
    assert set(await earned(scene, *(f"G-{no:03}" for no in range(PEOPLE)))) == {SUM}
    assert await lines_kept(scene, import_id) == 0


async def test_import_that_was_killed_while_its_lines_were_sorted_begins_anew(scene: Scene) -> None:
    """What was kept stays, and nothing is kept twice."""
    import_id = await begun(scene)
    going = await claimed(scene)

    def killed() -> Iterator[Read]:
        for number, read in enumerate(reads_of(going, LOS_ANGELES)):
            if number == LINES - 10:
                raise _KilledError
            yield read

    with pytest.raises(_KilledError):
        await stage(scene.database, going, killed())
    scene.clock.now += LEASE
    await run_imports(scene.database, scene.clinic, SKEW)
    ended = await known(scene, import_id)
    assert (ended.lines, ended.recorded, await count(scene, "events")) == (LINES, LINES, LINES)


class _KilledError(Exception):
    pass


async def test_worker_that_lost_its_lease_writes_nothing_more(scene: Scene) -> None:
    """Its last step is taken back as a whole: another one does it."""
    await begun(scene)
    slow = await claimed(scene)
    slow = await stage(scene.database, slow, reads_of(slow, LOS_ANGELES))
    scene.clock.now += LEASE
    await claimed(scene)
    with pytest.raises(LeaseLostError):
        await step(scene.database, scene.recorder, slow, SKEW)
    assert await count(scene, "events") == await count(scene, "participants") == 0


async def test_import_left_behind_at_a_command_line_is_stopped_and_its_lines_are_deleted(
    scene: Scene,
) -> None:
    """No worker records what somebody may have ended on purpose; it says how far it came."""
    how = How(enrolls=True, corrections="offer", skew=SKEW)
    going = await begin_by_hand(scene.database, scene.actor(), how, is_csv=True, is_preview=False)
    going = await stage(scene.database, going, reads(TEXT))
    piece = await step(scene.database, scene.recorder, going, SKEW)
    assert piece is not None
    done = piece.going.counts.recorded
    await run_imports(scene.database, scene.clinic, SKEW)
    assert (await known(scene, going.id)).status == "running"
    scene.clock.now += LEASE
    await run_imports(scene.database, scene.clinic, SKEW)
    left = await known(scene, going.id)
    assert (left.status, left.recorded, left.not_reached) == ("stopped", done, LINES - done)
    assert await lines_kept(scene, going.id) == 0
    again = await bring(scene, TEXT)
    assert (again.counts.recorded, again.counts.known) == (LINES - done, done)


async def test_preview_of_a_worker_is_read_page_by_page_and_recording_does_the_same(scene: Scene) -> None:
    """In the order of the file, by state too; nothing is on record before it is begun."""
    text = HEAD + line("R-2", "2026-03-05") + line("R-1", "2026-03-02", "no such") + line("R-1", "2026-03-02")
    made = await scene.value(partial(check_import, data=text.encode()))
    await scene.value(partial(preview_import, import_id=made.id, enrolls=True, language="es"))
    await run_imports(scene.database, scene.clinic, SKEW)
    assert await count(scene, "events") == 0
    first = await scene.value(partial(read_preview, import_id=made.id, limit=2))
    assert [(one.number, one.result.state) for one in first.items] == [(2, "recorded"), (3, "refused")]
    assert [one.amount for one in first.items[0].earned] == [1000]
    assert "Prueba negativa" in first.items[0].result.awards[0].reasons[0].text
    assert first.next_after == 3
    rest = await scene.value(partial(read_preview, import_id=made.id, after=3))
    assert [one.number for one in rest.items] == [4]
    only = await scene.value(partial(read_preview, import_id=made.id, state="refused"))
    assert [one.number for one in only.items] == [3]
    foreseen = only.of.preview
    await scene.value(partial(begin_import, import_id=made.id, enrolls=True))
    await run_imports(scene.database, scene.clinic, SKEW)
    assert (await known(scene, made.id)).counts == foreseen


async def test_visits_of_a_file_are_never_called_missed(scene: Scene) -> None:
    """Whoever is enrolled stands there with their visits at once: nobody looks in between."""
    import_id = await begun(scene)
    going = await claimed(scene)
    going = await stage(scene.database, going, reads_of(going, LOS_ANGELES))
    while (piece := await step(scene.database, scene.recorder, going, SKEW)) is not None:
        going = piece.going
        await record_missed(scene.database, scene.clinic)
    query = """
    select count(*) from events
    where clinic_id = $1 and expected_on in ('2026-03-02', '2026-03-05', '2026-03-09')
    """
    async with scene.database.transaction(scene.clinic) as tx:
        assert await tx.connection.fetchval(query, scene.clinic) == 0
    scene.clock.now += LEASE + timedelta(seconds=1)
    await run_imports(scene.database, scene.clinic, SKEW)
    assert (await known(scene, import_id)).recorded == LINES


async def test_missed_visits_between_two_files_change_no_award(scene: Scene) -> None:
    """The later file first, then the visits that seem to be missed, then the earlier file: as in one."""
    early = [line("M-1", day) for day in DAYS]
    late = [line("M-1", day) for day in ("2026-03-12", "2026-03-16", "2026-03-19")]
    await bring(scene, HEAD + "".join(late))
    await record_missed(scene.database, scene.clinic)
    await bring(scene, HEAD + "".join(early))
    await bring(scene, HEAD + "".join([*early, *late]).replace("M-1", "M-2"))
    await record_missed(scene.database, scene.clinic)
    first, second = await earned(scene, "M-1", "M-2")
    assert first == second


async def test_step_waits_for_somebody_who_is_held_longer_than_a_request_waits(
    scene: Scene, test_settings: Settings
) -> None:
    """An import is not ended by one busy moment; one that lasts ends it, with nothing half done."""
    await begun(scene)
    going = await claimed(scene)
    going = await stage(scene.database, going, reads_of(going, LOS_ANGELES))
    first = (await step(scene.database, scene.recorder, going, SKEW)) or pytest.fail("there was no step")
    cipher = Cipher(test_settings.field_keys, test_settings.index_key, test_settings.audit_key)
    hasty = await connect(
        test_settings.database_url, cipher, scene.clock, in_background(0.1), connections_max=2
    )
    recorder = Recorder(hasty, SKEW)
    async with scene.database.transaction(scene.clinic) as tx:
        await tx.connection.execute("lock table participants in exclusive mode")
        with pytest.raises(asyncpg.LockNotAvailableError):
            await step(hasty, recorder, first.going, SKEW)
        going_on = asyncio.create_task(step(hasty, recorder, first.going, SKEW))
        await asyncio.sleep(0.15)
        assert not going_on.done()
    second = await going_on
    assert second is not None
    assert await count(scene, "events") == second.going.counts.recorded > first.going.counts.recorded
    await hasty.close()
