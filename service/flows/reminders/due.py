"""What some people are to be reminded of now: one thing each, a visit to come before all else."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from msgspec import Struct

from schemas.reminders import ReminderChannel, ReminderKind, ReminderSettings
from schemas.visits import Visit
from service.core.calendar import local_day
from service.core.reminders import (
    APART,
    KEPT_DAYS,
    REST,
    WAITS_FROM,
    WAITS_UNTIL,
    clock,
    moment_on,
    quiet_of,
    visit_window,
)
from service.flows.perform import Act
from service.flows.visits.visits_of_days import Looking, of_some
from service.store import planned_visits, reminders
from service.store.reminders import Missed, Told

HORIZON_DAYS = 4
"""How far ahead visits are looked at: seventy-two hours before one, and the quiet hours before those."""
NEXT_DAYS = 14
"""How far ahead the next visit is looked for that somebody is told of after a miss."""


class DueReminder(Struct, frozen=True):
    """What somebody is to be reminded of: the occasion tells it apart from others of its kind.

    `day` is that of the visit to come, where there is one, and `at` its time, where it is known.
    """

    participant: UUID
    channel: ReminderChannel
    kind: ReminderKind
    occasion: str
    day: date | None = None
    at: time | None = None


class _Coming(Struct, frozen=True):
    """A visit that lies ahead: its day, when it begins, and its time of the day where that is known."""

    day: date
    begins: datetime
    at: time | None


async def due_reminders(
    act: Act, people: Sequence[tuple[UUID, ReminderChannel]], settings: ReminderSettings, looking: Looking
) -> list[DueReminder]:
    """What each of some people is to be reminded of now, if anything; who is in no program is left out."""
    channels = dict(people)
    own = await reminders.enrollments(act, list(channels), looking.today)
    enrolled = sorted({one.participant for one in own})
    if not enrolled:
        return []
    last_day = looking.today + timedelta(days=NEXT_DAYS)
    visits = await of_some(act, own, looking, looking.today, last_day, with_next=False)
    times = await _times(act, [one.enrollment for one in own])
    coming: dict[UUID, list[_Coming]] = {}
    for visit in (one for some in visits.values() for one in some):
        if visit.status == "expected" and visit.due_on is not None:
            coming.setdefault(visit.participant, []).append(_coming(visit, times, settings, looking))
    who_of = {one.enrollment: one.participant for one in own}
    missed = _by_person(await reminders.missed(act, list(who_of)), who_of)
    waits = await reminders.waiting(act, enrolled) if "waiting" in settings.kinds else {}
    told = await reminders.told(act, enrolled)
    found: list[DueReminder] = []
    for who in enrolled:
        ahead = sorted(coming.get(who, ()), key=lambda one: one.begins)
        options = [
            *_visits(act, settings, looking, ahead),
            *_miss(settings, looking, missed.get(who), ahead),
            *_waits(act, settings, waits.get(who)),
        ]
        before = told.get(who, ())
        known = {(one.kind, one.occasion) for one in before}
        fresh = (one for one in options if one[:2] not in known and _may(act, one[0], before))
        due = next(fresh, None)
        if due is not None:
            kind, occasion, to_come = due
            day, at = (None, None) if to_come is None else (to_come.day, to_come.at)
            found.append(DueReminder(who, channels[who], kind, occasion, day, at))
    return found


_Due = tuple[ReminderKind, str, _Coming | None]


def _visits(
    act: Act, settings: ReminderSettings, looking: Looking, ahead: Sequence[_Coming]
) -> Iterator[_Due]:
    """The days of visits whose time to be told of has come: the first visit of a day stands for all of it."""
    if "before_visit" not in settings.kinds:
        return
    quiet = quiet_of(settings)
    last_day = looking.today + timedelta(days=HORIZON_DAYS)
    first = {one.day: one for one in reversed(ahead) if one.day <= last_day}
    for one in sorted(first.values(), key=lambda each: each.begins):
        if visit_window(one.begins, settings.hours_before, quiet, looking.zone).holds(act.now):
            yield "before_visit", one.day.isoformat(), one


def _miss(
    settings: ReminderSettings, looking: Looking, known: Missed | None, ahead: Sequence[_Coming]
) -> Iterator[_Due]:
    """A visit that was missed on one of the last days, where somebody did not come since."""
    if "after_miss" not in settings.kinds or known is None or known.missed_at is None:
        return
    if known.came_at is not None and known.came_at >= known.missed_at:
        return
    day = local_day(known.missed_at, looking.zone)
    if 1 <= (looking.today - day).days <= KEPT_DAYS:
        yield "after_miss", day.isoformat(), next(iter(ahead), None)


def _waits(act: Act, settings: ReminderSettings, waits: tuple[UUID, datetime] | None) -> Iterator[_Due]:
    if "waiting" not in settings.kinds or waits is None:
        return
    thing, since = waits
    if WAITS_FROM <= act.now - since <= WAITS_UNTIL:
        yield "waiting", str(thing), None


def _may(act: Act, kind: ReminderKind, before: Sequence[Told]) -> bool:
    """Whether it is long enough since somebody was reminded, whichever way a clock was set."""
    if kind == "before_visit":
        return True
    return all(abs(act.now - one.at) >= (APART[kind] if one.kind == kind else REST) for one in before)


async def _times(act: Act, enrollments: Sequence[UUID]) -> dict[tuple[UUID, str, date], datetime]:
    """When visits begin of which a scheduler said so, by enrollment, target and day."""
    rows = await planned_visits.rows_of(act, enrollments)
    last = {(one.enrollment, one.visit): one for some in rows.values() for one in some}
    return {
        (one.enrollment, one.target, one.day): one.begins_at
        for one in last.values()
        if one.day is not None and one.begins_at is not None
    }


def _coming(
    visit: Visit,
    times: Mapping[tuple[UUID, str, date], datetime],
    settings: ReminderSettings,
    looking: Looking,
) -> _Coming:
    assert visit.due_on is not None  # noqa: S101  an expected visit has its day
    said = times.get((visit.enrollment, visit.target, visit.due_on))
    if said is None:
        return _Coming(
            visit.due_on, moment_on(visit.due_on, clock(settings.visits_begin), looking.zone), None
        )
    return _Coming(visit.due_on, said, said.astimezone(looking.zone).time())


def _by_person(found: Mapping[UUID, Missed], who_of: Mapping[UUID, UUID]) -> dict[UUID, Missed]:
    """The last miss and the last visit of each person, over all that they are enrolled in."""
    by: dict[UUID, Missed] = {}
    for enrollment, one in found.items():
        other = by.get(who_of[enrollment], Missed(None, None))
        by[who_of[enrollment]] = Missed(
            max((each for each in (one.missed_at, other.missed_at) if each), default=None),
            max((each for each in (one.came_at, other.came_at) if each), default=None),
        )
    return by
