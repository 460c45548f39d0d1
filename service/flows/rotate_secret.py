"""Rotate a subscriber's secret: the new one signs from now on, and the one before for a while too."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from schemas.subscribers import RotatedSecret
from service.core.refusals import Refused, refused
from service.flows.add_subscriber import new_secret
from service.flows.change_subscriber import UNKNOWN
from service.flows.perform import Act, Done
from service.store import subscribers

BOTH_SIGN_HOURS: Final = 24
"""How long the secret before signs beside the new one: time enough to take the new one over."""


async def rotate_secret(act: Act, subscriber: UUID) -> Done[RotatedSecret] | Refused:
    """Make a new secret, which is in this answer and nowhere else; a still older one signs no more."""
    if await subscribers.lock(act, act.clinic, subscriber) is None:
        return refused("not_found", UNKNOWN)
    secret, until = new_secret(), act.now + timedelta(hours=BOTH_SIGN_HOURS)
    await subscribers.rotate(act, act.clinic, subscriber, secret, until)
    act.tell("subscriber.secret_rotated", subscriber)
    return Done(RotatedSecret(subscriber, secret, until), "created")
