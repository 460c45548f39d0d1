# long: a clinic with its whole history is made here, step by step
"""Make the demo's clinic by the same operations as any other: nothing here writes to the database itself."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final, TypeVar, get_args
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct

from schemas.draws import NewDraws
from schemas.events import NewEvent
from schemas.keys import NewKey
from schemas.people import (
    CloseEnrollment,
    Enrollment,
    NewEnrollment,
    NewParticipant,
    Participant,
    Role,
    TransferEnrollment,
)
from schemas.program import Program
from schemas.proposals import NewManualAward
from schemas.second_looks import NewSecondLook
from schemas.shelf import NewCodes, NewRedemption
from schemas.shown_once import shown
from service.core.actors import Actor
from service.core.authoring.programs import decode
from service.core.authoring.table import spread
from service.core.compiled import compile_rules
from service.core.expected_days import due_visits
from service.core.laid_days import days_to_draw
from service.core.outcomes import effects_of, outcomes_of
from service.core.phases import DAYS_A_WEEK
from service.core.quantities import measure_of
from service.core.refusals import Refused
from service.core.words.refusals.catalog import in_english
from service.demo.afterwards import COUNTY_CAP, TEN_CENTS, Afterwards
from service.demo.cast import AT_A_CAP, CAST, EVENING_GROUP, NOT_RECORDED, Person, Stay
from service.demo.shelf import ASKED, BY_HAND, DRAWN, SHELF, WRITTEN_OFF, ByHand, codes_of
from service.demo.staff import DemoStaff, hire
from service.flows.access.keys import issue_key
from service.flows.draws.draws import draw_prizes
from service.flows.draws.seeds import rotate_seeds
from service.flows.ledger.caps import set_cap
from service.flows.ledger.manual_awards import approve_manual_award, propose_manual_award
from service.flows.ledger.points_worth import state_points_worth
from service.flows.people.enrollments import close_enrollment, open_enrollment, read_enrollment
from service.flows.people.participants import register_participant
from service.flows.people.transfers import transfer_enrollment
from service.flows.perform import Act, Again, Done, perform
from service.flows.programs.programs import publish_program
from service.flows.setup.clinics import create_clinic, operator
from service.flows.shelf.redemptions import cancel_redemption, give_redemption, redeem
from service.flows.shelf.rewards import add_codes, add_reward, change_stock
from service.flows.shelf.second_looks import take_second_look
from service.flows.visits.record_events import Recorded, Recorder, ToRecord
from service.store.database.pool import Database

NAME: Final = "Riverside Clinic (demo)"
ZONE: Final = "America/Los_Angeles"
PROGRAMS: Final = Path(__file__).parents[2] / "schemas" / "programs"
VISITS_ASKED: Final = 400
"""More visits than any program here has, so that all of them are laid out."""
OPENS_AT: Final = time(9, 30)
SKEW: Final = timedelta(minutes=5)
HOURS: Final = 4.0
"""How long somebody works on a day, where a program pays by the hour."""
MINUTES: Final = 180
"""How long somebody is at a session."""

T = TypeVar("T")


class DemoPerson(Struct, frozen=True):
    """A participant of the demo's clinic."""

    id: UUID
    reference: str
    code: str


class DemoClinic(Struct, frozen=True):
    """The demo's clinic: keys, staff and participants, kept in the data folder's secrets."""

    clinic: UUID
    keys: dict[str, str]
    staff: tuple[DemoStaff, ...]
    participants: tuple[DemoPerson, ...]


class DemoError(Exception):
    """The demo's history does not fit the service: an operation of it was refused."""


async def make_clinic(database: Database) -> DemoClinic:
    """Make the clinic with everything in it; the same on the same day, save for ids and for what is drawn.

    Raises DemoError where an operation is refused.
    """
    made = await create_clinic(database, NAME, ZONE)
    if isinstance(made, Refused):
        raise DemoError(in_english(made))
    return await _Making(database, made.value.id).everything()


