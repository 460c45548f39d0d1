"""Programs: the published ones, and one of them with its versions, its table and its chart."""

from functools import partial
from typing import Annotated, get_args

import msgspec
from msgspec import Meta, Struct

from schemas.books import PublishedProgram
from schemas.forecasts import PEOPLE_MAX
from schemas.program import Program, Slug, Title
from schemas.purposes import Purpose
from schemas.receipts import Money
from service.core.authoring.programs import plain
from service.core.authoring.review import review
from service.core.authoring.scenarios import Scenarios, climbs, perfect_totals, scenarios
from service.core.cursors import Page
from service.core.levels import nexts_of
from service.core.naming import program_title, target_titles
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.flows.programs.levels import DueSomebody, who_is_due
from service.flows.programs.programs import (
    People,
    Version,
    count_people,
    list_programs,
    list_versions,
    read_program,
)
from service.flows.programs.trials import point_cents
from service.web.http.answers import Answer
from service.web.pages.editor.chart import charts
from service.web.pages.editor.sentences import Said, said_of
from service.web.pages.editor.starters import starters
from service.web.pages.editor.trying import outlay, wanted_of
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import READING, page

PROGRAMS_MAX = 200


class Listed(Struct, frozen=True):
    """One program on the list: its latest version, what it pays at most, and who is in it."""

    program: PublishedProgram
    totals: tuple[Money, ...]
    people: int
    older: int


class ProgramQuery(Struct, frozen=True):
    """Which version and which target are shown, and which visit is missed."""

    version: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None
    target: str | None = None
    miss: Annotated[str, Meta(max_length=20)] = ""
    people: Annotated[str, Meta(max_length=20)] = ""
    budget: Annotated[str, Meta(max_length=20)] = ""
    published: bool = False


class Preview(Struct, frozen=True):
    """A program's view: its table, its charts, and the program read back in words."""

    program: Program
    shown: Scenarios
    wide: str
    narrow: str
    said: tuple[Said, ...]
    totals: tuple[Money, ...]
    names: dict[str, Title]
    """What its targets are called."""


async def next_titles(call: PageCall, *programs: Program | None) -> dict[str, Title]:
    """What the programs are called that some programs lead on to, as far as they are known here."""
    names = {one.program for program in programs if program is not None for one in nexts_of(program)}
    found: dict[str, Title] = {}
    for name in sorted(names):
        known = await call.do(partial(read_program, name=name))
        if not isinstance(known, Refused):
            found[name] = program_title(known.document)
        elif name in (ready := starters()):
            found[name] = program_title(ready[name].program)
    return found


async def preview_of(call: PageCall, program: Program, target: str | None, miss: int | None) -> Preview:
    """Work out what a sound program pays; a target that it lacks becomes its first one."""
    names = [one.name for one in program.targets]
    chosen = target if target in names else names[0]
    shown = scenarios(program, chosen, miss, call.voice.language)
    wide, narrow = charts(shown, call.voice, climbs(shown.target))
    said = said_of(program, call.voice, await next_titles(call, program))
    return Preview(program, shown, wide, narrow, said, perfect_totals(program), target_titles(program))


def visit_in(text: str) -> int | None:
    """The visit that a field names; whatever is no number names none."""
    return int(text) if text.isascii() and text.isdecimal() and int(text[:5]) > 0 else None


@page("GET", "/manage/programs", who=READING)
async def listed(call: PageCall) -> Answer:
    """Show the programs, and those to start from."""
    found = await call.do(partial(_listed))
    if isinstance(found, Refused):
        return call.refuse(found)
    taken = {one.program.name for one in found}
    ready = [one for one in starters().values() if one.program.name not in taken]
    return call.show("manage/programs.html", found=found, starters=ready, purposes=get_args(Purpose))


async def _listed(act: Act) -> Done[tuple[Listed, ...]] | Refused:
    programs = await list_programs(act, Page(PROGRAMS_MAX))
    counted = await count_people(act)
    if isinstance(programs, Refused):
        return programs
    people: People = counted.value if isinstance(counted, Done) else {}
    return Done(
        tuple(
            Listed(
                one,
                perfect_totals(one.document),
                sum(count for (name, _), count in people.items() if name == one.name),
                sum(
                    count
                    for (name, version), count in people.items()
                    if name == one.name and version < one.version
                ),
            )
            for one in programs.value.items
        )
    )


class _Known(Struct, frozen=True):
    program: PublishedProgram
    versions: tuple[Version, ...]
    people: dict[int, int]
    point_cents: int | None
    due: tuple[DueSomebody, ...]


@page("GET", "/manage/programs/{name}", who=READING)
async def shown(call: PageCall, name: Slug, asked: ProgramQuery) -> Answer:
    """Show one program: what it says, what it pays, and its versions."""
    found = await call.do(partial(_known, name=name, version=asked.version))
    if isinstance(found, Refused):
        return call.refuse(found)
    program = found.program.document
    wanted = wanted_of(asked.people, asked.budget, program.unit)
    values = {
        "known": found,
        "evidence": review(program, call.voice.language, found.point_cents).lines,
        "wanted": asked,
        "is_unread": wanted.is_unread,
        "people_max": PEOPLE_MAX,
        "outlay": await outlay(call, program, wanted),
        "preview": await preview_of(call, found.program.document, asked.target, visit_in(asked.miss)),
        "document": pretty(found.program.document),
        "is_published": asked.published,
    }
    return call.show("manage/program.html", 200, **values)


async def _known(act: Act, name: str, version: int | None) -> Done[_Known] | Refused:
    program = await read_program(act, name, version)
    if isinstance(program, Refused):
        return refused("not_found.program_version")
    versions = await list_versions(act, name)
    if isinstance(versions, Refused):
        return versions
    counted = await count_people(act)
    people: People = counted.value if isinstance(counted, Done) else {}
    own = {number: count for (of, number), count in people.items() if of == name}
    return Done(
        _Known(program.value, versions.value, own, await point_cents(act), await _due(act, program.value))
    )


async def _due(act: Act, program: PublishedProgram) -> tuple[DueSomebody, ...]:
    """Who could go on from it; nobody is looked at where no version at hand names a next program."""
    return (await who_is_due(act, program.name)).value if nexts_of(program.document) else ()


def pretty(program: Program) -> str:
    """A program's document as people read it: its fields in their own order, indented, defaults left out."""
    return msgspec.json.format(msgspec.json.encode(plain(program)), indent=2).decode()
