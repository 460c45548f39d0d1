"""Admit somebody new at the desk, and read what the desk offers for enrolling somebody known."""

from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from schemas.books import PublishedProgram
from schemas.people import Enrollment, NewEnrollment, NewParticipant, Participant
from schemas.program import Title
from service.core.cursors import LAST_ID, Page
from service.core.refusals import Refused, refused
from service.flows.people.enrollments import open_enrollment, read_enrollment
from service.flows.people.participants import read_participant, register_participant
from service.flows.perform import Act, Done
from service.flows.programs.programs import list_programs
from service.flows.programs.titles import read_titles
from service.store import enrollments

PROGRAMS_MAX = 200
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
