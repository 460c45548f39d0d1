# long: one history and the recount of every number of it, which are read side by side
"""Every number of the report is a plain recount of what is on record, whatever happened to it.

Histories by chance: events in any order, visits that nobody came to, corrections of every kind and those that
were taken back, charts that are merged, people who join and leave a group. What is counted is counted again
from the events as the API tells them, with nothing of the report's own.
"""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec
import pytest

from schemas.corrections import NewCorrection
from schemas.events import NewEvent
from schemas.groups import GroupName, GroupPlace, NewGroup
from schemas.people import NewEnrollment
from schemas.program import Flat, Phase, Program, Target, Visits
from schemas.receipts import Receipt
from service.core.cursors import Page
from service.flows.groups.groups import add_member, create_group, remove_member
from service.flows.ledger.report_parts import read_whole
from service.flows.ledger.reports import ReportFilter
from service.flows.people.enrollments import open_enrollment
from service.flows.perform import Done
from service.flows.programs.programs import publish_program
from service.flows.visits.corrections import correct_event
from service.flows.visits.read_events import EventFilter, list_events
from service.flows.visits.record_events import Recorded, ToRecord
from service.flows.visits.record_missed import record_missed
from tests.flows.conftest import MONDAY, TODAY
from tests.flows.merging import merged

if TYPE_CHECKING:
    from uuid import UUID

    from schemas.corrections import CorrectionKind
    from schemas.people import Enrollment
    from schemas.receipts import RecordedEvent
    from schemas.reports import ProgressReport
    from tests.flows.conftest import Scene

ZONE = ZoneInfo("America/Los_Angeles")
DAY = timedelta(days=1)
OUTCOMES = {
    "test": ("negative", "negative", "positive", "refused", "missed", "invalid", "excused"),
    "group": ("attended", "attended", "late", "absent", "rescheduled"),
    "homework": ("completed", "not_done", "partial"),
}
NOBODY_CAME = {"missed", "absent", "excused", "rescheduled"}
MISSED = {"missed", "absent"}


class Counted(NamedTuple):
    """One event, as it counts."""

    event: RecordedEvent
    program: str
    person: UUID
    day: date
    came: bool
    missed: bool
    waits: bool


def programs() -> tuple[Program, Program]:
    """One program of two targets, of which one expects people on Mondays, and a short one."""
    tested = Target(
        "test",
        "test",
        (Phase(weeks=(1, 12), earn=Flat(150)),),
        visits=Visits(weekdays=("mon",), missed_after_hours=24, per_day=9),
    )
    group = Target("group", "attendance", (Phase(weeks=(1, 12), earn=Flat(70)),), visits=Visits(per_day=9))
    work = Target("homework", "homework", (Phase(weeks=(1, 3), earn=Flat(40)),), visits=Visits(per_day=9))
    return Program("both", "Both", "usd", 12, (tested, group)), Program("alone", "Alone", "usd", 3, (work,))


Where = list[tuple["Enrollment", str]]


async def enrolled(scene: Scene, chance: random.Random) -> tuple[list[UUID], Where]:
    """Enroll people in one program or both; gives them, and every target with its enrollment."""
    for document in programs():
        await scene.value(partial(publish_program, program=document))
    people = [await scene.participant(f"P-{number}") for number in range(5)]
    where: Where = []
    for who in people:
        for name in ("both", "alone") if chance.random() < 0.6 else ("both",):
            new = NewEnrollment(who, name, TODAY + chance.randrange(8) * DAY)
            opened = await scene.value(partial(open_enrollment, new=new))
            where += [(opened, target) for target in (("test", "group") if name == "both" else ("homework",))]
    return people, where


async def history(scene: Scene, chance: random.Random) -> None:
    """Let six weeks of a clinic happen in any order."""
    people, where = await enrolled(scene, chance)
    made = NewGroup(GroupName("Monday", "Lunes"), (GroupPlace("both", "group"),))
    group = await scene.value(partial(create_group, new=made))
    events: list[UUID] = []
    for step in range(70):
        scene.clock.now = max(scene.clock.now, MONDAY) + timedelta(hours=chance.randrange(1, 30))
        if step in {10, 30, 45}:
            await scene.ask(partial(add_member, group_id=group.id, participant_id=chance.choice(people)))
        if step == 50:
            await scene.ask(partial(remove_member, group_id=group.id, participant_id=people[0]))
        if chance.random() < 0.25 and events:
            await corrected(scene, chance, events)
        else:
            events += await recorded(scene, chance, *chance.choice(where))
        if step % 20 == 19:
            await record_missed(scene.database, scene.clinic)
    await record_missed(scene.database, scene.clinic)
    for event in await on_record(scene):
        if event.expected_on is not msgspec.UNSET and chance.random() < 0.4:
            await corrected(scene, chance, [event.id])


