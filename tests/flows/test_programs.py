"""A published version never changes; publishing the same again makes no new one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import asyncpg
import pytest
from msgspec.structs import replace

from schemas.books import PublishedProgram
from schemas.program import Program
from service.core.authoring.programs import digest
from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.perform import Done
from service.flows.programs.programs import list_programs, publish_program, read_program

if TYPE_CHECKING:
    from tests.flows.conftest import Operation, Scene


def publishing(program: Program, *, dry_run: bool = False) -> Operation[PublishedProgram]:
    """Publish a program."""
    return lambda act: publish_program(act, program, dry_run=dry_run)


async def test_a_program_is_published_once_a_change(scene: Scene) -> None:
    """The same document is found again; another one is the next version, and so is the first one after it."""
    program = await scene.program()
    other = replace(program, title="Another ladder")
    again = await scene.done(publishing(program))
    changed = await scene.done(publishing(other))
    back = await scene.done(publishing(program))
    assert [(d.made, d.value.version) for d in (again, changed, back)] == [
        ("found", 1),
        ("created", 2),
        ("created", 3),
    ]
    assert back.value.digest == again.value.digest == digest(program)


async def test_a_dry_run_answers_the_same_and_keeps_nothing(scene: Scene) -> None:
    """The version shown is the one that publishing would give."""
    program = await scene.program()
    other = replace(program, title="Another ladder")
    tried = await scene.done(publishing(other, dry_run=True))
    assert (tried.made, tried.value.version, tried.value.document) == ("done", 2, other)
    assert (await scene.value(lambda act: read_program(act, program.name))).version == 1


async def test_a_program_with_faults_is_refused_with_each_place(scene: Scene) -> None:
    """The author learns what to mend and where."""
    program = await scene.program()
    twice = replace(program, name="faulty", targets=program.targets * 2)
    answer = await scene.ask(publishing(twice))
    assert isinstance(answer, Refused)
    assert answer.code == "program_faulty"
    assert all(fault.pointer.startswith("$") for fault in answer.faults)
    assert await scene.refusal(lambda act: read_program(act, "faulty")) == ("not_found", ())


async def test_twenty_versions_published_at_once_are_twenty_versions(scene: Scene) -> None:
    """No two publications are given the same number, and none is lost."""
    program = await scene.program()
    versions = [replace(program, title=f"Ladder {number}") for number in range(20)]
    answers = await asyncio.gather(*(scene.done(publishing(version)) for version in versions))
    assert sorted(answer.value.version for answer in answers) == list(range(2, 22))


async def test_one_version_published_twenty_times_at_once_is_one_version(scene: Scene) -> None:
    """Whoever comes second finds it there."""
    program = replace(await scene.program(), title="New")
    answers = await asyncio.gather(*(scene.done(publishing(program)) for _ in range(20)))
    assert {answer.value.version for answer in answers} == {2}
    assert sorted(answer.made for answer in answers) == ["created"] + ["found"] * 19


async def test_every_version_can_be_read_as_it_was_published(scene: Scene) -> None:
    """The document comes back the same, and the latest is the one without a number."""
    program = await scene.program()
    other = replace(program, title="Another ladder")
    await scene.done(publishing(other))
    first = await scene.value(lambda act: read_program(act, program.name, 1))
    latest = await scene.value(lambda act: read_program(act, program.name))
    assert (first.document, latest.document, latest.version) == (program, other, 2)


@pytest.mark.parametrize(
    ("name", "version"), [("none", None), ("ladder", 2), ("ladder", 2**40), ("ladder", 0)]
)
async def test_a_program_that_there_is_not_is_not_found(scene: Scene, name: str, version: int | None) -> None:
    """A name or a version that was never published is the same to us."""
    await scene.program()
    assert await scene.refusal(lambda act: read_program(act, name, version)) == ("not_found", ())


async def test_programs_are_listed_by_name_in_their_latest_version(scene: Scene) -> None:
    """Page by page, each program stands in the list once."""
    names = ["b-program", "a-program", "c-program"]
    for name in names:
        await scene.program(name)
    await scene.done(publishing(replace(await scene.program("b-program"), title="B again")))
    first = await scene.value(lambda act: list_programs(act, Page(2)))
    rest = await scene.value(lambda act: list_programs(act, Page(2, first.next_cursor)))
    assert [(item.name, item.version) for item in (*first.items, *rest.items)] == [
        ("a-program", 1),
        ("b-program", 2),
        ("c-program", 1),
    ]
    assert rest.next_cursor is None


async def test_the_service_can_neither_change_nor_delete_a_version(scene: Scene) -> None:
    """What was published is kept by grant and not by good manners."""
    await scene.program()
    for statement in ("update programs set version = 9", "delete from programs", "truncate programs"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with scene.database.transaction(scene.clinic) as tx:
                await tx.connection.execute(statement)


async def test_a_program_of_another_clinic_is_not_ours(scene: Scene) -> None:
    """Two clinics can give two programs the same name."""
    await (await scene.elsewhere()).program("theirs")
    assert await scene.refusal(lambda act: read_program(act, "theirs")) == ("not_found", ())
    assert isinstance(await scene.ask(publishing(replace(await scene.program(), name="theirs"))), Done)
