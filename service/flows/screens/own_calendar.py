"""Read somebody's own visits as their calendar shows them: day by day, and nothing of what they are for."""

from datetime import date, datetime

from msgspec import Struct

from schemas.visits import Visit, VisitStatus
from service.core.calendar import local_day
from service.flows.perform import Act, Done
from service.flows.screens.ahead import read_ahead
from service.flows.screens.calendar_feeds import feed_since
from service.store import clinics

Days = tuple[tuple[date, tuple[VisitStatus, ...]], ...]
"""Days, each with how its visits stand, each way once."""


class OwnCalendar(Struct, frozen=True):
    """Visits from today on, those of the last days from the latest back, and since when there is a feed."""

    today: date
    ahead: Days
    behind: Days
    feed_since: datetime | None


async def read_own_calendar(act: Act) -> Done[OwnCalendar]:
    """The visits of whoever asks, some weeks back and ahead."""
    today = local_day(act.now, await clinics.zone(act))
    laid = (await read_ahead(act, act.actor.id)).calendar
    days = [(day, _states(own)) for day, own in laid if own]
    ahead = tuple((day, states) for day, states in days if day >= today)
    behind = tuple((day, states) for day, states in reversed(days) if day < today)
    return Done(OwnCalendar(today, ahead, behind, (await feed_since(act)).value))


def _states(own: tuple[Visit, ...]) -> tuple[VisitStatus, ...]:
    return tuple(dict.fromkeys(one.status for one in own))
