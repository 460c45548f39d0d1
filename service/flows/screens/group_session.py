"""Read a group's session for the desk: its members with what each earns or earned, and its name draws."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct

from schemas.draws import NewHat
from schemas.groups import Group, GroupTime
from schemas.program import Effect
from schemas.receipts import Balance, Money, Outlook, Receipt
from service.core.calendar import local_day
from service.core.meetings import meets_on, time_on
from service.core.outlook import outlook
from service.core.refusals import Refused, refused
from service.core.undoing import UNDO_FOR, may_undo
from service.flows.draws.hats import in_hat
from service.flows.groups.sessions import Place, Seated, seats_of
from service.flows.perform import Act, Done
from service.flows.screens.group import GroupHat, has_hats, read_group_hat
from service.store import (
    actors,
    clinics,
    enrollments,
    episodes,
    groups,
    hats,
    ledger,
    names,
    programs,
    recorded_events,
    redemptions,
    visits,
)
from service.store.names import Named
from service.store.outside_caps import Asked, outside_of_each

GROUPS_MAX: Final = 200
"""How many groups the desk shows."""
HANDED_MAX: Final = 99
"""How far what waits to be handed over is counted."""

_receipt = msgspec.json.Decoder(Receipt)


class SeatRecord(Struct, frozen=True):
    """What stands for a member on the day: its outcome, what it earned until now, and its first receipt."""

    event: UUID
    outcome: str
    effect: Effect
    occurred_at: datetime
    who: str | None
    earned: tuple[Money, ...]
    receipt: Receipt
    undo_until: datetime | None


class DeskSeat(Struct, frozen=True):
    """One member at the session: where they are recorded, what coming is worth, and what is on record."""

    person: Named
    place: Place | None
    next: tuple[Money, ...]
    record: SeatRecord | None
    balances: tuple[Balance, ...]

    @property
    def draws(self) -> int:
        """How many draws they may draw now."""
        return next((one.available for one in self.balances if one.unit == "draw"), 0)


class SessionHat(Struct, frozen=True):
    """A name draw of the session: how many names are in the hat, and the names once they are drawn."""

    program: str
    target: str
    people: int
    drawn: GroupHat | None


class DeskSession(Struct, frozen=True):
    """A group on one day, as one screen of the desk."""

    group: Group
    on: date
    today: date
    time: GroupTime | None
    """When it meets on that weekday."""
    is_closed: bool
    """Whether the clinic is closed on that day."""
    leader: str | None
    seats: tuple[DeskSeat, ...]
    hats: tuple[SessionHat, ...]


class GroupOfDay(Struct, frozen=True):
    """A group in the desk's list of a day: whether it meets, and how many of its members are recorded."""

    group: Group
    time: GroupTime | None
    meets: bool
    people: int
    recorded: int


class GroupsOfDay(Struct, frozen=True):
    """The groups that meet on a day, by their time, and the others."""

    on: date
    today: date
    groups: tuple[GroupOfDay, ...]
    to_hand_over: int
    has_hats: bool

    @property
    def meeting(self) -> list[GroupOfDay]:
        """Those that meet on the day."""
        return [one for one in self.groups if one.meets]

    @property
    def others(self) -> list[GroupOfDay]:
        """Those that do not, for a session that was moved."""
        return [one for one in self.groups if not one.meets]


async def read_groups(act: Act, on: date | None = None) -> Done[GroupsOfDay]:
    """The groups of a day, today where none is given; how many were recorded names nobody."""
    today = local_day(act.now, await clinics.zone(act))
    day = on or today
    closed = await visits.closed_days(act)
    found = []
    for one in await groups.meeting(act, GROUPS_MAX):
        meets = meets_on(one.times, day, closed)
        seated = await seats_of(act, one, day) if meets else []
        recorded = sum(each.standing is not None for each in seated)
        found.append(GroupOfDay(one, time_on(one.times, day), meets, len(seated), recorded))
    found.sort(key=lambda one: (not one.meets, one.time.begins if one.time else "", one.group.name.en))
    waiting = await redemptions.waiting(act, HANDED_MAX)
    return Done(GroupsOfDay(day, today, tuple(found), waiting, await has_hats(act)))


