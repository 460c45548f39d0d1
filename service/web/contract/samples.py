"""Sample values of the contract's examples: ids, a time, and a program."""

from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from schemas.program import Draws, Hat, Ladder, OnFailure, Phase, Program, Recovery, RunBonus, Target

AT: Final = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)
TRACE: Final = "4bf92f3577b34da6a3ce929d0e0e4736"


def sample_id(last: int) -> UUID:
    """An id for examples, told from the others by its last part."""
    return UUID(f"019cb012-7d40-7000-8000-{last:012x}")


PROGRAM_NAME: Final = "clinic-vouchers"
PARTICIPANT, ENROLLMENT, REWARD, DRAW, PRIZE, HAT = map(sample_id, (1, 3, 5, 14, 15, 16))

PROGRAM: Final = Program(
    name=PROGRAM_NAME,
    title="Vouchers (12 weeks)",
    unit="usd",
    weeks=12,
    targets=(
        Target(
            name="stimulant-negative",
            behavior="test",
            phases=(
                Phase(
                    weeks=(1, 12),
                    earn=Ladder(250, 125),
                    on_failure=OnFailure(reset=True, recovery=Recovery(5, "next", "paid")),
                ),
            ),
            bonuses=(RunBonus(every=3, amount=1000),),
        ),
        Target(
            name="group-session",
            behavior="attendance",
            phases=(Phase(weeks=(1, 12), earn=Draws(1, 1, max=5)),),
            hat=Hat(),
        ),
    ),
)
