"""Redemptions that a provider is to deliver: whether one can be ordered, ordering it, and calling it back."""

from typing import Final
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from schemas.shelf import Redemption, RedemptionStatus, Reward
from service.core.ledger import Movement
from service.core.notices import telling
from service.core.redemption import MOVES
from service.core.refusals import Amount, Refused, refused
from service.flows.perform import Act, Done
from service.flows.shelf import gifts
from service.store import charts, ledger, provider_accounts, provider_orders, provider_products, redemptions

UNSENT: Final[frozenset[RedemptionStatus]] = frozenset({"ordered", "awaiting_funds"})
"""How an order can stand that was not sent."""


class Line(Struct, frozen=True):
    """What is to be ordered: the account, the provider's name of the product, and the face value."""

    account: UUID
    product: str
    face: int


async def line_of(act: Act, reward: Reward) -> Line | Refused:
    """The line that a reward is ordered as, if its provider can be asked for it and has the money."""
    product = None if reward.product is None else await provider_products.find(act, reward.product)
    if product is None or reward.face is None or product.gone or not product.allowed:
        return refused("reward_not_offered.product", "$.reward")
    known = await provider_accounts.find(act, product.account)
    if known is None or not known.account.active:
        return refused("reward_not_offered.provider", "$.reward")
    account = known.account
    if account.balance is not None and account.balance - account.on_order < reward.face:
        return refused("out_of_stock.provider_funds", "$.reward")
    return Line(account.id, product.reference, reward.face)


async def place(act: Act, redemption: Redemption, line: Line) -> None:
    """Put an order beside its redemption; the worker sends it."""
    await provider_orders.insert(act, redemption.id, line.account, line.product, line.face)


async def with_delivered(act: Act, redemption: Redemption) -> Redemption:
    """A redemption with its provider's link or the card that staff loaded, as long as it is given."""
    if redemption.status not in {"given", "ordered"}:
        return redemption
    there = await provider_orders.delivered(act, redemption.id)
    if redemption.status == "ordered":
        return replace(redemption, by_hand=there.is_by_hand)
    return replace(redemption, link=there.link, card=there.card, by_hand=there.is_by_hand)


async def is_by_hand(act: Act, reward: Reward) -> bool:
    """Whether staff load a card for a reward."""
    product = None if reward.product is None else await provider_products.find(act, reward.product)
    known = None if product is None else await provider_accounts.find(act, product.account)
    return known is not None and known.account.provider == "by_hand"


def face_fault(reward: Reward, least: int, most: int, faces: tuple[int, ...]) -> Refused | None:
    """Why a product cannot be ordered at a reward's face value; none where it can."""
    if reward.unit == "usd" and reward.face != reward.price:
        return refused("invalid.face_not_price", "$.face")
    if reward.face is None:
        return refused("invalid.face_missing", "$.face")
    if faces and reward.face not in faces:
        allowed = ", ".join(f"${face / 100:,.2f}" for face in faces[:20])
        return refused("invalid.face_not_among", "$.face", faces=allowed)
    if not least <= reward.face <= most:
        return refused("invalid.face_beyond", "$.face", least=Amount(least, "usd"), most=Amount(most, "usd"))
    return None


async def call_back(act: Act, redemption_id: UUID) -> Done[Redemption] | Refused | None:
    """Cancel an order, or have its provider asked to; none where there is none to call back.

    One that was never sent is canceled at once. For one that was, the provider decides: it can be called back
    as long as nothing of it was used, and by a manager alone once it was given.
    """
    first = await provider_orders.find(act, redemption_id)
    if first is None:
        return None
    await charts.lock(act, [], [first.order.participant], [])
    known = await redemptions.find(act, redemption_id)
    if known is None or known.status not in {"ordered", "awaiting_provider", "awaiting_funds", "given"}:
        return None
    if known.status == "given" and (first.is_by_hand or act.actor.role != "manager"):
        return None
    canceled = await withdraw_unsent(act, known)
    if canceled is not None:
        return Done(canceled)
    await provider_orders.ask_to_cancel(act, redemption_id, act.actor.id)
    act.audit(
        "redemption.called_back", redemption_id, known.participant, amount=known.amount, unit=known.unit
    )
    return Done(known)


async def withdraw_unsent(act: Act, known: Redemption) -> Redemption | None:
    """Cancel an order that was not sent, so that it never is; none where it was.

    The caller has locked its participant.
    """
    if known.status not in UNSENT or not await provider_orders.withdraw(act, known.id):
        return None
    after = replace(known, status="canceled", settled_at=act.now, settled_by=act.actor.id)
    await gifts.give_back(act, known.participant, "redemption", known.id)
    await redemptions.advance(act, after)
    source, destination = MOVES[known.status, "canceled"]
    movement = Movement(
        known.participant, known.unit, source, destination, known.amount, "redemption", known.id
    )
    await ledger.move(act, [movement])
    act.audit("redemption.canceled", known.id, known.participant, amount=known.amount, unit=known.unit)
    act.notify(telling.redemption(after))
    return after
