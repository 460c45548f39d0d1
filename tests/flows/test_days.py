"""What is kept by the day for reports stays what the facts add up to, whatever happens to them later."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

import asyncpg

from schemas.corrections import NewCorrection
from schemas.people import NewEnrollment
from service.flows.ledger.reports import Report, ReportFilter, read_report
from service.flows.people.enrollments import open_enrollment
from service.flows.visits.corrections import correct_event
from service.flows.visits.record_missed import record_missed
from tests.flows.conftest import MONDAY, TODAY
from tests.flows.merging import events_of, merged, two, unmerged

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

DAY = timedelta(days=1)


async def report(scene: Scene, since: date = TODAY, until: date = TODAY + 60 * DAY, **only: str) -> Report:
    """Read the report of some days."""
    return await scene.value(lambda act: read_report(act, ReportFilter(since, until, **only)))


def credited(found: Report, by: str = "all") -> list[tuple[object, ...]]:
    """What a report says was credited and taken back, and of how many people, one row a line."""
    return [
        (one.week, one.program, one.funding, one.credited, one.taken_back, one.people)
        for one in found.paid
        if one.by == by
    ]


async def test_what_is_taken_back_is_taken_off_the_day_that_it_was_credited_for(scene: Scene) -> None:
    """A correction moves the sums of the day that it is about, and nothing of the day on which it is made."""
    enrollment = await scene.enrolled()
    receipt = await scene.record(enrollment.id, "negative", MONDAY)
    ((*_, earned, nothing, people),) = credited(await report(scene))
    assert (nothing, people) == (0, 1)
    scene.clock.now += 9 * DAY
    wrong = NewCorrection("entry_error", "It was somebody else.")
    await scene.value(lambda act: correct_event(act, receipt.event.id, wrong))
    assert credited(await report(scene, TODAY, TODAY)) == [(None, None, None, earned, earned, 1)]
    assert credited(await report(scene, TODAY + DAY)) == []


async def test_person_paid_in_two_weeks_is_one_person(scene: Scene) -> None:
    """Of how many people a sum is follows from who they are, and not from how often they were paid."""
    first = await scene.enrolled()
    await scene.enrolled("P-2")
    for number in range(4):
        at = MONDAY + number * 4 * DAY
        scene.clock.now = at + timedelta(minutes=5)
        await scene.record(first.id, "negative", at)
    found = await report(scene)
    assert [row[-1] for row in credited(found)] == [1]
    assert [(row[0], row[-1]) for row in credited(found, "week")] == [(TODAY, 1), (TODAY + 7 * DAY, 1)]
    # The second payment lies on the Friday of the first week, which a report from Saturday on has not.
    late = await report(scene, TODAY + 5 * DAY)
    assert [row[0] for row in credited(late, "week")] == [TODAY + 7 * DAY]
    early = await report(scene, TODAY, TODAY + 3 * DAY)
    assert credited(early, "week") == [(TODAY, None, None, *credited(early)[0][3:])]


async def test_two_charts_are_one_person_while_they_are_merged(scene: Scene) -> None:
    """People are counted as whose their enrollments are by now, in every sum."""
    kept, other = await two(scene)
    for enrollment in (kept, other):
        await scene.record(enrollment.id, "negative", MONDAY)
    assert [row[-1] for row in credited(await report(scene))] == [2]
    await merged(scene, kept.participant, other.participant)
    both = await report(scene)
    for by in ("all", "week", "program", "funding", "detail"):
        assert [row[-1] for row in credited(both, by)] == [1], by
    await unmerged(scene, kept.participant)
    assert [row[-1] for row in credited(await report(scene))] == [2]


async def test_missed_visit_that_is_excused_is_no_longer_missed(scene: Scene) -> None:
    """It leaves its day once, however often it is corrected; whoever came is counted with how soon."""
    enrollment = await scene.expecting()
    scene.clock.now = MONDAY + 3 * DAY
    await record_missed(scene.database, scene.clinic)
    missed = [one for one in await events_of(scene, enrollment.id) if one.expected_on]
    before = (await report(scene)).visits
    assert before.missed == len(missed) > 0
    for _ in range(2):
        excuse = NewCorrection("excuse", "The bus broke down.")
        await scene.ask(partial(correct_event, about=missed[0].id, new=excuse))
    assert (await report(scene)).visits.missed == before.missed - 1
    await scene.record(enrollment.id, "negative", scene.clock.now - timedelta(minutes=7))
    after = (await report(scene)).visits
    assert (after.came, after.earning) == (1, 1)
    assert after.minutes is not None
    assert (after.minutes.median, after.minutes.p90) == (7.0, 7.0)


async def test_another_program_is_no_part_of_a_report_about_one(scene: Scene) -> None:
    """A report about a program has its amounts, its people and its visits alone."""
    first = await scene.enrolled()
    other = await scene.program("other")
    new = NewEnrollment(first.participant, other.name, TODAY, funding="county")
    second = await scene.value(lambda act: open_enrollment(act, new))
    for one in (first, second):
        await scene.record(one.id, "negative", MONDAY)
    assert [row[-1] for row in credited(await report(scene))] == [1]
    assert [row[1:3] for row in credited(await report(scene), "detail")] == [
        ("ladder", ""),
        ("other", "county"),
    ]
    alone = await report(scene, program="other")
    assert [row[1:3] for row in credited(alone, "detail")] == [("other", "county")]
    assert (alone.visits.came, (await report(scene)).visits.came) == (1, 2)
    assert credited(await report(scene, funding="state")) == []


async def test_what_stood_before_is_counted_as_what_comes(scene: Scene, own_database: str) -> None:
    """Counting a clinic's days anew, as the migration does for what stood before it, changes nothing."""
    enrollment = await scene.enrolled(welcome=300)
    for number, outcome in enumerate(("negative", "positive", "negative")):
        at = MONDAY + number * 2 * DAY
        scene.clock.now = at + timedelta(hours=30)
        await scene.record(enrollment.id, outcome, at)
    owner = await asyncpg.connect(own_database)
    try:
        kept = [await _days(owner, table) for table in TABLES]
        await owner.execute("set app.across = 'owner'")
        await owner.execute("select recount_days($1)", scene.clinic)
        assert [await _days(owner, table) for table in TABLES] == kept
        assert all(kept)
    finally:
        await owner.close()


TABLES = ("paid_days", "paid_spans", "visit_days", "visit_waits")


async def _days(owner: asyncpg.Connection, table: str) -> list[str]:
    rows = await owner.fetch(f"select t::text as row from {table} as t order by 1")  # noqa: S608  one of TABLES
    return [row["row"] for row in rows]
