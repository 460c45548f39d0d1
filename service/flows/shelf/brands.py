"""Which of the providers' rewards may be given to somebody: set, read, refused and left out of a shelf."""

from collections.abc import Iterable
from uuid import UUID

from schemas.brand_rules import BrandRule, BrandRules, NewBrandRule
from schemas.shelf import Reward
from service.core.brands import may_be_given
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import brand_rules, programs


async def set_brand_rule(act: Act, new: NewBrandRule) -> Done[BrandRule] | Refused:
    """Set what of the providers' products may be given from now on; what was given stays given."""
    if new.program is not None and await programs.latest(act, new.program) is None:
        return refused("unknown_program.unpublished", "$.program", program=new.program)
    made = BrandRule(act.new_id(), act.now, act.actor.id, new.program, new.categories, new.brands)
    await brand_rules.set_rule(act, made)
    listed = len(made.categories or ()) + len(made.brands or ())
    act.audit("brand_rule.set", made.id, program=made.program or "", listed=listed)
    return Done(made, "created")


async def list_brand_rules(act: Act) -> Done[BrandRules]:
    """The rules that hold."""
    return Done(BrandRules(tuple(await brand_rules.rules(act))))


async def offered_to(act: Act, participant: UUID, shelf: Iterable[Reward]) -> list[Reward]:
    """What of a shelf may be given to somebody, in its order: all but providers' rewards by other brands."""
    whole = list(shelf)
    products = [one.product for one in whole if one.product is not None]
    held = await brand_rules.rules(act) if products else []
    if not held:
        return whole
    called = await brand_rules.products(act, products)
    mine = await brand_rules.programs(act, participant)
    return [
        one
        for one in whole
        if one.product is None or (one.product in called and may_be_given(held, mine, *called[one.product]))
    ]


async def refuse_brand(act: Act, participant: UUID, reward: Reward) -> Refused | None:
    """Why a provider's reward is not given to somebody; none where it may be."""
    if await offered_to(act, participant, [reward]):
        return None
    return refused("reward_not_offered.brand", "$.reward")
