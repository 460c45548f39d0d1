"""Transfer somebody to another program: close one enrollment and open the next, both or neither."""

from datetime import timedelta
from uuid import UUID

from schemas.people import CloseEnrollment, NewEnrollment, TransferEnrollment, TransferredEnrollment
from service.core.refusals import Refused, refused
from service.flows.close_enrollment import close_enrollment
from service.flows.open_enrollment import open_enrollment
from service.flows.perform import Act, Done


async def transfer_enrollment(
    act: Act, enrollment_id: UUID, to: TransferEnrollment
) -> Done[TransferredEnrollment] | Refused:
    """Close an enrollment on its last day and open the one that goes on from it; balances stay."""
    starts_on = to.starts_on or to.on + timedelta(days=1)
    if starts_on <= to.on:
        words = f"The last day is {to.on}; the next enrollment starts after it."
        return refused("invalid", words, "$.starts_on")
    closed = await close_enrollment(act, enrollment_id, CloseEnrollment(to.reason, to.on))
    if isinstance(closed, Refused):
        return closed
    before = closed.value
    new = NewEnrollment(before.participant, to.program, starts_on, to.version, to.funding or before.funding)
    opened = await open_enrollment(act, new)
    if isinstance(opened, Refused):
        return opened
    act.tell("enrollment.transferred", enrollment_id, before.participant, opened=str(opened.value.id))
    return Done(TransferredEnrollment(before, opened.value), "created")