async def read_desk_session(act: Act, group_id: UUID, on: date | None = None) -> Done[DeskSession] | Refused:
    """Everything that the screen of a session shows; each member is told."""
    known = await groups.find(act, group_id)
    if known is None:
        return refused("not_found.group")
    group = known.group
    today = local_day(act.now, await clinics.zone(act))
    day = on or today
    seated = await seats_of(act, group, day)
    for one in seated:
        act.audit("group.listed", group_id, one.participant, day=day.isoformat())
    closed = await visits.closed_days(act)
    leader = None
    if group.leader is not None:
        leader = (await actors.names(act, [group.leader])).get(group.leader)
    return Done(
        DeskSession(
            group,
            day,
            today,
            time_on(group.times, day),
            any(first <= day <= last for first, last in closed),
            leader,
            await _seats(act, seated, today),
            await _hats(act, group, day),
        )
    )


async def _seats(act: Act, seated: Sequence[Seated], today: date) -> tuple[DeskSeat, ...]:
    called = await names.of(act, [one.participant for one in seated])
    sheets = await ledger.sheets(act, [one.participant for one in seated])
    standing = [one.standing for one in seated if one.standing is not None]
    earned = await recorded_events.earned(act, [one.event.event for one in standing])
    who = await actors.names(act, [one.event.recorded_by for one in standing])
    places = [one.place for one in seated if one.place is not None]
    looks = await _outlooks(act, places, today)
    found = []
    for one in seated:
        ahead: tuple[Money, ...] = ()
        record: SeatRecord | None = None
        if one.place is not None:
            episode = one.place.episode
            rules = await episodes.rules_of(act, episode.program, episode.version)
            place = rules.place_of[one.place.target]
            ahead = tuple(each for each in looks[episode.enrollment][place].next if each.amount)
            if one.standing is not None:
                event = one.standing.event
                receipt = _receipt.decode(event.receipt)
                may = may_undo(event.recorded_by, receipt.event.recorded_at, (), act.actor.id, act.now)
                is_fresh = may is None and not event.corrected
                money = earned[event.event].money if event.event in earned else ()
                record = SeatRecord(
                    event.event,
                    one.standing.outcome,
                    rules.targets[place].effects[one.standing.outcome],
                    event.occurred_at,
                    who.get(event.recorded_by),
                    tuple(each for each in money if each.amount),
                    receipt,
                    receipt.event.recorded_at + UNDO_FOR if is_fresh else None,
                )
        balances = sheets[one.participant].balances
        found.append(DeskSeat(called[one.participant], one.place, ahead, record, balances))
    return tuple(
        sorted(found, key=lambda one: ((one.person.name or "~").casefold(), one.person.display_code))
    )


async def _hats(act: Act, group: Group, day: date) -> tuple[SessionHat, ...]:
    zone = await clinics.zone(act)
    found = []
    for place in group.places:
        program = await programs.latest(act, place.program)
        targets = () if program is None else program.document.targets
        if not any(one.name == place.target and one.hat is not None for one in targets):
            continue
        drawn = await hats.of_session(act, place.program, place.target, day)
        if drawn is None:
            new = NewHat(place.program, place.target, day)
            people = len(await in_hat(act, new, zone, is_locking=False))
            found.append(SessionHat(place.program, place.target, people, None))
            continue
        read = await read_group_hat(act, drawn)
        if not isinstance(read, Refused):
            found.append(SessionHat(place.program, place.target, len(read.value.record.people), read.value))
    return tuple(found)


async def _outlooks(act: Act, places: Sequence[Place], today: date) -> dict[UUID, tuple[Outlook, ...]]:
    """What comes next in each enrollment, on all of its targets, within what caps leave it."""
    zone = await clinics.zone(act)
    own = {one.episode.enrollment: one.episode for one in places}
    states = await enrollments.checkpoints(act, list(own))
    rules = {who: await episodes.rules_of(act, one.program, one.version) for who, one in own.items()}
    last_days = {
        who: None if state.last_at is None else local_day(state.last_at, zone)
        for who, state in states.items()
    }
    asked = [
        Asked(who, one.participant, one.funding, rules[who].program, (today, last_days[who]))
        for who, one in own.items()
    ]
    outside = await outside_of_each(act, asked)
    return {
        who: outlook(
            rules[who],
            states[who],
            one.starts_on,
            today,
            "en",
            last_day=last_days[who],
            outside=outside[who],
        )
        for who, one in own.items()
    }
