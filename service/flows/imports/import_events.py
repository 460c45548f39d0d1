"""Record the lines of a file about some people, in one transaction, and say what became of each.

The events go the one way that all events go. A line is known by its person, target and moment: what is on
record already is found, another outcome is a conflict that is named, and a note or evidence that the record
lacks can be added to it. The same code records, and tries what would be recorded.
"""

from collections.abc import Sequence
from datetime import date, timedelta, tzinfo
from typing import Final, Literal
from uuid import UUID

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import replace

from schemas.events import NewAddition, NewEvent
from schemas.people import Language
from schemas.problem import StandingEvent
from schemas.receipts import Award
from service.core.quantities import ONE, in_hundredths, with_quantity
from service.core.refusals import Refused, refused
from service.flows.imports.enroll_people import Enroller, Line, Placed
from service.flows.perform import Act, close
from service.flows.visits.additions import add_to_event, lacking
from service.flows.visits.corrected_reports import CORRECTORS
from service.flows.visits.record_events import Recorded, Recorder, ToRecord
from service.store import clinics, event_additions
from service.store.import_lines import LineState
from service.store.imports import Corrections, Counts

__all__ = ["How", "Line", "LineResult", "import_lines"]

BATCH_LINES: Final = 250
"""How many events are recorded by one statement."""


class How(Struct, frozen=True):
    """How lines are taken: whether people are enrolled, and whether corrections and additions are applied.

    Events may lie `skew` in the future. Only with `is_preview` does a result say what a line earns, in
    `language`.
    """

    enrolls: bool
    corrections: Corrections
    skew: timedelta
    is_preview: bool = False
    language: Language | None = None


class LineResult(Struct, frozen=True, omit_defaults=True):
    """What became of a line, or would become of it.

    `offers` says that it could correct the record, or that it `adds` or could add a note or evidence. The
    first line of somebody new, of an enrollment that was opened, and of one that was closed for that says so;
    `near` are the numbers of those who may be the same person as somebody new.
    """

    state: LineState
    why: Refused | None = None
    awards: tuple[Award, ...] = ()
    event: UUID | None = None
    offers: Literal["correction", "addition"] | None = None
    adds: bool = False
    is_new: bool = False
    near: tuple[str, ...] = ()
    opened: date | None = None
    closed: date | None = None


class _EventId(Struct, frozen=True):
    id: UUID


class _Receipt(Struct, frozen=True):
    """What is read of a receipt again."""

    event: _EventId
    awards: tuple[Award, ...] = ()
    corrections: tuple[Raw, ...] = ()


_receipt = msgspec.json.Decoder(_Receipt)


class _Conflicts(Exception):  # noqa: N818  carries places out of the savepoint, so that it rolls back
    def __init__(self, places: frozenset[int]) -> None:
        self.places = places


async def import_lines(act: Act, recorder: Recorder, lines: Sequence[Line], how: How) -> list[LineResult]:
    """Take in all lines about some people, sorted by time for each, and answer in their order."""
    zone = await clinics.zone(act)
    enrolling = Act(act, act.actor)
    placed = await Enroller(enrolling, zone, how.skew, enrolls=how.enrolls).place(lines)
    await close(enrolling)
    answers, corrects = await _recorded(act, recorder, placed, how)
    results = [
        _result(act, one, answer, zone, how, is_corrected=place in corrects)
        for place, (one, answer) in enumerate(zip(placed, answers, strict=True))
    ]
    return await _with_additions(act, placed, results, how)


def count(counts: Counts, results: Sequence[LineResult]) -> Counts:
    """The counts after some more lines."""
    after = msgspec.structs.asdict(counts)
    for one in results:
        after[one.state] += 1
        after["added"] += one.adds
        after["to_add"] += one.offers == "addition"
        after["to_correct"] += one.offers == "correction"
        after["people"] += one.is_new
        after["near"] += bool(one.near)
        after["opened"] += one.opened is not None
        after["closed"] += one.closed is not None
    return Counts(**after)


async def _recorded(
    act: Act, recorder: Recorder, placed: Sequence[Placed], how: How
) -> tuple[list[Recorded | Refused], frozenset[int]]:
    """Record what was placed; where corrections are applied, what conflicts is recorded as a correction.

    Gives the places that corrected the record too. A correction stands in the order of time among the others,
    so that what comes after it is worked out once.
    """
    if how.corrections == "offer":
        return await _tried(act, recorder, placed, how, frozenset()), frozenset()
    corrects: frozenset[int] = frozenset()
    while True:
        try:
            async with act.savepoint():
                answers = await _tried(act, recorder, placed, how, corrects)
                found = {
                    place
                    for place, (one, answer) in enumerate(zip(placed, answers, strict=True))
                    if _conflict(one, answer) is not None
                }
                _none_but(corrects, found)
                return answers, corrects
        except _Conflicts as conflicts:
            corrects = conflicts.places


def _none_but(corrects: frozenset[int], found: set[int]) -> None:
    if not found <= corrects:
        raise _Conflicts(corrects | found)


