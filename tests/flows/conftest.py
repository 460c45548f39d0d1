"""What tests of flows may ask for: a clinic on a real database, staff of every role, and a clock to turn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar, cast, get_args
from uuid import UUID

import asyncpg
import msgspec
import pytest
from msgspec.structs import replace

from schemas.events import NewEvent
from schemas.people import Enrollment, NewEnrollment, NewParticipant, Role
from schemas.program import Flat, Ladder, OnFailure, Phase, Program, Target, Visits
from schemas.receipts import Balance, Receipt
from schemas.shelf import NewReward, Reward
from schemas.staff import Staff, StaffRole
from service.core.actors import Actor
from service.core.refusals import Refused
from service.core.words.refusals.catalog import in_english
from service.flows.batcher import Batcher
from service.flows.people.enrollments import open_enrollment
from service.flows.people.participants import register_participant
from service.flows.perform import Act, Again, Done, Once, perform
from service.flows.programs.programs import publish_program
from service.flows.setup.clinics import create_clinic, operator
from service.flows.shelf.rewards import add_reward
from service.flows.verify.verify import verify
from service.flows.visits.record_events import Recorded, Recorder, ToRecord
from service.store import ledger, staff
from service.store.database.ids import new_id
from service.store.database.pool import Database

T = TypeVar("T")
Operation = Callable[[Act], Awaitable[Done[T] | Refused]]
Answer = Recorded | Refused
Ask = Callable[..., Awaitable[Answer]]
"""Record one event, given by its fields, and perhaps by an idempotency key `once`."""

MONDAY = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
PLANTS_FAULTS = (
    "test_verify", "test_caps.py", "test_tax.py", "test_late_transfers.py", "test_isolation.py",
)  # fmt: skip  # table: files of this folder
"""How the files begin whose tests write into the books by hand, or pay what nothing on record calls for."""
HIRED = 5
"""How many members of staff a scene begins with."""
LEFT_S_MAX = 10
"""How long a connection may still be in use once a test has ended."""


class Clock:
    """A clock that stands still until it is turned."""

    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now


class Scene:
    """One clinic with staff of every role, and short words for what tests do in it."""

    def __init__(self, database: Database, clock: Clock, clinic: UUID) -> None:
        self.database = database
        self.clock = clock
        self.clinic = clinic
        self._actors: dict[Role, Actor] = {role: Actor(clinic, new_id(), role) for role in get_args(Role)}
        self.another = Actor(clinic, new_id(), "manager")
        self.recorder = Recorder(database, timedelta(minutes=5))

    def actor(self, role: Role = "manager") -> Actor:
        """Give somebody of a role, the same each time."""
        return self._actors[role]

    async def staffed(self) -> Scene:
        """Put everybody on the staff: only its members approve what another proposed."""
        await perform(self.database, operator(self.clinic), self._hire)
        return self

    async def _hire(self, act: Act) -> Done[None]:
        for number, actor in enumerate([*self._actors.values(), self.another]):
            if actor.role in get_args(StaffRole):
                made = Staff(
                    actor.id, f"{number}@harbor.example", cast("StaffRole", actor.role), "en", act.now
                )
                await staff.insert(act, made, None, is_temporary=False, by=act.actor.id)
                act.audit("staff.created", made.id, role=made.role)
        return Done(None)

    async def ask(
        self, operation: Operation[T], role: Role = "manager", once: Once | None = None
    ) -> Done[T] | Again | Refused:
        """Ask for an operation as somebody of a role."""
        return await perform(self.database, self.actor(role), operation, once)

    async def ask_another(
        self, operation: Operation[T], once: Once | None = None
    ) -> Done[T] | Again | Refused:
        """Ask for an operation as a second manager."""
        return await perform(self.database, self.another, operation, once)

    async def by_another(self, operation: Operation[T]) -> T:
        """Give the value of an operation that must be done by a second manager."""
        answer = await self.ask_another(operation)
        assert isinstance(answer, Done), answer
        return answer.value

    async def done(self, operation: Operation[T], role: Role = "manager") -> Done[T]:
        """Give the answer of an operation that must be done."""
        answer = await self.ask(operation, role)
        assert isinstance(answer, Done), answer
        return answer

    async def value(self, operation: Operation[T], role: Role = "manager") -> T:
        """Give the value of an operation that must be done."""
        return (await self.done(operation, role)).value

    async def refusal(self, operation: Operation[T], role: Role = "manager") -> tuple[str, tuple[str, ...]]:
        """Give the code and the places of a refusal; its words must say something."""
        answer = await self.ask(operation, role)
        assert isinstance(answer, Refused), answer
        assert in_english(answer).endswith(".")
        return answer.code, tuple(fault.pointer for fault in answer.faults)

    async def participant(self, reference: str = "P-1", name: str | None = None) -> UUID:
        """Register a participant."""
        new = NewParticipant(reference, name)
        return (await self.value(lambda act: register_participant(act, new))).id

    async def program(self, name: str = "ladder", welcome: int = 0) -> Program:
        """Publish a program of one target: a ladder of 100, 200, 300 cents and so on with a reset."""
        document = program(name, welcome)
        await self.value(lambda act: publish_program(act, document))
        return document

    async def enrolled(self, reference: str = "P-1", welcome: int = 0, starts_on: date = TODAY) -> Enrollment:
        """Register a participant and have them enrolled by a second manager, with a welcome to spend."""
        document = await self.program("ladder", welcome)
        new = NewEnrollment(await self.participant(reference), document.name, starts_on)
        return await self.by_another(lambda act: open_enrollment(act, new))

    async def expecting(self, reference: str = "V-1") -> Enrollment:
        """Enroll somebody who is expected on Mondays, and missed a day later."""
        visits = Visits(weekdays=("mon",), missed_after_hours=24)
        target = Target("test", "test", (Phase(weeks=(1, 4), earn=Ladder(100, 100)),), visits=visits)
        await self.value(lambda act: publish_program(act, Program("mondays", "M", "usd", 4, (target,))))
        new = NewEnrollment(await self.participant(reference), "mondays", TODAY)
        return await self.value(lambda act: open_enrollment(act, new))

    async def record(
        self, enrollment: UUID, outcome: str, at: datetime = MONDAY, role: Role = "front_desk"
    ) -> Receipt:
        """Record one test result."""
        event = NewEvent(outcome, at, enrollment=enrollment, target="test")
        (answer,) = await self.recorder.record(self.clinic, [ToRecord(self.actor(role), event)])
        assert isinstance(answer, Recorded), answer
        return msgspec.json.decode(answer.receipt, type=Receipt)

    async def reward(self, price: int = 500, stock: int | None = None, *, instant: bool = False) -> Reward:
        """Add an item to the shelf."""
        new = NewReward("Movie ticket", "usd", price, "item", "outings", stock=stock, instant=instant)
        return await self.value(lambda act: add_reward(act, new))

    async def code_reward(self, price: int = 500) -> Reward:
        """Add a reward of codes to the shelf, without codes yet."""
        new = NewReward("Grocery card", "usd", price, "code", "gift-cards")
        return await self.value(lambda act: add_reward(act, new))

    async def balance(self, participant: UUID) -> Balance:
        """Give a participant's balance in cents."""
        async with self.database.transaction(self.clinic) as tx:
            found = await ledger.balances(tx, [participant])
        return found.get((participant, "usd"), Balance("usd", 0, 0, 0, 0))

    async def deeds(self) -> list[str]:
        """List the operations in the audit trail, oldest first."""
        query = "select deed from audit where clinic_id = $1 and deed <> 'staff.created' order by seq"
        async with self.database.transaction(self.clinic) as tx:
            return [row["deed"] for row in await tx.connection.fetch(query, self.clinic)]

    async def elsewhere(self) -> Scene:
        """Make another clinic on the same database."""
        made = await create_clinic(self.database, "Elsewhere", "America/New_York")
        assert isinstance(made, Done)
        return await Scene(self.database, self.clock, made.value.id).staffed()


