"""Later events of the demo's clinic: corrections, missed visits, closure, a newer version, a hat, money."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, timedelta, tzinfo
from functools import partial
from typing import Final, TypeVar
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from schemas.caps import NewCap
from schemas.corrections import NewCorrection
from schemas.draws import NewHat
from schemas.groups import GroupName, GroupPlace, GroupTime, NewGroup
from schemas.people import Enrollment, MoveEnrollment
from schemas.program import Ladder, Phase
from schemas.receipts import RecordedEvent
from schemas.visits import NewClosure
from schemas.worth import NewPointsWorth
from service.core.actors import Actor
from service.core.calendar import local_day
from service.core.cursors import LIMIT_MAX, Page
from service.core.meetings import WEEKDAYS
from service.core.refusals import Refused
from service.demo.arranged import HANDED_IN, arrange, use
from service.demo.cast import COUNTY, EVENING_GROUP
from service.flows.draws.hats import draw_names
from service.flows.groups.groups import add_member, create_group
from service.flows.people.enrollments import list_enrollments
from service.flows.people.transfers import move_enrollment
from service.flows.perform import Act, Done, perform
from service.flows.programs.programs import publish_program
from service.flows.visits.closures import enter_closure
from service.flows.visits.corrections import correct_event
from service.flows.visits.read_events import EventFilter, list_events
from service.flows.visits.record_missed import record_missed
from service.store.database.pool import Database

T = TypeVar("T")

COUNTY_CAP: Final = NewCap(
    "enrollment", "usd", 20_000, date(2020, 1, 1), "The county pays at most $200 a person.", COUNTY
)
"""The cap of one enrollment's funder: somebody has reached it."""


TEN_CENTS: Final = NewPointsWorth(10, starts_on=date(2020, 1, 1), reason="Ten points buy a dollar's worth.")
"""What a point is worth, so that what points buy counts in money too."""


EVENINGS: Final = NewGroup(
    GroupName("Evening group", "Grupo de la tarde"),
    (GroupPlace(EVENING_GROUP.name, EVENING_GROUP.name),),
    tuple(GroupTime(day, "17:30", 90) for day in WEEKDAYS),
)
"""A group that meets every evening, so that there is a session on whatever day the demo is looked at."""
IN_EVENINGS: Final = ("MRN-1019", "MRN-1020", "MRN-1021")


class Corrected(Struct, frozen=True):
    """A visit, counted from 1 on its target, that a clinician corrected later."""

    reference: str
    target: str
    visit: int
    correction: NewCorrection


CORRECTED: tuple[Corrected, ...] = (
    Corrected(
        "MRN-1005",
        "cocaine-negative",
        10,
        NewCorrection("lab_overturn", "The laboratory confirmed a false positive.", "negative"),
    ),
    Corrected(
        "MRN-1015", "relapse-prevention", 6, NewCorrection("excuse", "In hospital that day, with a letter.")
    ),
    Corrected("MRN-1013", "cbt-homework", 2, NewCorrection("entry_error", "It was somebody else's sheet.")),
)

ABSENT: Final = "MRN-1018"
MOVED: Final = "MRN-1019"
RAISED: Final = replace(
    EVENING_GROUP,
    targets=(
        replace(
            EVENING_GROUP.targets[0], phases=(Phase(weeks=(1, 12), earn=Ladder(start=150, step=25, max=400)),)
        ),
    ),
)
"""The second version of the group's program, with a higher first step."""


class Afterwards:
    """Does what happened later in the demo's clinic, by the same operations as anybody."""

    def __init__(
        self, database: Database, manager: Actor, clinician: Actor, desk: Actor, zone: tzinfo
    ) -> None:
        """Act in a clinic whose history is recorded."""
        self.database = database
        self.manager = manager
        self.clinician = clinician
        self.desk = desk
        self.zone = zone

    async def happen(self, people: Mapping[str, UUID]) -> None:
        """Correct visits, record what was missed, close a day, move somebody to a newer version, draw names.

        Raises LookupError where the demo's history lacks what this speaks of.
        """
        for one in CORRECTED:
            visits = await self._visits(people[one.reference], one.target)
            event = visits[one.visit - 1].id
            await self._did(self.clinician, partial(correct_event, about=event, new=one.correction))
        await record_missed(self.database, self.manager.clinic)
        await self._close_a_day(people[ABSENT])
        await self._did(self.manager, lambda act: publish_program(act, RAISED))
        (group,) = await self._enrollments(people[MOVED])
        to = MoveEnrollment(group.version + 1, "The first step was raised for everybody.")
        await self._did(self.manager, lambda act: move_enrollment(act, group.id, to, is_preview=False))
        last = (await self._visits(people[MOVED], EVENING_GROUP.name))[-1]
        hat = NewHat(EVENING_GROUP.name, EVENING_GROUP.name, local_day(last.occurred_at, self.zone))
        await self._did(self.desk, lambda act: draw_names(act, hat))
        evenings = await self._did(self.clinician, lambda act: create_group(act, EVENINGS))
        for reference in IN_EVENINGS:
            joins = partial(add_member, group_id=evenings.id, participant_id=people[reference])
            await self._did(self.clinician, joins)
        today = local_day(self.database.clock(), self.zone)
        await self._did(self.manager, partial(arrange, today=today))
        (stay,) = await self._enrollments(people[HANDED_IN[0]])
        await self._did(self.desk, partial(use, people=people, enrollment=stay.id))

    async def _close_a_day(self, participant: UUID) -> None:
        """The clinic closed at noon on the day of somebody's last missed visit; another closure lies ahead.

        At noon, because on whatever day that is, others were expected too, and had come in the morning.
        """
        events = await self._did(
            self.manager,
            lambda act: list_events(act, EventFilter(participant=participant), Page(LIMIT_MAX, None)),
        )
        missed = max(one.occurred_at for one in events.items if one.outcome == "missed")
        today = local_day(self.database.clock(), self.zone)
        for day, reason in (
            (local_day(missed, self.zone), "A pipe burst at noon, and we sent everybody home."),
            (today + timedelta(days=21), "Staff training."),
        ):
            closure = NewClosure(day, day, reason)
            await self._did(self.manager, partial(enter_closure, new=closure))

    async def _visits(self, participant: UUID, target: str) -> list[RecordedEvent]:
        """A participant's events on a target in the order in which they happened."""
        wanted = EventFilter(participant=participant)
        page = await self._did(self.manager, lambda act: list_events(act, wanted, Page(LIMIT_MAX, None)))
        return sorted((one for one in page.items if one.target == target), key=lambda one: one.occurred_at)

    async def _enrollments(self, participant: UUID) -> list[Enrollment]:
        page = await self._did(
            self.manager,
            lambda act: list_enrollments(act, Page(LIMIT_MAX, None), participant=participant),
        )
        return list(page.items)

    async def _did(self, actor: Actor, operation: Callable[[Act], Awaitable[Done[T] | Refused]]) -> T:
        done = await perform(self.database, actor, operation)
        match done:
            case Done(value):
                return value
            case _:
                message = f"a deed of the demo was not done: {done}"
                raise LookupError(message)
