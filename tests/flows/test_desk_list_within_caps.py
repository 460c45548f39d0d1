"""The desk shows what the next success pays within the caps, as the person's page and the record do."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from schemas.groups import GroupName, GroupPlace, NewGroup
from schemas.people import NewEnrollment
from schemas.program import Cap, Draws, Flat, Phase, Program, Target, Visits
from schemas.receipts import Money
from service.core.cursors import LIMIT_MAX, Page
from service.flows.groups.groups import add_member, create_group
from service.flows.people.enrollments import open_enrollment
from service.flows.programs.programs import publish_program
from service.flows.screens.desk import DeskDay, read_desk
from service.flows.screens.group_session import read_desk_session
from service.flows.screens.person import read_person
from service.flows.visits.visits import list_visits
from tests.flows.conftest import MONDAY, TODAY, receipt
from tests.flows.drawing import COINS, drawing
from tests.flows.test_caps import capped
from tests.flows.test_missed import PROGRAM, at, came, enrolled

if TYPE_CHECKING:
    from uuid import UUID

    from schemas.caps import ClinicCap
    from service.core.refusals import Refused
    from service.flows.perform import Act, Done
    from tests.flows.conftest import Scene


async def listed(scene: Scene) -> dict[UUID, tuple[Money, ...]]:
    """Give what the desk's list says of each person's next success; the list of visits must say the same."""
    day = await scene.value(read_desk, "front_desk")
    visits = await scene.value(lambda act: list_visits(act, Page(LIMIT_MAX), day.day))
    for row in day.rows:
        own = [one for one in visits.items if one.participant == row.participant]
        assert set(row.next) <= {money for one in own for money in one.next}
    return {row.participant: row.next for row in day.rows}


async def panel(scene: Scene, who: UUID) -> tuple[Money, ...]:
    """Give what the person's page says of each target's next success."""
    known = await scene.value(lambda act: read_person(act, who), "front_desk")
    targets = [target for episode in known.episodes for target in episode.targets]
    return tuple(dict.fromkeys(money for one in targets for money in one.next if money.amount))


def usd(*amounts: int) -> tuple[Money, ...]:
    """Give amounts in cents."""
    return tuple(Money("usd", amount) for amount in amounts)


async def test_next_amount_is_what_the_clinic_s_caps_leave_each_person(scene: Scene) -> None:
    """Somebody at a cap is promised nothing, somebody near it the rest, and others all of it."""
    full, near, free = [await enrolled(scene, f"P-{number}") for number in range(3)]
    await capped(scene, "year", 140)
    for one, target in ((full, "test"), (full, "group"), (near, "test")):
        await came(scene.database, scene, one.id, at(0, 8), target)
    scene.clock.now = at(2)
    shown = await listed(scene)
    assert shown == {full.participant: (), near.participant: usd(40), free.participant: usd(100)}
    for who, next_ in shown.items():
        assert await panel(scene, who) == next_
    answer = receipt(await came(scene.database, scene, near.id, at(2, 8)))
    assert sum(award.amount for award in answer.awards) == 40


@pytest.mark.parametrize(
    ("starts", "ends", "funding", "left"),
    [(0, 0, None, 30), (0, 0, "state", 30), (0, 0, "county", 100), (1, 1, None, 100), (-9, -1, None, 100)],
)
async def test_cap_binds_in_its_days_and_for_its_funder(
    scene: Scene, starts: int, ends: int, funding: str | None, left: int
) -> None:
    """A cap that is not in force today, or looks at another source, takes nothing off."""
    await scene.value(lambda act: publish_program(act, PROGRAM))
    new = NewEnrollment(await scene.participant(), PROGRAM.name, TODAY, funding="state")
    one = await scene.value(lambda act: open_enrollment(act, new))
    day = timedelta(days=1)
    cap: ClinicCap = await capped(
        scene, "week", 30, funding=funding, starts_on=TODAY + starts * day, ends_on=TODAY + ends * day
    )
    assert cap.amount == 30
    assert await listed(scene) == {one.participant: usd(left)}


async def test_prizes_of_a_program_are_counted_where_its_own_cap_looks_at_them(scene: Scene) -> None:
    """Coins of $2.00 under a cap of $2.50 leave 50 cents, which the fold alone cannot know."""
    tests = Target("test", "test", (Phase(weeks=(1, 12), earn=Draws(2, 0, bowl=COINS.name)),))
    homework = Target(
        "homework", "homework", (Phase(weeks=(1, 12), earn=Flat(100)),), visits=Visits(weekdays=("tue",))
    )
    program = Program("d", "D", "usd", 12, (tests, homework), bowls=(COINS,), caps=(Cap("enrollment", 250),))
    await scene.value(lambda act: publish_program(act, program))
    news = [NewEnrollment(await scene.participant(f"P-{number}"), "d", TODAY) for number in range(2)]
    made = [await scene.value(partial(open_enrollment, new=new)) for new in news]
    await scene.record(made[0].id, "negative")
    await scene.value(drawing(made[0].participant, 2))
    scene.clock.now = MONDAY + timedelta(days=1)
    assert await listed(scene) == {made[0].participant: usd(50), made[1].participant: usd(100)}


async def test_list_asks_as_often_for_many_people_as_for_few(scene: Scene) -> None:
    """What caps leave is read for everybody at once, also the first time that a cap looks at them."""
    await capped(scene, "year", 500)
    counts = []
    for number in range(9):
        await enrolled(scene, f"P-{number}")
        if number in {1, 8}:
            counts.append(await asked(scene))
    assert counts[0] == counts[1]


async def asked(scene: Scene) -> int:
    """Count the questions that reading the list asks the database."""
    heard: list[str] = []

    async def reading(act: Act) -> Done[DeskDay] | Refused:
        act.connection.add_query_logger(hear := lambda query: heard.append(query.query))
        try:
            return await read_desk(act)
        finally:
            act.connection.remove_query_logger(hear)

    await scene.value(reading, "auditor")
    return len(heard)


async def test_group_s_session_shows_what_caps_leave_its_members(scene: Scene) -> None:
    """As the list of the day: the roll call promises nobody what a cap keeps."""
    near, free = [await enrolled(scene, f"P-{number}") for number in range(2)]
    await capped(scene, "month", 160)
    await came(scene.database, scene, near.id, at(0, 8), "group")
    scene.clock.now = at(2)
    members = (near.participant, free.participant)
    new = NewGroup(GroupName("Mornings", "Mañanas"), (GroupPlace(PROGRAM.name, "group"),))
    group = await scene.value(lambda act: create_group(act, new))
    for who in members:
        await scene.value(partial(add_member, group_id=group.id, participant_id=who))
    session = await scene.value(lambda act: read_desk_session(act, group.id), "front_desk")
    assert {one.person.id: one.next for one in session.seats} == dict(
        zip(members, (usd(60), usd(100)), strict=True)
    )
