"""Sessions of a group: who is in it on a day, what stands of each, and the events that one becomes."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from schemas.events import NewEvent
from schemas.groups import Group, GroupSession, NewGroupSession, Seat
from service.core.calendar import day_end, local_day
from service.core.meetings import meets_on
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import actors, charts, clinics, episodes, groups, known_events, visits
from service.store.groups import SeatedEpisode
from service.store.known_events import DayAsked, KnownEvent


class Place(Struct, frozen=True):
    """Where a member's attendance of a day is recorded: an enrollment that holds then, and a target of it."""

    episode: SeatedEpisode
    target: str


class Standing(Struct, frozen=True):
    """The last event that stands for a place and day, with the outcome that stands for it."""

    event: KnownEvent
    outcome: str


class Seated(Struct, frozen=True):
    """One member on a day: their place, none where no program of the group has them then, and what stands."""

    participant: UUID
    place: Place | None
    standing: Standing | None = None


async def read_session(act: Act, group_id: UUID, on: date | None = None) -> Done[GroupSession] | Refused:
    """A group on a day, today where none is given; each member shown is told."""
    known = await groups.find(act, group_id)
    if known is None:
        return refused("not_found.group")
    day = on or local_day(act.now, await clinics.zone(act))
    seated = await seats_of(act, known.group, day)
    codes = await actors.codes(act, [one.participant for one in seated])
    for one in seated:
        act.audit("group.listed", group_id, one.participant, day=day.isoformat())
    meets = meets_on(known.group.times, day, await visits.closed_days(act))
    return Done(
        GroupSession(
            group_id, day, meets, tuple(_seat(one, codes.get(one.participant, "")) for one in seated)
        )
    )


def _seat(one: Seated, code: str) -> Seat:
    place, standing = one.place, one.standing
    if place is None:
        return Seat(one.participant, code, "not_enrolled")
    if standing is None:
        return Seat(one.participant, code, "open", place.episode.enrollment, place.target)
    return Seat(
        one.participant,
        code,
        "recorded",
        place.episode.enrollment,
        place.target,
        standing.event.event,
        standing.outcome,
    )


async def seats_of(act: Act, group: Group, day: date) -> list[Seated]:
    """The members of a group when a day was over, with what stands of that day for each."""
    zone = await clinics.zone(act)
    programs = [one.program for one in group.places]
    found = await groups.seats(act, group.id, programs, day, day_end(day, zone))
    places = {who: await _place(act, group, own) for who, own in found.items()}
    asked = [
        DayAsked(place.episode.enrollment, place.target, day)
        for place in places.values()
        if place is not None
    ]
    standing = await _standing(act, asked)
    return [
        Seated(who, place, None if place is None else standing.get(place.episode.enrollment))
        for who, place in places.items()
    ]


async def _place(act: Act, group: Group, own: Sequence[SeatedEpisode]) -> Place | None:
    """The first of the group's places that somebody is enrolled in; the newest of several enrollments."""
    for wanted in group.places:
        fitting = [one for one in own if one.program == wanted.program]
        for one in sorted(fitting, key=lambda each: (each.starts_on, each.enrollment.bytes), reverse=True):
            rules = await episodes.rules_of(act, one.program, one.version)
            place = rules.place_of.get(wanted.target)
            if place is not None and rules.targets[place].target.behavior == "attendance":
                return Place(one, wanted.target)
    return None


async def _standing(act: Act, asked: Sequence[DayAsked]) -> Mapping[UUID, Standing]:
    zone = await clinics.zone(act)
    events = await known_events.of_days(act, asked, zone)
    now = await known_events.outcomes_now(act, events)
    found: dict[UUID, Standing] = {}
    for one in events:
        outcome = now[one.event]
        if outcome is not None:
            found[one.enrollment] = Standing(one, outcome)
    return found


async def plan_session(
    act: Act, group_id: UUID, new: NewGroupSession
) -> Done[tuple[NewEvent | Refused, ...]] | Refused:
    """The events that a session becomes, in its order; whoever is no member has a refusal in their place."""
    known = await groups.find(act, group_id)
    if known is None:
        return refused("not_found.group")
    led = await charts.leads_to(act, [one.participant for one in new.attendance])
    people = [led.get(one.participant, one.participant) for one in new.attendance]
    twice = next((no for no, who in enumerate(people) if who in people[:no]), None)
    if twice is not None:
        return refused("invalid.group_member_twice", f"$.attendance[{twice}].participant")
    day = local_day(new.occurred_at, await clinics.zone(act))
    seated = {one.participant: one for one in await seats_of(act, known.group, day)}
    planned: list[NewEvent | Refused] = []
    for one, who in zip(new.attendance, people, strict=True):
        seat = seated.get(who)
        if seat is None:
            planned.append(refused("not_found.group_member"))
        elif seat.place is None:
            planned.append(refused("not_enrolled.group"))
        else:
            planned.append(
                NewEvent(
                    one.outcome,
                    new.occurred_at,
                    enrollment=seat.place.episode.enrollment,
                    target=seat.place.target,
                    participant=who,
                    note=one.note,
                    another=one.another,
                    minutes=one.minutes,
                )
            )
    act.audit("group.session_recorded", group_id, None, day=day.isoformat(), people=len(people))
    return Done(tuple(planned))