async def recorded(scene: Scene, chance: random.Random, opened: Enrollment, target: str) -> list[UUID]:
    """Record something of the last days, so that arrival says nothing of the order."""
    at = scene.clock.now - timedelta(minutes=chance.randrange(60 * 24 * 9))
    at = max(at, datetime.combine(opened.starts_on, datetime.min.time(), ZONE) + timedelta(hours=9))
    event = NewEvent(
        chance.choice(OUTCOMES[target]),
        min(at, scene.clock.now),
        enrollment=opened.id,
        target=target,
        another=True,
    )
    actor = scene.actor(chance.choice(("front_desk", "clinician", "manager")))
    (answer,) = await scene.recorder.record(scene.clinic, [ToRecord(actor, event)])
    if not isinstance(answer, Recorded):
        return []
    return [msgspec.json.decode(answer.receipt, type=Receipt).event.id]


async def corrected(scene: Scene, chance: random.Random, events: list[UUID]) -> None:
    """Correct an event by chance, and take the correction back at times."""
    about = chance.choice(events)
    kinds: tuple[CorrectionKind, ...] = ("lab_overturn", "excuse", "entry_error")
    kind = chance.choice(kinds)
    outcome = None
    if kind == "lab_overturn":
        outcome = chance.choice([one for each in OUTCOMES.values() for one in each])
    new = NewCorrection(kind, "It was looked at again.", outcome)
    done = await scene.ask(partial(correct_event, about=about, new=new))
    if chance.random() < 0.4 and isinstance(done, Done):
        made = done.value.corrections
        assert isinstance(made, tuple)
        back = NewCorrection("entry_error", "It was right at first.")
        await scene.ask(partial(correct_event, about=made[-1].id, new=back))


async def on_record(scene: Scene) -> list[RecordedEvent]:
    """Every event as the API tells it."""
    found: list[RecordedEvent] = []
    cursor = None
    while True:
        page = await scene.value(partial(list_events, wanted=EventFilter(), page=Page(200, cursor)))
        found += page.items
        cursor = page.next_cursor
        if cursor is None:
            return found


async def rows(scene: Scene, query: str) -> list[dict[str, Any]]:
    """Read rows of the clinic as they are."""
    async with scene.database.transaction(scene.clinic) as tx:
        return [dict(row) for row in await tx.connection.fetch(query)]


async def counted(scene: Scene) -> list[Counted]:
    """What each event counts as, by its words alone."""
    enrollments = {row["enrollment_id"]: row for row in await rows(scene, "select * from enrollments")}
    found = []
    for event in await on_record(scene):
        if event.withdrawn is True:
            continue
        recorded = event.outcome if event.recorded_outcome is msgspec.UNSET else event.recorded_outcome
        said_missed = event.expected_on is not msgspec.UNSET
        is_missed = said_missed and recorded == event.outcome
        came = not is_missed and event.outcome not in NOBODY_CAME
        owner = enrollments[event.enrollment]
        found.append(
            Counted(
                event,
                str(owner["program"]),
                owner["participant_id"],
                event.occurred_at.astimezone(ZONE).date(),
                came,
                is_missed or event.outcome in MISSED,
                came and not said_missed and recorded not in NOBODY_CAME,
            )
        )
    return found


def tally(some: list[Counted]) -> tuple[int, int, int, int]:
    """How many came, were missed, earned, and came without."""
    return (
        sum(one.came for one in some),
        sum(one.missed for one in some),
        sum(one.came and one.event.effect == "success" for one in some),
        sum(one.came and one.event.effect == "failure" for one in some),
    )


def step(one: Counted) -> int:
    """After how many minutes it was recorded, as finely as a report says it."""
    minutes = math.floor((one.event.recorded_at - one.event.occurred_at).total_seconds() / 60)
    return minutes if minutes < 120 else minutes // 60 * 60 if minutes < 2880 else minutes // 1440 * 1440


def took(some: list[Counted]) -> tuple[float, float] | None:
    """The minutes that half of them, and nine of ten, did not pass."""
    steps = sorted(step(one) for one in some if one.waits)
    if not steps:
        return None
    return tuple(steps[math.ceil(share * len(steps)) - 1] for share in (0.5, 0.9))  # type: ignore[return-value]


def said(one: object) -> tuple[float, float] | None:
    """How long something took by the report."""
    return None if one is None else (one.median, one.p90)  # type: ignore[attr-defined]


