"""Send one notice once, and record what became of the attempt."""

import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from service.core.actors import system
from service.core.fhir import notifying
from service.core.notices.attempts import Withheld, attempt_record, disclosed
from service.core.notices.deliveries import Outcome
from service.core.notices.waits import Again, Receiver, after
from service.core.signatures import sign
from service.store import attempts, leases, pending_deliveries, record
from service.store.attempts import Tried, cover
from service.store.audit import Entry
from service.store.database.pool import Database
from service.store.leases import Lease
from service.store.pending_deliveries import PendingDelivery

Post = Callable[[str, Mapping[str, str], bytes], Awaitable[Outcome]]
"""A URL, headers and a body out; what became of it in."""


class Sent(Struct, frozen=True):
    """One attempt as it is kept, and what was heard of the receiver: None where it was not posted to."""

    tried: Tried
    outcome: Outcome | None


async def send_notice(database: Database, post: Post, lease: Lease, delivery: PendingDelivery) -> Sent | None:
    """Send a notice to a subscriber.

    It is withheld where no consent covers it at this moment, or a restriction forbids it: that is asked
    here, and not when the notice was made ready, so that a revocation stops what is on its way. None where
    the subscriber was disabled or deleted meanwhile, so that the notice stays where it is.

    Raises OSError or asyncpg.PostgresError where the consent cannot be asked for.
    """
    at = database.clock()
    born = delivery.born or at
    consent = None
    if (lease.consent_required or lease.restricted) and delivery.participant is not None:
        async with database.transaction(lease.clinic) as tx:
            day = at.astimezone(ZoneInfo(lease.zone)).date()
            found = await cover(tx, lease, delivery.participant, delivery.body, day)
        if not found.active:
            return None
        if found.restricted or (lease.consent_required and found.consent is None):
            return Sent(Tried(delivery, at, attempt_record(Withheld()), born), None)
        consent = found.consent
    body = said(delivery, lease)
    outcome = await post(lease.url, headers(delivery, lease, int(at.timestamp()), body), body)
    chance = random.random()  # noqa: S311  spreads what failed together, guards nothing
    then = after(outcome, delivery.attempts + 1, born, database.clock(), chance)
    again_at = then.at if isinstance(then, Again) else None
    return Sent(
        Tried(delivery, at, attempt_record(outcome), born, again_at, disclosed(outcome), consent), outcome
    )


def said(delivery: PendingDelivery, lease: Lease) -> bytes:
    """What is posted: the notice as it is kept, or the same as FHIR."""
    if lease.format == "plain":
        return delivery.body
    return notifying.bundle(delivery.body, delivery.id, lease.subscriber)


def headers(delivery: PendingDelivery, lease: Lease, timestamp: int, body: bytes) -> dict[str, str]:
    """The headers of Standard Webhooks: the id is the same each time, the timestamp is the attempt's."""
    name = str(delivery.id)
    return {
        "content-type": "application/json" if lease.format == "plain" else notifying.MEDIA,
        "webhook-id": name,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": sign(name, timestamp, body, lease.secrets),
    }


async def record_attempts(
    database: Database,
    lease: Lease,
    tried: Sequence[Tried],
    tried_sequence: int,
    receiver: Receiver,
    lease_for: timedelta | None,
) -> datetime | None:
    """Keep attempts, and hold the lease for so long or give it back.

    An attempt was made whoever holds the lease by now, so it is kept in any case. None where nothing more may
    be sent as this lease says: it is given back, another has it, or the subscriber was changed meanwhile;
    else when it ends. A receiver that is gone disables its subscriber, in the same transaction and on the
    audit trail.
    """
    async with database.transaction(lease.clinic) as tx:
        if tried:
            await attempts.write(tx, lease, tried)
            await attempts.keep(tx, lease, tried)
            await pending_deliveries.drop(
                tx,
                lease,
                [
                    (one.delivery.sequence, one.born)
                    for one in tried
                    if one.delivery.born and one.again_at is None
                ],
            )
            await attempts.settle(tx, lease, tried)
        until = None if lease_for is None else tx.now + lease_for
        holds = await leases.settle(tx, lease, tried_sequence, receiver, until)
        if any(one.kept.outcome == "gone" for one in tried) and await leases.disable(tx, lease):
            entry = Entry(
                system(lease.clinic), "subscribers.disabled", lease.subscriber, detail={"why": "gone"}
            )
            await record.write(tx, record.Books(entries=[entry]))
        return until if holds else None
