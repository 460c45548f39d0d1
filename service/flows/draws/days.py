"""Days drawn by lot: give each day its turn on its own morning, and read what was decided.

Whoever reads what is expected of somebody reads the days on record, and a day gets there on its morning:
nothing tells of a later one. A morning ends at noon on the clinic's clock. A day that had no turn until
then, because no worker ran or somebody was enrolled later, is not drawn; nobody is called in the afternoon,
and nobody is missing who was not asked to come.
"""

from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final
from uuid import UUID

from msgspec import Struct

from schemas.drawn_days import DayPage
from service.core.actors import system
from service.core.calendar import local_day, program_week
from service.core.compiled import Rules
from service.core.cursors import FIRST_ID, Page, before_id, cut
from service.core.draws.days import Turn, is_hit, slip_of, turn_of
from service.core.expected_days import drawn_on, due_visits
from service.core.phases import DAYS_A_WEEK
from service.core.refusals import Refused, refused
from service.flows.draws.seeds import hold_seed
from service.flows.perform import Act, Done, perform
from service.store import clinics, drawn_days, enrollments, episodes, visits
from service.store.database.pool import Database
from service.store.drawn_days import NewDay, Waiting
from service.store.seeds import HeldSeed

NOON: Final = time(12)
"""When a morning ends, on the clinic's clock."""
ENROLLMENTS_MAX: Final = 200
"""For how many enrollments one transaction decides."""


async def draw_days(database: Database, clinic: UUID) -> int:
    """Give today its turn for everybody who awaits it; returns how many enrollments were decided for.

    Two workers may do it at once: of each day the first one's word holds.
    """
    async with database.transaction(clinic) as tx:
        zone = await clinics.zone(tx)
        if tx.now.astimezone(zone).time() >= NOON:
            return 0
        today = local_day(tx.now, zone)
        versions = await drawn_days.programs(tx)
    count = 0
    for program, version in versions:
        after: UUID | None = FIRST_ID
        while after is not None:
            decided, after = await _draw_some(database, clinic, (program, version), today, after)
            count += decided
    return count


async def _draw_some(
    database: Database, clinic: UUID, of: tuple[str, int], today: date, after: UUID
) -> tuple[int, UUID | None]:
    """Decide for some enrollments in a version; gives for how many, and after which the next ones come."""
    last: UUID | None = None

    async def operation(act: Act) -> Done[int] | Refused:
        nonlocal last
        rules = await episodes.rules_of(act, *of)
        found = await drawn_days.waiting(act, *of, today, after, ENROLLMENTS_MAX)
        last = found[-1].enrollment if len(found) == ENROLLMENTS_MAX else None
        zone = await clinics.zone(act)
        is_morning = local_day(act.now, zone) == today and act.now.astimezone(zone).time() < NOON
        return Done(await _decide(act, rules, of[1], found, today, zone) if found and is_morning else 0)

    done = await perform(database, system(clinic), operation)
    return (done.value if isinstance(done, Done) else 0), last


async def _decide(
    act: Act, rules: Rules, version: int, found: list[Waiting], today: date, zone: tzinfo
) -> int:
    closed = await visits.closed_days(act)
    drawn = await drawn_days.since(
        act, [one.enrollment for one in found], today - timedelta(days=DAYS_A_WEEK - 1)
    )
    turns: list[tuple[Waiting, int, Turn]] = []
    for one in found:
        for place, target in enumerate(rules.program.targets):
            week = program_week(today, one.starts_on)
            days = drawn.get((one.enrollment, target.name), [])
            before = sum(program_week(day, one.starts_on) == week for day in days)
            turn = turn_of(rules, place, one.starts_on, today, before, closed, one.ends_on)
            if turn is not None:
                turns.append((one, place, turn))
    if not turns:
        return 0
    made = _Making(act, rules, version, await hold_seed(act), zone)
    return len({one.enrollment for one, place, turn in turns if await _put(made, one, place, turn)})


class _Making(Struct, frozen=True):
    """What is the same for every turn of one version."""

    act: Act
    rules: Rules
    version: int
    seed: HeldSeed
    zone: tzinfo


async def _put(made: _Making, one: Waiting, place: int, turn: Turn) -> bool:
    """Put one day's turn on record, and let the worker look for whoever does not come."""
    act, day = made.act, turn.days[0]
    target = made.rules.program.targets[place].name
    slip = slip_of(made.seed.seed, one.enrollment, target, turn)
    new = NewDay(
        act.new_id(),
        one.enrollment,
        target,
        made.version,
        turn.days,
        turn.wanted,
        slip,
        is_hit(slip, turn.wanted),
        made.seed.id,
    )
    if not await drawn_days.insert(act, new):
        return False
    act.audit("day.drawn", new.id, one.participant, day=day.isoformat(), drawn=int(new.is_drawn))
    deadline = _deadline(made, place, one, day) if new.is_drawn else None
    if deadline is not None:
        await visits.look_by(act, one.enrollment, deadline)
    return True


def _deadline(made: _Making, place: int, one: Waiting, day: date) -> datetime | None:
    """When a drawn day counts as missed, if it ever does."""
    plans = [drawn_on(made.rules.program.targets[place].name, day)]
    dues = due_visits(made.rules, place, one.starts_on, one.ends_on, plans=plans)
    return next((due.deadline(made.zone) for due in dues if due.drawn), None)


async def list_days(act: Act, enrollment: UUID, page: Page) -> Done[DayPage] | Refused:
    """The days of an enrollment that had their turn, newest first, with what each was decided from."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    known = await enrollments.find(act, enrollment)
    if known is None:
        return refused("not_found.enrollment")
    found = await drawn_days.of_enrollment(act, enrollment, last, page.limit + 1)
    act.audit("days.listed", enrollment, known.participant)
    return Done(DayPage(*cut(found, page, lambda one: one.id.bytes)))
