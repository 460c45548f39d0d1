"""A participant's visits in a program of the California kind, and corrections of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from schemas.corrections import CorrectionKind, NewCorrection
from schemas.people import Enrollment, NewEnrollment, Role
from schemas.program import (
    Cap,
    Ladder,
    Limit,
    OnFailure,
    Phase,
    Program,
    Recovery,
    Target,
    Visits,
)
from schemas.receipts import Receipt
from service.flows.people.enrollments import open_enrollment
from service.flows.programs.programs import publish_program
from service.flows.visits.corrections import correct_event

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

START = date(2026, 1, 5)

CALIFORNIA = Program(
    name="california",
    title="Recovery Incentives",
    unit="usd",
    weeks=24,
    targets=(
        Target(
            name="test",
            behavior="test",
            limit=Limit(2),
            visits=Visits(per_week=2),
            phases=(
                Phase(
                    weeks=(1, 12),
                    earn=Ladder(1000, 150, 2, 2650),
                    on_failure=OnFailure(reset=True, recovery=Recovery(2, "next", "due")),
                ),
                Phase(weeks=(13, 24), earn=Ladder(1500, 0)),
            ),
        ),
    ),
    caps=(Cap("year", 59900),),
)


class History:
    """One participant's visits in a program, two a week, and what is corrected in them."""

    def __init__(self, scene: Scene, enrollment: Enrollment) -> None:
        self.scene = scene
        self.enrollment = enrollment
        self.events: list[UUID] = []

    async def visits(self, *outcomes: str, role: Role = "front_desk") -> Receipt:
        """Record the next visits, and give the last one's receipt."""
        receipts = []
        for outcome in outcomes:
            at = self.at(len(self.events) + 1)
            receipts.append(await self.scene.record(self.enrollment.id, outcome, at, role))
            self.events.append(receipts[-1].event.id)
        return receipts[-1]

    def at(self, visit: int) -> datetime:
        """Tell when a visit, counted from 1, happens."""
        week, second = divmod(visit - 1, 2)
        return datetime.fromisoformat("2026-01-05T17:00:00Z") + timedelta(weeks=week, days=3 * second)

    async def correct(
        self,
        visit: int,
        kind: CorrectionKind,
        outcome: str | None = None,
        role: Role = "clinician",
    ) -> Receipt:
        """Correct a visit, counted from 1."""
        new = NewCorrection(kind, "The lab called.", outcome)
        return await self.scene.value(lambda act: correct_event(act, self.events[visit - 1], new), role)

    async def refusal(
        self, about: UUID, kind: CorrectionKind, outcome: str | None = None, role: Role = "clinician"
    ) -> tuple[str, tuple[str, ...]]:
        """Ask for a correction that is refused."""
        new = NewCorrection(kind, "The lab called.", outcome)
        return await self.scene.refusal(lambda act: correct_event(act, about, new), role)

    async def available(self) -> int:
        """Tell what is available in cents."""
        return (await self.scene.balance(self.enrollment.participant)).available


async def history(scene: Scene, program: Program = CALIFORNIA, starts_on: date = START) -> History:
    """Have somebody enrolled in a program by a second manager."""
    scene.clock.now = datetime.fromisoformat("2026-07-06T17:00:00Z")
    await scene.value(lambda act: publish_program(act, program))
    new = NewEnrollment(await scene.participant(), program.name, starts_on)
    return History(scene, await scene.by_another(lambda act: open_enrollment(act, new)))


def paid(receipt: Receipt) -> int:
    """Sum what an operation paid."""
    return sum(one.amount for one in receipt.total)


async def one_paid(person: History) -> int:
    """Record one negative, and tell what it paid."""
    return paid(await person.visits("negative"))
