"""Keep what became of attempts: what is tried again, what was disclosed, and where that leaves us."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from service.core.actors import system
from service.core.notices.waits import Receiver
from service.store import attempts, leases, parcels, record
from service.store.attempts import Tried
from service.store.audit import Entry
from service.store.database.pool import Database
from service.store.leases import Lease


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
            await parcels.drop(
                tx,
                lease,
                [
                    (one.parcel.sequence, one.born)
                    for one in tried
                    if one.parcel.born and one.again_at is None
                ],
            )
        until = None if lease_for is None else tx.now + lease_for
        holds = await leases.settle(tx, lease, tried_sequence, receiver, until)
        if any(one.kept.outcome == "gone" for one in tried) and await leases.disable(tx, lease):
            entry = Entry(
                system(lease.clinic), "subscribers.disabled", lease.subscriber, detail={"why": "gone"}
            )
            await record.write(tx, lease.clinic, record.Books(entries=[entry]))
        return until if holds else None
