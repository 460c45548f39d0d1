"""Identifiers of a participant: add, end and withdraw them, and give the participant another reference."""

from datetime import date
from uuid import UUID

from msgspec.structs import replace

from schemas.people import Identifier, IdentifierChange, NewIdentifier, Participant
from service.core.calendar import local_day
from service.core.identifiers import OWN_SYSTEM, Number
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import charts, clinics, identifiers, participants

IDENTIFIERS_MAX = 50
"""How many numbers one person has at most: more, and something writes a new one at each visit."""


async def add_identifier(act: Act, participant: UUID, new: NewIdentifier) -> Done[Identifier] | Refused:
    """Note that a participant is known by a number too; one that is theirs already is found.

    A number that is somebody else's is refused, a former one too.
    """
    who = await charts.lock_person(act, participant)
    known = None if who is None else await participants.find(act, who)
    if known is None:
        return refused("not_found.participant")
    participant = known.participant.id
    number = Number.of(new.system, new.value)
    refusal = _faulty(number, new.starts_on, new.ends_on)
    if refusal is not None:
        return refusal
    own = {one.id: one for one in known.participant.identifiers}
    for one in await identifiers.held(act, number):
        if one.id not in own:
            return refused("reference_conflict.number_of_another", "$.value")
        act.audit("participant.read", participant, participant)
        return Done(own[one.id], "found")
    if len(own) >= IDENTIFIERS_MAX:
        return refused("invalid.identifiers_too_many", "$.value", most=IDENTIFIERS_MAX)
    made = Identifier(act.new_id(), number.system, number.value, new.starts_on, new.ends_on)
    await identifiers.insert(act, participant, made, act.actor.id)
    await participants.touch(act, participant)
    act.audit("identifier.added", made.id, participant, to=_told(made.ends_on))
    return Done(made, "created")


async def end_identifier(
    act: Act, participant: UUID, identifier: UUID, change: IdentifierChange
) -> Done[Identifier] | Refused:
    """Say since when a number is not used any more, or that it still is; it finds its person as before."""
    participant = await charts.lock_person(act, participant) or participant
    known = await identifiers.find(act, participant, identifier)
    if known is None:
        return refused("not_found.identifier")
    if known.system == OWN_SYSTEM and (known.ends_on is None or change.ends_on is None):
        return refused("invalid.reference_is_changed", "$.to")
    refusal = _faulty(Number.of(known.system, known.value), known.starts_on, change.ends_on)
    if refusal is not None:
        return refusal
    if change.ends_on == known.ends_on:
        return Done(known)
    await identifiers.end(act, identifier, change.ends_on)
    await participants.touch(act, participant)
    act.audit("identifier.ended", identifier, participant, to=_told(change.ends_on))
    return Done(replace(known, ends_on=change.ends_on))


async def withdraw_identifier(act: Act, participant: UUID, identifier: UUID) -> Done[Identifier] | Refused:
    """Take back a number that was written down for the wrong person: it is nobody's from now on."""
    participant = await charts.lock_person(act, participant) or participant
    known = await identifiers.find(act, participant, identifier)
    if known is None:
        return refused("not_found.identifier")
    if known.system == OWN_SYSTEM and known.ends_on is None:
        return refused("invalid.reference_is_changed")
    await identifiers.withdraw(act, identifier)
    await participants.touch(act, participant)
    act.audit("identifier.withdrawn", identifier, participant)
    return Done(known)


async def renumber(act: Act, person: Participant, reference: str) -> Refused | None:
    """Note the other reference that a locked participant gets; the former one goes on finding them."""
    before, after = (Number.of(OWN_SYSTEM, one) for one in (person.reference, reference))
    held = await identifiers.held(act, after)
    own = {one.id: one for one in person.identifiers}
    # The reference of a chart that was merged into theirs stays that chart's own: the merge may be undone.
    if any(one.participant != person.id or own[one.id].system != OWN_SYSTEM for one in held):
        return refused("reference_conflict.other_participant", "$.reference")
    current = next(one for one in await identifiers.held(act, before) if one.participant == person.id)
    if before.key == after.key:
        await identifiers.rewrite(act, current.id, after)
        return None
    today = local_day(act.now, await clinics.zone(act))
    last = max(today, own[current.id].starts_on or today)
    await identifiers.end(act, current.id, last)
    act.audit("identifier.ended", current.id, person.id, to=_told(last))
    if held:
        await identifiers.end(act, held[0].id, None)
        act.audit("identifier.ended", held[0].id, person.id, to=_told(None))
        await identifiers.rewrite(act, held[0].id, after)
        return None
    made = Identifier(act.new_id(), OWN_SYSTEM, after.value, today)
    await identifiers.insert(act, person.id, made, act.actor.id)
    act.audit("identifier.added", made.id, person.id, to=_told(None))
    return None


def _told(last_day: date | None) -> str:
    """The last day of a number as the audit trail tells it; empty while it is used."""
    return "" if last_day is None else last_day.isoformat()


def _faulty(number: Number, starts_on: date | None, ends_on: date | None) -> Refused | None:
    """What cannot be said of a number."""
    if number.system == OWN_SYSTEM and ends_on is None:
        return refused("invalid.reference_is_changed", "$.to")
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        return refused("invalid.identifier_ends_early", "$.to", day=starts_on)
    return None
