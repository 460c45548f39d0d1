"""Close an enrollment: its last local day, and why it ends."""

from datetime import date, timedelta, tzinfo
from uuid import UUID

from msgspec.structs import replace

from schemas.corrections import NewCorrection
from schemas.notices import EnrollmentClosed
from schemas.people import CloseEnrollment, Enrollment
from service.core.calendar import local_day
from service.core.notices.telling import Notice
from service.core.refusals import Refused, refused
from service.flows.correct_event import correct_event
from service.flows.perform import Act, Done
from service.store import clinics, enrollments, episodes
from service.store.enrollments import Ruled

DAYS_AHEAD_MAX = 366
"""How far ahead the last day may lie: further off, a year was mistyped."""
ENDED_BEFORE = "The enrollment ended before this day."


async def close_enrollment(
    act: Act, enrollment_id: UUID, close: CloseEnrollment
) -> Done[Enrollment] | Refused:
    """Close an open enrollment; whatever anybody recorded of it must lie on or before its last day.

    Visits after that day that the service recorded as missed are withdrawn: nobody was expected any more.
    """
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
    zone = await clinics.zone(act, act.clinic)
    latest = max(local_day(act.now, zone), known.starts_on)
    if close.on > latest + timedelta(days=DAYS_AHEAD_MAX):
        words = f"The last day lies at most {DAYS_AHEAD_MAX} days ahead; look at its year."
        return refused("invalid", words, "$.on")
    refusal = await _withdraw_missed(act, known, close.on, zone)
    if refusal is not None:
        return refusal
    await episodes.close(act, act.actor, enrollment_id, close.on, close.reason)
    act.tell("enrollment.closed", enrollment_id, known.participant, on=close.on.isoformat())
    act.notify(Notice("enrollment.closed", EnrollmentClosed(enrollment_id, close.on), known.participant))
    return Done(replace(known, status="closed", closed_on=close.on, close_reason=close.reason))


async def _withdraw_missed(act: Act, known: Enrollment, last_day: date, zone: tzinfo) -> Refused | None:
    """Withdraw what the service recorded as missed after the last day; a person's event there is refused."""
    rules = await enrollments.rules_of(act, act.clinic, known.program, known.version)
    ruled = [Ruled(known.id, rules, known.starts_on)]
    stand = await enrollments.standing_facts(act, act.clinic, ruled, zone)
    after = [one for one in stand[known.id] if one.fact.day > last_day]
    days = [one.fact.day for one in after if one.fact.expected_on is None]
    if days:
        words = (
            f"An event is recorded on {max(days)}; close the enrollment on that day or later, or first "
            f"withdraw what was recorded after {last_day} in error (a correction, entry_error)."
        )
        return refused("outside_enrollment", words, "$.on")
    for one in after:
        done = await correct_event(act, one.event, NewCorrection("entry_error", ENDED_BEFORE))
        if isinstance(done, Refused):
            return done
    return None