async def the_same(scene: Scene, since: date, until: date, program: str | None) -> ProgressReport:
    """Hold a report to the recount of its days."""
    wanted = ReportFilter(since, until, program)
    found = await scene.value(lambda act: read_whole(act, wanted, ReportFilter(program=program)))
    every = [one for one in await counted(scene) if program in {None, one.program}]
    some = [one for one in every if since <= one.day <= until]
    now = found.now
    assert (now.came, now.missed, now.earning, now.failing) == tally(some)
    assert said(now.recorded_after) == took(some)
    await _money(scene, found, since, until, program)
    by_week = defaultdict[tuple[date, str], list[Counted]](list)
    by_target = defaultdict[tuple[str, str], list[Counted]](list)
    by_recorder = defaultdict[object, list[Counted]](list)
    for one in some:
        by_week[one.day - one.day.weekday() * DAY, one.program].append(one)
        by_target[one.program, one.event.target].append(one)
        by_recorder[one.event.recorded_by].append(one)
    weeks = {(one.week, one.program): (one.came, one.missed, one.earning) for one in found.weeks}
    assert {key: each for key, each in weeks.items() if any(each)} == {
        key: tally(each)[:3] for key, each in by_week.items() if any(tally(each)[:3])
    }
    assert {
        (one.program, one.target): (one.came, one.missed, one.earning, one.failing) for one in found.targets
    } == {key: tally(each) for key, each in by_target.items() if any(tally(each)[:2])}
    assert {
        one.by: ((one.came, one.missed, one.earning, one.failing), said(one.recorded_after))
        for one in found.recorders
    } == {
        by: ((tally(each)[0], 0, *tally(each)[2:]), took(each))
        for by, each in by_recorder.items()
        if tally(each)[0]
    }
    await _groups(scene, found, some)
    await _kept(scene, found, every, program)
    return found


async def _money(scene: Scene, found: ProgressReport, since: date, until: date, program: str | None) -> None:
    transfers = await rows(
        scene,
        "select t.*, n.program, coalesce(n.participant_id, t.participant_id) as person "
        "from transfers as t left join enrollments as n using (clinic_id, enrollment_id) "
        "where t.day is not null and t.unit = 'usd' and t.cause <> 'opening'",
    )
    own = [row for row in transfers if since <= row["day"] <= until and program in {None, row["program"]}]
    net = sum(row["amount"] * (1 if row["source"] == "issued" else -1) for row in own)
    said = [(one.unit, one.net, one.people) for one in found.now.earned]
    assert said == ([("usd", net, len({row["person"] for row in own}))] if own else [])


async def _groups(scene: Scene, found: ProgressReport, some: list[Counted]) -> None:
    seats = await rows(
        scene,
        "select m.*, coalesce(p.survivor_id, p.participant_id) as person from group_members as m "
        "inner join participants as p using (clinic_id, participant_id)",
    )
    own = [
        one
        for one in some
        if any(
            seat["person"] == one.person
            and seat["joined_at"].astimezone(ZONE).date() <= one.day
            and (seat["left_at"] is None or one.day <= seat["left_at"].astimezone(ZONE).date())
            for seat in seats
        )
    ]
    here = [one for one in found.groups if one.came or one.missed]
    assert [(one.came, one.missed, one.earning, one.failing) for one in here] == [tally(own)] * len(here)
    assert len(here) == (1 if any(tally(own)[:2]) else 0)
    for one in here:
        assert one.people == len({each.person for each in own if each.came or each.missed})
        assert said(one.recorded_after) == took(own)


async def _kept(scene: Scene, found: ProgressReport, every: list[Counted], program: str | None) -> None:
    today = scene.clock.now.astimezone(ZONE).date()
    lasts = {"both": 12, "alone": 3}
    began, came = Counter[int](), Counter[int]()
    for row in await rows(scene, "select * from enrollments"):
        if program not in {None, row["program"]}:
            continue
        if not found.now.since <= row["starts_on"] <= found.now.until:
            continue
        days = [one.day for one in every if one.came and one.event.enrollment == row["enrollment_id"]]
        last = 0 if not days else (max(days) - row["starts_on"]).days // 7 + 1
        for week in range(1, min(lasts[str(row["program"])], (today - row["starts_on"]).days // 7) + 1):
            began[week] += 1
            came[week] += last >= week
    assert [(one.week, one.began, one.came) for one in found.kept] == [
        (week, began[week], came[week]) for week in sorted(began)
    ]


@pytest.mark.seconds(20)
@pytest.mark.parametrize("seed", range(4))
async def test_every_number_is_a_plain_recount_of_what_is_on_record(scene: Scene, seed: int) -> None:
    """Of the whole time, of single days, within a week and across eight, and of one program alone."""
    chance = random.Random(seed)
    await history(scene, chance)
    await the_same(scene, TODAY - 60 * DAY, TODAY + 90 * DAY, None)
    for _ in range(4):
        since = TODAY + chance.randrange(50) * DAY
        await the_same(
            scene, since, since + chance.randrange(30) * DAY, chance.choice((None, "both", "alone"))
        )
    both = [
        row["participant_id"] for row in await rows(scene, "select * from enrollments order by opened_at")
    ]
    others = [one for one in dict.fromkeys(both) if one != both[0]]
    # Two charts that may be one person: programs that overlap are refused, which changes nothing.
    for other in others:
        try:
            await merged(scene, both[0], other)
        except AssertionError:
            continue
        break
    await the_same(scene, TODAY - 60 * DAY, TODAY + 90 * DAY, None)
