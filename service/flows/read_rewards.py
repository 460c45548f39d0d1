"""Read the shelf: one reward by id, or all that match."""

from uuid import UUID

from schemas.shelf import Reward, RewardPage
from service.core.cursors import Page, before_id, cut
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import rewards


async def read_reward(act: Act, reward_id: UUID) -> Done[Reward] | Refused:
    """One reward by id."""
    known = await rewards.find(act, act.clinic, reward_id)
    if known is None:
        return refused("not_found", "There is no such reward.")
    return Done(known.reward, revision=known.revision)


async def list_rewards(
    act: Act, page: Page, *, active: bool | None = None, category: str | None = None
) -> Done[RewardPage] | Refused:
    """Rewards on the shelf or off it, newest first."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await rewards.before(act, act.clinic, last, page.limit + 1, active, category)
    return Done(RewardPage(*cut(found, page, lambda reward: reward.id.bytes)))