def program(name: str = "ladder", welcome: int = 0) -> Program:
    """Make a program of one target: a ladder of 100, 200, 300 cents and so on with a reset.

    A day can hold many of its events, so that a whole history fits into the hours before now.
    """
    phases = (
        Phase(weeks=(1, 12), earn=Ladder(100, 100), on_failure=OnFailure(reset=True)),
        Phase(weeks=(13, 24), earn=Flat(500)),
    )
    target = Target("test", "test", phases, visits=Visits(per_day=24))
    return Program(name, "A ladder", "usd", 24, (target,), welcome=welcome)


def gather_for(scene: Scene) -> Batcher[ToRecord, Answer]:
    """Gather events as one web process does, knowing nothing of other processes."""
    return Batcher(
        Recorder(scene.database, timedelta(minutes=5)).record, lambda item: item.about, lambda item: item.when
    )


def receipt_bytes(answer: Answer) -> bytes:
    """Read the bytes of a receipt that must be there."""
    assert isinstance(answer, Recorded), answer
    return answer.receipt


def receipt(answer: Answer) -> Receipt:
    """Read a receipt that must be there."""
    return msgspec.json.decode(receipt_bytes(answer), type=Receipt)


def code(answer: Answer) -> str:
    """Read the code of a refusal that must be there."""
    assert isinstance(answer, Refused), answer
    assert in_english(answer).endswith(".")
    return answer.code


