"""Enrollments: open, close and read them, and close those whose planned last day is over."""

from datetime import date, timedelta, tzinfo
from uuid import UUID

from msgspec.structs import replace

from schemas.corrections import NewCorrection
from schemas.notices import AwardPosted, EnrollmentClosed, EnrollmentOpened
from schemas.people import CloseEnrollment, Enrollment, EnrollmentPage, Language, NewEnrollment
from schemas.receipts import EnrollmentOutlook
from service.core.actors import system
from service.core.calendar import local_day, program_week
from service.core.cursors import Page, before_id, cut
from service.core.expected import next_deadline
from service.core.gap import Where, first_postings
from service.core.ledger import Movement, award_movement
from service.core.notices.telling import Notice
from service.core.outlook import closed, outlook
from service.core.refusals import Refused, refused
from service.core.rules import opening
from service.core.state import WELCOME_FACT, Award, Decision
from service.flows.people.guardians import refuse_without_guardian
from service.flows.people.screening import refuse_unscreened
from service.flows.perform import Act, Done, moves_value, perform
from service.flows.programs.levels import due_programs
from service.flows.visits.corrections import correct_event
from service.store import (
    caps,
    charts,
    clinics,
    enrollments,
    episodes,
    ledger,
    outside_caps,
    participants,
    programs,
    record,
    visits,
)
from service.store.cap_totals import Tallies
from service.store.database.pool import Database
from service.store.enrollments import Status
from service.store.episodes import Ruled

START_DAYS_AHEAD_MAX = 366
"""How far ahead an enrollment may start: further off, a year was mistyped."""

DAYS_LONG_MAX = 3660
"""How long an enrollment may be planned to last: longer, a year was mistyped."""
CLOSE_DAYS_AHEAD_MAX = 366
"""How far ahead the last day may lie: further off, a year was mistyped."""
ENDED_BEFORE = "The enrollment ended before this day."
ENROLLMENTS_MAX = 200
"""How many enrollments of a clinic end in one call; the rest have their turn in the next."""
REASON = "The planned end was reached."


@moves_value
async def open_enrollment(
    act: Act, new: NewEnrollment, over: CloseEnrollment | None = None
) -> Done[Enrollment] | Refused:
    """Open an enrollment in the version named or the latest, and post the welcome if there is one.

    With `over` it ended already, before a later one in the same program began; whoever asks for that has made
    sure that the two do not overlap.
    """
    participant = await charts.lock_person(act, new.participant)
    if participant is None:
        return refused("unknown_participant", "$.participant")
    gone = await participants.gone(act, new.participant)
    if gone is not None and new.starts_on > gone.on:
        return refused("invalid.person_gone", "$.participant", day=gone.on)
    if new.version is None:
        program = await programs.latest(act, new.program)
    else:
        program = await programs.find(act, new.program, new.version)
    if program is None:
        place = "$.program" if new.version is None else "$.version"
        return refused("unknown_program.version", place)
    zone = await clinics.zone(act)
    today = local_day(act.now, zone)
    mistyped = _mistyped(new, today)
    if mistyped is not None:
        return mistyped
    barred = await _barred(act, participant, program.name, is_over=over is not None)
    if barred is not None:
        return barred
    made = _made(act, replace(new, participant=participant), program.version, over)
    rules = await episodes.rules_of(act, program.name, program.version)
    act.notify(Notice("enrollment.opened", EnrollmentOpened(made.id, made.starts_on), made.participant))
    state, welcome = opening(rules, new.starts_on)
    await enrollments.insert(act, act.actor, made, state)
    first = next_deadline(rules, new.starts_on, new.ends_on if over is None else over.on, zone)
    if first is not None:
        await visits.begin_check(act, made.id, first)
    if welcome is not None:
        await _post(act, made, welcome)
    act.audit("enrollment.opened", made.id, made.participant, program=program.name, version=program.version)
    if over is not None:
        act.audit("enrollment.closed", made.id, made.participant, on=over.on.isoformat())
        act.notify(Notice("enrollment.closed", EnrollmentClosed(made.id, over.on), made.participant))
    return Done(made, "created")


