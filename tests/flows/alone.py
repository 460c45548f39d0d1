"""Short words for one person alone on the staff, and for what is handed out or not."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from schemas.shelf import NewRedemption, Redemption
from schemas.staff import StaffChange
from service.core.actors import Actor
from service.core.refusals import Refused
from service.flows.access.staff import change_staff
from service.flows.perform import Done, perform
from service.flows.shelf.redemptions import redeem
from tests.flows.conftest import MONDAY, TODAY

if TYPE_CHECKING:
    from schemas.people import Enrollment, Role
    from schemas.shelf import Reward
    from tests.flows.conftest import Scene

LATE = timedelta(days=20)
LEFT = timedelta(days=31)
EVERYBODY: Final[tuple[Role, ...]] = ("front_desk", "clinician", "manager", "integration")
ALL_ELSE: Final[tuple[Role, ...]] = ("front_desk", "clinician", "auditor")


async def late_by(scene: Scene, role: Role = "manager") -> tuple[Enrollment, Reward]:
    """Let somebody of a role record a visit of twenty days ago, and put a mug on the shelf that it pays."""
    enrollment = await scene.enrolled(starts_on=TODAY - LATE)
    await scene.record(enrollment.id, "negative", MONDAY - LATE, role)
    return enrollment, await scene.reward(100, stock=9, instant=True)


async def handed(scene: Scene, who: UUID, reward: Reward, actor: Actor | None = None) -> str:
    """Try to hand a reward out, and say why not; nothing where it was handed out."""
    new = NewRedemption(who, reward.id)
    answer = await perform(scene.database, actor or scene.actor(), lambda act: redeem(act, new))
    return answer.reason if isinstance(answer, Refused) else ""


async def disable(scene: Scene, *who: UUID) -> None:
    """Take colleagues off the staff."""
    for one in who:
        await scene.value(
            partial(change_staff, staff_id=one, change=StaffChange(disabled=True), revision=None)
        )


async def leave_alone(scene: Scene) -> None:
    """Leave one manager on the staff."""
    await disable(scene, *(scene.actor(role).id for role in ALL_ELSE), scene.another.id)


async def redeemed(scene: Scene, who: UUID, reward: Reward, actor: Actor) -> Redemption:
    """Set a reward aside as somebody."""
    new = NewRedemption(who, reward.id)
    answer = await perform(scene.database, actor, lambda act: redeem(act, new))
    assert isinstance(answer, Done), answer
    return answer.value
