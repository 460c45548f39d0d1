"""Ping a subscriber: a notice that says nothing about anybody, to see whether it arrives."""

from uuid import UUID

from schemas.notices import Ping
from schemas.subscribers import QueuedTest
from service.core.notices.telling import Notice
from service.core.refusals import Refused, refused
from service.flows.change_subscriber import UNKNOWN
from service.flows.perform import Act, Done
from service.store import subscribers


async def ping_subscriber(act: Act, subscriber: UUID) -> Done[QueuedTest] | Refused:
    """Queue a test.ping for one subscriber alone, whatever types it asked for."""
    known = await subscribers.find(act, act.clinic, subscriber)
    if known is None:
        return refused("not_found", UNKNOWN)
    if known.subscriber.status == "disabled":
        words = "The subscriber is disabled, so nothing is sent to it; enable it first."
        return refused("subscriber_disabled", words)
    act.notify(Notice("test.ping", Ping(subscriber), subscriber=subscriber))
    act.tell("subscriber.pinged", subscriber)
    return Done(QueuedTest(subscriber, "test.ping", act.now), "created")
