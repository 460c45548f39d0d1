"""Read subscribers and what was delivered to them."""

from uuid import UUID

from schemas.subscribers import DeliveryPage, Subscriber, SubscriberPage
from service.core.cursors import Page, before_id, before_number, cut, number_key
from service.core.refusals import Refused, refused
from service.flows.change_subscriber import UNKNOWN
from service.flows.perform import Act, Done
from service.store import deliveries, subscribers
from service.store.deliveries import Sought as DeliveryFilter

__all__ = ["DeliveryFilter", "list_deliveries", "list_subscribers", "read_subscriber"]


async def read_subscriber(act: Act, subscriber: UUID) -> Done[Subscriber] | Refused:
    """One subscriber by id, without its secret."""
    known = await subscribers.find(act, act.clinic, subscriber)
    if known is None:
        return refused("not_found", UNKNOWN)
    return Done(known.subscriber, revision=known.revision)


async def list_subscribers(act: Act, page: Page) -> Done[SubscriberPage] | Refused:
    """The clinic's subscribers without their secrets, newest first."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await subscribers.before(act, act.clinic, last, page.limit + 1)
    return Done(SubscriberPage(*cut(found, page, lambda one: one.id.bytes)))


async def list_deliveries(
    act: Act, subscriber: UUID, page: Page, wanted: DeliveryFilter
) -> Done[DeliveryPage] | Refused:
    """What was queued for a subscriber and what became of it, newest first; reading it is told."""
    last = before_number(page)
    if isinstance(last, Refused):
        return last
    if await subscribers.find(act, act.clinic, subscriber) is None:
        return refused("not_found", UNKNOWN)
    found = await deliveries.before(act, act.clinic, subscriber, last, page.limit + 1, wanted)
    shown, more = cut(found, page, lambda one: number_key(one.sequence))
    act.tell("deliveries.read", subscriber, count=len(shown))
    return Done(DeliveryPage(shown, more))
