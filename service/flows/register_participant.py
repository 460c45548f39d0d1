"""Register a participant under the clinic's own reference."""

import secrets
from collections.abc import Callable

from schemas.people import NewParticipant, Participant
from service.core.access.display_codes import CHANCE_BYTES, display_code
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import participants

Chance = Callable[[int], bytes]


async def register_participant(
    act: Act, new: NewParticipant, chance: Chance = secrets.token_bytes
) -> Done[Participant] | Refused:
    """Register a participant; the same person under the same reference is found, not made again.

    A display code that is taken breaks a unique key, and the next try of `perform` draws another one.
    """
    known = await participants.find_by_reference(act, act.clinic, new.reference)
    if known is not None:
        person = known.participant
        if (person.name, person.phone, person.email, person.language) != (
            new.name,
            new.phone,
            new.email,
            new.language,
        ):
            words = (
                "This reference belongs to a participant with other details; change that one, or use another."
            )
            return refused("reference_conflict", words, "$.reference")
        act.tell("participant.read", person.id, person.id)
        return Done(person, "found", known.revision)
    person = Participant(
        act.new_id(),
        new.reference,
        display_code(chance(CHANCE_BYTES)),
        act.now,
        new.language,
        new.name,
        new.phone,
        new.email,
    )
    await participants.insert(act, act.clinic, person)
    act.tell("participant.registered", person.id, person.id)
    return Done(person, "created", 1)
