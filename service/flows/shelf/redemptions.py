"""Redemptions: redeem a reward, give or cancel what is held, and read them."""

from uuid import UUID

from msgspec.structs import replace

from schemas.people import Role
from schemas.receipts import Balance
from schemas.shelf import NewRedemption, Redemption, RedemptionPage, RedemptionStatus, Reward
from service.core.cursors import Page, before_id, cut
from service.core.ledger import Movement
from service.core.notices import telling
from service.core.redemption import MOVES, Requested, Step, ask, settle
from service.core.refusals import Refused, refused
from service.core.second_looks import Price
from service.flows.perform import Act, Done, moves_value
from service.flows.shelf import gifts, orders
from service.flows.shelf.brands import refuse_brand
from service.flows.shelf.second_looks import may_leave
from service.store import charts, ledger, redemptions, rewards

MAY_SEE_CODES: frozenset[Role] = frozenset({"front_desk", "clinician", "manager"})
"""Who hands codes over at the desk; to others a code is as good as money."""


@moves_value
async def redeem(act: Act, new: NewRedemption) -> Done[Redemption] | Refused:
    """Redeem a reward; the participant and then the reward stay locked until this is done.

    The price leaves what is available, pieces leave the stock, and codes are given in the answer.
    """
    participant = await charts.lock_person(act, new.participant)
    if participant is None:
        return refused("unknown_participant", "$.participant")
    known = await rewards.lock(act, new.reward)
    if known is None:
        return refused("unknown_reward", "$.reward")
    (reward,) = await gifts.at_worth(act, [known.reward])
    held = await ledger.balances(act, [participant])
    balance = held.get((participant, reward.unit), Balance(reward.unit, 0, 0, 0, 0))
    asked = ask(reward, new.quantity, balance.available)
    if isinstance(asked, Refused):
        return asked
    price = _price(asked, reward, new.quantity)
    leaving = await _leaves_now(act, participant, asked, reward, price)
    if isinstance(leaving, Refused):
        return leaving
    line, waited = leaving
    redemption = _asked(act, participant, asked, reward, price, new.quantity)
    if full := await gifts.take_up(act, redemption, balance):
        return full
    await redemptions.insert(act, redemption)
    if line is not None:
        await orders.place(act, redemption, line)
    if reward.kind == "code":
        codes = await rewards.take_codes(act, reward.id, redemption.id, new.quantity)
        if len(codes) != new.quantity:
            return refused("out_of_stock.codes", "$.quantity")
        redemption = replace(redemption, code=codes[0], codes=codes)
    if asked.stock is not None:
        await rewards.set_stock(act, reward.id, asked.stock)
    await ledger.move(act, [_movement(redemption)])
    _tell(act, redemption, reward.id, waited)
    act.notify(telling.redemption(redemption))
    return Done(redemption, "created")


async def _leaves_now(
    act: Act, participant: UUID, asked: Requested, reward: Reward, price: Price
) -> tuple[orders.Line | None, int | None] | Refused:
    """What leaves with the asking: a line that is ordered, and how much waited for a look, if it may."""
    if (other := await refuse_brand(act, participant, reward)) is not None:
        return other
    line = await orders.line_of(act, reward) if asked.status == "ordered" else None
    if isinstance(line, Refused):
        return line
    if asked.status == "held":
        return line, None
    waited = await may_leave(act, participant, price, reward.lowered_by)
    return waited if isinstance(waited, Refused) else (line, waited)


def _asked(
    act: Act, participant: UUID, asked: Requested, reward: Reward, price: Price, quantity: int
) -> Redemption:
    given = asked.status == "given"
    return Redemption(
        act.new_id(),
        participant,
        reward.id,
        quantity,
        asked.status,
        asked.unit,
        asked.amount,
        act.now,
        act.actor.id,
        act.now if given else None,
        act.actor.id if given else None,
        fair_value=price.fair_value,
        lowered_by=reward.lowered_by,
    )


def _price(asked: Requested, reward: Reward, quantity: int) -> Price:
    fair_value = None if reward.fair_value is None else reward.fair_value * quantity
    return Price(asked.unit, asked.amount, fair_value)


def _movement(redemption: Redemption) -> Movement:
    source, destination = MOVES[None, redemption.status]
    return Movement(
        redemption.participant,
        redemption.unit,
        source,
        destination,
        redemption.amount,
        "redemption",
        redemption.id,
    )


