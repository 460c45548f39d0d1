"""End a cap: give it the last day that it holds for."""

from uuid import UUID

from msgspec.structs import replace

from schemas.caps import ClinicCap, EndCap
from service.core.calendar import local_day
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import caps, clinics


async def end_cap(act: Act, cap_id: UUID, end: EndCap) -> Done[ClinicCap] | Refused:
    """Set the last day of a cap that has none yet; what it bound before stays as it was posted."""
    known = await caps.find(act, act.clinic, cap_id)
    if known is None:
        return refused("not_found", "There is no such cap.")
    today = local_day(act.now, await clinics.zone(act, act.clinic))
    if end.on < today:
        words = f"A cap ends today ({today}) or later; what it bound so far stays."
        return refused("invalid", words, "$.on")
    if end.on < known.starts_on:
        words = f"This cap begins on {known.starts_on}; its last day cannot be earlier."
        return refused("invalid", words, "$.on")
    if not await caps.end(act, act.clinic, cap_id, end.on):
        return refused("cap_ended", "The last day of this cap was set before; set another cap instead.")
    act.tell("cap.ended", cap_id, on=end.on.isoformat())
    return Done(replace(known, ends_on=end.on))
