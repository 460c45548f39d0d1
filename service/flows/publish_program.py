"""Publish a program: a new version of it, unless it says what the latest version says."""

from schemas.books import PublishedProgram
from schemas.program import Program
from service.core.authoring.programs import check, digest, warnings
from service.core.refusals import Refused
from service.flows.perform import Act, Done
from service.store import programs


async def publish_program(
    act: Act, program: Program, *, dry_run: bool = False
) -> Done[PublishedProgram] | Refused:
    """Publish a program that has no faults; a dry run answers the same and keeps nothing."""
    faults = check(program)
    if faults:
        words = "The program has faults; mend each of them at the place that is named."
        return Refused("program_faulty", words, faults)
    if not dry_run:
        await programs.lock(act, act.clinic, program.name)
    latest = await programs.latest(act, act.clinic, program.name)
    its_digest = digest(program)
    if latest is not None and latest.digest == its_digest:
        return Done(latest, "done" if dry_run else "found")
    version = 1 if latest is None else latest.version + 1
    published = PublishedProgram(program.name, version, its_digest, act.now, program, warnings(program))
    if dry_run:
        return Done(published)
    await programs.insert(act, act.clinic, published, act.actor.id)
    act.tell("program.published", program=program.name, version=version, digest=its_digest)
    return Done(published, "created")