async def _barred(act: Act, participant: UUID, program: str, *, is_over: bool) -> Refused | None:
    """Why somebody does not begin a program now: they are in it, or something must be on record first."""
    if not is_over and await enrollments.has_open(act, participant, program):
        return refused("already_enrolled", "$.program")
    without = await refuse_without_guardian(act, participant, program)
    return without or await refuse_unscreened(act, participant, program)


def _mistyped(new: NewEnrollment, today: date) -> Refused | None:
    """Why the days of an enrollment cannot be meant."""
    if new.starts_on > today + timedelta(days=START_DAYS_AHEAD_MAX):
        return refused("invalid.starts_too_far_ahead", "$.starts_on", days=START_DAYS_AHEAD_MAX)
    if new.ends_on is not None and not 0 <= (new.ends_on - new.starts_on).days <= DAYS_LONG_MAX:
        return refused("invalid.ends_out_of_range", "$.ends_on", days=DAYS_LONG_MAX)
    return None


def _made(act: Act, new: NewEnrollment, version: int, over: CloseEnrollment | None) -> Enrollment:
    return Enrollment(
        act.new_id(),
        new.participant,
        new.program,
        version,
        new.starts_on,
        act.now,
        "open" if over is None else "closed",
        new.funding,
        None if over is None else over.on,
        None if over is None else over.reason,
        new.ends_on,
    )


async def _post(act: Act, made: Enrollment, welcome: Award) -> None:
    tallies = Tallies(act, await caps.whole(act))
    where = Where(made.id, made.funding, {WELCOME_FACT: made.starts_on})
    spot = where.spot(WELCOME_FACT, welcome.unit)
    await tallies.read([(made.participant, spot)])
    decision = Decision("neutral", (welcome,))
    (posting,), limits = first_postings(WELCOME_FACT, decision, where, tallies.limits(made.participant))
    tallies.settle(act.actor, made.participant, limits, [spot])
    award_id = act.new_id()
    award = record.NewAward(award_id, made.id, made.participant, None, WELCOME_FACT, posting)
    await record.awards(act, [award])
    movement: Movement | None = award_movement(
        made.participant, made.id, award_id, posting, made.starts_on, made.funding
    )
    if movement is not None:
        await ledger.move(act, [movement])
        told = AwardPosted(award_id, "welcome", posting.unit, posting.amount, made.id)
        act.notify(Notice("award.posted", told, made.participant))
    act.audit_caps(await tallies.keep())


async def close_enrollment(
    act: Act, enrollment_id: UUID, close: CloseEnrollment
) -> Done[Enrollment] | Refused:
    """Close an open enrollment; whatever anybody recorded of it must lie on or before its last day.

    Visits after that day that the service recorded as missed are withdrawn: nobody was expected any more.
    """
    await charts.lock(act, [enrollment_id], [], [])
    known = await enrollments.find(act, enrollment_id)
    if known is None:
        return refused("not_found.enrollment")
    if known.closed_on is not None:
        return refused("enrollment_closed", day=known.closed_on)
    if close.on < known.starts_on:
        return refused("invalid.closed_before_start", "$.on", day=known.starts_on)
    if known.ends_on is not None and close.on > known.ends_on:
        return refused("invalid.closed_after_end", "$.on", day=known.ends_on)
    zone = await clinics.zone(act)
    latest = max(local_day(act.now, zone), known.starts_on)
    if close.on > latest + timedelta(days=CLOSE_DAYS_AHEAD_MAX):
        return refused("invalid.closed_too_far_ahead", "$.on", days=CLOSE_DAYS_AHEAD_MAX)
    refusal = await _withdraw_missed(act, known, close.on, zone)
    if refusal is not None:
        return refusal
    await enrollments.close(act, act.actor, enrollment_id, close.on, close.reason)
    act.audit("enrollment.closed", enrollment_id, known.participant, on=close.on.isoformat())
    act.notify(Notice("enrollment.closed", EnrollmentClosed(enrollment_id, close.on), known.participant))
    return Done(replace(known, status="closed", closed_on=close.on, close_reason=close.reason))


