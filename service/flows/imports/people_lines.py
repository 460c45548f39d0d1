"""Record the lines of a file of people: who is new is registered, and enrolled where that is wanted.

What is on record is never overwritten: a detail that the record lacks is added, and another one than it has
is a conflict that is named.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from schemas.people import NewEnrollment, NewParticipant, ParticipantChange
from service.core.refusals import Refused, refused
from service.flows.imports.import_events import How, LineResult
from service.flows.people.enrollments import open_enrollment
from service.flows.people.participants import change_participant, register_participant
from service.flows.perform import Act, close
from service.store import clinics, participants, rosters

DETAILS = ("name", "phone", "email", "language")


class PersonLine(Struct, frozen=True):
    """One line about a person: what it says of them, in a program from a day where it names one.

    `said` names the details that the line gives.
    """

    person: NewParticipant
    said: tuple[str, ...] = ()
    program: str | None = None
    starts_on: date | None = None


class _TakenBackError(Exception):
    """Carries a refusal out of the savepoint, so that it rolls back."""

    def __init__(self, why: Refused) -> None:
        super().__init__(why.reason)
        self.why = why


def person_line(given: dict[str, Any]) -> PersonLine:
    """A line from its fields; raises msgspec.ValidationError where one cannot be meant."""
    details = dict(given)
    program, starts_on = details.pop("program", None), details.pop("starts_on", None)
    person = msgspec.convert(details, NewParticipant)
    said = tuple(name for name in DETAILS if name in details)
    return PersonLine(person, said, program, msgspec.convert(starts_on, date | None))


async def import_people(act: Act, lines: Sequence[PersonLine], how: How) -> list[LineResult]:
    """Take in lines about people, each alone, and answer in their order."""
    results: list[LineResult] = []
    for line in lines:
        inner = Act(act, act.actor)
        try:
            async with act.savepoint():
                results.append(await _taken(inner, line, how))
                await close(inner)
        except _TakenBackError as refusal:
            results.append(LineResult("refused", refusal.why))
    return results


async def _taken(act: Act, line: PersonLine, how: How) -> LineResult:
    known = (await rosters.known(act, [line.person.reference])).get(line.person.reference)
    changed = False
    near: tuple[str, ...] = ()
    if known is None:
        made = _granted(await register_participant(act, line.person))
        person = made.id
        alike = [await participants.find(act, one) for one in made.near or ()]
        near = tuple(one.participant.reference for one in alike if one is not None)
    else:
        person = known
        changed = await _added(act, person, line)
    opened = await _enrolled(act, person, line) if how.enrolls else None
    if known is None:
        return LineResult("recorded", is_new=True, near=near, opened=opened)
    return LineResult("recorded" if changed or opened is not None else "known", opened=opened)


async def _added(act: Act, person: UUID, line: PersonLine) -> bool:
    """Add details that the record lacks; whether there were any."""
    kept = await participants.find(act, person)
    if kept is None:
        raise AssertionError("somebody was found a moment ago")
    now, wanted = kept.participant, line.person
    missing = {}
    for name in line.said:
        have, said = getattr(now, name), getattr(wanted, name)
        if have is None:
            missing[name] = said
        elif have != said:
            raise _TakenBackError(refused("reference_conflict.other_details", f"$.{name}"))
    if not missing:
        return False
    answer = await change_participant(act, person, ParticipantChange(**missing), kept.revision)
    _granted(answer)
    return True


async def _enrolled(act: Act, person: UUID, line: PersonLine) -> date | None:
    """Open the enrollment that a line asks for; gives its first day, none where it is on record."""
    if line.program is None and line.starts_on is None:
        return None
    if line.program is None or line.starts_on is None:
        raise _TakenBackError(
            refused("not_enrolled.line", "$.program" if line.program is None else "$.starts_on")
        )
    known = await rosters.episodes(act, [person], await clinics.zone(act))
    own = [one for one in known.get(person, []) if one.program == line.program]
    if any(one.starts_on == line.starts_on for one in own):
        return None
    if still := [one for one in own if one.closed_on is None]:
        days = tuple(one.starts_on.isoformat() for one in still)
        raise _TakenBackError(
            refused("outside_enrollment.other_start", "$.starts_on", day=line.starts_on, known=days)
        )
    _granted(await open_enrollment(act, NewEnrollment(person, line.program, line.starts_on)))
    return line.starts_on


def _granted(answer: Any) -> Any:  # noqa: ANN401  what was done, or a refusal
    if isinstance(answer, Refused):
        raise _TakenBackError(answer)
    return answer.value