class _Making:
    """One clinic being made: who acts in it, and what there is by now."""

    def __init__(self, database: Database, clinic: UUID) -> None:
        self.database = database
        self.clinic = clinic
        self.manager = operator(clinic)
        self.desk = self.clinician = self.second_manager = self.manager
        self.zone = ZoneInfo(ZONE)
        self.today = database.clock().astimezone(self.zone).date()
        self.programs: dict[str, Program] = {}
        self.people: dict[str, Participant] = {}
        self.rewards: dict[str, UUID] = {}

    async def everything(self) -> DemoClinic:
        staff = await self._did(self.manager, lambda act: _made(hire(act)))
        keys = await self._did(self.manager, lambda act: self._keys(act, staff))
        self.manager, *_, self.second_manager = (
            Actor(self.clinic, one.id, one.role) for one in staff if one.id is not None
        )
        await asyncio.gather(
            self._did(self.manager, self._publish), self._did(self.manager, self._fill_shelf)
        )
        await self._did(self.manager, self._limit)
        stays = await self._did(self.manager, self._enroll)
        await self._record(stays)
        await self._did(self.second_manager, self._look)
        await self._did(self.manager, lambda act: self._close(act, stays))
        await self._did(self.desk, self._redeem)
        for given in BY_HAND:
            await self._give_by_hand(given)
        await self._did(self.second_manager, self._write_off)
        await self._did(self.desk, self._draw)
        await Afterwards(self.database, self.manager, self.clinician, self.desk, self.zone).happen(
            {person.reference: self.people[person.reference].id for person in CAST}
        )
        await self._did(self.second_manager, self._look)
        people = (DemoPerson(one.id, one.reference, one.display_code) for one in self.people.values())
        return DemoClinic(self.clinic, keys, staff, tuple(people))

    async def _did(self, actor: Actor, operation: Callable[[Act], Awaitable[Done[T]]]) -> T:
        done = await perform(self.database, actor, operation)
        if isinstance(done, Again | Refused):
            raise DemoError("a deed of the demo was not done")
        return done.value

    async def _keys(self, act: Act, staff: Sequence[DemoStaff]) -> Done[dict[str, str]]:
        keys: dict[str, str] = {}
        manager = staff[0].id
        answers = {one.role: one.id for one in reversed(staff)}
        for role in get_args(Role):
            issued = _value(
                await issue_key(
                    act, NewKey(role, f"demo {role.replace('_', ' ')}", answers.get(role, manager))
                )
            )
            keys[role] = shown(issued.key)
            if role == "front_desk":
                self.desk = Actor(self.clinic, issued.id, role)
            elif role == "clinician":
                self.clinician = Actor(self.clinic, issued.id, role)
        return Done(keys)

    async def _publish(self, act: Act) -> Done[None]:
        for path in sorted(PROGRAMS.glob("*.yaml")):
            program = decode(path.read_bytes(), yaml=True)
            if not isinstance(program, Program):
                raise DemoError(f"{path.name}: {in_english(program[0])}")
            self.programs[program.name] = program
        for invented in (AT_A_CAP, EVENING_GROUP):
            self.programs[invented.name] = invented
        for program in self.programs.values():
            _value(await publish_program(act, program))
        return Done(None)

    async def _limit(self, act: Act) -> Done[None]:
        _value(await set_cap(act, COUNTY_CAP))
        await state_points_worth(act, TEN_CENTS)
        return Done(None)

    async def _fill_shelf(self, act: Act) -> Done[None]:
        for new, codes in SHELF:
            reward = _value(await add_reward(act, new))
            self.rewards[reward.name] = reward.id
            if codes:
                _value(await add_codes(act, reward.id, NewCodes(codes_of(reward.name, codes))))
        return Done(None)

    async def _enroll(self, act: Act) -> Done[list[tuple[Stay, Enrollment]]]:
        stays: list[tuple[Stay, Enrollment]] = []
        for person in CAST:
            self.people[person.reference] = await self._register(act, person)
            for place, stay in enumerate(person.stays):
                before = stays[-1] if place else None
                stays.append((stay, await self._begin(act, self.people[person.reference].id, stay, before)))
        return Done(stays)

    async def _begin(
        self, act: Act, person: UUID, stay: Stay, before: tuple[Stay, Enrollment] | None
    ) -> Enrollment:
        """Open a stay, or go on to it from the one before."""
        starts_on = self.today - timedelta(days=stay.days_ago)
        if before is None:
            days = stay.ends_in_days
            ends_on = None if days is None else self.today + timedelta(days=days)
            new = NewEnrollment(person, stay.program, starts_on, funding=stay.funding, ends_on=ends_on)
            return _value(await open_enrollment(act, new))
        earlier, enrollment = before
        on = self.today - timedelta(days=earlier.closed_days_ago or 0)
        to = TransferEnrollment(stay.program, on, earlier.reason, starts_on=starts_on)
        return _value(await transfer_enrollment(act, enrollment.id, to)).opened

    async def _register(self, act: Act, person: Person) -> Participant:
        number = int(person.reference.rpartition("-")[2])
        first, _, last = person.name.partition(" ")
        # Numbers from 555-0100 to 555-0199 and the domain example.org belong to nobody.
        phone = f"+1 619 555 01{number % 100:02}"
        email = f"{first}.{last}@example.org".lower()
        new = NewParticipant(person.reference, person.name, phone, email, person.language)
        return _value(await register_participant(act, new))

    async def _record(self, stays: list[tuple[Stay, Enrollment]]) -> None:
        events = [event for stay, enrollment in stays for event in self._visits(stay, enrollment)]
        events.sort(key=lambda event: event.occurred_at)
        items = [ToRecord(self.desk, event) for event in events]
        for answer in await Recorder(self.database, SKEW).record(self.clinic, items):
            if not isinstance(answer, Recorded):
                raise DemoError(in_english(answer))

    async def _look(self, act: Act) -> Done[None]:
        """Weeks of visits were recorded at once: somebody else looks, so that rewards can be handed out."""
        for person in self.people.values():
            looked = await take_second_look(act, person.id, NewSecondLook())
            if isinstance(looked, Refused) and looked.code != "already_settled":
                _value(looked)
        return Done(None)

    def _visits(self, stay: Stay, enrollment: Enrollment) -> Iterator[NewEvent]:
        program = self.programs[stay.program]
        closed = stay.closed_days_ago
        # On the last day somebody may still be expected; today nobody has come yet.
        until = self.today if closed is None else self.today - timedelta(days=closed - 1)
        for place, target in enumerate(program.targets):
            days = list(_days(program, place, enrollment.starts_on, until))
            effects = outcomes_of(target.behavior) | effects_of(target.outcomes)
            good = next(outcome for outcome, effect in effects.items() if effect == "success")
            otherwise = stay.otherwise.get(target.name, {})
            named = {
                number if number > 0 else len(days) + 1 + number: said for number, said in otherwise.items()
            }
            for number, day in enumerate(days, start=1):
                if named.get(number) == NOT_RECORDED:
                    continue
                at = datetime.combine(day, OPENS_AT, self.zone) + timedelta(minutes=10 * place)
                outcome = named.get(number, good)
                yield NewEvent(
                    outcome,
                    at.astimezone(UTC),
                    enrollment=enrollment.id,
                    target=target.name,
                    reference=f"visit:{enrollment.id.hex[-12:]}:{target.name}:{number}",
                    quantity=HOURS if outcome == good and measure_of(target) else None,
                    minutes=MINUTES if outcome == "attended" else None,
                )

    async def _close(self, act: Act, stays: list[tuple[Stay, Enrollment]]) -> Done[None]:
        for stay, enrollment in stays:
            known = _value(await read_enrollment(act, enrollment.id))
            if stay.closed_days_ago is not None and known.status == "open":
                day = self.today - timedelta(days=stay.closed_days_ago)
                _value(await close_enrollment(act, enrollment.id, CloseEnrollment(stay.reason, day)))
        return Done(None)

    async def _redeem(self, act: Act) -> Done[None]:
        for asked in ASKED:
            new = NewRedemption(self.people[asked.reference].id, self.rewards[asked.reward])
            redemption = _value(await redeem(act, new))
            if asked.then == "canceled":
                _value(await cancel_redemption(act, redemption.id))
            elif asked.then != redemption.status:
                _value(await give_redemption(act, redemption.id))
        return Done(None)

    async def _give_by_hand(self, given: ByHand) -> None:
        new = NewManualAward(self.people[given.reference].id, "usd", given.amount, given.reason)
        proposed = await self._did(self.clinician, lambda act: _made(propose_manual_award(act, new)))
        if given.approved:
            await self._did(self.manager, lambda act: _made(approve_manual_award(act, proposed.id)))

    async def _write_off(self, act: Act) -> Done[None]:
        name, change = WRITTEN_OFF
        _value(await change_stock(act, self.rewards[name], change))
        return Done(None)

    async def _draw(self, act: Act) -> Done[None]:
        for drawn in DRAWN:
            _value(await draw_prizes(act, self.people[drawn.reference].id, NewDraws(drawn.count)))
            if drawn.revealed:
                _value(await rotate_seeds(act))
        return Done(None)


def _days(program: Program, place: int, starts_on: date, until: date) -> Iterator[date]:
    """The days before `until` on which a target's visits are expected, so that those of today still are.

    Where a program expects nobody by itself, they lie evenly in their weeks, or on some of the days that it
    draws from.
    """
    rules = compile_rules(program)
    due = due_visits(rules, place, starts_on)
    if due:
        yield from (visit.on for visit in due if visit.on < until)
        return
    target = program.targets[place]
    visits = spread(program, target.name, ("expected",) * VISITS_ASKED)
    in_week = Counter(visit.week for visit in visits if visit.week <= program.weeks)
    for week, count in sorted(in_week.items()):
        first = starts_on + timedelta(weeks=week - 1)
        days = days_to_draw(rules, place, starts_on, first)[1] or [
            first + timedelta(days=after) for after in range(DAYS_A_WEEK)
        ]
        for number in range(count):
            day = days[number * len(days) // count]
            if day < until:
                yield day


async def _made(operation: Awaitable[Done[T] | Refused]) -> Done[T]:
    return Done(_value(await operation))


def _value(done: Done[T] | Refused) -> T:
    if isinstance(done, Refused):
        raise DemoError(in_english(done))
    return done.value
