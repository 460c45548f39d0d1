"""Subscribers: add, change, delete, read, ping, rotate a secret, and judge an address."""

import secrets
from datetime import timedelta
from typing import Final
from uuid import UUID

from msgspec import UNSET
from msgspec.structs import asdict, replace

from schemas.notices import Ping
from schemas.subscribers import (
    DeliveryPage,
    MadeSubscriber,
    NewSubscriber,
    QueuedTest,
    RotatedSecret,
    Subscriber,
    SubscriberChange,
    SubscriberPage,
)
from service.core.cursors import Page, before_id, before_number, cut, number_key
from service.core.notices.telling import Notice
from service.core.refusals import Refused, refused
from service.core.signatures import write_secret
from service.flows.perform import Act, Done
from service.outbound.addresses import Allowed
from service.outbound.urls import URL_CHARACTERS_MAX, Unfit, read_url
from service.store import deliveries, subscribers
from service.store.deliveries import DeliveryFilter

__all__ = ["DeliveryFilter", "list_deliveries", "list_subscribers", "read_subscriber"]
PUBLIC_ONLY: Final = Allowed()
SECRET_BYTES: Final = 32
"""The length of a new secret: Standard Webhooks asks for 24 to 64 bytes."""
BOTH_SIGN_HOURS: Final = 24
"""How long the secret before signs beside the new one: time enough to take the new one over."""


async def read_subscriber(act: Act, subscriber: UUID) -> Done[Subscriber] | Refused:
    """One subscriber by id, without its secret."""
    known = await subscribers.find(act, subscriber)
    if known is None:
        return refused("not_found.subscriber")
    return Done(known.subscriber, revision=known.revision)


async def list_subscribers(act: Act, page: Page) -> Done[SubscriberPage] | Refused:
    """The clinic's subscribers without their secrets, newest first."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await subscribers.before(act, last, page.limit + 1)
    return Done(SubscriberPage(*cut(found, page, lambda one: one.id.bytes)))


async def list_deliveries(
    act: Act, subscriber: UUID, page: Page, wanted: DeliveryFilter
) -> Done[DeliveryPage] | Refused:
    """Deliveries to a subscriber with their state, newest first; reading it is told."""
    last = before_number(page)
    if isinstance(last, Refused):
        return last
    if await subscribers.find(act, subscriber) is None:
        return refused("not_found.subscriber")
    found = await deliveries.before(act, subscriber, last, page.limit + 1, wanted)
    shown, more = cut(found, page, lambda one: number_key(one.sequence))
    act.audit("deliveries.read", subscriber, count=len(shown))
    return Done(DeliveryPage(shown, more))


async def add_subscriber(
    act: Act, new: NewSubscriber, allowed: Allowed = PUBLIC_ONLY
) -> Done[MadeSubscriber] | Refused:
    """Add a subscriber; its secret is in this answer and nowhere else."""
    refusal = judge_url(new.url, allowed)
    if refusal is not None:
        return refusal
    made = Subscriber(
        act.new_id(),
        new.url,
        tuple(dict.fromkeys(new.types)),
        new.consent_required,
        "active",
        act.now,
        act.actor.id,
        format=new.format,
    )
    secret = new_secret()
    await subscribers.insert(act, made, secret)
    act.audit("subscriber.added", made.id, types=",".join(made.types), consent=int(made.consent_required))
    return Done(MadeSubscriber(**asdict(made), secret=secret), "created", 1)


def new_secret() -> str:
    """A secret as Standard Webhooks 1.0 writes it: `whsec_` and base64."""
    return write_secret(secrets.token_bytes(SECRET_BYTES))


async def change_subscriber(
    act: Act, subscriber: UUID, change: SubscriberChange, revision: int, allowed: Allowed = PUBLIC_ONLY
) -> Done[Subscriber] | Refused:
    """Change what is named; refused where somebody else changed the subscriber since `revision`.

    One that is enabled again, or has another address, is tried at once. It is told what was done meanwhile.
    """
    known = await subscribers.lock(act, subscriber)
    if known is None:
        return refused("not_found.subscriber")
    if known.revision != revision:
        return refused("precondition_failed.subscriber")
    changed = {field: value for field, value in asdict(change).items() if value is not UNSET}
    before = known.subscriber
    after = replace(before, **changed)
    after = replace(after, types=tuple(dict.fromkeys(after.types)))
    if after.status != before.status:
        by_hand = after.status == "disabled"
        after = replace(
            after,
            disabled_why="by_hand" if by_hand else None,
            disabled_at=act.now if by_hand else None,
        )
    refusal = None if after.url == before.url else judge_url(after.url, allowed)
    if refusal is not None:
        return refusal
    if after == before:
        return Done(after, revision=revision)
    await subscribers.change(act, after)
    if (after.url, after.status) != (before.url, before.status):
        await subscribers.refresh(act, subscriber)
    act.audit("subscriber.changed", subscriber, fields=",".join(sorted(changed)), status=after.status)
    return Done(after, revision=revision + 1)


async def delete_subscriber(act: Act, subscriber: UUID) -> Done[Subscriber] | Refused:
    """Delete a subscriber for good; the record of it, and of what it was told, stays."""
    known = await subscribers.lock(act, subscriber)
    if known is None:
        return refused("not_found.subscriber")
    await subscribers.delete(act, subscriber)
    act.audit("subscriber.deleted", subscriber)
    return Done(known.subscriber)


async def ping_subscriber(act: Act, subscriber: UUID) -> Done[QueuedTest] | Refused:
    """Queue a test.ping for one subscriber alone, whatever types it asked for."""
    known = await subscribers.find(act, subscriber)
    if known is None:
        return refused("not_found.subscriber")
    if known.subscriber.status == "disabled":
        return refused("subscriber_disabled")
    act.notify(Notice("test.ping", Ping(subscriber), subscriber=subscriber))
    act.audit("subscriber.pinged", subscriber)
    return Done(QueuedTest(subscriber, "test.ping", act.now), "created")


async def rotate_secret(act: Act, subscriber: UUID) -> Done[RotatedSecret] | Refused:
    """Make a new secret, which is in this answer and nowhere else; a still older one signs no more."""
    if await subscribers.lock(act, subscriber) is None:
        return refused("not_found.subscriber")
    secret, until = new_secret(), act.now + timedelta(hours=BOTH_SIGN_HOURS)
    await subscribers.rotate(act, subscriber, secret, until)
    act.audit("subscriber.secret_rotated", subscriber)
    return Done(RotatedSecret(subscriber, secret, until), "created")


def judge_url(url: str, allowed: Allowed) -> Refused | None:
    """Why an address may not be a subscriber's; none where it may."""
    match read_url(url, allowed):
        case Unfit(why):
            given = {"characters": URL_CHARACTERS_MAX} if why == "too_long" else {}
            return refused(f"url_not_allowed.{why}", "$.url", **given)
        case _:
            return None
