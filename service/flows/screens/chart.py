"""Read somebody's visits and account for their page at the desk: a part, and how much there is in all."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from msgspec import UNSET, Struct

from schemas.books import Transfer
from schemas.corrections import Correction
from schemas.people import Language
from schemas.program import Target, Title
from schemas.receipts import Money, RecordedEvent
from service.core.cursors import Page
from service.core.naming import target_titles
from service.core.outcomes import titles_of
from service.core.refusals import Refused
from service.flows.ledger.statements import read_statement
from service.flows.perform import Act
from service.flows.visits.read_events import EventFilter, list_events
from service.store import (
    actors,
    charts,
    corrections,
    enrollments,
    episodes,
    event_additions,
    ledger,
    recorded_events,
    statements,
)
from service.store.event_additions import Said

SHOWN_MAX: Final = 30
"""How many visits, and how many lines of the account, are shown at once."""


class ChartCorrection(Struct, frozen=True):
    """A correction with the name of whoever made it, and the title of its outcome if it has one."""

    what: Correction
    by: str | None
    title: Title | None


class ChartVisit(Struct, frozen=True):
    """A visit as it stands: who recorded what, what was corrected since, and what it has earned until now."""

    event: RecordedEvent
    target: Target
    title: Title
    by: str | None
    recorded_title: Title | None
    corrections: tuple[ChartCorrection, ...]
    said: tuple[Said, ...]
    earned: tuple[Money, ...]

    @property
    def last(self) -> Correction | None:
        """The correction that says what stands, which can itself be taken back."""
        held = [
            one.what for one in self.corrections if one.what.about == self.event.id and not one.what.withdrawn
        ]
        return held[-1] if held else None

    @property
    def recorded(self) -> str:
        """The outcome that was recorded."""
        return self.event.outcome if self.event.recorded_outcome is UNSET else self.event.recorded_outcome


class ChartVisits(Struct, frozen=True):
    """Some of somebody's visits, the newest recorded first; `older` is the cursor of those before them."""

    items: tuple[ChartVisit, ...]
    count: int
    older: str | None


class ChartLine(Struct, frozen=True):
    """One line of the account, and what was available after it in its unit."""

    transfer: Transfer
    available: int


class ChartLines(Struct, frozen=True):
    """Some of the lines of somebody's account, newest first."""

    items: tuple[ChartLine, ...]
    count: int
    older: str | None


async def read_chart_visits(act: Act, participant: UUID, cursor: str | None) -> ChartVisits | Refused:
    """A participant's visits from a cursor on, each with its corrections and what it earned."""
    listed = await list_events(act, EventFilter(participant=participant), Page(SHOWN_MAX, cursor))
    if isinstance(listed, Refused):
        return listed
    events = listed.value.items
    ids = [one.id for one in events]
    told = await corrections.of_events(act, ids)
    said = await event_additions.said(act, ids) if ids else {}
    earned = await recorded_events.earned(act, ids)
    targets = await _targets(act, events)
    hands = {one.recorded_by for one in events} | {each.recorded_by for own in told.values() for each in own}
    called = await actors.names(act, sorted(hands))
    items = []
    for one in events:
        target, title = targets[one.enrollment, one.target]
        own = titles_of(target)
        items.append(
            ChartVisit(
                one,
                target,
                title,
                called.get(one.recorded_by),
                own.get(one.outcome if one.recorded_outcome is UNSET else one.recorded_outcome),
                tuple(
                    ChartCorrection(each, called.get(each.recorded_by), own.get(each.outcome or ""))
                    for each in corrections.shown(told.get(one.id, []))
                ),
                tuple(said.get(one.id, ())),
                earned[one.id].money if one.id in earned else (),
            )
        )
    return ChartVisits(
        tuple(items), await recorded_events.count_of(act, participant), listed.value.next_cursor
    )


async def _targets(act: Act, events: Sequence[RecordedEvent]) -> dict[tuple[UUID, str], tuple[Target, Title]]:
    """The targets of some events with what they are called, by their enrollment and name."""
    found: dict[tuple[UUID, str], tuple[Target, Title]] = {}
    for enrollment in {one.enrollment for one in events}:
        known = await enrollments.find(act, enrollment)
        if known is not None:
            rules = await episodes.rules_of(act, known.program, known.version)
            called = target_titles(rules.program)
            found |= {(enrollment, one.name): (one, called[one.name]) for one in rules.program.targets}
    return found


async def read_chart_lines(
    act: Act, participant: UUID, cursor: str | None, language: Language | None
) -> ChartLines | Refused:
    """The lines of a participant's account from a cursor on, each with what was available after it."""
    read = await read_statement(act, participant, Page(SHOWN_MAX, cursor), language=language)
    person = await charts.person(act, participant)
    if isinstance(read, Refused) or person is None:
        return read if isinstance(read, Refused) else ChartLines((), 0, None)
    items = read.value.items
    sheet = (await ledger.sheets(act, [person.id]))[person.id]
    available = {one.unit: one.available for one in sheet.balances}
    since = await statements.moved_from(act, person, items[0].id) if items else {}
    count = await statements.count(act, person)
    lines = []
    for one in items:
        after = available.get(one.unit, 0) - since.get(one.unit, 0)
        lines.append(ChartLine(one, after))
        moved = (one.destination == "available") - (one.source == "available")
        available[one.unit] = available.get(one.unit, 0) - moved * one.amount
    return ChartLines(tuple(lines), count, read.value.next_cursor)