async def _withdraw_missed(act: Act, known: Enrollment, last_day: date, zone: tzinfo) -> Refused | None:
    """Withdraw what the service recorded as missed after the last day; a person's event there is refused."""
    rules = await episodes.rules_of(act, known.program, known.version)
    ruled = [Ruled(known.id, rules, known.starts_on)]
    stand = await episodes.standing_facts(act, ruled, zone)
    after = [one for one in stand[known.id] if one.fact.day > last_day]
    days = [one.fact.day for one in after if one.fact.expected_on is None]
    if days:
        return refused("outside_enrollment.event_after_close", "$.on", day=max(days), last_day=last_day)
    for one in after:
        done = await correct_event(act, one.event, NewCorrection("entry_error", ENDED_BEFORE))
        if isinstance(done, Refused):
            return done
    return None


async def end_enrollments(database: Database, clinic: UUID) -> int:
    """Close what has come to its planned end; returns how many. What another worker has closed stays so."""
    async with database.transaction(clinic) as tx:
        today = local_day(tx.now, await clinics.zone(tx))
        over = await enrollments.ending(tx, today, ENROLLMENTS_MAX)
    count = 0
    for enrollment, last_day in over:
        count += await _end(database, clinic, enrollment, last_day)
    return count


async def _end(database: Database, clinic: UUID, enrollment: UUID, last_day: date) -> bool:
    async def operation(act: Act) -> Done[None] | Refused:
        closed = await close_enrollment(act, enrollment, CloseEnrollment(REASON, last_day))
        return closed if isinstance(closed, Refused) else Done(None)

    return isinstance(await perform(database, system(clinic), operation), Done)


async def read_enrollment(act: Act, enrollment_id: UUID) -> Done[Enrollment] | Refused:
    """One enrollment by id."""
    known = await enrollments.find(act, enrollment_id)
    if known is None:
        return refused("not_found.enrollment")
    act.audit("enrollment.read", enrollment_id, known.participant)
    return Done(known)


async def list_enrollments(
    act: Act, page: Page, *, participant: UUID | None = None, status: Status | None = None
) -> Done[EnrollmentPage] | Refused:
    """Enrollments of the clinic or of one participant, newest first."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    person = await charts.whose(act, participant)
    own = None if person is None else person.id
    found = await enrollments.before(act, last, page.limit + 1, own, status)
    shown, more = cut(found, page, lambda enrollment: enrollment.id.bytes)
    act.audit_listed("enrollment.listed", ((enrollment.id, enrollment.participant) for enrollment in shown))
    return Done(EnrollmentPage(shown, more))


async def read_outlook(
    act: Act, enrollment_id: UUID, *, on: date | None = None, language: Language | None = None
) -> Done[EnrollmentOutlook] | Refused:
    """The outlook of an enrollment, seen from today in the clinic's time zone or from the day `on`."""
    known = await enrollments.find(act, enrollment_id)
    if known is None:
        return refused("not_found.enrollment")
    zone = await clinics.zone(act)
    day = on or local_day(act.now, zone)
    rules = await episodes.rules_of(act, known.program, known.version)
    state = await enrollments.checkpoint(act, enrollment_id)
    own = language or await participants.language(act, known.participant) or "en"
    last_day = None if state.last_at is None else local_day(state.last_at, zone)
    is_over = known.closed_on is not None and known.closed_on < day
    if is_over:
        ahead = closed(rules, own)
    else:
        outside = await outside_caps.outside(act, known, rules.program, (day, last_day))
        ahead = outlook(rules, state, known.starts_on, day, own, last_day=last_day, outside=outside)
    due = () if is_over else await due_programs(act, rules.program, state)
    act.audit("outlook.read", enrollment_id, known.participant)
    return Done(EnrollmentOutlook(enrollment_id, day, program_week(day, known.starts_on), ahead, due))
