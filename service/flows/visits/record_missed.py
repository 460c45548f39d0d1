"""Record the visits that nobody came to, once their grace is over, as the service itself.

Two workers may do it at once, and one may be killed at any moment. Each missed visit has a reference of its
own, so it is on record once; how far an enrollment is settled is written only after what it speaks of was
committed, so none is left out; and whether somebody is still missing is asked again under the participant's
lock, so nobody who came meanwhile is called missing. A correction that lets other facts stand sends it back.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from schemas.events import NewEvent
from service.core.actors import system
from service.core.calendar import day_end
from service.core.compiled import Rules
from service.core.expected import MISSED, Look, look, reference_of
from service.core.expected_days import DueVisit
from service.flows.retry import retried
from service.flows.visits.record_events import Recorded, Recorder, ToRecord
from service.store import clinics, episodes, planned_visits, visits
from service.store.database.ids import new_id
from service.store.database.pool import Database, Tx
from service.store.visits import Check

ENROLLMENTS_MAX = 100
"""How many enrollments are looked at before what they lack is recorded."""
ITEMS_MAX = 200
"""How many missed visits one transaction records."""
ROUNDS_MAX = 100
"""How often one clinic is looked at in a row; the rest has its turn after the other clinics."""
SETTLED = frozenset({"not_found", "outside_enrollment"})
"""Refusals that say that nobody is missing any more: the visit was met, or the enrollment ended before."""


class _Checked(Struct, frozen=True):
    """One enrollment with what a look at it found."""

    check: Check
    rules: Rules
    found: Look


async def record_missed(database: Database, clinic: UUID) -> int:
    """Record every visit of a clinic that counts as missed by now; returns how many were new.

    Raises OSError or asyncpg.PostgresError where the database is away; the next call goes on from there.
    """
    count = 0
    for _ in range(ROUNDS_MAX):
        async with database.transaction(clinic) as tx:
            seen_at, zone, seen = await _look_at(tx)
        if not seen:
            break
        recorded, settled = await _record(database, clinic, zone, seen)
        count += recorded
        if settled:
            async with database.transaction(clinic) as tx:
                await visits.advance(tx, seen_at, [(one.check, one.found) for one in settled])
        if len(settled) < len(seen):
            # Something stands in the way, such as a clock that was set back; the next round tries again.
            break
    return count


async def _look_at(tx: Tx) -> tuple[datetime, ZoneInfo, list[_Checked]]:
    zone = await clinics.zone(tx)
    checks = await visits.due_checks(tx, ENROLLMENTS_MAX)
    if not checks:
        return tx.now, zone, []
    closed = await visits.closed_days(tx)
    ruled = await episodes.ruled(tx, checks)
    stand = await episodes.came_facts(tx, ruled, zone)
    plans = await planned_visits.plans(tx, [one.id for one in ruled])
    seen = []
    for check, own in zip(checks, ruled, strict=True):
        facts = [one.fact for one in stand[own.id]]
        found = look(
            own.rules,
            own.starts_on,
            check.last_day,
            facts,
            closed,
            check.through,
            tx.now,
            zone,
            plans.get(own.id, ()),
        )
        seen.append(_Checked(check, own.rules, found))
    return tx.now, zone, seen


async def _record(
    database: Database, clinic: UUID, zone: ZoneInfo, seen: Sequence[_Checked]
) -> tuple[int, list[_Checked]]:
    """Record what is missing; gives how much of it was new, and whose visits are all settled now."""
    items = [_item(clinic, zone, one, due) for one in seen for due in one.found.missing]
    recorder = Recorder(database, timedelta(0))
    unsettled: set[UUID | None] = set()
    count = 0
    for start in range(0, len(items), ITEMS_MAX):
        part = items[start : start + ITEMS_MAX]
        recording = new_id()
        recorded = [replace(item, recording=recording) for item in part]
        # Another worker may be first; the next try sees what it wrote.
        answers = await retried(partial(recorder.record, clinic, recorded))
        for item, answer in zip(part, answers, strict=True):
            if isinstance(answer, Recorded):
                count += answer.made == "created"
            elif answer.code not in SETTLED:
                unsettled.add(item.event.enrollment)
    return count, [one for one in seen if one.check.enrollment not in unsettled]


def _item(clinic: UUID, zone: ZoneInfo, one: _Checked, due: DueVisit) -> ToRecord:
    """The event that says that nobody came: at the last second of the local day on which it was expected."""
    target = one.rules.program.targets[due.target]
    event = NewEvent(
        MISSED[target.behavior],
        (day_end(due.on, zone) - timedelta(seconds=1)).astimezone(UTC),
        enrollment=one.check.enrollment,
        target=target.name,
        reference=reference_of(one.check.enrollment, one.rules, due),
    )
    return ToRecord(system(clinic), event, due=due)
