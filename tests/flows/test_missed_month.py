"""Two workers, clocks that step, people who come or not: every missed visit is on record once."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator
from datetime import date, timedelta
from uuid import UUID

import pytest

from schemas.people import Enrollment
from schemas.visits import NewClosure
from service.core.expected import met, met_after_all
from service.core.expected_days import due_visits
from service.core.state import Fact
from service.flows.visits.closures import enter_closure
from service.flows.visits.record_missed import record_missed
from service.settings import Settings
from service.store import episodes
from service.store.database.cipher import Cipher
from service.store.database.pool import Database, connect
from service.store.database.waits import in_background
from service.store.episodes import Ruled
from tests.flows.conftest import TODAY, Clock, Scene
from tests.flows.test_missed import PROGRAM, RULES, ZONE, at, came, enrolled


@pytest.fixture
async def others(test_settings: Settings) -> AsyncIterator[tuple[Database, Clock]]:
    """Open the database a second time, with a clock of its own, as another worker does."""
    clock = Clock()
    cipher = Cipher(test_settings.field_keys, test_settings.index_key, test_settings.audit_key)
    database = await connect(test_settings.database_url, cipher, clock, in_background(30), connections_max=4)
    yield database, clock
    await database.close()


CLOSED = (TODAY + timedelta(days=16), TODAY + timedelta(days=16))


class Month:
    """A month in which some come and some do not, and two workers look after it."""

    def __init__(self, scene: Scene, other: tuple[Database, Clock], seed: int) -> None:
        self.scene = scene
        self.other, self.clock = other
        self.chance = random.Random(seed)
        self.people: list[Enrollment] = []
        self.later: dict[int, list[tuple[UUID, int, str]]] = {}
        self.recorded_late: set[tuple[UUID, str, int]] = set()

    async def round(self) -> None:
        """Let both workers look at once, and now and then kill them in the middle of it."""
        tasks = [
            asyncio.create_task(record_missed(database, self.scene.clinic))
            for database in (self.scene.database, self.other)
        ]
        if self.chance.random() < 0.3:
            await asyncio.sleep(self.chance.uniform(0, 0.02))
            for task in tasks:
                task.cancel()
        for task in tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task

    def turn(self, day: int, hour: int) -> None:
        """Turn both clocks; the second worker's lies up to an hour behind."""
        self.scene.clock.now = at(day, hour)
        self.clock.now = at(day, hour) - timedelta(minutes=self.chance.uniform(0, 60))

    def came_late(self, enrollment: UUID, target: str, day: date) -> bool:
        """Whether a visit's result was recorded days after it, or its place was free since such a one was."""
        number = (day - TODAY).days
        return any((enrollment, target, number + more) in self.recorded_late for more in (-1, 0))

    async def comings(self, day: int) -> None:
        """Record who came on a day, and what of earlier days was left lying."""
        for who, came_on, target in self.later.pop(day, []):
            await came(self.scene.database, self.scene, who, at(came_on, 8), target)
        for one in self.people:
            for place, of in enumerate(PROGRAM.targets):
                for due in due_visits(RULES, place, one.starts_on, None, [CLOSED]):
                    if due.on != TODAY + timedelta(days=day):
                        continue
                    what = self.chance.choices(("came", "next day", "late", "away"), (5, 1, 1, 3))[0]
                    if what == "came":
                        await came(self.scene.database, self.scene, one.id, at(day, 8), of.name)
                    elif what == "next day":
                        self.later.setdefault(day + 1, []).append((one.id, day + 1, of.name))
                    elif what == "late":
                        self.later.setdefault(day + 5, []).append((one.id, day, of.name))
                        self.recorded_late.add((one.id, of.name, day))


@pytest.mark.parametrize("seed", range(3))
async def test_two_workers_over_a_month_record_every_missed_visit_once(
    scene: Scene, others: tuple[Database, Clock], seed: int
) -> None:
    """Their clocks step, jump and go back, summer time begins, both are killed now and then: none is lost."""
    month = Month(scene, others, seed)
    for number in range(6):
        starts_on = TODAY + timedelta(days=number % 4)
        month.people.append(await enrolled(scene, f"P-{number}", starts_on))
    for day in range(31):
        month.turn(day, 10)
        if day == 10:
            await scene.value(lambda act: enter_closure(act, NewClosure(*CLOSED, "Holiday")))
        await month.comings(day)
        if day in {12, 13, 14}:
            # No worker looks for three days; then the clock jumps to where it is.
            continue
        await month.round()
        month.turn(day, 23)
        await month.round()
        if day in {6, 20}:
            month.turn(day - 1, 3)
            await month.round()
    for day in range(31, 45):
        month.turn(day, 10)
        await month.comings(day)
        await month.round()
    month.turn(50, 10)
    await record_missed(scene.database, scene.clinic)
    await _everything_is_on_record_once(month)


async def _everything_is_on_record_once(month: Month) -> None:
    unmet = stand = 0
    for one in month.people:
        facts = await _facts(month.scene, one)
        gone = met_after_all(RULES, one.starts_on, facts)
        for place, target in enumerate(PROGRAM.targets):
            dues = due_visits(RULES, place, one.starts_on, None, [CLOSED])
            own = [fact for fact in facts if fact.target == place]
            there = met(dues, own, one.starts_on)
            away = sorted(due.on for due in dues if due not in there)
            on_record = sorted(fact.expected_on for fact in own if fact.expected_on is not None)
            assert len(on_record) == len(set(on_record))
            standing = {fact.expected_on for fact in own if fact.expected_on and fact.no not in gone}
            assert sorted(standing) == away
            # Beside those there are only the ones whose results came after their grace was over.
            for day in set(on_record) - set(away):
                assert any(
                    (one.id, target.name, (day - TODAY).days + more) in month.recorded_late
                    for more in (0, -1)
                )
            unmet, stand = unmet + len(away), stand + len(standing)
    assert unmet == stand > 20
    assert month.recorded_late


async def _facts(scene: Scene, one: Enrollment) -> list[Fact]:
    async with scene.database.transaction(scene.clinic) as tx:
        rules = await episodes.rules_of(tx, one.program, one.version)
        past = await episodes.facts(tx, [Ruled(one.id, rules, one.starts_on)], ZONE)
    return sorted((known.fact for known in past[one.id]), key=lambda fact: (fact.at, fact.no))
