"""Change a reward: its words, its price, or whether it is offered."""

from uuid import UUID

from msgspec import UNSET
from msgspec.structs import asdict, replace

from schemas.shelf import Reward, RewardChange
from service.core.refusals import Refused, refused
from service.core.shelf import judge
from service.flows.perform import Act, Done
from service.store import rewards


async def change_reward(
    act: Act, reward_id: UUID, change: RewardChange, revision: int
) -> Done[Reward] | Refused:
    """Change what is named; refused where somebody else changed the reward since `revision`."""
    known = await rewards.lock(act, act.clinic, reward_id)
    if known is None:
        return refused("not_found", "There is no such reward.")
    if known.revision != revision:
        words = "The reward was changed meanwhile; read it again and change that."
        return refused("precondition_failed", words)
    changed = {field: value for field, value in asdict(change).items() if value is not UNSET}
    after = replace(known.reward, **changed)
    if after == known.reward:
        return Done(after, revision=revision)
    if after.kind == "code" and not after.instant:
        words = "A code is always given at once; leave instant out."
        return refused("invalid", words, "$.instant")
    refusal = judge(after.name, after.category, after.description)
    if refusal is not None:
        return refusal
    await rewards.change(act, act.clinic, after)
    act.tell("reward.changed", reward_id, fields=",".join(sorted(changed)), price=after.price)
    return Done(after, revision=revision + 1)
