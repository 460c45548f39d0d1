"""Change a subscriber: its address, what it is told, or whether it is told anything."""

from uuid import UUID

from msgspec import UNSET
from msgspec.structs import asdict, replace

from schemas.subscribers import Subscriber, SubscriberChange
from service.core.refusals import Refused, refused
from service.flows.add_subscriber import PUBLIC_ONLY
from service.flows.judge_url import judge_url
from service.flows.perform import Act, Done
from service.outbound.addresses import Allowed
from service.store import subscribers

UNKNOWN = "There is no such subscriber."


async def change_subscriber(
    act: Act, subscriber: UUID, change: SubscriberChange, revision: int, allowed: Allowed = PUBLIC_ONLY
) -> Done[Subscriber] | Refused:
    """Change what is named; refused where somebody else changed the subscriber since `revision`.

    One that is enabled again, or has another address, is tried at once. It is told what was done meanwhile.
    """
    known = await subscribers.lock(act, act.clinic, subscriber)
    if known is None:
        return refused("not_found", UNKNOWN)
    if known.revision != revision:
        words = "The subscriber was changed meanwhile; read it again and change that."
        return refused("precondition_failed", words)
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
    await subscribers.change(act, act.clinic, after)
    if (after.url, after.status) != (before.url, before.status):
        await subscribers.refresh(act, act.clinic, subscriber)
    act.tell("subscriber.changed", subscriber, fields=",".join(sorted(changed)), status=after.status)
    return Done(after, revision=revision + 1)
