"""Whether a prize that is owed from the shelf can be given as a certain reward."""

from schemas.draws import Prize
from schemas.shelf import Reward
from service.core.refusals import Refused, refused


def may_be_changed(prize: Prize) -> Refused | None:
    """Why a prize cannot be replaced or taken back; none where it was handed over from the shelf."""
    if prize.status == "given":
        return None
    return refused("not_given.prize" if prize.status == "owed" else "already_settled.prize_credited")


def may_be_given(prize: Prize, reward: Reward) -> Refused | None:
    """Why a reward cannot be handed over for a prize; none where it can."""
    if prize.status != "owed":
        is_given = prize.status == "given"
        return refused("already_settled.prize_given" if is_given else "already_settled.prize_credited")
    if not reward.active:
        return refused("reward_not_offered", "$.reward")
    if reward.category != prize.category:
        return refused("category_mismatch", "$.reward", prize=str(prize.category), reward=reward.category)
    if reward.stock == 0:
        return refused("out_of_stock.prize", "$.reward")
    return None
