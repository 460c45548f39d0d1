"""The number at which people in care reach their team: set by a manager, seen by them on their own page."""

from service.flows.perform import Act, Done
from service.store import clinics


async def set_phone(act: Act, number: str | None) -> Done[None]:
    """Set the number, or take it away."""
    await clinics.set_phone(act, number)
    act.audit("clinic.phone_set", act.clinic, has_phone=int(number is not None))
    return Done(None)


async def read_phone(act: Act) -> Done[str | None]:
    """The number; none where none is set."""
    return Done(await clinics.phone(act))
