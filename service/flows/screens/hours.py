"""Read somebody's hours of this week and the one before for their page at the desk."""

from schemas.hours import WeekHours
from service.core.calendar import local_day
from service.flows.perform import Act
from service.flows.screens.person import DeskPerson
from service.flows.visits.hours import WEEK, hours_of, monday_of
from service.store import clinics


async def own_hours(act: Act, person: DeskPerson) -> tuple[WeekHours, ...]:
    """Hours attended this week and in the one before; none where no program that is open has attendance."""
    if all(target.behavior != "attendance" for one in person.episodes for target in one.targets):
        return ()
    who = person.participant.id
    week = monday_of(local_day(act.now, await clinics.zone(act)))
    return (*await hours_of(act, [who], week), *await hours_of(act, [who], week - WEEK))
