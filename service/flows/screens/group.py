"""Read what drawing names for a group takes: the sessions of a day, and one hat with whom it holds."""

from datetime import date
from uuid import UUID

from msgspec import Struct

from schemas.draws import HatRecord, NewHat
from schemas.program import Hat, Title
from service.core.calendar import local_day
from service.core.cursors import Page
from service.core.naming import program_title, target_title
from service.core.refusals import Refused
from service.flows.draws.hats import in_hat, read_hat
from service.flows.perform import Act, Done
from service.flows.programs.programs import list_programs
from service.store import clinics, hats, names, redemptions
from service.store.names import Named

PROGRAMS_MAX = 200
COUNTED_MAX = 99


class Session(Struct, frozen=True):
    """One group session of a day: how many names are in its hat, and the hat if names were drawn already."""

    program: str
    title: Title
    target: str
    target_title: Title
    rule: Hat
    people: int
    drawn: UUID | None


class GroupDay(Struct, frozen=True):
    """The sessions of one day for which names can be drawn; `today` is the clinic's."""

    on: date
    today: date
    sessions: tuple[Session, ...]
    to_hand_over: int


class GroupHat(Struct, frozen=True):
    """One hat on record, with what those in it are called, by enrollment."""

    record: HatRecord
    people: dict[UUID, Named]


async def has_hats(act: Act) -> bool:
    """Whether any program of the clinic draws names for a group session."""
    listed = await list_programs(act, Page(PROGRAMS_MAX))
    return isinstance(listed, Done) and any(
        target.hat is not None for one in listed.value.items for target in one.document.targets
    )


async def read_group_day(act: Act, on: date | None = None) -> Done[GroupDay] | Refused:
    """The sessions of a day, today where no day is given; how many came names nobody."""
    zone = await clinics.zone(act)
    today = local_day(act.now, zone)
    day = on or today
    listed = await list_programs(act, Page(PROGRAMS_MAX))
    if isinstance(listed, Refused):
        return listed
    found = []
    for one in listed.value.items:
        for target in one.document.targets:
            if target.hat is not None:
                drawn = await hats.of_session(act, one.name, target.name, day)
                people = await in_hat(act, NewHat(one.name, target.name, day), zone, is_locking=False)
                called = target_title(one.document, target)
                found.append(
                    Session(
                        one.name,
                        program_title(one.document),
                        target.name,
                        called,
                        target.hat,
                        len(people),
                        drawn,
                    )
                )
    waiting = await redemptions.waiting(act, COUNTED_MAX)
    return Done(GroupDay(day, today, tuple(found), waiting))


async def read_group_hat(act: Act, hat_id: UUID) -> Done[GroupHat] | Refused:
    """One hat with what its people are called; each of them is told."""
    read = await read_hat(act, hat_id)
    if isinstance(read, Refused):
        return read
    known = await hats.find(act, hat_id)
    whose = () if known is None else known.participants
    called = await names.of(act, set(whose))
    people = zip(read.value.people, whose, strict=True)
    return Done(GroupHat(read.value, {one.enrollment: called[person] for one, person in people}))
