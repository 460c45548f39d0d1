"""Make the participants and enrollments that lines of a file lack, and say where each line belongs."""

from collections.abc import Sequence
from datetime import date, timedelta, tzinfo
from typing import Final
from uuid import UUID

from msgspec import Struct, UnsetType
from msgspec.structs import replace

from schemas.books import PublishedProgram
from schemas.events import NewEvent
from schemas.people import CloseEnrollment, NewEnrollment, NewParticipant
from service.core import recording
from service.core.calendar import local_day
from service.core.dated_episodes import AskedLine, KnownEpisode, Opening, Plan, plan
from service.core.episode import Episode
from service.core.refusals import Refused, refused
from service.core.rules import opening
from service.core.spellings import number_spelling
from service.flows.people.enrollments import close_enrollment, open_enrollment
from service.flows.people.participants import register_participant
from service.flows.perform import Act
from service.store import charts, episodes, participants, programs, rosters

YEARS: Final = range(1900, 2200)
"""The years in which an enrollment can start; further off, calendar sums end."""


class Line(Struct, frozen=True):
    """One line of a file: its event, and the day on which an enrollment made for it starts."""

    event: NewEvent
    starts_on: date | None = None


class Placed(Struct, frozen=True):
    """Where a line belongs: its event, which names the enrollment where one was found, or why it is refused.

    `person` is whom it is about, where they are known. The first line of somebody new is `is_new`, and names
    the numbers of those who may be the same person, for theirs are `near`; the first
    of an enrollment that was opened names the day on which it starts, and the last day of the one that was
    closed for it.
    """

    event: NewEvent | Refused
    person: UUID | None = None
    is_new: bool = False
    near: tuple[str, ...] = ()
    opened: date | None = None
    closed: date | None = None


class _Person(Struct):
    """Somebody whom lines are about, and the places of these lines; without an id they are not known yet."""

    reference: str | None
    id: UUID | None
    places: list[int]


