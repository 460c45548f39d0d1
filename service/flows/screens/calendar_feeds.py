"""Somebody's visits for the calendar of their own phone, under a secret address."""

import secrets
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from msgspec import Struct

from schemas.people import Language
from service.core.calendar import local_day
from service.core.cursors import LAST_ID
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.flows.visits.visits import read_visits
from service.store import calendar_feeds, charts, clinics, enrollments, participants

SECRET_BYTES: Final = 20
BACK: Final = timedelta(days=14)
AHEAD: Final = timedelta(days=120)
EPISODES_MAX: Final = 20
SHOWN: Final = frozenset({"expected", "came"})
"""What stands in a calendar: a visit that was missed or called off is no appointment any more."""


class Appointments(Struct, frozen=True):
    """The days of somebody's visits, each with what tells it apart, in the language that they read."""

    language: Language
    days: tuple[tuple[date, str], ...]
    as_of: datetime


async def make_feed(act: Act) -> Done[str]:
    """Make an address for whoever acts; the one before ends. It is shown once, and kept as a hash."""
    secret = secrets.token_hex(SECRET_BYTES)
    await calendar_feeds.put(act, act.actor.id, sha256(secret.encode()).digest())
    act.audit("calendar.made", act.actor.id, act.actor.id)
    return Done(f"{act.clinic.hex}{secret}", "created")


async def end_feed(act: Act) -> Done[None]:
    """End the address of whoever acts: their calendar is told of nothing any more."""
    if await calendar_feeds.drop(act, act.actor.id):
        act.audit("calendar.ended", act.actor.id, act.actor.id)
    return Done(None)


async def feed_since(act: Act) -> Done[datetime | None]:
    """Since when whoever acts has an address."""
    return Done(await calendar_feeds.made_at(act, act.actor.id))


async def read_feed(act: Act, secret: str) -> Done[Appointments] | Refused:
    """The days under an address; each look is told."""
    whose = await calendar_feeds.whose(act, sha256(secret.encode()).digest())
    person = None if whose is None else await charts.person(act, whose)
    language = None if person is None else await participants.language(act, person.id)
    if person is None or language is None:
        return refused("not_found.path")
    today = local_day(act.now, await clinics.zone(act))
    days: dict[date, str] = {}
    for one in await enrollments.before(act, LAST_ID, EPISODES_MAX, person.id, "open"):
        since = max(today - BACK, one.starts_on)
        read = await read_visits(act, one.id, since=since, until=max(since, today + AHEAD))
        for visit in () if isinstance(read, Refused) else read.value.items:
            if visit.due_on is not None and visit.status in SHOWN:
                days.setdefault(visit.due_on, _name_of(person.id, visit.due_on))
    act.audit("calendar.read", person.id, person.id)
    return Done(Appointments(language, tuple(sorted(days.items())), act.now))


def _name_of(person: UUID, day: date) -> str:
    """What tells an appointment apart from others, and says nothing of whose it is."""
    return sha256(f"{person} {day}".encode()).hexdigest()[:32]
