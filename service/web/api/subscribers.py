"""Subscribers: webhook endpoints, their secrets, and what was delivered to them."""

from uuid import UUID

from msgspec import Struct

from schemas.notices import NoticeType
from schemas.subscribers import (
    Delivery,
    DeliveryPage,
    DeliveryStatus,
    MadeSubscriber,
    NewSubscriber,
    QueuedTest,
    Replay,
    Replayed,
    RotatedSecret,
    Subscriber,
    SubscriberChange,
    SubscriberPage,
)
from service.core.cursors import LIMIT, Page
from service.flows.notices.deliveries import replay_deliveries, replay_delivery
from service.flows.notices.subscribers import (
    DeliveryFilter,
    add_subscriber,
    change_subscriber,
    delete_subscriber,
    list_deliveries,
    list_subscribers,
    ping_subscriber,
    read_subscriber,
    rotate_secret,
)
from service.outbound.addresses import Allowed
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.decoding import far_years
from service.web.http.pagination import Limit, NumberCursor, PageQuery, Since
from service.web.http.route import AUDITORS, MANAGERS, route


class DeliveriesQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which deliveries are asked for: those queued from `since` on."""

    status: DeliveryStatus | None = None
    type: NoticeType | None = None
    """Only notices of this type."""
    since: Since | None = None
    limit: Limit = LIMIT
    cursor: NumberCursor | None = None


def _allowed(call: Call) -> Allowed:
    settings = call.resources.settings
    return Allowed(settings.webhook_allow_loopback, settings.webhook_allow_private)


@route(
    "POST",
    "/v1/subscribers",
    "add_subscriber",
    scope="secrets.write",
    roles=MANAGERS,
    answer=MadeSubscriber,
    statuses=(201,),
    tagged=True,
    refusals=("url_not_allowed",),
)
async def add(call: Call, body: NewSubscriber) -> Answer:
    """Add a subscriber, which is told what is done from now on.

    The answer is the only one with its secret. With `consent_required` nothing about a participant is sent
    to it unless a consent covers that when it is sent.
    """
    return await call.perform(
        lambda act: add_subscriber(act, body, _allowed(call)), lambda made: f"/v1/subscribers/{made.id}"
    )


@route("GET", "/v1/subscribers", "list_subscribers", roles=AUDITORS, answer=SubscriberPage)
async def find(call: Call, asked: PageQuery) -> Answer:
    """List the subscribers, newest first."""
    return await call.perform(lambda act: list_subscribers(act, Page(asked.limit, asked.cursor)))


@route(
    "GET",
    "/v1/subscribers/{subscriber}",
    "read_subscriber",
    roles=AUDITORS,
    answer=Subscriber,
    tagged=True,
    refusals=("not_found",),
)
async def read(call: Call, subscriber: UUID) -> Answer:
    """Read a subscriber."""
    return await call.perform(lambda act: read_subscriber(act, subscriber))


@route(
    "PATCH",
    "/v1/subscribers/{subscriber}",
    "change_subscriber",
    scope="secrets.write",
    roles=MANAGERS,
    answer=Subscriber,
    tagged=True,
    edits=True,
    refusals=("not_found", "url_not_allowed"),
)
async def change(call: Call, subscriber: UUID, body: SubscriberChange) -> Answer:
    """Change a subscriber; a field left out stays.

    Disabled, it is sent nothing, and its notices are kept; enabled again, it is sent them.
    """
    return await call.perform(
        call.edited(
            lambda act: read_subscriber(act, subscriber),
            lambda act, revision: change_subscriber(act, subscriber, body, revision, _allowed(call)),
        )
    )


@route(
    "DELETE",
    "/v1/subscribers/{subscriber}",
    "remove_subscriber",
    scope="secrets.write",
    roles=MANAGERS,
    answer=Subscriber,
    refusals=("not_found",),
)
async def remove(call: Call, subscriber: UUID) -> Answer:
    """Delete a subscriber for good: nothing is sent to it from now on."""
    return await call.perform(lambda act: delete_subscriber(act, subscriber))


@route(
    "POST",
    "/v1/subscribers/{subscriber}/secret",
    "rotate_subscriber_secret",
    scope="secrets.write",
    roles=MANAGERS,
    answer=RotatedSecret,
    statuses=(201,),
    refusals=("not_found",),
)
async def secret(call: Call, subscriber: UUID) -> Answer:
    """Rotate a subscriber's secret; for 24 hours every notice is signed with both.

    The answer is the only one with the new secret.
    """
    return await call.perform(lambda act: rotate_secret(act, subscriber))


@route(
    "POST",
    "/v1/subscribers/{subscriber}/test",
    "send_test_notice",
    roles=MANAGERS,
    answer=QueuedTest,
    statuses=(201,),
    refusals=("not_found", "subscriber_disabled"),
)
async def test(call: Call, subscriber: UUID) -> Answer:
    """Queue a `test.ping` for a subscriber, whatever types it asked for."""
    return await call.perform(lambda act: ping_subscriber(act, subscriber))


@route(
    "GET",
    "/v1/subscribers/{subscriber}/deliveries",
    "list_deliveries",
    roles=AUDITORS,
    answer=DeliveryPage,
    refusals=("not_found",),
)
async def deliveries(call: Call, subscriber: UUID, asked: DeliveriesQuery) -> Answer:
    """List what was queued for a subscriber, newest first, each with every attempt to deliver it."""
    wanted = DeliveryFilter(asked.status, asked.type, asked.since)
    page = Page(asked.limit, asked.cursor)
    return await call.perform(lambda act: list_deliveries(act, subscriber, page, wanted))


@route(
    "POST",
    "/v1/subscribers/{subscriber}/replay",
    "replay_notices",
    roles=MANAGERS,
    answer=Replayed,
    refusals=("not_found",),
)
async def replay(call: Call, subscriber: UUID, body: Replay) -> Answer:
    """Replay notices: send again what was queued for a subscriber from a time on.

    Each goes out with its own `webhook-id`, so that who has it already can tell.
    """
    if far := far_years(body):
        return call.refuse(far)
    return await call.perform(lambda act: replay_deliveries(act, subscriber, body))


@route(
    "POST",
    "/v1/deliveries/{delivery}/replay",
    "replay_delivery",
    roles=MANAGERS,
    answer=Delivery,
    refusals=("not_found",),
)
async def replay_one(call: Call, delivery: UUID) -> Answer:
    """Send one delivery again, whatever became of it."""
    return await call.perform(lambda act: replay_delivery(act, delivery))
