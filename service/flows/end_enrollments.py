"""Close enrollments whose planned last day is over, as the service itself."""

from datetime import date
from uuid import UUID

from schemas.people import CloseEnrollment
from service.core.actors import system
from service.core.calendar import local_day
from service.core.refusals import Refused
from service.flows.close_enrollment import close_enrollment
from service.flows.perform import Act, Done, perform
from service.store import clinics, episodes
from service.store.database.pool import Database

ENROLLMENTS_MAX = 200
"""How many enrollments of a clinic end in one call; the rest have their turn in the next."""
REASON = "The planned end was reached."


async def end_enrollments(database: Database, clinic: UUID) -> int:
    """Close what has come to its planned end; returns how many. What another worker has closed stays so."""
    async with database.transaction(clinic) as tx:
        today = local_day(tx.now, await clinics.zone(tx, clinic))
        over = await episodes.ending(tx, clinic, today, ENROLLMENTS_MAX)
    count = 0
    for enrollment, last_day in over:
        count += await _end(database, clinic, enrollment, last_day)
    return count


async def _end(database: Database, clinic: UUID, enrollment: UUID, last_day: date) -> bool:
    async def deed(act: Act) -> Done[None] | Refused:
        closed = await close_enrollment(act, enrollment, CloseEnrollment(REASON, last_day))
        return closed if isinstance(closed, Refused) else Done(None)

    return isinstance(await perform(database, system(clinic), deed), Done)
