"""Short words for what tests of draws do: enroll in a program of draws, draw, read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from schemas.draws import Drawn, DrawRecord, NewDraws
from schemas.people import Enrollment, NewEnrollment
from schemas.program import Bowl, Draws, Phase, Program, Target, Tier
from service.flows.draws.draws import draw_prizes, read_draw
from service.flows.people.enrollments import open_enrollment
from service.flows.programs.programs import publish_program
from service.store import ledger

if TYPE_CHECKING:
    from tests.flows.conftest import Operation, Scene

TODAY = date(2026, 3, 2)
MONDAY = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
PENS = Bowl("pens", (Tier("a pen", 3, category="learning"),))
COINS = Bowl("coins", (Tier("a coin", 2, value=100),))


def drawing(
    participant: UUID, count: int, enrollment: UUID | None = None, bowl: str | None = None
) -> Operation[Drawn]:
    """Draw some slips."""
    return lambda act: draw_prizes(act, participant, NewDraws(count, enrollment, bowl))


def reading(draw: UUID) -> Operation[DrawRecord]:
    """Read a draw's record."""
    return lambda act: read_draw(act, draw)


async def published(scene: Scene, draws: int, bowl: str, name: str = "d") -> None:
    """Publish a program that earns so many draws from a bowl with each negative test."""
    phases = (Phase(weeks=(1, 12), earn=Draws(draws, 0, bowl=bowl)),)
    program = Program(name, "Draws", "points", 12, (Target("test", "test", phases),), bowls=(PENS, COINS))
    await scene.value(lambda act: publish_program(act, program))


async def enrolled(
    scene: Scene, draws: int = 5, bowl: str = "standard-500", participant: UUID | None = None, name: str = "d"
) -> Enrollment:
    """Enroll somebody in a program of draws, who earns `draws` of them at once."""
    await published(scene, draws, bowl, name)
    who = participant or await scene.participant(f"P-{uuid4()}")
    made = await scene.value(
        lambda act: open_enrollment(act, NewEnrollment(who, name, TODAY, funding="state"))
    )
    await scene.record(made.id, "negative")
    return made


async def balances(scene: Scene, participant: UUID) -> dict[str, tuple[int, int]]:
    """Give what is available and given in each unit."""
    async with scene.database.transaction(scene.clinic) as tx:
        sheet = (await ledger.sheets(tx, [participant]))[participant]
    return {one.unit: (one.available, one.given) for one in sheet.balances}
