"""Find whatever somebody on the staff means by a few letters: people, programs and rewards."""

from collections.abc import Iterable
from itertools import islice
from typing import Final, TypeVar

from msgspec import Struct
from msgspec.structs import asdict

from schemas.people import Role
from schemas.program import Title
from schemas.shelf import Reward
from service.core.cursors import LAST_ID, Page
from service.core.naming import program_title
from service.core.refusals import Refused
from service.core.spellings import name_spelling
from service.flows.people.participants import Found, find_people
from service.flows.perform import Act, Done
from service.flows.programs.programs import list_programs
from service.store import rewards

T = TypeVar("T")
SHOWN_MAX: Final = 8
LOOKED_AT_MAX: Final = 200
LETTERS_LEAST: Final = 2
MAY_SEE_PEOPLE: Final[frozenset[Role]] = frozenset({"front_desk", "clinician", "manager"})


class FoundProgram(Struct, frozen=True):
    """A program that is found, with what it is called."""

    name: str
    title: Title


class Everything(Struct, frozen=True):
    """Whatever a few letters may mean; of each kind at most so many."""

    people: Found
    programs: tuple[FoundProgram, ...]
    rewards: tuple[Reward, ...]


def means(typed: str, *texts: str) -> bool:
    """Whether each word that was typed begins a word of some texts."""
    said = f" {name_spelling(' '.join(texts).replace('-', ' '))}"
    return all(f" {word}" in said for word in name_spelling(typed).replace("-", " ").split())


async def search(act: Act, typed: str, role: Role | None) -> Done[Everything] | Refused:
    """People, programs and rewards that some letters may mean, as far as a role sees them."""
    nobody = Found((), 0)
    if len(typed.strip()) < LETTERS_LEAST:
        return Done(Everything(nobody, (), ()))
    people = await find_people(act, typed) if role in MAY_SEE_PEOPLE else Done(nobody)
    if isinstance(people, Refused):
        return people
    listed = await list_programs(act, Page(LOOKED_AT_MAX))
    if isinstance(listed, Refused):
        return listed
    titled = (FoundProgram(one.name, program_title(one.document)) for one in listed.value.items)
    programs = _some(one for one in titled if means(typed, one.name, *asdict(one.title).values()))
    shelf = await rewards.before(act, LAST_ID, LOOKED_AT_MAX, None, None)
    found = _some(one for one in shelf if means(typed, one.name, one.category))
    return Done(Everything(people.value, programs, found))


def _some(found: Iterable[T]) -> tuple[T, ...]:
    return tuple(islice(found, SHOWN_MAX))
