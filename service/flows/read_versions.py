"""Read the versions of programs: which there are, how many people are in each, and who is in an older one."""

from uuid import UUID

from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import versions
from service.store.versions import InOlder, Version

__all__ = ["InOlder", "People", "Version", "count_people", "list_older", "list_versions"]

VERSIONS_MAX = 500
FIRST = UUID(int=0)
People = dict[tuple[str, int], int]
"""How many people are in each version, by the program's name and the version's number."""


async def list_versions(act: Act, name: str) -> Done[tuple[Version, ...]] | Refused:
    """The versions of one program, newest first."""
    found = await versions.of(act, act.clinic, name, VERSIONS_MAX)
    return Done(found) if found else refused("not_found", "There is no such program.")


async def count_people(act: Act) -> Done[People] | Refused:
    """How many people are in each version of each program; whoever is in none is not counted."""
    return Done(await versions.people(act, act.clinic))


async def list_older(
    act: Act, name: str, version: int, *, after: UUID = FIRST, rows_max: int = 50
) -> Done[tuple[InOlder, ...]] | Refused:
    """Who is in an older version of a program than one, from after an enrollment on."""
    found = await versions.on_older(act, act.clinic, name, version, after, rows_max)
    for one in found:
        act.tell("enrollment.listed", one.enrollment, one.participant)
    return Done(found)
