"""State at hand takes three round trips, and whatever has changed since is seen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from asyncpg import Connection

from schemas.caps import NewCap
from schemas.corrections import NewCorrection
from schemas.events import NewEvent
from schemas.people import CloseEnrollment, Enrollment, NewEnrollment, ParticipantChange
from schemas.receipts import Balance
from schemas.shelf import NewRedemption
from service.core.actors import Actor
from service.core.refusals import Refused
from service.embedded import Stores
from service.flows.batcher import Batcher
from service.flows.ledger.caps import set_cap
from service.flows.people.enrollments import close_enrollment, open_enrollment
from service.flows.people.participants import change_participant
from service.flows.shelf.redemptions import redeem
from service.flows.visits.at_hand import Chart, ChartsAtHand
from service.flows.visits.corrections import correct_event
from service.flows.visits.record_events import Recorded, Recorder, ToRecord
from service.store import record
from service.store import versions_at_hand as at_hand
from service.store.charts import Locked
from service.store.database.pool import Database
from service.store.versions_at_hand import Versions
from tests.databases import of_service
from tests.flows.conftest import MONDAY, TODAY, Scene, receipt
from tests.flows.subscribers import subscribe

SKEW = timedelta(minutes=5)


@pytest.fixture
async def queries(stores: Stores, shared_database: str) -> AsyncIterator[tuple[asyncpg.Pool, list[str]]]:
    """Give a pool of one connection of the service, and what was asked over it, one a round trip."""
    asked: list[str] = []

    async def listen(connection: Connection) -> None:
        connection.add_query_logger(lambda one: asked.append(" ".join(one.query.split())))

    async def nothing(_connection: Connection) -> None:
        return None

    url = of_service(stores, shared_database)
    async with asyncpg.create_pool(url, min_size=1, max_size=1, init=listen, reset=nothing) as pool:
        yield pool, asked


async def test_a_lone_event_takes_three_round_trips_where_state_is_at_hand_and_five_where_it_is_not(
    scene: Scene, queries: tuple[asyncpg.Pool, list[str]]
) -> None:
    """BEGIN with the role, the clinic and the locks; one statement; COMMIT. Without it, lock and read too."""
    pool, asked = queries
    enrollment = await scene.enrolled()
    scene.clock.now = MONDAY + timedelta(days=20)

    async def trips(recorder: Recorder, days: int) -> list[str]:
        at = MONDAY + timedelta(days=days)
        event = NewEvent("negative", at, enrollment=enrollment.id, target="test")
        asked.clear()
        await recorder.record(scene.clinic, [ToRecord(scene.actor("front_desk"), event)])
        return [*asked]

    first, other = (Recorder(Database(pool, scene.database.cipher, scene.clock), SKEW) for _ in range(2))
    # The first one of a process reads the clinic's zone and the program besides, and the driver learns types.
    assert len(await trips(first, 1)) > 5
    for day in (2, 3):
        begun, written, committed = await trips(first, day)
        assert "hold_people" in begun
        assert "insert into events" in written
        assert committed == "commit"
    await other.record(scene.clinic, [])
    assert len(await trips(other, 4)) == 5
    assert len(await trips(first, 5)) == 3 + 5, "three that find out that it moved, and all anew"


async def _language(scene: Scene, enrolled: Enrollment, _event: UUID) -> None:
    change = ParticipantChange(language="es")
    await scene.value(lambda act: change_participant(act, enrolled.participant, change, 1))


async def _close(scene: Scene, enrolled: Enrollment, _event: UUID) -> None:
    over = CloseEnrollment("moved away", TODAY + timedelta(days=15))
    await scene.value(lambda act: close_enrollment(act, enrolled.id, over))


async def _enroll(scene: Scene, enrolled: Enrollment, _event: UUID) -> None:
    await scene.program("other")
    new = NewEnrollment(enrolled.participant, "other", TODAY)
    await scene.value(lambda act: open_enrollment(act, new))


async def _correct(scene: Scene, _enrolled: Enrollment, event: UUID) -> None:
    new = NewCorrection("lab_overturn", "The lab called.", "positive")
    await scene.value(lambda act: correct_event(act, event, new))


async def _redeem(scene: Scene, enrolled: Enrollment, _event: UUID) -> None:
    redemption = NewRedemption(enrolled.participant, (await scene.reward(100)).id)
    await scene.value(lambda act: redeem(act, redemption))


async def _cap(scene: Scene, _enrolled: Enrollment, _event: UUID) -> None:
    cap = NewCap("month", "usd", 400, date(2026, 3, 1), "What the funder pays.")
    await scene.value(lambda act: set_cap(act, cap))


async def _subscribe(scene: Scene, _enrolled: Enrollment, _event: UUID) -> None:
    await subscribe(scene, "https://hooks.example/rewards")


async def _refer(scene: Scene, _enrolled: Enrollment, _event: UUID) -> None:
    other = await scene.participant("P-2")
    made = await scene.value(lambda act: open_enrollment(act, NewEnrollment(other, "ladder", TODAY)))
    event = NewEvent("negative", MONDAY, enrollment=made.id, target="test", reference="lab-2")
    await scene.recorder.record(scene.clinic, [ToRecord(scene.actor("front_desk"), event)])


async def test_a_lone_event_is_one_task_of_ours_and_asks_no_thread(scene: Scene) -> None:
    """The batch is a task, and so is the driver's giving back of the connection; no more is waited for."""
    enrollment = await scene.enrolled()
    scene.clock.now = MONDAY + timedelta(days=20)
    recorder = Recorder(scene.database, SKEW)
    batcher = Batcher[ToRecord, Recorded | Refused](recorder.record, lambda item: item.event.enrollment)
    loop, begun, threads = asyncio.get_running_loop(), list[str](), list[object]()

    class Watched(ThreadPoolExecutor):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  as it is declared there
            threads.append(fn)
            return super().submit(fn, *args, **kwargs)

    def noted(of: asyncio.AbstractEventLoop, coro: Any, **more: Any) -> asyncio.Task[Any]:  # noqa: ANN401
        begun.append(coro.__qualname__)
        return asyncio.Task(coro, loop=of, **more)

    async def ask(day: int) -> None:
        event = NewEvent("negative", MONDAY + timedelta(days=day), enrollment=enrollment.id, target="test")
        receipt(await batcher.ask(scene.clinic, ToRecord(scene.actor("front_desk"), event)))

    await ask(1)
    loop.set_default_executor(Watched())
    loop.set_task_factory(noted)
    try:
        await ask(2)
    finally:
        loop.set_task_factory(None)
    assert begun == ["Batcher._run", "PoolConnectionHolder.release"]
    assert threads == []
    await batcher.close()


