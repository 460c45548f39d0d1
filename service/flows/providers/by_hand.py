"""Cards that staff load by hand: which wait, what somebody says of one, and the kinds that there are."""

from typing import assert_never
from uuid import UUID

from schemas.providers import CardLoad, HandAccess, NewProduct, ProviderProduct
from schemas.shelf import Redemption, RedemptionPage
from service.core import hand_loads
from service.core.cursors import Page, before_id, cut
from service.core.orders import Learned
from service.core.persons import second_person
from service.core.redemption import ON_ORDER, settle
from service.core.refusals import Amount, Refused, refused
from service.core.shelf import forbidden_in
from service.flows.perform import Act, Done, moves_value
from service.flows.providers.learning import move
from service.flows.shelf.orders import with_delivered
from service.store import charts, persons, provider_accounts, provider_orders, provider_products, redemptions
from service.store.provider_orders import OnRecord
from service.store.provider_products import Offered

DIGITS_MAX = 12
"""A card's number has 13 digits or more, and is never written down here."""


@moves_value
async def say_of_card(act: Act, redemption_id: UUID, told: CardLoad) -> Done[Redemption] | Refused:
    """Say that a card was loaded, could not be, or paid back; the price follows to the cent."""
    first = await provider_orders.find(act, redemption_id)
    if first is None:
        return refused("not_found.redemption")
    if not first.is_by_hand:
        return refused("invalid.not_by_hand", "$.status")
    await charts.lock(act, [], [first.order.participant], [])
    # Read again: only under its participant's lock is it sure that nobody else settles it.
    known = await provider_orders.find(act, redemption_id) or first
    learned = await _learned(act, known, told)
    if isinstance(learned, Refused):
        return learned
    await provider_orders.load(act, redemption_id, learned)
    return Done(await with_delivered(act, await move(act, known.order, learned, act.actor.id)))


async def _learned(act: Act, known: OnRecord, told: CardLoad) -> Learned | Refused:
    order = known.order
    match told.status:
        case "loaded" | "failed" if order.status not in ON_ORDER:
            ended = settle(order.status, "give")
            return ended if isinstance(ended, Refused) else refused("already_settled.redemption_ended")
        case "loaded":
            if told.card is None or sum(letter.isdigit() for letter in told.card) > DIGITS_MAX:
                return refused("invalid.card_word", "$.card", digits=DIGITS_MAX)
            cents = order.face if told.amount is None else told.amount
            if cents > order.face:
                return refused("invalid.card_amount", "$.amount", most=Amount(order.face, "usd"))
            return hand_loads.loaded(order, told.card, cents)
        case "failed":
            return hand_loads.not_loaded(order)
        case "refunded":
            return await _paid_back(act, known, told.amount)
        case _ as unreachable:
            assert_never(unreachable)


async def _paid_back(act: Act, known: OnRecord, amount: int | None) -> Learned | Refused:
    """What a loaded card paid back: a manager says so, and never who loaded it."""
    order = known.order
    if act.actor.role != "manager":
        return refused("forbidden.card_paid_back", "$.status")
    if order.status != "given":
        return refused("not_given" if order.status in ON_ORDER else "already_settled.redemption_ended")
    given = await redemptions.find(act, order.redemption)
    if given is None or given.settled_by is None:
        raise AssertionError("a given redemption says who gave it")
    loader, who = await persons.pair(act, given.settled_by)
    same = refused("same_person.card_paid_back", "$.status")
    if (refusal := second_person(loader, who, same)) is not None:
        return refusal
    left = order.face - known.refunded
    cents = left if amount is None else amount
    if cents > left:
        return refused("invalid.card_amount", "$.amount", most=Amount(left, "usd"))
    return hand_loads.paid_back(order, known.refunded + cents)


async def list_to_load(act: Act, page: Page) -> Done[RedemptionPage] | Refused:
    """Redemptions whose cards wait to be loaded, newest first; each one shown is audited."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await redemptions.to_load(act, last, page.limit + 1)
    shown, more = cut(found, page, lambda one: one.id.bytes)
    act.audit_listed("redemption.listed", ((one.id, one.participant) for one in shown))
    return Done(RedemptionPage(shown, more))


async def add_product(act: Act, account: UUID, new: NewProduct) -> Done[ProviderProduct] | Refused:
    """Add a kind of card that staff load; it is allowed, unless it names what never is on the shelf."""
    known = await provider_accounts.lock(act, account)
    if known is None:
        return refused("not_found.provider_account")
    if not isinstance(known.access, HandAccess):
        return refused("invalid.product_of_catalog", "$.name")
    if forbidden_in(new.name) is not None:
        return refused("category_not_allowed.product", "$.name")
    if new.least > new.most:
        return refused("invalid.product_values", "$.most")
    product = act.new_id()
    offered = Offered(str(product), new.name, "by hand", new.least, new.most, (), None)
    await provider_products.add(act, account, product, offered)
    await provider_products.allow(act, product, act.actor.id, allowed=True)
    act.audit("provider.product_changed", product, None, allowed=1)
    made = await provider_products.find(act, product)
    if made is None:
        raise AssertionError("a product that was just written")
    return Done(made, "created")
