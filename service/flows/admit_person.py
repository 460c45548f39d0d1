"""Admit somebody new at the desk: registered and enrolled in one step, or neither."""

from msgspec import Struct
from msgspec.structs import replace

from schemas.people import Enrollment, NewEnrollment, NewParticipant, Participant
from service.core.refusals import Refused
from service.flows.open_enrollment import open_enrollment
from service.flows.perform import Act, Done
from service.flows.register_participant import register_participant


class Admitted(Struct, frozen=True):
    """Somebody new with the enrollment that was opened."""

    participant: Participant
    enrollment: Enrollment


async def admit_person(act: Act, new: NewParticipant, first: NewEnrollment) -> Done[Admitted] | Refused:
    """Register a participant and open their first enrollment; `first` names any participant until then."""
    made = await register_participant(act, new)
    if isinstance(made, Refused):
        return made
    opened = await open_enrollment(act, replace(first, participant=made.value.id))
    if isinstance(opened, Refused):
        return opened
    return Done(Admitted(made.value, opened.value), "created")
