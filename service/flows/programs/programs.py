"""Programs: publish a version, read versions, and who is enrolled in which."""

from uuid import UUID

from schemas.books import ProgramPage, PublishedProgram
from schemas.program import Program
from service.core.authoring.programs import check, digest, warnings
from service.core.cursors import Page, after_name, cut
from service.core.refusals import Refused, refused
from service.core.words.refusals.catalog import wire_faults
from service.flows.perform import Act, Done
from service.store import programs, versions
from service.store.versions import InOlder, Version

VERSION_MAX = 2**31 - 1
__all__ = ["InOlder", "People", "Version", "count_people", "list_older", "list_versions"]

VERSIONS_MAX = 500
FIRST = UUID(int=0)
People = dict[tuple[str, int], int]
"""How many people are in each version, by the program's name and the version's number."""


async def publish_program(
    act: Act, program: Program, *, dry_run: bool = False
) -> Done[PublishedProgram] | Refused:
    """Publish a program that has no faults; a dry run answers the same and keeps nothing."""
    faults = check(program)
    if faults:
        return Refused("program_faulty", faults=faults)
    if not dry_run:
        await programs.lock(act, program.name)
    latest = await programs.latest(act, program.name)
    its_digest = digest(program)
    if latest is not None and latest.digest == its_digest:
        return Done(latest, "done" if dry_run else "found")
    version = 1 if latest is None else latest.version + 1
    published = PublishedProgram(
        program.name, version, its_digest, act.now, program, wire_faults(warnings(program))
    )
    if dry_run:
        return Done(published)
    await programs.insert(act, published, act.actor.id)
    act.audit("program.published", program=program.name, version=version, digest=its_digest)
    return Done(published, "created")


async def read_program(act: Act, name: str, version: int | None = None) -> Done[PublishedProgram] | Refused:
    """One version of a program, or its latest one."""
    if version is None:
        found = await programs.latest(act, name)
    else:
        found = await programs.find(act, name, version) if version <= VERSION_MAX else None
    if found is None:
        return refused("not_found.program_version")
    return Done(found)


async def list_programs(act: Act, page: Page) -> Done[ProgramPage] | Refused:
    """All programs by name, each in its latest version."""
    last = after_name(page)
    if isinstance(last, Refused):
        return last
    found = await programs.after(act, last, page.limit + 1)
    return Done(ProgramPage(*cut(found, page, lambda program: program.name)))


async def list_versions(act: Act, name: str) -> Done[tuple[Version, ...]] | Refused:
    """The versions of one program, newest first."""
    found = await versions.of(act, name, VERSIONS_MAX)
    return Done(found) if found else refused("not_found.program")


async def count_people(act: Act) -> Done[People] | Refused:
    """How many people are in each version of each program; whoever is in none is not counted."""
    return Done(await versions.people(act))


async def list_older(
    act: Act, name: str, version: int, *, after: UUID = FIRST, rows_max: int = 50
) -> Done[tuple[InOlder, ...]] | Refused:
    """Who is in an older version of a program than one, from after an enrollment on."""
    found = await versions.on_older(act, name, version, after, rows_max)
    act.audit_listed("enrollment.listed", ((one.enrollment, one.participant) for one in found))
    return Done(found)
