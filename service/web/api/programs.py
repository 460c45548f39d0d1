"""Programs: published as documents, read in any version, and tried out as a table."""

from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from schemas.books import NewTable, ProgramPage, ProgramTable, PublishedProgram
from schemas.program import Program, Slug
from service.core.authoring.programs import check, decode
from service.core.authoring.table import check_outcomes, table
from service.core.cursors import LIMIT, Page
from service.core.refusals import Refused, invalid, refused
from service.flows.perform import Act, Done
from service.flows.programs.programs import list_programs, publish_program, read_program
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.pagination import Limit, NameCursor
from service.web.http.route import EVERYONE, MANAGERS, route

Version = Annotated[int, Meta(ge=1, le=1_000_000)]
YAML = ("application/yaml",)


class PublishQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether the document is only judged: `dry_run=true` keeps nothing."""

    dry_run: bool = False
    """Whether the document is only judged, and nothing is kept."""


@route(
    "POST",
    "/v1/programs",
    "publish_program",
    roles=MANAGERS,
    answer=PublishedProgram,
    statuses=(201, 200),
    tagged=True,
    refusals=("program_faulty",),
    reads=(*YAML, "application/json"),
    shape=Program,
)
async def publish(call: Call, asked: PublishQuery, body: bytes) -> Answer:
    """Publish a program, or a new version of one.

    A document identical to the latest version answers 200 with that version. With `dry_run=true` it is
    judged and nothing is kept.
    """
    program = decode(body, yaml=call.media in YAML)
    if not isinstance(program, Program):
        return call.refuse(Refused("program_faulty.document", faults=program))

    async def operation(act: Act) -> Done[PublishedProgram] | Refused:
        done = await publish_program(act, program, dry_run=asked.dry_run)
        return done if isinstance(done, Refused) or asked.dry_run else _tagged(done)

    return await call.perform(operation, lambda made: f"/v1/programs/{made.name}/versions/{made.version}")


class ProgramsQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which page of the programs is asked for."""

    limit: Limit = LIMIT
    cursor: NameCursor | None = None


@route("GET", "/v1/programs", "list_programs", roles=EVERYONE, answer=ProgramPage)
async def list_(call: Call, asked: ProgramsQuery) -> Answer:
    """List the programs, each in its latest version."""
    return await call.perform(lambda act: list_programs(act, Page(asked.limit, asked.cursor)))


@route(
    "GET",
    "/v1/programs/{name}",
    "read_program",
    roles=EVERYONE,
    answer=PublishedProgram,
    tagged=True,
    refusals=("not_found",),
)
async def read(call: Call, name: Slug) -> Answer:
    """Read the latest version of a program."""
    return await call.perform(lambda act: _with_version(act, name, None))


@route(
    "GET",
    "/v1/programs/{name}/versions/{version}",
    "read_program_version",
    roles=EVERYONE,
    answer=PublishedProgram,
    tagged=True,
    refusals=("not_found",),
)
async def read_version(call: Call, name: Slug, version: Version) -> Answer:
    """Read one version of a program; it never changes."""
    return await call.perform(lambda act: _with_version(act, name, version))


@route(
    "POST",
    "/v1/programs/table",
    "tabulate_program",
    scope="programs.read",
    speaks=True,
    roles=EVERYONE,
    answer=ProgramTable,
    refusals=("unknown_program", "program_faulty"),
)
async def tabulate(call: Call, body: NewTable) -> Answer:
    """Work out the visit-by-visit table of a program; nothing is stored."""
    return await call.perform(lambda act: _table(act, body, call))


async def _with_version(act: Act, name: str, version: int | None) -> Done[PublishedProgram] | Refused:
    done = await read_program(act, name, version)
    return done if isinstance(done, Refused) else _tagged(done)


def _tagged(done: Done[PublishedProgram]) -> Done[PublishedProgram]:
    """A program whose ETag is its version: a version never changes."""
    return msgspec.structs.replace(done, revision=done.value.version)


async def _table(act: Act, body: NewTable, call: Call) -> Done[ProgramTable] | Refused:
    if isinstance(body.program, Program):
        program = body.program
        if faults := check(program):
            return Refused("program_faulty.table", faults=faults)
    else:
        published = await read_program(act, body.program)
        if isinstance(published, Refused):
            return refused("unknown_program.unpublished", program=body.program)
        program = published.value.document
    if faults := check_outcomes(program, body.outcomes):
        return invalid(*faults)
    return Done(table(program, body.outcomes, call.language or "en"))
