"""Carry out the replacement or taking back of a prize from the shelf; the caller holds the locks."""

from msgspec.structs import replace

from schemas.draws import Prize
from schemas.redemption_changes import RedemptionChange
from schemas.shelf import Reward
from service.core.proposals import redemption_change_settled
from service.core.refusals import Refused, refused
from service.flows.perform import Act
from service.flows.shelf import gifts
from service.store import prizes, rewards
from service.store.redemption_changes import Change


async def carry_out_of_prize(act: Act, change: Change, given: Prize, reward: Reward) -> Prize | Refused:
    """Replace or take back as it stands on record; the caller has locked the participant and the reward."""
    one = change.shown
    if not (one.alone or one.settled_by != one.proposed_by) or (one.alone and one.counted > one.limit):
        raise AssertionError("one person alone replaces or takes back more than the clinic's limit")
    if change.codes:
        await rewards.void_codes(act, reward.id, change.codes, one.id)
    act.audit(
        "redemption_change.approved",
        one.id,
        one.participant,
        **redemption_change_settled(None, given.id, one.kind, alone=one.alone),
    )
    if one.kind == "take_back":
        return await _take_back(act, one, given, reward)
    refusal = await _hand_out(act, one, given, reward)
    return refusal or await with_prize_codes(act, given)


async def _hand_out(act: Act, one: RedemptionChange, given: Prize, reward: Reward) -> Refused | None:
    """Take another code or piece out of the stock."""
    if reward.kind == "code" and await rewards.take_code_for_prize(act, reward.id, given.id) is None:
        return refused("out_of_stock.replacement", left=0)
    if reward.stock is None:
        return None
    if reward.stock < one.quantity:
        return refused("out_of_stock.replacement", left=reward.stock)
    await rewards.set_stock(act, reward.id, reward.stock - one.quantity)
    if reward.kind != "code":
        await note_pieces(act, one, reward)
    return None


async def _take_back(act: Act, one: RedemptionChange, given: Prize, reward: Reward) -> Prize:
    """The prize is owed again and counts for nothing; a piece that does not go back on the shelf is gone."""
    await gifts.give_back(act, given.participant, "prize", given.id)
    await prizes.take_back(act, given.id)
    if one.restocked:
        await rewards.return_stock(act, reward.id, one.quantity)
    elif reward.kind == "item" and reward.stock is not None:
        await note_pieces(act, one, reward)
    act.audit("prize.taken_back", given.id, given.participant, reward=str(reward.id))
    after = replace(given, status="owed", reward=None, given_at=None, given_by=None, fair_value=None)
    return await with_prize_codes(act, after)


async def note_pieces(act: Act, one: RedemptionChange, reward: Reward) -> None:
    """Write that pieces left the stock by a replacement or taking back."""
    await rewards.note_stock_change(
        act, act.actor, reward.id, -one.quantity, one.reason, redemption_change=one.id
    )


async def with_prize_codes(act: Act, prize: Prize) -> Prize:
    """A prize with its codes, for whoever hands it over."""
    codes = await rewards.codes_of_prize(act, prize.id)
    standing = next((one.code for one in codes if not one.is_void), None)
    return replace(prize, code=standing, void_codes=tuple(one.code for one in codes if one.is_void))
