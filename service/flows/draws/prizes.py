"""Prizes owed from the shelf: list them, and hand over a reward of the category or its code."""

from uuid import UUID

from msgspec.structs import replace

from schemas.draws import GivePrize, Prize, PrizePage, PrizeStatus
from schemas.people import Enrollment
from schemas.shelf import Reward
from service.core.cursors import Page, before_id, cut
from service.core.draws.prizes import may_be_given
from service.core.refusals import Refused, refused
from service.core.second_looks import Price
from service.core.worth import currency_of
from service.flows.perform import Act, Done, moves_value
from service.flows.shelf import gifts
from service.flows.shelf.prize_changes import with_prize_codes
from service.flows.shelf.redemptions import MAY_SEE_CODES
from service.flows.shelf.second_looks import may_leave
from service.store import charts, draws, enrollments, episodes, prizes, rewards


@moves_value
async def give_prize(act: Act, prize_id: UUID, new: GivePrize) -> Done[Prize] | Refused:
    """Give an owed prize; the participant and then the reward stay locked until this is done."""
    first = await prizes.find(act, prize_id)
    if first is None:
        return refused("not_found.prize")
    await charts.lock(act, [], [first.participant], [])
    # Read again: only under its participant's lock is it sure that nobody else gives it.
    owed = await prizes.find(act, prize_id) or first
    known = await rewards.lock(act, new.reward)
    if known is None:
        return refused("unknown_reward", "$.reward")
    refusal = may_be_given(owed, known.reward)
    if refusal is not None:
        return refusal
    (reward,) = await gifts.at_worth(act, [known.reward])
    # Chance chose it, and it costs nothing: what it is worth counts on the day of whoever gives it.
    price = Price("draw", 0, reward.fair_value, currency_of(reward))
    waited = await may_leave(
        act, owed.participant, price, known.reward.lowered_by, moved_by=known.reward.moved_by
    )
    if isinstance(waited, Refused):
        return waited
    enrollment = await _won_in(act, owed)
    program = (await episodes.rules_of(act, enrollment.program, enrollment.version)).program
    source = (enrollment.id, enrollment.funding)
    full = await gifts.give_away(act, owed.participant, owed.id, source, reward, program)
    if full is not None:
        return full
    given = replace(
        owed,
        status="given",
        reward=new.reward,
        given_at=max(act.now, owed.won_at),
        given_by=act.actor.id,
        fair_value=reward.fair_value,
    )
    await prizes.give(act, given)
    code = await _take(act, known.reward, prize_id)
    if isinstance(code, Refused):
        return code
    _tell(act, given, known.reward, waited)
    return Done(replace(given, code=code))


def _tell(act: Act, given: Prize, reward: Reward, waited: int) -> None:
    act.audit(
        "prize.given",
        given.id,
        given.participant,
        reward=str(reward.id),
        draw=str(given.draw),
        fair_value="unknown" if given.fair_value is None else given.fair_value,
        lowered_by=str(reward.lowered_by or "none"),
        moved_by=str(reward.moved_by or "none"),
        waited=waited,
    )


async def _won_in(act: Act, prize: Prize) -> Enrollment:
    """The enrollment that the draw of a prize was earned in."""
    drawn = await draws.find(act, prize.draw)
    enrollment = None if drawn is None else await enrollments.find(act, drawn.record.enrollment)
    if enrollment is None:
        message = "a prize is won by a draw, and a draw is earned in an enrollment"
        raise AssertionError(message)
    return enrollment


async def _take(act: Act, reward: Reward, prize_id: UUID) -> str | Refused | None:
    """Take one piece or code off a locked reward's stock; gives the code where it is one."""
    code = None
    if reward.kind == "provider":
        return refused("category_mismatch.provider", "$.reward")
    if reward.kind == "code":
        code = await rewards.take_code_for_prize(act, reward.id, prize_id)
        if code is None:
            return refused("out_of_stock.no_code", "$.reward")
    if reward.stock is not None:
        await rewards.set_stock(act, reward.id, reward.stock - 1)
    return code


async def read_prize(act: Act, prize_id: UUID) -> Done[Prize] | Refused:
    """One prize by id; its code is shown to those who give them."""
    known = await prizes.find(act, prize_id)
    if known is None:
        return refused("not_found.prize")
    shown = await with_prize_codes(act, known) if act.actor.role in MAY_SEE_CODES else known
    codes = len(shown.void_codes) + (shown.code is not None)
    act.audit("prize.read", prize_id, known.participant, codes_shown=codes)
    return Done(shown)


async def list_prizes(
    act: Act, page: Page, *, status: PrizeStatus | None = None, participant: UUID | None = None
) -> Done[PrizePage] | Refused:
    """Prizes of the clinic or of one participant, newest first, without their codes."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await prizes.before(act, last, page.limit + 1, status, await charts.whose(act, participant))
    shown, more = cut(found, page, lambda prize: prize.id.bytes)
    act.audit_listed("prize.listed", ((prize.id, prize.participant) for prize in shown))
    return Done(PrizePage(shown, more))
