"""Read enrollments: one by id, those of a participant, and what comes next in one."""

from datetime import date
from uuid import UUID

from schemas.people import Enrollment, EnrollmentPage, Language
from schemas.receipts import EnrollmentOutlook
from service.core.calendar import local_day, program_week
from service.core.cursors import Page, before_id, cut
from service.core.outlook import closed, outlook
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import cap_totals, clinics, enrollments, episodes, participants
from service.store.episodes import Status


async def read_enrollment(act: Act, enrollment_id: UUID) -> Done[Enrollment] | Refused:
    """One enrollment by id."""
    known = await episodes.find(act, act.clinic, enrollment_id)
    if known is None:
        return refused("not_found", "There is no such enrollment.")
    act.tell("enrollment.read", enrollment_id, known.participant)
    return Done(known)


async def list_enrollments(
    act: Act, page: Page, *, participant: UUID | None = None, status: Status | None = None
) -> Done[EnrollmentPage] | Refused:
    """Enrollments of the clinic or of one participant, newest first."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await episodes.before(act, act.clinic, last, page.limit + 1, participant, status)
    shown, more = cut(found, page, lambda enrollment: enrollment.id.bytes)
    for enrollment in shown:
        act.tell("enrollment.listed", enrollment.id, enrollment.participant)
    return Done(EnrollmentPage(shown, more))


async def read_outlook(
    act: Act, enrollment_id: UUID, *, on: date | None = None, language: Language | None = None
) -> Done[EnrollmentOutlook] | Refused:
    """What comes next in an enrollment, seen from today in the clinic's time zone or from the day `on`."""
    known = await episodes.find(act, act.clinic, enrollment_id)
    if known is None:
        return refused("not_found", "There is no such enrollment.")
    zone = await clinics.zone(act, act.clinic)
    day = on or local_day(act.now, zone)
    rules = await enrollments.rules_of(act, act.clinic, known.program, known.version)
    state = await episodes.checkpoint(act, act.clinic, enrollment_id)
    own = language or await participants.language(act, act.clinic, known.participant) or "en"
    last_day = None if state.last_at is None else local_day(state.last_at, zone)
    is_over = known.closed_on is not None and known.closed_on < day
    if is_over:
        ahead = closed(rules, own)
    else:
        outside = await cap_totals.outside(act, act.clinic, known, (day, last_day))
        ahead = outlook(rules, state, known.starts_on, day, own, last_day=last_day, outside=outside)
    act.tell("outlook.read", enrollment_id, known.participant)
    return Done(EnrollmentOutlook(enrollment_id, day, program_week(day, known.starts_on), ahead))