async def _tried(
    act: Act, recorder: Recorder, placed: Sequence[Placed], how: How, corrects: frozenset[int]
) -> list[Recorded | Refused]:
    """Record what was placed, those places that are to correct the record so."""
    answers: list[Recorded | Refused] = []
    for start in range(0, len(placed), BATCH_LINES):
        part = placed[start : start + BATCH_LINES]
        recording = act.new_id()
        items = [
            ToRecord(
                act.actor,
                replace(one.event, corrects=one.event.corrects or place in corrects),
                how.language,
                recording=recording,
                once_for_all=True,
                imported=True,
            )
            for place, one in enumerate(part, start)
            if isinstance(one.event, NewEvent)
        ]
        told = iter(await recorder.record_in(act, items))
        answers += [next(told) if isinstance(one.event, NewEvent) else one.event for one in part]
    return answers


def _conflict(one: Placed, answer: Recorded | Refused) -> StandingEvent | None:
    """The event on record that a line says other things of: at its very moment, or under its reference."""
    standing = answer.event if isinstance(answer, Refused) else None
    if standing is None or not isinstance(one.event, NewEvent) or _is_same(one, answer):
        return None
    is_of_reference = isinstance(answer, Refused) and answer.code == "reference_conflict"
    return standing if is_of_reference or standing.occurred_at == one.event.occurred_at else None


def _is_same(one: Placed, answer: Recorded | Refused) -> bool:
    """Whether only words differ: a line is known by person, target, moment, outcome, quantity and minutes."""
    event, standing = one.event, answer.event if isinstance(answer, Refused) else None
    return (
        standing is not None
        and isinstance(event, NewEvent)
        and one.person == standing.participant
        and event.enrollment in {None, standing.enrollment}
        and event.target in {None, standing.target}
        and event.occurred_at == standing.occurred_at
        and event.outcome == standing.outcome
        and (event.quantity or 1) == (standing.quantity or 1)
        and event.minutes in {None, standing.minutes}
    )


def _result(
    act: Act, one: Placed, answer: Recorded | Refused, zone: tzinfo, how: How, *, is_corrected: bool
) -> LineResult:
    match answer:
        case Recorded(made="created"):
            # What is recorded is not read again, save where somebody looks at it or it may have corrected.
            by_itself = isinstance(one.event, NewEvent) and one.event.corrects
            receipt = _receipt.decode(answer.receipt) if how.is_preview or by_itself else None
            corrected = is_corrected or (receipt is not None and bool(receipt.corrections))
            state: LineState = "corrected" if corrected else "recorded"
            awards = receipt.awards if receipt is not None and how.is_preview else ()
            return LineResult(
                state,
                awards=awards,
                is_new=one.is_new,
                near=one.near,
                opened=one.opened,
                closed=one.closed,
            )
        case Recorded():
            return LineResult("known", None, (), _receipt.decode(answer.receipt).event.id)
        case Refused() if answer.event is not None and _is_same(one, answer):
            return LineResult("known", None, (), answer.event.id)
        case Refused():
            made = LineResult(
                "refused", answer, is_new=one.is_new, near=one.near, opened=one.opened, closed=one.closed
            )
            standing = _conflict(one, answer)
            if standing is None or how.corrections == "apply" or act.actor.role not in CORRECTORS:
                return made
            return replace(made, why=_named(one, answer, standing, zone), offers="correction")


def _named(one: Placed, answer: Refused, standing: StandingEvent, zone: tzinfo) -> Refused:
    """A conflict, with what is on record and what the line says."""
    if answer.code == "reference_conflict" or not isinstance(one.event, NewEvent):
        return answer
    at = standing.occurred_at.astimezone(zone)
    said = refused(
        "already_recorded.line",
        "$.outcome",
        day=at.date(),
        time=at.strftime("%H:%M"),
        recorded=with_quantity(standing.outcome, _hundredths(standing.quantity)),
        outcome=with_quantity(one.event.outcome, _hundredths(one.event.quantity)),
    )
    return replace(said, event=standing)


def _hundredths(said: float | None) -> int | None:
    return None if said is None else in_hundredths(said) or ONE


async def _with_additions(
    act: Act, placed: Sequence[Placed], results: Sequence[LineResult], how: How
) -> list[LineResult]:
    """Say what lines that are known would add to the record, and add it where that is applied."""
    said: dict[int, tuple[UUID, NewAddition]] = {}
    for place, (one, result) in enumerate(zip(placed, results, strict=True)):
        event = one.event
        if result.event is None or not isinstance(event, NewEvent):
            continue
        if event.note is not None or event.evidence is not None:
            said[place] = (result.event, NewAddition(event.note, event.evidence))
    after = [*results]
    if not said:
        return after
    adding = Act(act, act.actor)
    known = await event_additions.words(adding, list({event for event, _ in said.values()}))
    for place, (event_id, words) in said.items():
        new = lacking(known[event_id], words)
        if new is None:
            continue
        if how.corrections == "apply":
            done = await add_to_event(adding, event_id, new)
            after[place] = replace(after[place], adds=not isinstance(done, Refused))
        else:
            after[place] = replace(after[place], offers="addition")
    await close(adding)
    return after
