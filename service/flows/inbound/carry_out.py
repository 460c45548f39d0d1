"""Do what a message says, in one transaction: all of it, or nothing and somebody looks.

What is on record decides what a report means. A final one is the result of what stands as pending, a
corrected one corrects what stands, a preliminary one that comes late changes nothing, and a repeat does not
bring back what was withdrawn.
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from schemas.corrections import NewCorrection
from schemas.events import NewEvent
from schemas.inbound import EffectKind
from schemas.receipts import Receipt
from service.core.calendar import local_day
from service.core.inbound.said import PENDING, Booking, Item, Person, Report, Withdrawal
from service.core.refusals import Refused, refused
from service.flows.inbound.take_person import one_person, take_person
from service.flows.perform import Act
from service.flows.visits.corrections import correct_event
from service.flows.visits.plan_visits import Appointment, keep_appointment
from service.flows.visits.record_events import Recorder, ToRecord
from service.store import charts, clinics, known_events
from service.store.charts import Locked
from service.store.database.pool import Database
from service.store.inbound import Effect
from service.store.known_events import KnownEvent

WITHDRAWN = "The report was withdrawn by its source."
SETTLED = frozenset({"final", "corrected"})
"""How a report stands that is a result."""

STRANGERS = frozenset({"not_enrolled", "unknown_target"})
"""Refusals that say that somebody is not in care here, or not for what an appointment is for."""

_receipt = msgspec.json.Decoder(Receipt)


class _Standing(Struct, frozen=True):
    """What is on record under a reference, with the outcome that stands; none where it is withdrawn."""

    known: KnownEvent
    outcome: str | None


async def carry_out(
    act: Act, database: Database, skew: timedelta, source: UUID, items: Sequence[Item]
) -> list[Effect] | Refused:
    """Do what some items of a source say, in order; where one is refused, what was written must go back.

    Events may lie `skew` in the future. There are no effects where everything is superseded.
    """
    whose = await _whose(act, items)
    if isinstance(whose, Refused):
        return whose
    recorder = Recorder(database, skew)
    effects: list[Effect] = []
    for item in items:
        done = await _done(act, recorder, source, item, whose)
        if isinstance(done, Refused):
            return done
        if done is not None:
            effects.append(done)
    return effects


async def _done(
    act: Act, recorder: Recorder, source: UUID, item: Item, whose: dict[UUID, Locked]
) -> Effect | Refused | None:
    match item:
        case Report():
            return await _report(act, recorder, item, whose)
        case Withdrawal():
            return await _withdraw(act, item, whose)
        case Booking():
            return await _book(act, source, item, whose)
        case Person():
            return await take_person(act, item, whose)


async def _whose(act: Act, items: Sequence[Item]) -> dict[UUID, Locked] | Refused:
    """Lock everybody whom a message is about, and whose events it is about, at once and so in one order."""
    reports = [item.event for item in items if isinstance(item, Report)]
    references = [event.reference for event in reports if event.reference is not None]
    references += [item.reference for item in items if isinstance(item, Withdrawal)]
    owners = [
        known.participant
        for reference in references
        for known in await known_events.under_reference(act, reference)
    ]
    numbers = {number for item in items for number in item.numbers}
    numbers |= {number for item in items if isinstance(item, Person) for number in item.former}
    bookings = [item for item in items if isinstance(item, Booking)]
    numbers |= {event.participant_reference for event in reports if event.participant_reference is not None}
    return await charts.lock(
        act,
        [event.enrollment for event in reports if event.enrollment is not None],
        [
            *(event.participant for event in reports if event.participant is not None),
            *(one.participant for one in bookings if one.participant is not None),
            *owners,
        ],
        sorted(numbers),
    )


async def _under(act: Act, reference: str | None) -> _Standing | None:
    """What was recorded last under a reference."""
    known = [] if reference is None else await known_events.under_reference(act, reference)
    if not known:
        return None
    last = known[-1]
    return _Standing(last, (await known_events.outcomes_now(act, [last]))[last.event])


async def _report(
    act: Act, recorder: Recorder, item: Report, whose: dict[UUID, Locked]
) -> Effect | Refused | None:
    who = one_person(item.numbers, whose)
    if isinstance(who, Refused):
        return who
    event = item.event
    if who is not None and event.participant is None:
        event = replace(event, participant=who, participant_reference=None)
    stands = await _under(act, event.reference)
    if stands is not None and item.standing == "preliminary":
        # It is known, or its result is, or it was withdrawn since.
        return None if stands.outcome != PENDING else _effect("known", stands.known)
    if stands is not None and stands.outcome == PENDING and item.standing in SETTLED:
        event = replace(event, corrects=True)
    if item.standing == "corrected":
        event = replace(event, corrects=True)
    done = await _record(act, recorder, event, stands)
    return replace(done, day_alone=item.day_alone) if isinstance(done, Effect) else done


async def _record(
    act: Act, recorder: Recorder, event: NewEvent, before: _Standing | None
) -> Effect | Refused:
    item = ToRecord(act.actor, event, once_for_all=not event.corrects)
    (answer,) = await recorder.record_in(act, [item])
    if isinstance(answer, Refused):
        return answer
    recorded = _receipt.decode(answer.receipt).event
    kind: EffectKind = "known"
    if answer.made == "created":
        was_there = before is not None and before.known.event == recorded.id
        kind = "corrected" if was_there else "recorded"
    return Effect(kind, recorded.id, recorded.participant)


async def _withdraw(act: Act, item: Withdrawal, whose: dict[UUID, Locked]) -> Effect | Refused | None:
    stands = await _under(act, item.reference)
    if stands is None:
        return refused("not_found.reference", "$.reference")
    who = one_person(item.numbers, whose)
    if isinstance(who, Refused):
        return who
    owner = (await charts.leads_to(act, [stands.known.participant])).get(stands.known.participant)
    if item.numbers and who != owner:
        return refused("reference_conflict.event", "$.reference")
    if stands.outcome is None:
        return _effect("known", stands.known)
    done = await correct_event(act, stands.known.event, NewCorrection("entry_error", WITHDRAWN))
    return done if isinstance(done, Refused) else _effect("withdrawn", stands.known)


async def _book(act: Act, source: UUID, item: Booking, whose: dict[UUID, Locked]) -> Effect | Refused | None:
    who = one_person(item.numbers, whose)
    if isinstance(who, Refused):
        return who
    if item.participant is not None:
        named = next((one for one, known in whose.items() if item.participant in {one, *known.ids}), None)
        if who is not None and named != who:
            return refused("invalid.message_of_two", "$", count=2)
        who = named
    day = None if item.at is None else local_day(item.at, await clinics.zone(act))
    said = Appointment(source, item.reference, item.target, item.at, day, item.program)
    done = refused("not_enrolled", "$") if who is None else await keep_appointment(act, said, who)
    if isinstance(done, Refused):
        return None if item.ignores_strangers and done.code in STRANGERS else done
    if done is None:
        return None
    return Effect("canceled" if done.day is None else "planned", done.id, done.participant)


def _effect(kind: EffectKind, known: KnownEvent) -> Effect:
    return Effect(kind, known.event, known.participant)
