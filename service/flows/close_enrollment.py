"""Close an enrollment: its last local day, and why it ends."""

from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from schemas.notices import EnrollmentClosed
from schemas.people import CloseEnrollment, Enrollment
from service.core.calendar import local_day
from service.core.refusals import Refused, refused
from service.core.telling import Notice
from service.flows.perform import Act, Done
from service.store import clinics, enrollments, episodes

DAYS_AHEAD_MAX = 366
"""How far ahead the last day may lie: further off, a year was mistyped."""


async def close_enrollment(
    act: Act, enrollment_id: UUID, close: CloseEnrollment
) -> Done[Enrollment] | Refused:
    """Close an open enrollment; every fact of it must lie on or before its last day."""
    await enrollments.lock(act, act.clinic, [enrollment_id], [], [])
    known = await episodes.find(act, act.clinic, enrollment_id)
    if known is None:
        return refused("not_found", "There is no such enrollment.")
    if known.closed_on is not None:
        words = f"This enrollment was closed already, with {known.closed_on} as its last day."
        return refused("enrollment_closed", words)
    if close.on < known.starts_on:
        words = f"The enrollment starts on {known.starts_on}; its last day cannot be earlier."
        return refused("invalid", words, "$.on")
    if known.ends_on is not None and close.on > known.ends_on:
        words = f"The enrollment ends on {known.ends_on}; close it on that day or earlier."
        return refused("invalid", words, "$.on")
    clinic = await clinics.find(act, act.clinic)
    zone = ZoneInfo(clinic.timezone if clinic else "UTC")
    latest = max(local_day(act.now, zone), known.starts_on)
    if close.on > latest + timedelta(days=DAYS_AHEAD_MAX):
        words = f"The last day lies at most {DAYS_AHEAD_MAX} days ahead; look at its year."
        return refused("invalid", words, "$.on")
    moment = await episodes.last_moment(act, act.clinic, enrollment_id)
    if moment is not None and local_day(moment, zone) > close.on:
        day = local_day(moment, zone)
        words = f"An event is recorded on {day}; close the enrollment on that day or later."
        return refused("outside_enrollment", words, "$.on")
    await episodes.close(act, act.actor, enrollment_id, close.on, close.reason)
    act.tell("enrollment.closed", enrollment_id, known.participant, on=close.on.isoformat())
    act.notify(Notice("enrollment.closed", EnrollmentClosed(enrollment_id, close.on), known.participant))
    return Done(replace(known, status="closed", closed_on=close.on, close_reason=close.reason))