class Enroller:
    """Places the lines of some people in one transaction, in which they are recorded as well."""

    def __init__(self, act: Act, zone: tzinfo, skew: timedelta, *, enrolls: bool) -> None:
        """Open and close enrollments only where it `enrolls`."""
        self._act = act
        self._zone = zone
        self._skew = skew
        self._enrolls = enrolls
        self._latest: dict[str, PublishedProgram | None] = {}
        self._names: list[str] | None = None

    async def place(self, lines: Sequence[Line]) -> list[Placed]:
        """Lock whom the lines are about, make what they lack, and say where each belongs."""
        people = await self._people(lines)
        known = await rosters.episodes(
            self._act, [one.id for one in people if one.id is not None], self._zone
        )
        placed = [Placed(line.event) for line in lines]
        for person in people:
            own = known.get(person.id, []) if person.id is not None else []
            if person.id is not None or (self._enrolls and person.reference is not None):
                await self._place(person, own, lines, placed)
            for place in person.places:
                placed[place] = replace(placed[place], person=person.id)
        return placed

    async def _people(self, lines: Sequence[Line]) -> list[_Person]:
        events = [line.event for line in lines]
        named = [e.enrollment for e in events if e.enrollment is not None]
        locked = await charts.lock(
            self._act,
            named,
            [e.participant for e in events if e.participant is not None],
            [e.participant_reference for e in events if e.participant_reference is not None],
        )
        owner_of = await rosters.owners(self._act, named) if named else {}
        id_of = {named: participant for participant, known in locked.items() for named in known.named}
        people: dict[str, _Person] = {}
        for place, event in enumerate(events):
            reference = event.participant_reference
            spelled = None if reference is None else number_spelling(reference)
            person = event.participant if event.participant in locked else None
            if event.enrollment is not None:
                person = owner_of.get(event.enrollment)
            elif spelled is not None and person is None:
                person = id_of.get(reference or "")
            key = str(person) if person is not None else f"reference {spelled}"
            if person is not None or spelled is not None:
                people.setdefault(key, _Person(reference, person, [])).places.append(place)
        return list(people.values())

    async def _place(
        self, person: _Person, known: list[KnownEpisode], lines: Sequence[Line], placed: list[Placed]
    ) -> None:
        asked: list[AskedLine] = []
        unnamed: list[int] = []
        for place in person.places:
            line = lines[place]
            refusal = await self._faulty(person, known, line)
            if refusal is not None:
                placed[place] = Placed(refusal)
            elif line.event.enrollment is None and line.starts_on is None:
                unnamed.append(place)
            elif line.event.enrollment is None and line.starts_on is not None:
                day = local_day(line.event.occurred_at, self._zone)
                asked.append(AskedLine(place, line.event.program, line.starts_on, day))
        planned = plan(known, asked, enrolls=self._enrolls)
        there = {one.program for one in known} | {one.program for one in planned.openings}
        for place in unnamed:
            program = lines[place].event.program
            if self._enrolls and not there & ({program} if program is not None else there):
                where = "$.program" if program is None else "$.starts_on"
                placed[place] = Placed(refused("not_enrolled.line", where))
        for place, refusal in planned.refusals.items():
            placed[place] = Placed(refusal)
        for place, enrollment in planned.known.items():
            placed[place] = Placed(_in(lines[place].event, enrollment))
        if planned.openings:
            await self._open(person, planned, lines, placed)

    async def _open(
        self, person: _Person, planned: Plan, lines: Sequence[Line], placed: list[Placed]
    ) -> None:
        """Close and open what was planned, and put its lines there."""
        act, is_new = self._act, person.id is None
        near: tuple[str, ...] = ()
        if person.id is None and person.reference is not None:
            made = await register_participant(act, NewParticipant(person.reference))
            if isinstance(made, Refused):
                for place in planned.opened:
                    placed[place] = Placed(made)
                return
            person.id = made.value.id
            near = await self._near(made.value.near)
        ended: dict[date, date] = {}
        for closing in planned.closings:
            why = f"The next enrollment in this program starts on {closing.next_start}."
            closed = await close_enrollment(act, closing.enrollment, CloseEnrollment(why, closing.last_day))
            if not isinstance(closed, Refused):
                ended[closing.next_start] = closing.last_day
        for one in planned.openings:
            await self._open_one(person, one, planned, lines, placed)
            first = next(place for place, own in planned.opened.items() if own == one)
            if not isinstance(placed[first].event, Refused):
                placed[first] = replace(
                    placed[first],
                    is_new=is_new,
                    near=near if is_new else (),
                    opened=one.starts_on,
                    closed=ended.get(one.starts_on),
                )
                is_new = False

    async def _near(self, people: tuple[UUID, ...] | UnsetType) -> tuple[str, ...]:
        """The numbers of those who may be the same person as somebody new."""
        found = [await participants.find(self._act, one) for one in people or ()]
        return tuple(one.participant.reference for one in found if one is not None)

    async def _open_one(
        self, person: _Person, one: Opening, planned: Plan, lines: Sequence[Line], placed: list[Placed]
    ) -> None:
        if person.id is None:
            raise AssertionError("somebody is registered before they are enrolled")
        over = None
        if one.last_day is not None:
            over = CloseEnrollment("A later enrollment in this program had begun.", one.last_day)
        made = await open_enrollment(
            self._act, NewEnrollment(person.id, one.program, one.starts_on), over=over
        )
        for place, own in planned.opened.items():
            if own == one:
                found = made if isinstance(made, Refused) else _in(lines[place].event, made.value.id)
                placed[place] = Placed(found)

    async def _faulty(self, person: _Person, known: Sequence[KnownEpisode], line: Line) -> Refused | None:
        """Why a line cannot be placed whatever the others say: nothing is made for it."""
        event, starts_on = line.event, line.starts_on
        if event.enrollment is not None:
            own = next((one for one in known if one.id == event.enrollment), None)
            if own is None or starts_on in {None, own.starts_on}:
                return None
            return refused(
                "outside_enrollment.starts_differ",
                "$.starts_on",
                day=starts_on,
                known=(own.starts_on.isoformat(),),
            )
        if not self._enrolls or starts_on is None:
            return None
        own_programs = [one for one in known if event.program in {None, one.program}]
        if any(starts_on == one.starts_on for one in own_programs):
            return None
        if event.program is None:
            return refused("not_enrolled.line", "$.program")
        if starts_on.year not in YEARS:
            return refused("invalid.line_start_year", "$.starts_on", year=starts_on.year)
        program = await self._program(event.program)
        if program is None:
            return await self._unknown(event.program)
        return await self._inadmissible(person, program, line, starts_on)

    async def _inadmissible(
        self, person: _Person, program: PublishedProgram, line: Line, starts_on: date
    ) -> Refused | None:
        """Why an enrollment that starts on its day would not take the line's event."""
        rules = await episodes.rules_of(self._act, program.name, program.version)
        new = self._act.new_id()
        state, _ = opening(rules, starts_on)
        episode = Episode(
            new,
            person.id or new,
            person.reference or "",
            program.name,
            program.version,
            starts_on,
            None,
            None,
            rules,
            0,
            state,
        )
        admitted = recording.admit(_in(line.event, new), [episode], self._zone, self._act.now, self._skew)
        return admitted if isinstance(admitted, Refused) else None

    async def _program(self, name: str) -> PublishedProgram | None:
        if name not in self._latest:
            self._latest[name] = await programs.latest(self._act, name)
        return self._latest[name]

    async def _unknown(self, program: str) -> Refused:
        if self._names is None:
            self._names = await rosters.programs(self._act)
        if not self._names:
            return refused("unknown_program.line_none", "$.program", program=program)
        return refused("unknown_program.line", "$.program", program=program, known=tuple(self._names))


def _in(event: NewEvent, enrollment: UUID) -> NewEvent:
    """An event that names its enrollment, and so neither its person nor its program."""
    return replace(event, enrollment=enrollment, participant=None, participant_reference=None, program=None)
