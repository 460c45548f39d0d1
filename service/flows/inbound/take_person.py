"""Take over what another system says of a person: made or changed, numbered anew, merged, or deceased.

What is done is done by the flows that a person at the desk uses, so that each change is told, audited and can
be taken back as ever. A merge that decides about somebody's visits or enrollments is left to a manager.
"""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from msgspec import UNSET

from schemas.merges import NewMerge
from schemas.people import NewIdentifier, NewParticipant, ParticipantChange
from service.core.calendar import local_day
from service.core.identifiers import OWN_SYSTEM
from service.core.inbound.said import Person
from service.core.refusals import Refused, refused
from service.flows.people.identifiers import add_identifier
from service.flows.people.merges import merge_participants
from service.flows.people.participants import change_participant, register_participant
from service.flows.perform import Act
from service.store import clinics, participants
from service.store.charts import Locked
from service.store.inbound import Effect

MERGED: Final = "The record system says that both charts are one person's."
DIED: Final = "The record system says so."


def one_person(numbers: Sequence[str], whose: dict[UUID, Locked]) -> UUID | Refused | None:
    """The one person whom some numbers lead to; none where nobody has any of them."""
    found = {who for who, known in whose.items() if not {known.reference, *known.named}.isdisjoint(numbers)}
    if len(found) > 1:
        return refused("invalid.message_of_two", "$", count=len(found))
    return next(iter(found), None)


async def take_person(act: Act, said: Person, whose: dict[UUID, Locked]) -> Effect | Refused | None:
    """Do what a message says of a person whom it locked; None where there is nothing to be done."""
    who = one_person(said.numbers, whose)
    if isinstance(who, Refused):
        return who
    if said.former:
        former = one_person(said.former, whose)
        return former if isinstance(former, Refused) else await _one_chart(act, said, who, former)
    if who is None:
        return await _register(act, said) if said.makes else None
    return await _change(act, said, who)


async def _register(act: Act, said: Person) -> Effect | Refused | None:
    own = _own(said.numbers)
    if own is None or said.is_deceased:
        return None if said.is_deceased else refused("unknown_participant", "$.participant_reference")
    new = NewParticipant(own, said.name, said.phone, said.email, said.language or "en")
    made = await register_participant(act, new)
    if isinstance(made, Refused):
        return made
    for number in said.numbers:
        system, has_system, value = number.partition("|")
        if has_system:
            added = await add_identifier(act, made.value.id, NewIdentifier(system, value))
            if isinstance(added, Refused):
                return added
    return Effect("registered", made.value.id, made.value.id)


async def _change(act: Act, said: Person, who: UUID) -> Effect | Refused | None:
    known = await participants.find(act, who)
    if known is None:
        return refused("not_found.participant")
    before = known.participant
    change = ParticipantChange(
        name=said.name or UNSET,
        phone=said.phone or UNSET,
        email=said.email or UNSET,
        language=said.language or UNSET,
    )
    if said.is_deceased and before.status != "deceased":
        day = None if said.died is None else local_day(said.died, await clinics.zone(act))
        gone = ParticipantChange(status="deceased", status_on=day or UNSET, reason=DIED)
        done = await change_participant(act, who, gone, known.revision, by_source=True)
        return done if isinstance(done, Refused) else Effect("changed", who, who)
    done = await change_participant(act, who, change, known.revision)
    if isinstance(done, Refused):
        return done
    return None if done.revision == known.revision else Effect("changed", who, who)


async def _one_chart(
    act: Act, said: Person, who: UUID | None, former: UUID | None
) -> Effect | Refused | None:
    """Let the numbers that end lead to the person: by a number alone, or by a merge of two charts."""
    if who is None and former is not None:
        return await _renumbered(act, said, former)
    if who is not None and former is None:
        return await _numbered(act, said, who)
    if who is None or former is None or who == former:
        return None
    if not said.merges:
        return refused("invalid.merge_asked", "$")
    preview = await merge_participants(act, who, NewMerge(former, dry_run=True))
    if isinstance(preview, Refused):
        return preview
    if preview.value.open_twice:
        return refused("invalid.merge_asked", "$")
    done = await merge_participants(act, who, NewMerge(former, reason=MERGED))
    return done if isinstance(done, Refused) else Effect("merged", done.value.id, who)


async def _renumbered(act: Act, said: Person, former: UUID) -> Effect | Refused:
    """The number that ends alone is on record: its person gets the other one, and both lead there."""
    own, known = _own(said.numbers), await participants.find(act, former)
    if own is None or known is None:
        return refused("unknown_participant", "$.participant_reference")
    done = await change_participant(act, former, ParticipantChange(reference=own), known.revision)
    return done if isinstance(done, Refused) else Effect("changed", former, former)


async def _numbered(act: Act, said: Person, who: UUID) -> Effect | Refused:
    """The number that ends is not on record: it leads to the person as a former one."""
    today = local_day(act.now, await clinics.zone(act))
    for number in said.former:
        system, has_system, value = number.partition("|")
        if not has_system:
            system, value = OWN_SYSTEM, number
        new = NewIdentifier(system, value, ends_on=today)
        added = await add_identifier(act, who, new)
        if isinstance(added, Refused):
            return added
    return Effect("changed", who, who)


def _own(numbers: Sequence[str]) -> str | None:
    """The clinic's own reference among some numbers; the others have the name of their system."""
    return next((one for one in numbers if "|" not in one), None)
