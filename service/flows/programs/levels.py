"""Which program is due to follow another, for whom: offered to desk and managers, never done by itself."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from msgspec import Struct

from schemas.people import Language
from schemas.program import Program
from schemas.receipts import DueProgram
from service.core.levels import due_nexts
from service.core.naming import program_title, titled
from service.core.state import State
from service.flows.perform import Act, Done
from service.store import enrollments, episodes, programs, versions

LOOKED_AT_MAX: Final = 500
"""How many enrollments of a program are looked at, the newest first."""


class DueSomebody(Struct, frozen=True):
    """Somebody for whom another program is due."""

    enrollment: UUID
    participant: UUID
    display_code: str
    due: tuple[DueProgram, ...]


async def due_programs(
    act: Act, program: Program, state: State, present: Sequence[str] = (), language: Language = "en"
) -> tuple[DueProgram, ...]:
    """The published programs that are due after one, but for those that somebody is in at `present`."""
    found: list[DueProgram] = []
    for one in due_nexts(program, state):
        latest = None if one.program in present else await programs.latest(act, one.program)
        if latest is not None:
            title = titled(program_title(latest.document), language)
            found.append(DueProgram(one.program, title, one.when.of, one.when.successes))
    return tuple(found)


async def who_is_due(act: Act, name: str) -> Done[tuple[DueSomebody, ...]]:
    """Whoever is in a program now and could go on to another; each is told in the audit trail."""
    found = [one for one in await versions.newest(act, name, LOOKED_AT_MAX) if one.closed_on is None]
    states = await enrollments.checkpoints(act, [one.enrollment for one in found])
    people: list[DueSomebody] = []
    for one in found:
        rules = await episodes.rules_of(act, one.program, one.version)
        due = await due_programs(act, rules.program, states[one.enrollment])
        if due:
            act.audit("enrollment.listed", one.enrollment, one.participant)
            people.append(DueSomebody(one.enrollment, one.participant, one.display_code, due))
    return Done(tuple(people))
