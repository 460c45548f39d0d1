"""State at hand changes nothing but the time: what is decided from it is what reading everything decides."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from uuid import UUID

import msgspec
import pytest
from msgspec.structs import replace

from schemas.caps import NewCap
from schemas.corrections import NewCorrection
from schemas.events import NewEvent
from schemas.merges import NewMerge
from schemas.people import CloseEnrollment, NewEnrollment
from schemas.receipts import Receipt
from schemas.shelf import NewRedemption
from service.core.refusals import Refused
from service.flows.ledger.caps import set_cap
from service.flows.people.enrollments import close_enrollment, open_enrollment
from service.flows.people.merges import merge_participants
from service.flows.perform import Done
from service.flows.setup.clinics import create_clinic
from service.flows.shelf.redemptions import redeem
from service.flows.visits.corrections import correct_event
from service.flows.visits.record_events import Recorded, Recorder, ToRecord
from tests.flows.conftest import MONDAY, TODAY, Operation, Scene, T, receipt
from tests.flows.subscribers import subscribe

PEOPLE = 4
STEPS = 45
SKEW = timedelta(minutes=5)
Said = tuple[object, ...]


class Side:
    """One of two clinics in which the same is done, and what it is known by there."""

    def __init__(self, scene: Scene, recorders: Sequence[Callable[[], Recorder]]) -> None:
        self.scene = scene
        self.recorders = recorders
        self.people: list[UUID] = []
        self.enrollments: list[UUID] = []
        self.events: list[UUID] = []
        self.reward = UUID(int=0)

    async def begin(self) -> None:
        """Enroll everybody in one program, and half of them in another one too."""
        self.reward = (await self.scene.reward(100)).id
        for name in ("ladder", "other"):
            await self.scene.program(name)
        for number in range(PEOPLE):
            self.people.append(await self.scene.participant(f"P-{number}"))
        for number, name in [*((n, "ladder") for n in range(PEOPLE)), (0, "other"), (1, "other")]:
            await self.enroll(number, name)

    async def enroll(self, person: int, name: str) -> Said:
        """Enroll somebody."""
        new = NewEnrollment(self.people[person], name, TODAY)
        answer = await self.scene.ask(lambda act: open_enrollment(act, new))
        if isinstance(answer, Done):
            self.enrollments.append(answer.value.id)
        return self.said(answer)

    async def record(self, process: int, events: Sequence[tuple[int, NewEvent]]) -> Said:
        """Record a batch in one of the processes: events about enrollments, or people by id or number."""
        items = []
        for which, event in events:
            if event.participant_reference is None and which >= 0:
                meant = replace(
                    event, enrollment=self.enrollments[which % len(self.enrollments)], target="test"
                )
            elif event.participant_reference is None:
                meant = replace(
                    event, participant=self.people[which % PEOPLE], behavior="test", program="ladder"
                )
            else:
                meant = replace(event, behavior="test", program="ladder")
            items.append(ToRecord(self.scene.actor("front_desk"), meant))
        answers = await self.recorders[process]().record(self.scene.clinic, items)
        for answer in answers:
            if isinstance(answer, Recorded) and answer.made == "created":
                self.events.append(receipt(answer).event.id)
        return tuple(self._of(answer) for answer in answers)

    async def do(self, operation: Operation[T]) -> Said:
        """Do something else meanwhile."""
        return self.said(await self.scene.ask(operation))

    def said(self, answer: object) -> Said:
        """Tell how an operation ended."""
        return (answer.code,) if isinstance(answer, Refused) else (type(answer).__name__,)

    def _of(self, answer: Recorded | Refused) -> Said:
        if isinstance(answer, Refused):
            return (answer.code,)
        told = msgspec.json.decode(answer.receipt, type=Receipt)
        awards = [(a.kind, a.unit, a.amount, a.clipped) for a in told.awards]
        changes = [(one.before, one.after, one.amount) for one in told.adjustments]
        return (
            answer.made,
            self.enrollments.index(told.event.enrollment),
            told.event.effect,
            str(awards),
            str(told.balances),
            str(told.outlook),
            str(changes),
        )


async def side(scene: Scene, clinic: UUID, recorders: Sequence[Callable[[], Recorder]]) -> Side:
    """Begin a side in a clinic of its own."""
    made = Side(await Scene(scene.database, scene.clock, clinic).staffed(), recorders)
    await made.begin()
    return made


def events_of(chance: random.Random, hours: float) -> list[tuple[int, NewEvent]]:
    """Make a batch: mostly in order of time, some late, some under a reference that may be in use."""
    made = []
    for _ in range(chance.randint(1, 4)):
        late = timedelta(hours=chance.choice([0, 0, 0, 0, 3, 30]))
        at = MONDAY + timedelta(hours=hours, minutes=chance.randint(0, 50)) - late
        event = NewEvent(
            chance.choice(["negative", "negative", "negative", "positive"]),
            at,
            reference=chance.choice([None, f"r-{chance.randint(0, 30)}"]),
            participant_reference=chance.choice([None, None, None, f"P-{chance.randrange(PEOPLE)}"]),
        )
        made.append((chance.randint(-PEOPLE, 11), event))
    return made


@pytest.mark.parametrize("seed", range(6))
async def test_two_processes_that_start_warm_award_what_reading_everything_awards(
    scene: Scene, own_database: str, seed: int
) -> None:
    """Whatever happens between two batches, and in whichever of the processes the next one comes."""
    # Verifying its many events took 68 s in the shared database, which fills faster than it is analyzed.
    del own_database
    chance = random.Random(seed)
    scene.clock.now = MONDAY + timedelta(days=20)
    clinics = []
    for name in ("Warm", "Cold"):
        made = await create_clinic(scene.database, name, "America/Los_Angeles")
        assert isinstance(made, Done)
        clinics.append(made.value.id)
    kept = [Recorder(scene.database, SKEW) for _ in range(2)]
    sides = [
        await side(scene, clinics[0], [lambda: kept[0], lambda: kept[1]]),
        await side(scene, clinics[1], [lambda: Recorder(scene.database, SKEW)] * 2),
    ]
    for number in range(STEPS):
        kind = chance.random()
        seen = []
        state = chance.getstate()
        for one in sides:
            chance.setstate(state)
            seen.append(await step(one, chance, kind, number))
        assert seen[0] == seen[1], number
    for warm, cold in zip(sides[0].people, sides[1].people, strict=True):
        assert await sides[0].scene.balance(warm) == await sides[1].scene.balance(cold)


async def step(one: Side, chance: random.Random, kind: float, number: int) -> Said:
    """Record a batch, or do something that changes what the next one is decided from."""
    if kind < 0.72 or not one.events:
        return await one.record(chance.randrange(2), events_of(chance, number * 5.0))
    if kind < 0.8:
        new = chance.choice(
            [
                NewCorrection("entry_error", "A slip."),
                NewCorrection("lab_overturn", "The lab called.", "negative"),
            ]
        )
        event = chance.choice(one.events)
        return await one.do(lambda act: correct_event(act, event, new))
    if kind < 0.86:
        redemption = NewRedemption(chance.choice(one.people), one.reward)
        return await one.do(lambda act: redeem(act, redemption))
    if kind < 0.90:
        survivor, ended = chance.sample(one.people, 2)
        return await one.do(lambda act: merge_participants(act, survivor, NewMerge(ended)))
    if kind < 0.94:
        over = CloseEnrollment("moved away", TODAY + timedelta(days=chance.randint(0, 15)))
        enrollment = chance.choice(one.enrollments)
        return await one.do(lambda act: close_enrollment(act, enrollment, over))
    if kind < 0.97:
        return await one.enroll(chance.randrange(PEOPLE), chance.choice(["ladder", "other"]))
    if kind < 0.985:
        await subscribe(one.scene, "https://hooks.example/rewards")
        return ()
    cap = NewCap("month", "usd", 400, date(2026, 3, 1), "What the funder pays.")
    return await one.do(lambda act: set_cap(act, cap))
