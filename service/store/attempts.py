"""Attempts as they are kept: what became of each, what is tried again, and what was disclosed of whom."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from service.core.notices.attempts import AttemptRecord
from service.store.database.pool import Tx
from service.store.deliveries import ANSWER
from service.store.leases import Lease
from service.store.pending_deliveries import PendingDelivery


class Tried(Struct, frozen=True):
    """One attempt: when it began, what is kept of it, and when the notice is tried again, if it is.

    `born` is when the notice was first tried, or replayed. `disclosed` says whether it may have been read,
    and `consent` under which consent it was sent.
    """

    delivery: PendingDelivery
    at: datetime
    kept: AttemptRecord
    born: datetime
    again_at: datetime | None = None
    disclosed: bool = False
    consent: UUID | None = None


class Cover(Struct, frozen=True):
    """Whether a subscriber may be told anything now, and the consent that covers a participant.

    `restricted` says whether the participant has a restriction that binds it, whatever they consented to.
    """

    active: bool
    consent: UUID | None
    restricted: bool = False


class _Data(Struct):
    enrollment: UUID | None = None
    redemption: UUID | None = None


class _Body(Struct):
    data: _Data


_body = msgspec.json.Decoder(_Body)


async def cover(tx: Tx, lease: Lease, participant: UUID, body: bytes, day: date) -> Cover:
    """The consent that covers a notice about a participant on a day of the clinic.

    Where charts were merged it takes one for each chart that the notice, by its `body`, tells of.
    """
    about = _body.decode(body).data
    row = await tx.row(
        "subscribers/may_send",
        subscriber_id=lease.subscriber,
        participant_id=participant,
        enrollment_id=about.enrollment,
        redemption_id=about.redemption,
        day=day,
    )
    return (
        Cover(active=False, consent=None)
        if row is None
        else Cover(row["active"], row["consent_id"], row["restricted"])
    )


async def write(tx: Tx, lease: Lease, tried: Sequence[Tried]) -> None:
    """Keep attempts, and what may have been read through them."""
    seal = tx.cipher.seal
    await tx.run(
        "attempts/insert",
        subscriber_id=lease.subscriber,
        sequence=[one.delivery.sequence for one in tried],
        attempt_no=[one.delivery.attempts + 1 for one in tried],
        at=[one.at for one in tried],
        outcome=[one.kept.outcome for one in tried],
        status=[one.kept.status for one in tried],
        took_ms=[one.kept.ms for one in tried],
        why=[one.kept.why for one in tried],
        answer=[seal(lease.clinic, ANSWER, one.kept.answer) if one.kept.answer else None for one in tried],
    )
    told = [
        (one, one.delivery.participant)
        for one in tried
        if one.disclosed and one.delivery.participant is not None
    ]
    if told:
        await tx.run(
            "disclosures/insert",
            subscriber_id=lease.subscriber,
            participant_id=[participant for _, participant in told],
            disclosure_id=[tx.new_id() for _ in told],
            delivery_id=[one.delivery.id for one, _ in told],
            type=[one.delivery.type for one, _ in told],
            consent_id=[one.consent for one, _ in told],
            at=[one.at for one, _ in told],
        )


async def keep(tx: Tx, lease: Lease, tried: Sequence[Tried]) -> None:
    """Keep when each of these is tried again."""
    rows = [(one, one.again_at) for one in tried if one.again_at is not None]
    if rows:
        await tx.run(
            "retries/keep",
            subscriber_id=lease.subscriber,
            sequence=[one.delivery.sequence for one, _ in rows],
            created_at=[one.delivery.created_at for one, _ in rows],
            attempts=[one.delivery.attempts + 1 for one, _ in rows],
            born_at=[one.born for one, _ in rows],
            due_at=[again_at for _, again_at in rows],
        )


async def settle(tx: Tx, lease: Lease, tried: Sequence[Tried]) -> None:
    """Write into each delivery what became of it, once it is known whether it is tried again."""
    await tx.run(
        "deliveries/settle",
        subscriber_id=lease.subscriber,
        sequence=[one.delivery.sequence for one in tried],
        created_at=[one.delivery.created_at for one in tried],
        status=[
            one.kept.outcome if one.kept.outcome in {"delivered", "withheld"} else "dead" for one in tried
        ],
    )
