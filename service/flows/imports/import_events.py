"""Record events that come from a file, and make the participants and enrollments that they lack.

The events go the one way that all events go. A line without a reference of its own gets one made from its
content, so that the same file read twice adds nothing the second time.
"""

import hashlib
from collections.abc import Sequence
from datetime import UTC, date
from typing import Protocol
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from schemas.events import NewEvent
from schemas.people import NewEnrollment, NewParticipant
from service.core.actors import Actor
from service.core.refusals import Refused, refused
from service.flows.people.enrollments import open_enrollment
from service.flows.people.participants import register_participant
from service.flows.perform import Act, Again, Done, perform
from service.flows.visits.record_events import Recorded, ToRecord
from service.store import rosters
from service.store.database.ids import new_id
from service.store.database.pool import Database

_encode = msgspec.json.Encoder(order="deterministic").encode


class Line(Struct, frozen=True):
    """One line of a file: its event, and the day on which an enrollment made for it starts."""

    event: NewEvent
    starts_on: date | None = None


def referenced(event: NewEvent) -> NewEvent:
    """The event with a reference: its own, or one made from all that it says."""
    if event.reference is not None:
        return event
    said = replace(event, occurred_at=event.occurred_at.astimezone(UTC))
    return replace(event, reference=f"import:{hashlib.sha256(_encode(said)).hexdigest()}")


class EventBatcher(Protocol):
    """The one gathered path that events are recorded by."""

    async def ask_all(
        self, clinic: UUID, items: Sequence[ToRecord]
    ) -> list[Recorded | Refused | BaseException]:
        """Record many events, and answer in their order."""


async def import_events(
    batcher: EventBatcher, actor: Actor, lines: Sequence[Line]
) -> list[Recorded | Refused]:
    """Record the lines' events, and answer in their order; each stands alone.

    Raises what recording raises where the database is away.
    """
    recording = new_id()
    items = [ToRecord(actor, referenced(line.event), recording=recording) for line in lines]
    answers: list[Recorded | Refused] = []
    for answer in await batcher.ask_all(actor.clinic, items):
        if isinstance(answer, BaseException):
            raise answer
        answers.append(answer)
    return answers


async def enroll_missing(database: Database, actor: Actor, lines: Sequence[Line]) -> dict[int, Refused]:
    """Make the participants and enrollments that lines lack; gives the refusals by the lines' places.

    Somebody who was enrolled in the program once, even if that is closed, is not enrolled again.
    """
    done = await perform(database, actor, lambda act: _enroll_missing(act, lines))
    match done:
        case Done(value=refusals):
            return refusals
        case Again() | Refused():
            raise AssertionError("refusals are given line by line")


async def _enroll_missing(act: Act, lines: Sequence[Line]) -> Done[dict[int, Refused]]:
    references = {line.event.participant_reference for line in lines} - {None}
    known = await rosters.known(act, sorted(one for one in references if one is not None))
    programs = await rosters.programs(act)
    seen: dict[tuple[str, str | None], Refused | None] = {}
    refusals: dict[int, Refused] = {}
    for place, line in enumerate(lines):
        event = line.event
        reference = event.participant_reference
        if reference is None or event.enrollment is not None:
            continue
        key = (reference, event.program)
        person = known.get(reference)
        if key not in seen and (person is None or event.program not in {None, *person.programs}):
            answer = await _enroll(act, line, reference, person, programs)
            if isinstance(answer, Refused):
                # Not remembered: a later line of the same person may say what this one lacks.
                refusals[place] = answer
                continue
            known[reference] = answer
        seen[key] = None
    return Done(refusals)


async def _enroll(
    act: Act, line: Line, reference: str, person: rosters.Known | None, programs: Sequence[str]
) -> rosters.Known | Refused:
    program = line.event.program
    if program is None or line.starts_on is None:
        return refused("not_enrolled.line", "$.program" if program is None else "$.starts_on")
    if program not in programs:
        if not programs:
            return refused("unknown_program.line_none", "$.program", program=program)
        return refused("unknown_program.line", "$.program", program=program, known=tuple(programs))
    if person is None:
        made = await register_participant(act, NewParticipant(reference))
        if isinstance(made, Refused):
            return made
        person = rosters.Known(made.value.id, frozenset())
    opened = await open_enrollment(act, NewEnrollment(person.id, program, line.starts_on))
    if isinstance(opened, Refused):
        return opened
    return rosters.Known(person.id, person.programs | {program})
