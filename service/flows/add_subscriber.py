"""Add a subscriber: an address that is told what is done from now on, under a secret of its own."""

import secrets
from typing import Final

from msgspec.structs import asdict

from schemas.subscribers import MadeSubscriber, NewSubscriber, Subscriber
from service.core.inbound.signing import write_secret
from service.core.refusals import Refused
from service.flows.judge_url import judge_url
from service.flows.perform import Act, Done
from service.outbound.addresses import Allowed
from service.store import subscribers

PUBLIC_ONLY: Final = Allowed()
SECRET_BYTES: Final = 32
"""The length of a new secret: Standard Webhooks asks for 24 to 64 bytes."""


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
    )
    secret = new_secret()
    await subscribers.insert(act, act.clinic, made, secret)
    act.tell("subscriber.added", made.id, types=",".join(made.types), consent=int(made.consent_required))
    return Done(MadeSubscriber(**asdict(made), secret=secret), "created", 1)


def new_secret() -> str:
    """A secret as Standard Webhooks 1.0 writes it: `whsec_` and base64."""
    return write_secret(secrets.token_bytes(SECRET_BYTES))
