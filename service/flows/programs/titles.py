"""Read what programs and their targets are called, by the enrollments that are in them."""

from collections.abc import Iterable
from uuid import UUID

from msgspec import Struct

from schemas.program import Title
from service.core.naming import program_title, target_titles
from service.flows.perform import Act, Done
from service.store import enrollments, episodes


class Titles(Struct, frozen=True):
    """What the programs of some enrollments, and the targets of these, are called."""

    programs: dict[UUID, Title]
    targets: dict[UUID, dict[str, Title]]


async def read_titles(act: Act, of: Iterable[UUID]) -> Done[Titles]:
    """The titles of some enrollments' programs; whoever lists them tells of whom they read."""
    programs: dict[UUID, Title] = {}
    targets: dict[UUID, dict[str, Title]] = {}
    for enrollment in set(of):
        known = await enrollments.find(act, enrollment)
        if known is not None:
            program = (await episodes.rules_of(act, known.program, known.version)).program
            programs[enrollment], targets[enrollment] = program_title(program), target_titles(program)
    return Done(Titles(programs, targets))
