"""Charts that may be about one person: those near to somebody's."""

from uuid import UUID

from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import identifiers, names, participants
from service.store.names import Named

NEAR_MAX = 8
"""How many who may be the same person are named."""


async def near_person(act: Act, participant: UUID) -> Done[tuple[Named, ...]] | Refused:
    """Other people's charts that may be this person's too, oldest first; each one shown is audited.

    They have a number that differs from one of theirs as by a slip, or the same name and telephone number.
    """
    known = await participants.find(act, participant)
    if known is None:
        return refused("not_found.participant")
    person = known.participant
    found = set(await identifiers.near(act, [one.value for one in person.identifiers]))
    if person.name is not None and person.phone is not None:
        # Of more than these, the person's own may be one.
        found |= set(await participants.called_alike(act, person.name, person.phone, NEAR_MAX + 1))
    near = sorted(found - {person.id})[:NEAR_MAX]
    shown = await names.of(act, near)
    for one in near:
        act.audit("participant.listed", one, one)
    return Done(tuple(shown[one] for one in near))
