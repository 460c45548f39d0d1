"""Add a reward to the shelf."""

from schemas.shelf import NewReward, Reward
from service.core.refusals import Refused, refused
from service.core.shelf import judge
from service.flows.perform import Act, Done
from service.store import rewards


async def add_reward(act: Act, new: NewReward) -> Done[Reward] | Refused:
    """Add a reward that may be on the shelf; codes are added to it afterwards."""
    refusal = judge(new.name, new.category, new.description)
    if refusal is not None:
        return refusal
    code = new.kind == "code"
    if code and new.stock is not None:
        words = "The stock of a code reward is its unused codes; leave stock out, and add codes afterwards."
        return refused("invalid", words, "$.stock")
    reward = Reward(
        act.new_id(),
        new.name,
        new.unit,
        new.price,
        new.kind,
        new.category,
        # Nothing of a code is handed over by a person.
        instant=new.instant or code,
        active=True,
        created_at=act.now,
        description=new.description,
        stock=0 if code else new.stock,
    )
    await rewards.insert(act, act.clinic, reward)
    if reward.stock:
        # So that the stock is the sum of its changes, less what was taken: `rewards verify` adds them up.
        await rewards.note_stock_change(act, act.actor, reward.id, reward.stock, "The first pieces.")
    act.tell("reward.added", reward.id, price=reward.price, unit=reward.unit, kind=reward.kind)
    return Done(reward, "created", 1)