def paid(answer: Answer) -> int:
    """Sum what was paid at once."""
    return sum(award.amount for award in receipt(answer).awards)


async def count(scene: Scene, table: str) -> int:
    """Count a table's rows of the scene's clinic."""
    async with scene.database.transaction(scene.clinic) as tx:
        query = f"select count(*) from {table}"  # noqa: S608 -- a table's name, and our own word
        return int(await tx.connection.fetchval(query))


@pytest.fixture
async def opened(service: Database) -> AsyncIterator[tuple[Database, Clock]]:
    """Give this test's database with a clock that stands still."""
    clock = Clock()
    yield Database(service.pool, service.cipher, clock), clock
    async with asyncio.timeout(LEFT_S_MAX):
        # Nothing that this test began may go on in the next one; a pool has nothing else to wait for.
        while service.pool.get_idle_size() < service.pool.get_size():  # noqa: ASYNC110
            await asyncio.sleep(0.001)


@pytest.fixture
async def scene(opened: tuple[Database, Clock], request: pytest.FixtureRequest) -> AsyncIterator[Scene]:
    """Give a clinic in Los Angeles, on a Monday morning there, whose books must be right in the end.

    So must those of every other clinic that the test makes.
    """
    database, clock = opened
    before = set(await database.clinics())
    made = await create_clinic(database, "Harbor Clinic", "America/Los_Angeles")
    assert isinstance(made, Done)
    yield await Scene(database, clock, made.value.id).staffed()
    if not request.path.name.startswith(PLANTS_FAULTS):
        for clinic in set(await database.clinics()) - before:
            verdict = await verify(database, clinic, lambda _what, _count: None)
            assert verdict is not None
            assert verdict.fault is None


@pytest.fixture
async def planting(scene: Scene, shared_database: str, hand: str) -> AsyncIterator[asyncpg.Connection]:
    """Open the scene's database past every grant, in its clinic alone: faults are planted by it."""
    connection = await asyncpg.connect(shared_database)
    await connection.execute(f"set role {hand}; set app.clinic = '{scene.clinic}'")
    yield connection
    await connection.close()


@pytest.fixture
def batcher(scene: Scene) -> Batcher[ToRecord, Answer]:
    """Gather events for the scene's clinic, as a web process does."""
    return gather_for(scene)


@pytest.fixture
def ask(scene: Scene, batcher: Batcher[ToRecord, Answer]) -> Ask:
    """Record one event, given by its fields: a negative test now, where they do not say otherwise."""

    async def record(once: Once | None = None, **fields: object) -> Answer:
        event = replace(NewEvent("negative", MONDAY), **fields)
        return await batcher.ask(scene.clinic, ToRecord(scene.actor("front_desk"), event, once=once))

    return record
