"""What was recorded on a device and not taken: whom it is of, and what stands on record of that day."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from schemas.problem import StandingEvent
from service.core.calendar import local_day
from service.core.quantities import as_number
from service.flows.perform import Act, Done
from service.store import actors, clinics, known_events, names
from service.store.known_events import DayAsked
from service.store.names import Named


class Standing(Struct, frozen=True):
    """An event that stands on record, and the name of whoever recorded it, where they have one."""

    event: StandingEvent
    who: str | None


async def read_standing(
    act: Act, enrollment: UUID, target: str, occurred_at: datetime
) -> Done[Standing | None]:
    """The first event of a target that stands on the local day of a moment; None where none does."""
    zone = await clinics.zone(act)
    day = DayAsked(enrollment, target, local_day(occurred_at, zone))
    known = await known_events.of_days(act, [day], zone)
    outcomes = await known_events.outcomes_now(act, known)
    for one in known:
        outcome = outcomes[one.event]
        if outcome is None:
            continue
        act.audit("event.read", one.event, one.participant)
        event = StandingEvent(
            one.event,
            one.enrollment,
            one.participant,
            one.target,
            outcome,
            one.occurred_at,
            one.recorded_by,
            one.reference,
            None if one.quantity is None else as_number(one.quantity),
            await known_events.minutes_now(act, one, outcome),
        )
        return Done(Standing(event, (await actors.names(act, [one.recorded_by])).get(one.recorded_by)))
    return Done(None)


async def name_people(act: Act, people: Sequence[UUID]) -> Done[tuple[Named, ...]]:
    """The names of some people, in their order; each one shown is audited."""
    found = await names.of(act, people)
    shown = tuple(found[one] for one in dict.fromkeys(people) if one in found)
    for one in shown:
        act.audit("participant.listed", one.id, one.id)
    return Done(shown)
