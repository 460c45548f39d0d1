"""A clinic with years behind it: some lives recorded by the service itself, then copied in the database.

Each model lives through a whole program, every event, missed visit and redemption recorded by the service at
its own time. The copies have ids of their own and the same days and amounts, so the books of each add up as
those of its model do. The words of a receipt are its model's, and the audit chain's hashes invented.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
import uvloop
from msgspec import Struct

from schemas.events import NewEvent
from schemas.keys import NewKey
from schemas.people import NewEnrollment, NewParticipant
from schemas.program import Program
from schemas.shelf import NewRedemption, NewReward
from schemas.shown_once import shown
from schemas.staff import NewStaff
from schemas.subscribers import NewSubscriber
from service import settings
from service.core.actors import Actor
from service.core.refusals import Refused
from service.embedded import Stores
from service.flows.access.keys import issue_key
from service.flows.access.staff import create_staff
from service.flows.notices.subscribers import add_subscriber
from service.flows.people.enrollments import open_enrollment
from service.flows.people.participants import register_participant
from service.flows.perform import Act, Again, Done, perform
from service.flows.programs.programs import publish_program
from service.flows.setup.clinics import create_clinic, operator
from service.flows.shelf.redemptions import redeem
from service.flows.shelf.rewards import add_reward
from service.flows.visits.record_events import Recorder, ToRecord
from service.flows.visits.record_missed import record_missed
from service.store.database.cipher import Cipher
from service.store.database.pool import Database, connect
from service.store.database.waits import in_background
from tests.bench.past_copies import copied
from tests.bench.rows import tell

T = TypeVar("T")

YEARS = 6
ZONE = ZoneInfo("America/New_York")
PASSWORD = "a long bench of oak 4711"
MODELS_MAX = 156
"""How many lives are recorded by the service: one begins every other week."""
FUNDERS = (None, "state-grant", "county")
PROGRAMS = {
    "stimulants": (("mon", "thu"), (0, 3)),
    "alcohol": (("tue", "fri"), (1, 4)),
    "opioids": (("wed", "sat"), (2, 5)),
    "cannabis": (("thu", "sun"), (3, 6)),
}
"""Each program with its weekdays, and how many days after Monday these are: somebody is due on every day."""
POSITIVE_EVERY = 13
MISSED_EVERY = 17
"""Of a life's visits: every so manyth test is positive, and nobody comes to every so manyth."""


class Past(Struct):
    """The clinic that was made: its keys, its manager's address, and what a read asks about."""

    id: UUID
    keys: dict[str, str]
    email: str
    participant: UUID
    enrollment: UUID
    subscriber: UUID
    facts: dict[str, int]


class _Life(Struct):
    participant: UUID
    enrollment: UUID
    starts: int
    offsets: tuple[int, int]
    visits: int = 0


def make(started: Stores, people: int, events: int) -> Past:
    """Make the clinic; gives it once the database has gathered its statistics."""
    return uvloop.run(_make(started, people, events))


async def _make(started: Stores, people: int, events: int) -> Past:
    given = settings.read(started.environment())
    cipher = Cipher(given.field_keys, given.index_key, given.audit_key)
    weeks = max(4, round(events / people / 2))
    today = datetime.now(UTC).date()
    first = today - timedelta(days=today.weekday(), weeks=52 * YEARS)
    clock = _Clock(datetime.combine(first, time(12), UTC) - timedelta(days=9))
    database = await connect(started.database_url, cipher, clock.read, in_background(5), connections_max=4)
    try:
        ready = await _ready(database, weeks)
        tell(f"{MODELS_MAX} lives of {weeks} weeks, recorded by the service")
        lives = await _live(database, ready, clock, first, weeks)
        clock.now = datetime.now(UTC)
        told = NewSubscriber("https://example.com/notices", ("award.posted",), consent_required=False)
        await _did(database, ready.actor, lambda act: add_subscriber(act, told))
        keys = {}
        for role in ("manager", "auditor"):
            issued = await _did(database, ready.actor, partial(issue_key, new=NewKey(role)))
            keys[role] = shown(issued.key)
        found = await copied(started, cipher, ready.actor.clinic, [one.participant for one in lives], people)
        return Past(ready.actor.clinic, keys, ready.email, *found)
    finally:
        await database.close()


class _Clock:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def read(self) -> datetime:
        return self.now


class _Ready(Struct):
    actor: Actor
    email: str
    reward: UUID


