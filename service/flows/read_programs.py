"""Read published programs: the latest version, any version, or all programs."""

from schemas.books import ProgramPage, PublishedProgram
from service.core.cursors import Page, after_name, cut
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import programs

VERSION_MAX = 2**31 - 1


async def read_program(act: Act, name: str, version: int | None = None) -> Done[PublishedProgram] | Refused:
    """One version of a program, or its latest one."""
    if version is None:
        found = await programs.latest(act, act.clinic, name)
    else:
        found = await programs.find(act, act.clinic, name, version) if version <= VERSION_MAX else None
    if found is None:
        return refused("not_found", "There is no such program, or not in this version.")
    return Done(found)


async def list_programs(act: Act, page: Page) -> Done[ProgramPage] | Refused:
    """All programs by name, each in its latest version."""
    last = after_name(page)
    if isinstance(last, Refused):
        return last
    found = await programs.after(act, act.clinic, last, page.limit + 1)
    return Done(ProgramPage(*cut(found, page, lambda program: program.name)))
