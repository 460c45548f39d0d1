"""The first steps of a new clinic: a published program, a few rewards, and the first participant."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final
from uuid import UUID

from msgspec import Struct

from schemas.people import NewEnrollment, NewParticipant
from schemas.program import Program, Unit
from schemas.shelf import NewReward
from service.core.authoring.programs import decode
from service.core.calendar import local_day
from service.core.naming import program_title
from service.core.refusals import Refused
from service.flows.people.enrollments import open_enrollment
from service.flows.people.participants import register_participant
from service.flows.perform import Act, Done
from service.flows.programs.programs import publish_program
from service.flows.shelf.rewards import add_reward
from service.store import clinics

PROGRAMS: Final = Path(__file__).parents[3] / "schemas" / "programs"
CENTS_A_POINT: Final = 10


class Offered(Struct, frozen=True):
    """A reward that a new clinic may put on its shelf, with its price in cents."""

    key: str
    name: str
    cents: int
    category: str
    stock: int


SHELF: Final = (
    Offered("groceries", "Grocery gift card, $10", 1000, "groceries", 10),
    Offered("bus", "Bus day pass", 500, "transport", 20),
    Offered("movie", "Movie ticket", 1200, "fun", 10),
    Offered("mug", "Coffee mug", 800, "household", 10),
)


@cache
def programs_offered() -> tuple[Program, ...]:
    """The published schedules that come with the service, by their titles."""
    found = [decode(path.read_bytes(), yaml=True) for path in sorted(PROGRAMS.glob("*.yaml"))]
    programs = [one for one in found if isinstance(one, Program)]
    return tuple(sorted(programs, key=lambda one: program_title(one).en))


async def take_first_steps(
    act: Act, program: Program, rewards: Sequence[Offered], person: NewParticipant | None
) -> Done[UUID | None] | Refused:
    """Publish a program, fill the shelf, and enroll the first participant from today on; all or nothing.

    Gives who they are.
    """
    published = await publish_program(act, program)
    if isinstance(published, Refused):
        return published
    for one in rewards:
        added = await add_reward(act, _reward(one, program.unit))
        if isinstance(added, Refused):
            return added
    if person is not None:
        registered = await register_participant(act, person)
        if isinstance(registered, Refused):
            return registered
        today = local_day(act.now, await clinics.zone(act))
        enrolled = await open_enrollment(act, NewEnrollment(registered.value.id, program.name, today))
        return enrolled if isinstance(enrolled, Refused) else Done(registered.value.id)
    return Done(None)


def _reward(one: Offered, unit: Unit) -> NewReward:
    price = one.cents if unit == "usd" else one.cents // CENTS_A_POINT
    return NewReward(one.name, unit, price, "item", one.category, stock=one.stock)