async def _ready(database: Database, weeks: int) -> _Ready:
    made = _done(await create_clinic(database, "Years", ZONE.key))
    actor = operator(made.id)
    done = partial(_did, database, actor)
    for name, (days, _) in PROGRAMS.items():
        document = msgspec.convert(_program(name, days, weeks), Program)
        await done(partial(publish_program, program=document))
    new = NewReward("Grocery card", "usd", 2000, "item", "groceries", instant=True)
    reward = await done(lambda act: add_reward(act, new))
    email = "manager@years.example"
    await done(lambda act: create_staff(act, NewStaff(email, "manager", "Maria Lopez", password=PASSWORD)))
    return _Ready(actor, email, reward.id)


async def _did(
    database: Database, actor: Actor, operation: Callable[[Act], Awaitable[Done[T] | Refused]]
) -> T:
    return _done(await perform(database, actor, operation))


def _program(name: str, days: tuple[str, str], weeks: int) -> dict[str, object]:
    return {
        "name": name,
        "title": f"Years of {name}",
        "unit": "usd",
        "weeks": weeks,
        "targets": [
            {
                "name": "negative",
                "behavior": "test",
                "limit": {"per_week": 2},
                "visits": {"weekdays": days, "missed_after_hours": 12},
                "phases": [
                    {
                        "weeks": [1, weeks],
                        "earn": {"type": "ladder", "start": 300, "step": 100, "every": 2, "max": 1500},
                        "on_failure": {"reset": True, "recovery": {"after": 2, "pays": "next", "to": "due"}},
                    }
                ],
            }
        ],
    }


async def _live(database: Database, ready: _Ready, clock: _Clock, first: date, weeks: int) -> list[_Life]:
    """Let the models live, day by day of the clinic."""
    recorder = Recorder(database, timedelta(minutes=5))
    lives: list[_Life] = []
    for week in range(52 * YEARS + 1):
        monday = first + timedelta(weeks=week)
        clock.now = datetime.combine(monday, time(8), ZONE).astimezone(UTC)
        if clock.now > datetime.now(UTC):
            break
        if week % 2 == 0 and len(lives) < MODELS_MAX:
            lives.append(await _begin(database, ready, len(lives), week, monday))
        for offset in range(7):
            today = [one for one in lives if offset in one.offsets and week - one.starts < weeks]
            at = datetime.combine(monday + timedelta(days=offset), time(10), ZONE).astimezone(UTC)
            if at < datetime.now(UTC) - timedelta(minutes=30):
                clock.now = at + timedelta(minutes=12)
                await _day(recorder, ready, today, at)
        if week % 10 == 9:
            clock.now += timedelta(minutes=5)
            await record_missed(database, ready.actor.clinic)
            await _redeem(database, ready, [one for one in lives if 2 < week - one.starts < weeks])
    return lives


async def _begin(database: Database, ready: _Ready, number: int, week: int, day: date) -> _Life:
    async def opened(act: Act) -> Done[_Life] | Refused:
        person = await register_participant(act, NewParticipant(f"M-{number}"))
        if isinstance(person, Refused):
            return person
        program = tuple(PROGRAMS)[number % len(PROGRAMS)]
        new = NewEnrollment(person.value.id, program, day, funding=FUNDERS[number % 3])
        enrolled = await open_enrollment(act, new)
        if isinstance(enrolled, Refused):
            return enrolled
        return Done(_Life(person.value.id, enrolled.value.id, week, PROGRAMS[program][1]))

    return _done(await perform(database, ready.actor, opened))


async def _day(recorder: Recorder, ready: _Ready, lives: list[_Life], at: datetime) -> None:
    items = []
    for life in lives:
        life.visits += 1
        if life.visits % MISSED_EVERY == 0:
            continue
        outcome = "positive" if life.visits % POSITIVE_EVERY == 0 else "negative"
        items.append(ToRecord(ready.actor, NewEvent(outcome, at, life.enrollment, "negative")))
    for answer in await recorder.record(ready.actor.clinic, items):
        if isinstance(answer, Refused):
            raise RuntimeError(f"a visit was refused: {answer}")  # noqa: TRY004  an answer, no type


async def _redeem(database: Database, ready: _Ready, lives: list[_Life]) -> None:
    for life in lives:
        wanted = NewRedemption(life.participant, ready.reward)
        # Whoever has too little is refused, and has it the next time.
        await perform(database, ready.actor, partial(redeem, new=wanted))


def _done(answer: Done[T] | Again | Refused) -> T:
    if isinstance(answer, Done):
        return answer.value
    raise RuntimeError(f"the years could not be made: {answer}")
