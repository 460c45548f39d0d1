"""Set a cap of the clinic or of a funder."""

from schemas.caps import ClinicCap, NewCap
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import caps


async def set_cap(act: Act, new: NewCap) -> Done[ClinicCap] | Refused:
    """Set a cap; it binds what is posted from now on, and takes back nothing."""
    if new.ends_on is not None and new.ends_on < new.starts_on:
        words = f"The cap begins on {new.starts_on}; its last day cannot be earlier."
        return refused("invalid", words, "$.ends_on")
    made = ClinicCap(
        act.new_id(),
        new.per,
        new.unit,
        new.amount,
        new.starts_on,
        new.reason,
        act.now,
        act.actor.id,
        new.funding,
        new.ends_on,
    )
    await caps.insert(act, act.clinic, made)
    act.tell(
        "cap.set",
        made.id,
        per=made.per,
        unit=made.unit,
        amount=made.amount,
        funding=made.funding or "",
        starts_on=made.starts_on.isoformat(),
        ends_on="" if made.ends_on is None else made.ends_on.isoformat(),
    )
    return Done(made, "created")
