"""Replacements and takings back of given rewards: carry out, approve or refuse as another person, read."""

from uuid import UUID

from msgspec.structs import replace

from schemas.draws import Prize
from schemas.proposals import ProposalStatus
from schemas.redemption_changes import RedemptionChange, RedemptionChangePage
from schemas.shelf import Redemption, Reward
from service.core import proposals
from service.core.cursors import Page, before_id, cut
from service.core.ledger import Movement
from service.core.notices import telling
from service.core.proposals import redemption_change_settled
from service.core.redemption import MOVES
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done, moves_value
from service.flows.shelf import gifts
from service.flows.shelf.prize_changes import carry_out_of_prize, note_pieces
from service.flows.shelf.redemptions import with_codes
from service.store import charts, ledger, persons, prizes, redemption_changes, redemptions, rewards
from service.store.redemption_changes import Change


async def carry_out(act: Act, change: Change, given: Redemption, reward: Reward) -> Redemption | Refused:
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
        **redemption_change_settled(given.id, None, one.kind, alone=one.alone),
    )
    if one.kind == "take_back":
        return await _take_back(act, one, given, reward)
    refusal = await _hand_out(act, one, given, reward)
    return refusal or await with_codes(act, given)


async def _hand_out(act: Act, one: RedemptionChange, given: Redemption, reward: Reward) -> Refused | None:
    """Take other codes or pieces out of the stock."""
    if reward.kind == "code":
        codes = await rewards.take_codes(act, reward.id, given.id, one.quantity)
        if len(codes) != one.quantity:
            return refused("out_of_stock.replacement", left=reward.stock or 0)
        await rewards.set_stock(act, reward.id, (reward.stock or 0) - one.quantity)
    elif reward.stock is not None:
        if reward.stock < one.quantity:
            return refused("out_of_stock.replacement", left=reward.stock)
        await rewards.set_stock(act, reward.id, reward.stock - one.quantity)
        await note_pieces(act, one, reward)
    return None


async def _take_back(act: Act, one: RedemptionChange, given: Redemption, reward: Reward) -> Redemption:
    """Return the price; pieces that do not go back on the shelf are gone, with the reason."""
    after = replace(given, status="canceled", settled_at=act.now, settled_by=act.actor.id)
    await gifts.give_back(act, given.participant, "redemption", given.id)
    await redemptions.take_back(act, after)
    if one.restocked:
        await rewards.return_stock(act, reward.id, one.quantity)
    elif reward.kind == "item" and reward.stock is not None:
        await note_pieces(act, one, reward)
    source, destination = MOVES["given", "canceled"]
    movement = Movement(
        given.participant, given.unit, source, destination, given.amount, "redemption", given.id
    )
    await ledger.move(act, [movement])
    act.notify(telling.redemption(after))
    return await with_codes(act, after)


@moves_value
async def approve_redemption_change(act: Act, change_id: UUID) -> Done[RedemptionChange] | Refused:
    """Replace or take back what somebody else proposed."""
    found = await _to_settle(act, change_id, "approve")
    if isinstance(found, Refused):
        return found
    change, given = found
    known = await rewards.lock(act, change.shown.reward)
    if known is None:
        return refused("unknown_reward")
    approved = replace(change.shown, status="approved", settled_at=act.now, settled_by=act.actor.id)
    await redemption_changes.settle(act, approved)
    done = replace(change, shown=approved)
    after: Redemption | Prize | Refused
    if isinstance(given, Prize):
        after = await carry_out_of_prize(act, done, given, known.reward)
    else:
        after = await carry_out(act, done, given, known.reward)
    return after if isinstance(after, Refused) else Done(approved)


async def refuse_redemption_change(
    act: Act, change_id: UUID, reason: str | None
) -> Done[RedemptionChange] | Refused:
    """Leave the redemption as it is."""
    found = await _to_settle(act, change_id, "refuse")
    if isinstance(found, Refused):
        return found
    one = found[0].shown
    refusal = replace(one, status="refused", settled_at=act.now, settled_by=act.actor.id, refusal=reason)
    await redemption_changes.settle(act, refusal)
    act.audit(
        "redemption_change.refused",
        one.id,
        one.participant,
        **redemption_change_settled(one.redemption, one.prize, one.kind, alone=False),
    )
    return Done(refusal)


async def _to_settle(
    act: Act, change_id: UUID, step: proposals.Step
) -> tuple[Change, Redemption | Prize] | Refused:
    """The proposal and what it is of, whose participant is locked, if this person may take this step."""
    first = await redemption_changes.find(act, change_id)
    if first is None:
        return refused("not_found.redemption_change")
    await charts.lock(act, [], [first.shown.participant], [])
    # Read again: only under its participant's lock is it sure that nobody else settles it.
    change = await redemption_changes.find(act, change_id) or first
    one = change.shown
    proposer, who = await persons.pair(act, one.proposed_by)
    status = proposals.settle("redemption_change", one.status, proposer, who, step)
    if isinstance(status, Refused):
        return status
    if one.redemption is None:
        prize = None if one.prize is None else await prizes.find(act, one.prize)
        return refused("not_found.prize") if prize is None else (change, prize)
    given = await redemptions.find(act, one.redemption)
    return refused("not_found.redemption") if given is None else (change, given)


async def read_redemption_change(act: Act, change_id: UUID) -> Done[RedemptionChange] | Refused:
    """One replacement or taking back by id."""
    known = await redemption_changes.find(act, change_id)
    if known is None:
        return refused("not_found.redemption_change")
    act.audit("redemption_change.read", change_id, known.shown.participant)
    return Done(known.shown)


async def list_redemption_changes(
    act: Act,
    page: Page,
    *,
    status: ProposalStatus | None = None,
    redemption: UUID | None = None,
    prize: UUID | None = None,
) -> Done[RedemptionChangePage] | Refused:
    """Replacements and takings back of the clinic or of one redemption or prize, newest first."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    if prize is not None:
        found = await redemption_changes.of_prize(act, last, page.limit + 1, status, prize)
    else:
        found = await redemption_changes.before(act, last, page.limit + 1, status, redemption)
    shown, more = cut(found, page, lambda one: one.id.bytes)
    act.audit_listed("redemption_change.listed", ((one.id, one.participant) for one in shown))
    return Done(RedemptionChangePage(shown, more))
