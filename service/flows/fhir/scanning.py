"""What is on record, walked in one order and made into FHIR resources: the ground of searches and exports.

A walk goes on after a place, so many rows at a time. Each row is made into a resource with whom it is about;
what a search does not want is dropped after it, so that each way through the tables needs one query.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from schemas import fhir
from schemas.ids import Id
from schemas.people import Enrollment, Participant
from service.core.corrections import PastCorrection
from service.core.cursors import FIRST_ID, LAST_ID
from service.core.fhir.moments import EARLIEST
from service.core.fhir.resources import (
    SEES_NAMES,
    care_plan,
    charge_item,
    encounter,
    nameless,
    numbers_of,
    observation,
    patient,
    replaced,
)
from service.core.fhir.searching import Kind, Search
from service.flows.ledger.statements import transfer_of
from service.flows.perform import Act
from service.store import (
    charts,
    corrections,
    enrollments,
    episodes,
    participants,
    recorded_events,
    statements,
)
from service.store.corrections import CorrectionOnRecord
from service.store.participants import Updated
from service.store.recorded_events import EventFilter, StoredEvent

NEWEST: Final = b"n"
"""The step of a walk back from the newest; the other steps go on from the oldest."""
CORRECTED: Final = b"c"
ONWARD: Final = b"o"


class Found(Struct, frozen=True):
    """A resource, the place after which a walk goes on, and whom it is about."""

    resource: fhir.Resource
    place: bytes
    person: Id


class Walked(Struct, frozen=True):
    """A part of a walk, and where it goes on; nowhere at its end."""

    found: tuple[Found, ...]
    after: bytes | None


Walk = Callable[[Act, Search, bytes | None, int], Awaitable[Walked]]
"""One part of a walk: what is asked for, the place after which to go on, and how many rows to look at."""


def _step(place: bytes | None, first: bytes) -> tuple[bytes, UUID]:
    """The step and the id of a place; of none, where the first step begins."""
    if place is None:
        return first, LAST_ID if first == NEWEST else FIRST_ID
    return place[:1], Id(bytes=place[1:17].ljust(16, b"\0"))


async def walk_patients(act: Act, wanted: Search, place: bytes | None, rows: int) -> Walked:
    """Charts by id, with those that were merged, which link to whose they are by now."""
    since = EARLIEST if wanted.updated is None else wanted.updated[0]
    charts_of = await participants.changed_since(act, since, _step(place, ONWARD)[1], rows)
    found = tuple(patient_found(act, person, one) for person, one in charts_of)
    return Walked(found, found[-1].place if len(found) == rows else None)


def patient_found(act: Act, person: Participant, at: Updated) -> Found:
    """A chart as a resource: without names and numbers where the role may not see them."""
    if at.leads_to != at.chart:
        made = replaced(at.chart, at.leads_to, at.at)
    else:
        own = person if act.actor.role in SEES_NAMES else nameless(person)
        made = patient(own, at.at, numbers_of(own))
    return Found(made, ONWARD + at.chart.bytes, at.leads_to)


async def walk_events(act: Act, wanted: Search, place: bytes | None, rows: int) -> Walked:
    """Recorded outcomes, or the sessions among them, newest first.

    Asked for by `_lastUpdated`, those corrected since come first, and then those recorded since.
    """
    bounds = wanted.updated
    step, last = _step(place, NEWEST if bounds is None else CORRECTED)
    since = EARLIEST if bounds is None else bounds[0]
    if step == CORRECTED:
        corrected = await recorded_events.corrected_since(act, since, last, rows)
        is_over = len(corrected) < rows
        goes_on = ONWARD + FIRST_ID.bytes if is_over else CORRECTED + corrected[-1][0].bytes
        told = await corrections.of_events(act, [event.id for _, event in corrected])
        # Of several corrections the last one tells of the event; one recorded since comes in the next step.
        places = {
            event.id: its
            for its, event in corrected
            if event.recorded_at < since and told[event.id][-1].past.id == its
        }
        events = [event for its, event in corrected if places.get(event.id) == its]
        found = await events_found(act, wanted.kind, events, told)
        return Walked(_of_person(wanted, _placed(found, CORRECTED, places)), goes_on)
    if step == ONWARD:
        events = await recorded_events.since(act, since, last, rows)
    else:
        own = EventFilter(participant=wanted.person)
        if (days := wanted.between("date")) is not None:
            own = EventFilter(participant=wanted.person, since=days[0], until=days[1])
        events = await recorded_events.before(act, last, rows, own)
    found = await events_found(act, wanted.kind, events)
    after = None if len(events) < rows else step + events[-1].id.bytes
    return Walked(_of_person(wanted, _placed(found, step, {})), after)


def _placed(found: Sequence[Found], step: bytes, places: dict[UUID, UUID]) -> list[Found]:
    return [
        Found(one.resource, step + places.get(Id(one.resource.id), Id(one.resource.id)).bytes, one.person)
        for one in found
    ]


def _of_person(wanted: Search, found: Sequence[Found]) -> tuple[Found, ...]:
    return tuple(one for one in found if wanted.person is None or one.person == wanted.person)


async def events_found(
    act: Act,
    kind: Kind,
    events: Sequence[StoredEvent],
    told: dict[UUID, list[CorrectionOnRecord]] | None = None,
) -> list[Found]:
    """Recorded events as observations, or the sessions among them as encounters."""
    known = await corrections.of_events(act, [event.id for event in events]) if told is None else told
    found = []
    for event in events:
        rules = await episodes.rules_of(act, event.program, event.version)
        target = rules.targets[rules.place_of[event.target]].target
        if kind == "Encounter" and target.behavior != "attendance":
            continue
        own = known.get(event.id, [])
        updated = max([event.recorded_at, *(one.recorded_at for one in own)])
        past: list[PastCorrection] = [one.past for one in own]
        shown = recorded_events.shown(event, rules, past)
        made = encounter if kind == "Encounter" else observation
        found.append(Found(made(shown, target, updated), ONWARD + event.id.bytes, event.participant))
    return found


async def walk_care_plans(act: Act, wanted: Search, place: bytes | None, rows: int) -> Walked:
    """Enrollments in the order opened."""
    since = EARLIEST if wanted.updated is None else wanted.updated[0]
    last = _step(place, ONWARD)[1]
    changed = await enrollments.changed_since(act, since, last, rows, wanted.person)
    found = tuple([await plan_found(act, one, at) for one, at in changed])
    return Walked(found, found[-1].place if len(found) == rows else None)


async def plan_found(act: Act, enrollment: Enrollment, updated: datetime) -> Found:
    """An enrollment as a resource."""
    rules = await episodes.rules_of(act, enrollment.program, enrollment.version)
    made = care_plan(enrollment, rules.program, updated)
    return Found(made, ONWARD + enrollment.id.bytes, enrollment.participant)


async def walk_charge_items(act: Act, wanted: Search, place: bytes | None, rows: int) -> Walked:
    """What was credited to one person or taken back from them, newest first."""
    person = None if wanted.person is None else await charts.person(act, wanted.person)
    if person is None:
        return Walked((), None)
    lines = await statements.before(act, person, _step(place, NEWEST)[1], rows, None)
    found = tuple(
        [
            Found(
                charge_item(person.id, await transfer_of(act, line, "en")), NEWEST + line.id.bytes, person.id
            )
            for line in lines
            if "issued" in {line.source, line.destination}
        ]
    )
    return Walked(found, NEWEST + lines[-1].id.bytes if len(lines) == rows else None)


WALKS: Final[dict[Kind, Walk]] = {
    "Patient": walk_patients,
    "Observation": walk_events,
    "Encounter": walk_events,
    "CarePlan": walk_care_plans,
    "ChargeItem": walk_charge_items,
}
"""How each type is walked; what somebody has in each unit is read at once."""
DEEDS: Final[dict[Kind, str]] = {
    "Patient": "participant",
    "Observation": "event",
    "Encounter": "event",
    "CarePlan": "enrollment",
}
"""What the audit trail calls what is read, as for our own resources."""
