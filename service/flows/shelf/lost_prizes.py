"""A prize that was handed over and is lost, used or void: replace it, or take it back.

A prize cost nothing, so the clinic's limit looks at what it is worth. A replacement moves nothing; a prize
that is taken back is owed again, and counts for nothing until it is given once more.
"""

from uuid import UUID

from msgspec.structs import replace

from schemas.draws import Prize
from schemas.redemption_changes import (
    NewPrizeReplacement,
    NewTakeBack,
    RedemptionChange,
    RedemptionChangeKind,
)
from schemas.shelf import Reward
from service.core.calendar import local_day
from service.core.cursors import LAST_ID, LIMIT_MAX
from service.core.draws.prizes import may_be_changed
from service.core.proposals import redemption_change_proposed
from service.core.redemption import is_for_one
from service.core.refusals import Refused, refused
from service.core.worth import currency_of
from service.flows.perform import Act, Done, moves_value
from service.flows.shelf import gifts
from service.flows.shelf.lost_rewards import alone_today, worth_alone_today
from service.flows.shelf.prize_changes import carry_out_of_prize, with_prize_codes
from service.store import charts, clinics, prizes, redemption_changes, rewards, second_looks
from service.store.redemption_changes import Change
from service.store.rules_over import Persons


@moves_value
async def replace_prize(act: Act, prize_id: UUID, new: NewPrizeReplacement) -> Done[Prize] | Refused:
    """Give another code or piece for a given prize, or propose to; the code before becomes void."""
    found = await _given(act, prize_id)
    if isinstance(found, Refused):
        return found
    given, reward = found
    past = await _replaced(act, given)
    zone = await clinics.zone(act)
    today = local_day(act.now, zone)
    if not new.another and any(local_day(one.settled_at or act.now, zone) == today for one in past):
        return refused("already_changed.replaced_today", "$.another")
    change = await _asked(act, given, reward, "replacement", new.reason, past)
    return await _begun(act, Change(change, await _standing(act, prize_id)), given, reward)


@moves_value
async def take_back_prize(act: Act, prize_id: UUID, new: NewTakeBack) -> Done[Prize] | Refused:
    """Let a given prize be owed again, or propose to; its code becomes void."""
    found = await _given(act, prize_id)
    if isinstance(found, Refused):
        return found
    given, reward = found
    if reward.kind == "code" and new.restock:
        return refused("invalid.restock_of_codes", "$.restock")
    change = await _asked(act, given, reward, "take_back", new.reason, await _replaced(act, given))
    asked = Change(replace(change, restocked=new.restock), await _standing(act, prize_id))
    return await _begun(act, asked, given, reward)


async def _given(act: Act, prize_id: UUID) -> tuple[Prize, Reward] | Refused:
    """The prize and its reward, both locked, if it was handed over and nothing waits for it."""
    first = await prizes.find(act, prize_id)
    if first is None:
        return refused("not_found.prize")
    await charts.lock(act, [], [first.participant], [])
    # Read again: only under its participant's lock is it sure that nobody else changes it.
    given = await prizes.find(act, prize_id) or first
    refusal = may_be_changed(given)
    if refusal is not None:
        return refusal
    if await redemption_changes.of_prize(act, LAST_ID, 1, "proposed", prize_id):
        return refused("already_changed.waits")
    known = None if given.reward is None else await rewards.lock(act, given.reward)
    return refused("unknown_reward") if known is None else (given, known.reward)


async def _standing(act: Act, prize_id: UUID) -> tuple[UUID, ...]:
    """The code that stands, where it was given as one."""
    return tuple(one.id for one in await rewards.codes_of_prize(act, prize_id) if not one.is_void)


async def _replaced(act: Act, given: Prize) -> list[RedemptionChange]:
    """The replacements of a prize since it was handed over."""
    done = await redemption_changes.of_prize(act, LAST_ID, LIMIT_MAX, "approved", given.id)
    return [one for one in done if one.kind == "replacement" and one.given_at == given.given_at]


async def _asked(
    act: Act,
    given: Prize,
    reward: Reward,
    kind: RedemptionChangeKind,
    reason: str,
    past: list[RedemptionChange],
) -> RedemptionChange:
    """What is asked for as it goes on record, done by one person where it stays inside the clinic's limit."""
    (shown,) = await gifts.at_worth(act, [reward])
    await second_looks.lock_bound_of_many(act)
    currency = currency_of(reward)
    amount = max(given.fair_value or 0, shown.fair_value or 0)
    before = sum(one.amount for one in past)
    counted = amount + before + await alone_today(act, currency, past)
    worth = amount + before + await worth_alone_today(act, currency, past)
    limit = (await Persons(act, act.actor.id).limits_over(act.actor.id, currency))[currency]
    alone = is_for_one(counted, limit) and is_for_one(worth, limit)
    return RedemptionChange(
        act.new_id(),
        None,
        given.participant,
        reward.id,
        kind,
        reason,
        1,
        currency,
        amount,
        counted,
        limit,
        alone,
        restocked=False,
        given_at=given.given_at or given.won_at,
        given_by=given.given_by or act.actor.id,
        status="approved" if alone else "proposed",
        proposed_at=act.now,
        proposed_by=act.actor.id,
        settled_at=act.now if alone else None,
        settled_by=act.actor.id if alone else None,
        prize=given.id,
    )


async def _begun(act: Act, change: Change, given: Prize, reward: Reward) -> Done[Prize] | Refused:
    """Put on record what is asked for, and do it where one person is enough."""
    one = change.shown
    await redemption_changes.insert(act, change)
    act.audit(
        "redemption_change.proposed",
        one.id,
        one.participant,
        **redemption_change_proposed(None, given.id, one.kind, one.quantity, one.amount, one.unit),
    )
    if not one.alone:
        return Done(replace(await with_prize_codes(act, given), change=one.id), "proposed")
    after = await carry_out_of_prize(act, change, given, reward)
    return after if isinstance(after, Refused) else Done(replace(after, change=one.id))
