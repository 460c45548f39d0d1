"""Admit somebody new at the desk, and read what the desk offers for enrolling somebody known."""

from datetime import timedelta
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from schemas.books import PublishedProgram
from schemas.people import Enrollment, NewEnrollment, NewParticipant, Participant, TransferEnrollment
from schemas.program import Title
from schemas.receipts import Money
from schemas.visits import Visit
from service.core.calendar import local_day
from service.core.cursors import LAST_ID, Page
from service.core.refusals import Refused, refused
from service.core.state import WELCOME_FACT
from service.flows.people.enrollments import open_enrollment, read_enrollment
from service.flows.people.participants import read_participant, register_participant
from service.flows.people.transfers import transfer_enrollment
from service.flows.perform import Act, Done
from service.flows.programs.programs import list_programs
from service.flows.programs.titles import read_titles
from service.flows.visits.visits import read_visits
from service.store import clinics, enrollments, recorded_events

PROGRAMS_MAX = 200
FIRST_WITHIN_DAYS = 42
"""How many days ahead the first visit is looked for."""
OPEN_MAX = 200


class Admitted(Struct, frozen=True):
    """Somebody new with the enrollment that was opened."""

    participant: Participant
    enrollment: Enrollment


async def admit_person(act: Act, new: NewParticipant, first: NewEnrollment) -> Done[Admitted] | Refused:
    """Register a participant and open their first enrollment; `first` names any participant until then."""
    made = await register_participant(act, new)
    if isinstance(made, Refused):
        return made
    opened = await open_enrollment(act, replace(first, participant=made.value.id))
    if isinstance(opened, Refused):
        return opened
    return Done(Admitted(made.value, opened.value), "created")


class Begun(Struct, frozen=True):
    """An enrollment as it would begin: what it is called, the first visit, and what is paid for beginning."""

    person: Participant
    enrollment: Enrollment
    title: Title
    first: Visit | None
    """The first visit that is expected, from its first day or today on; none in the weeks that follow."""
    first_title: Title | None
    welcome: tuple[Money, ...]
    before: Enrollment | None = None
    """The enrollment that ends for it."""


async def admitted(act: Act, new: NewParticipant, first: NewEnrollment) -> Done[Begun] | Refused:
    """What admitting somebody comes to: it is done by its own rules, for whoever rehearses it."""
    done = await admit_person(act, new, first)
    if isinstance(done, Refused):
        return done
    return await _begun(act, done.value.participant, done.value.enrollment)


async def enrolled(act: Act, new: NewEnrollment) -> Done[Begun] | Refused:
    """What enrolling somebody comes to, done by its own rules."""
    done = await open_enrollment(act, new)
    return done if isinstance(done, Refused) else await _begun_of(act, done.value)


async def transferred(act: Act, enrollment: UUID, to: TransferEnrollment) -> Done[Begun] | Refused:
    """What moving somebody on comes to, done by its own rules."""
    done = await transfer_enrollment(act, enrollment, to)
    return done if isinstance(done, Refused) else await _begun_of(act, done.value.opened, done.value.closed)


async def _begun_of(act: Act, opened: Enrollment, before: Enrollment | None = None) -> Done[Begun] | Refused:
    known = await read_participant(act, opened.participant)
    return known if isinstance(known, Refused) else await _begun(act, known.value, opened, before)


async def _begun(
    act: Act, person: Participant, opened: Enrollment, before: Enrollment | None = None
) -> Done[Begun] | Refused:
    since = max(opened.starts_on, local_day(act.now, await clinics.zone(act)))
    read = await read_visits(act, opened.id, since=since, until=since + timedelta(days=FIRST_WITHIN_DAYS))
    if isinstance(read, Refused):
        return read
    ahead = [one for one in read.value.items if one.status == "expected"]
    first = min(ahead, key=lambda one: one.due_on or since, default=None)
    titles = (await read_titles(act, [opened.id])).value
    paid = await recorded_events.awards_of(act, opened.id, WELCOME_FACT)
    return Done(
        Begun(
            person,
            opened,
            titles.programs[opened.id],
            first,
            None if first is None else titles.targets[opened.id][first.target],
            tuple(Money(one.unit, one.amount) for one in paid if one.amount),
            before,
        )
    )


class Enrolling(Struct, frozen=True):
    """Who is to be enrolled, what they go on from if from anything, and the programs that take them."""

    person: Participant
    enrollment: Enrollment | None
    programs: tuple[PublishedProgram, ...]
    title: Title | None
    """What the program that they go on from is called."""


async def read_enrolling(act: Act, person: UUID, enrollment: UUID | None = None) -> Done[Enrolling] | Refused:
    """Somebody with the programs in which they have no open enrollment."""
    known = await read_participant(act, person)
    if isinstance(known, Refused):
        return known
    leaves = None
    if enrollment is not None:
        found = await read_enrollment(act, enrollment)
        if isinstance(found, Refused):
            return found
        if found.value.participant != person:
            return refused("not_found.enrollment")
        leaves = found.value
    listed = await list_programs(act, Page(PROGRAMS_MAX))
    if isinstance(listed, Refused):
        return listed
    own = await enrollments.before(act, LAST_ID, OPEN_MAX, person, "open")
    taken = {one.program for one in own}
    programs = tuple(one for one in listed.value.items if one.name not in taken)
    title = None
    if leaves is not None:
        title = (await read_titles(act, [leaves.id])).value.programs[leaves.id]
    return Done(Enrolling(known.value, leaves, programs, title))