@pytest.mark.parametrize(
    "change",
    [_language, _close, _enroll, _correct, _redeem, _cap, _subscribe, _refer],
    ids=lambda one: one.__name__,
)
async def test_whatever_was_decided_from_is_seen_to_have_changed(
    scene: Scene,
    queries: tuple[asyncpg.Pool, list[str]],
    change: Callable[[Scene, Enrollment, UUID], Awaitable[None]],
) -> None:
    """Each by itself: what was written from state at hand is taken back, and all is read."""
    pool, asked = queries
    enrolled = await scene.enrolled()
    scene.clock.now = MONDAY + timedelta(days=20)
    recorder = Recorder(Database(pool, scene.database.cipher, scene.clock), SKEW)

    async def record(days: int) -> Recorded | Refused:
        at = MONDAY + timedelta(days=days)
        event = NewEvent("negative", at, enrollment=enrolled.id, target="test", reference=f"lab-{days}")
        asked.clear()
        (answer,) = await recorder.record(scene.clinic, [ToRecord(scene.actor("front_desk"), event)])
        return answer

    first = receipt(await record(1))
    await change(scene, enrolled, first.event.id)
    await record(2)
    begun, written, taken_back, anew, *_ = asked
    assert "hold_people" in begun
    assert "insert into events" in written
    assert taken_back == "rollback"
    assert "hold_people" not in anew


async def test_a_refusal_from_state_at_hand_is_made_only_where_all_was_read(
    scene: Scene, queries: tuple[asyncpg.Pool, list[str]]
) -> None:
    """What writes nothing shows nothing of what has changed: a second program that was opened meanwhile."""
    pool, _ = queries
    enrolled = await scene.enrolled()
    scene.clock.now = MONDAY + timedelta(days=20)
    recorder = Recorder(Database(pool, scene.database.cipher, scene.clock), SKEW)
    await recorder.record(
        scene.clinic,
        [
            ToRecord(
                scene.actor("front_desk"), NewEvent("negative", MONDAY, enrollment=enrolled.id, target="test")
            )
        ],
    )
    await _enroll(scene, enrolled, enrolled.id)
    event = NewEvent("negative", MONDAY, participant=enrolled.participant, program="other", behavior="test")
    (answer,) = await recorder.record(scene.clinic, [ToRecord(scene.actor("front_desk"), event)])
    assert receipt(answer).awards


async def test_what_was_kept_holds_in_its_own_timeline_alone(scene: Scene) -> None:
    """A standby that took over may give the number of a lost transaction to another one."""
    who = (await scene.enrolled()).participant
    books = record.Books(balances={(who, "usd"): Balance("usd", 0, 0, 0, 0)})
    async with scene.database.transaction(scene.clinic) as tx:
        written = await record.write(tx, books)
    assert written is not None
    async with scene.database.transaction(scene.clinic) as tx:
        assert await record.write(tx, books, at_hand.AtHand({}, written.timeline, [], listens=False))
    with pytest.raises(record.StateMovedError):
        async with scene.database.transaction(scene.clinic) as tx:
            await record.write(tx, books, at_hand.AtHand({}, "0000000F", [], listens=False))


def test_the_state_of_so_many_people_is_at_hand_and_no_more() -> None:
    """Whoever came longest ago is forgotten first; what was taken out is not there until it is kept."""
    kept, clinic = ChartsAtHand(people_max=2), UUID(int=1)
    actor = Actor(clinic, UUID(int=2), "front_desk")
    charts = [
        Chart(UUID(int=n), Locked(f"P-{n}", "en", 5), (), {}, Versions(5, {}, {}, {}), "1", listens=False)
        for n in range(3)
    ]
    items = [[ToRecord(actor, NewEvent("negative", MONDAY, participant=chart.id))] for chart in charts]
    kept.keep(clinic, charts[:2])
    assert kept.take(clinic, items[0]) is not None
    assert kept.take(clinic, items[0]) is None
    kept.keep(clinic, charts[:1])
    kept.keep(clinic, charts[2:])
    assert [kept.take(clinic, one) is not None for one in items] == [True, False, True]
    kept.keep(clinic, charts[:1])
    assert kept.take(UUID(int=9), items[0]) is None
