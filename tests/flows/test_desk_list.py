"""The desk's list: everybody of the day is in it, and the trail says once a day to whom each was shown."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import NoReturn

import pytest

from service.core.cursors import LIMIT_MAX, Page
from service.flows.perform import Act, Done
from service.flows.screens.desk import DeskDay, read_desk
from service.flows.visits import visits_of_days
from service.flows.visits.record_missed import record_missed
from service.flows.visits.visits import list_visits
from tests.flows.conftest import TODAY, Scene
from tests.flows.test_missed import at, came, enrolled


async def shown(scene: Scene) -> Counter[tuple[object, object]]:
    """Count the entries of the trail by who was shown to whom."""
    async with scene.database.transaction(scene.clinic) as tx:
        rows = await tx.connection.fetch(
            "select actor_id, participant_id from audit where deed = 'visits.listed'"
        )
    return Counter((row["actor_id"], row["participant_id"]) for row in rows)


async def test_everybody_of_the_day_is_in_the_list_however_many_are_in_care(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are read some at a time, and none is left off; as the list of visits says of each."""
    people = [await enrolled(scene, f"P-{number}") for number in range(5)]
    await came(scene.database, scene, people[2].id, at(0, 8))
    scene.clock.now = at(0, 12)
    monkeypatch.setattr(visits_of_days, "ENROLLMENTS_AT_ONCE", 2)
    day = await scene.value(read_desk, "front_desk")
    assert {row.participant for row in day.rows} == {one.participant for one in people}
    assert (day.expected, day.done) == (5, 1)
    listed = await scene.value(lambda act: list_visits(act, Page(LIMIT_MAX), TODAY))
    assert {one.participant for one in listed.items if one.status == "came"} == {
        row.participant for row in day.rows if row.group == "done"
    }


async def test_a_visit_of_yesterday_is_late_until_it_is_recorded(scene: Scene) -> None:
    """Recorded by the service as missed, it still is; what somebody recorded leaves the list."""
    people = [await enrolled(scene, f"P-{number}") for number in range(2)]
    scene.clock.now = at(1, 1)
    await came(scene.database, scene, people[0].id, at(0, 8))
    day = await scene.value(read_desk, "front_desk")
    assert [(row.participant, row.group, row.was_missed) for row in day.rows] == [
        (people[1].participant, "yesterday", False)
    ]
    scene.clock.now = at(2, 5)
    await record_missed(scene.database, scene.clinic)
    scene.clock.now = at(1, 23)
    day = await scene.value(read_desk, "front_desk")
    assert [(row.group, row.was_missed) for row in day.rows] == [("yesterday", True)]


async def test_a_list_that_is_looked_at_again_tells_of_the_new_alone(scene: Scene) -> None:
    """Each person is told of once a day and viewer, and again tomorrow."""
    one = await enrolled(scene, "P-1")
    desk, manager = scene.actor("front_desk").id, scene.actor().id
    for _ in range(3):
        await scene.value(read_desk, "front_desk")
    assert await shown(scene) == {(desk, one.participant): 1}
    two = await enrolled(scene, "P-2")
    await scene.value(read_desk, "front_desk")
    await scene.value(read_desk)
    assert await shown(scene) == {
        (desk, one.participant): 1,
        (desk, two.participant): 1,
        (manager, one.participant): 1,
        (manager, two.participant): 1,
    }
    scene.clock.now += timedelta(days=2)
    await scene.value(read_desk, "front_desk")
    assert (await shown(scene))[desk, one.participant] == 2


async def test_who_was_shown_is_remembered_only_once_it_is_on_record(scene: Scene) -> None:
    """What was taken back is told of again: the trail never lacks whom somebody saw."""
    one = await enrolled(scene)

    async def lost(act: Act) -> Done[DeskDay]:
        await read_desk(act)
        return await gone()

    async def gone() -> NoReturn:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await scene.ask(lost, "front_desk")
    assert await shown(scene) == {}
    await scene.value(read_desk, "front_desk")
    assert await shown(scene) == {(scene.actor("front_desk").id, one.participant): 1}
