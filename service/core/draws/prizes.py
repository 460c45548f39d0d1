"""Whether a prize that is owed from the shelf can be given as a certain reward."""

from schemas.draws import Prize
from schemas.shelf import Reward
from service.core.refusals import Refused, refused


def may_be_given(prize: Prize, reward: Reward) -> Refused | None:
    """Why a reward cannot be handed over for a prize; none where it can."""
    if prize.status != "owed":
        done = "given" if prize.status == "given" else "credited"
        return refused("already_settled", f"This prize is already {done}; nothing more is to be done.")
    if not reward.active:
        return refused(
            "reward_not_offered",
            "This reward is no longer offered; choose one that is on the shelf.",
            "$.reward",
        )
    if reward.category != prize.category:
        words = f"This prize is from {prize.category}, and the reward from {reward.category}; choose another."
        return refused("category_mismatch", words, "$.reward")
    if reward.stock == 0:
        return refused("out_of_stock", "There is none left of this reward; choose another.", "$.reward")
    return None
