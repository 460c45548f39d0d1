"""Count what waits in all clinics together, for whoever watches over the machines."""

from collections.abc import Iterable
from datetime import datetime

from service.store.database.pool import Database
from service.store.tallies import Tally, look


async def tally(database: Database) -> tuple[Tally, datetime]:
    """What waits in all clinics, by the time of the last look; each clinic is looked at by itself.

    Raises OSError or asyncpg.PostgresError where the database is away.
    """
    found, now = [], database.clock()
    for clinic in await database.served_clinics():
        async with database.transaction(clinic) as tx:
            found.append(await look(tx))
            now = tx.now
    return together(found), now


def together(found: Iterable[Tally]) -> Tally:
    """Add the clinics' counts up; of what is oldest, the oldest of all."""
    tallies = [*found]
    return Tally(
        waiting=sum(one.waiting for one in tallies),
        oldest=min((one.oldest for one in tallies if one.oldest is not None), default=None),
        dead=sum(one.dead for one in tallies),
        review=sum(one.review for one in tallies),
        kept=sum(one.kept for one in tallies),
        queued=sum(one.queued for one in tallies),
        running=sum(one.running for one in tallies),
        lines=sum(one.lines for one in tallies),
        lines_done=sum(one.lines_done for one in tallies),
        import_oldest=min((o.import_oldest for o in tallies if o.import_oldest is not None), default=None),
        out_of_stock=sum(one.out_of_stock for one in tallies),
        provider_balance=min(
            (one.provider_balance for one in tallies if one.provider_balance is not None), default=None
        ),
        providers_low=sum(one.providers_low for one in tallies),
        orders_waiting=sum(one.orders_waiting for one in tallies),
        orders_oldest=min(
            (one.orders_oldest for one in tallies if one.orders_oldest is not None), default=None
        ),
        provider_differences=sum(one.provider_differences for one in tallies),
    )
