"""What waits in a clinic is counted as it is, and added up over all clinics."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from msgspec.structs import replace

from service.flows.imports.bring_import import begin_import, check_import
from service.flows.screens.tallies import tally, together
from service.measuring import NOTICES_OLDEST, NOTICES_WAITING, show
from service.store.tallies import Tally, look
from tests.flows.conftest import Scene
from tests.flows.importing import HEAD, line
from tests.flows.sending import NEGATIVE, sender
from tests.flows.subscribers import Worker, change, subscribe, tell_many
from tests.outbound.receivers import answer, answering, receiving

NOTHING = Tally(0, None, 0, 0, 0, 0, 0, 0, 0, None, 0)


async def counted(scene: Scene) -> Tally:
    """Count what waits in the scene's clinic."""
    async with scene.database.transaction(scene.clinic) as tx:
        return await look(tx)


async def test_in_a_clinic_where_nothing_waits_there_is_nothing(scene: Scene) -> None:
    """A clinic without subscribers, imports and a shelf is a row of zeros."""
    assert await counted(scene) == NOTHING


async def test_notices_wait_from_when_they_are_told_until_they_are_delivered(scene: Scene) -> None:
    """Unsorted, failed and given up: each is counted with its age, unless its subscriber is disabled."""
    worker, told = Worker(scene), scene.clock.now
    async with receiving(answering(answer(503), answer(200))) as receiver:
        one = await subscribe(scene, receiver.url)
        await tell_many(scene, 3)
        scene.clock.now += timedelta(minutes=5)
        await tell_many(scene, 2)
        # Each of the two operations is a line of the log, whatever it told.
        waiting = await counted(scene)
        assert (waiting.waiting > 0, waiting.oldest, waiting.dead) == (True, told, 0)
        await worker.deliver(one)
        failed = await counted(scene)
        # From then on its age is that of its delivery.
        assert (failed.waiting, failed.oldest) == (1, scene.clock.now)
    await change(scene, "update deliveries set status = 'dead' where clinic_id = $1 and sequence = 1")
    assert (await counted(scene)).dead == 1
    disabled = "status = 'disabled', disabled_why = 'by_hand', disabled_at = now()"
    await change(scene, f"update subscribers set {disabled} where clinic_id = $1")  # noqa: S608  our own words
    assert await counted(scene) == NOTHING


async def test_what_waits_for_somebody_and_what_is_out_of_stock_is_counted(scene: Scene) -> None:
    """Messages put aside and messages kept, and rewards that are active and gone."""
    one = await sender(scene)
    await one.keep_only(NEGATIVE, "kept")
    await one.send({"nothing": "of the kind"}, "put aside")
    for stock in (0, 0, 3, None):
        await scene.reward(stock=stock)
    found = await counted(scene)
    assert (found.kept, found.review, found.out_of_stock) == (1, 1, 2)


async def test_an_import_is_counted_from_when_it_is_begun(scene: Scene) -> None:
    """One that is only checked waits for nobody."""
    made = await scene.value(partial(check_import, data=(HEAD + line("G-1", "2026-03-02")).encode()))
    assert await counted(scene) == NOTHING
    await scene.value(partial(begin_import, import_id=made.id, enrolls=True))
    begun = replace(NOTHING, running=1, lines=1, import_oldest=scene.clock.now)
    assert await counted(scene) == begun


async def test_all_clinics_are_one_tally_and_the_oldest_is_the_oldest_of_all(scene: Scene) -> None:
    """Counts add up; nothing says which clinic it is."""
    old, new = scene.clock.now - timedelta(hours=2), scene.clock.now
    one = replace(NOTHING, waiting=2, oldest=new, import_oldest=new, lines=10, out_of_stock=1)
    two = replace(NOTHING, waiting=3, oldest=old, dead=1, running=1, lines=5, lines_done=4, queued=7)
    assert together([one, two, NOTHING]) == Tally(5, old, 1, 0, 0, 7, 1, 15, 4, new, 1)
    assert together([]) == NOTHING


async def test_what_is_shown_is_what_was_counted(scene: Scene) -> None:
    """An age is that at the time of counting, and 0 where nothing waits."""
    show(replace(NOTHING, waiting=4, oldest=scene.clock.now - timedelta(seconds=90)), scene.clock.now)
    assert (NOTICES_WAITING._value.get(), NOTICES_OLDEST._value.get()) == (4, 90)  # noqa: SLF001  as it is exposed
    show(NOTHING, scene.clock.now)
    assert NOTICES_OLDEST._value.get() == 0  # noqa: SLF001  the same


async def test_every_clinic_of_a_database_is_looked_at(scene: Scene) -> None:
    """The whole database holds at least what this clinic does."""
    await scene.reward(stock=0)
    found, now = await tally(scene.database)
    assert found.out_of_stock >= 1
    assert now == scene.clock.now