def _tell(act: Act, redemption: Redemption, reward: UUID, waited: int | None) -> None:
    act.audit(
        f"redemption.{redemption.status}",
        redemption.id,
        redemption.participant,
        reward=str(reward),
        quantity=redemption.quantity,
        amount=redemption.amount,
        unit=redemption.unit,
        fair_value="unknown" if redemption.fair_value is None else redemption.fair_value,
        lowered_by=str(redemption.lowered_by or "none"),
        **({} if waited is None else {"waited": waited}),
    )


@moves_value
async def give_redemption(act: Act, redemption_id: UUID) -> Done[Redemption] | Refused:
    """Hand over what was set aside."""
    return await _settle(act, redemption_id, "give")


@moves_value
async def cancel_redemption(act: Act, redemption_id: UUID) -> Done[Redemption] | Refused:
    """Return the price to what is available and the pieces to the stock; an order is called back."""
    called_back = await orders.call_back(act, redemption_id)
    if called_back is not None:
        return called_back
    return await _settle(act, redemption_id, "cancel")


async def _settle(act: Act, redemption_id: UUID, step: Step) -> Done[Redemption] | Refused:
    first = await redemptions.find(act, redemption_id)
    if first is None:
        return refused("not_found.redemption")
    await charts.lock(act, [], [first.participant], [])
    # Read again: only under its participant's lock is it sure that nobody else settles it.
    held = await redemptions.find(act, redemption_id) or first
    status = settle(held.status, step)
    if isinstance(status, Refused):
        return status
    settled = replace(held, status=status, settled_at=act.now, settled_by=act.actor.id)
    told: dict[str, int] = {}
    if status == "canceled":
        await gifts.give_back(act, held.participant, "redemption", held.id)
    else:
        waited = await _hand_over(act, held)
        if isinstance(waited, Refused):
            return waited
        told = {"waited": waited}
    await redemptions.settle(act, settled)
    if status == "canceled":
        await rewards.return_stock(act, held.reward, held.quantity)
    source, destination = MOVES[held.status, status]
    movement = Movement(
        held.participant, held.unit, source, destination, held.amount, "redemption", redemption_id
    )
    await ledger.move(act, [movement])
    act.audit(
        f"redemption.{status}", redemption_id, held.participant, amount=held.amount, unit=held.unit, **told
    )
    act.notify(telling.redemption(settled))
    return Done(settled)


async def _hand_over(act: Act, held: Redemption) -> int | Refused:
    """How much waited for a look at what is handed over, if it may be."""
    price = Price(held.unit, held.amount, held.fair_value)
    waited = await may_leave(act, held.participant, price, held.lowered_by, set_aside_by=held.requested_by)
    if isinstance(waited, Refused):
        return waited
    return await gifts.hand_over(act, held.participant, "redemption", held.id) or waited


async def read_redemption(act: Act, redemption_id: UUID) -> Done[Redemption] | Refused:
    """One redemption by id; its codes are shown to those who give them."""
    known = await redemptions.find(act, redemption_id)
    if known is None:
        return refused("not_found.redemption")
    shown = await with_codes(act, known) if act.actor.role in MAY_SEE_CODES else known
    act.audit(
        "redemption.read",
        redemption_id,
        known.participant,
        codes_shown=len(shown.codes) + len(shown.void_codes) + (shown.link is not None),
    )
    return Done(shown)


async def with_codes(act: Act, known: Redemption) -> Redemption:
    """A redemption with its codes, those that are void by themselves, or with what its provider delivered."""
    given = await rewards.codes_of(act, known.id)
    codes = tuple(one.code for one in given if not one.is_void)
    void = tuple(one.code for one in given if one.is_void)
    shown = replace(known, code=codes[0] if codes else None, codes=codes, void_codes=void)
    return await orders.with_delivered(act, shown)


async def list_redemptions(
    act: Act, page: Page, *, status: RedemptionStatus | None = None, participant: UUID | None = None
) -> Done[RedemptionPage] | Refused:
    """Redemptions of the clinic or of one participant, newest first, without their codes."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await redemptions.before(act, last, page.limit + 1, status, await charts.whose(act, participant))
    shown, more = cut(found, page, lambda redemption: redemption.id.bytes)
    act.audit_listed("redemption.listed", ((redemption.id, redemption.participant) for redemption in shown))
    return Done(RedemptionPage(shown, more))
