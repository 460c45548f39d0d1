"""What a reward that a provider delivers is ordered at, and why it cannot be ordered."""

from msgspec.structs import replace

from schemas.shelf import Reward
from service.core.currencies import is_money
from service.core.refusals import Refused, refused
from service.flows.perform import Act
from service.flows.shelf.orders import face_fault
from service.store import provider_products


async def ordered_as(act: Act, before: Reward, after: Reward) -> Reward | Refused:
    """A changed reward with the face value that it is ordered at from now on, if it is a provider's."""
    if after.kind != "provider":
        return after
    if after.instant:
        return refused("invalid.provider_not_instant", "$.instant")
    if after.unit != "usd" or after.price == before.price:
        return after
    dearer = replace(after, face=after.price)
    return await _unorderable(act, dearer) or dearer


async def orderable(act: Act, reward: Reward) -> Reward | Refused:
    """A new reward; one that a provider delivers is worth what is ordered, unless dollars pay for it."""
    if reward.kind != "provider":
        return reward
    if reward.stock is not None:
        return refused("invalid.stock_of_providers", "$.stock")
    if is_money(reward.unit) and reward.unit != "usd":
        return refused("invalid.provider_in_dollars", "$.unit", unit=reward.unit)
    if (refusal := await _unorderable(act, reward)) is not None:
        return refusal
    if reward.unit == "usd" or reward.fair_value is not None:
        return reward
    return replace(reward, fair_value=reward.face, fair_value_stated=True)


async def _unorderable(act: Act, reward: Reward) -> Refused | None:
    """Why a provider's product cannot be ordered as a reward says; none where it can."""
    product = None if reward.product is None else await provider_products.find(act, reward.product)
    if product is None:
        return refused("invalid.product_unknown", "$.product")
    if not product.allowed or product.gone:
        return refused("invalid.product_not_allowed", "$.product")
    return face_fault(reward, product.least, product.most, product.faces)
