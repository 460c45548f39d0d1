"""Open an enrollment: one participant's episode in one program version, with its welcome paid."""

from datetime import timedelta

from schemas.notices import AwardPosted, EnrollmentOpened
from schemas.people import Enrollment, NewEnrollment
from service.core.calendar import local_day
from service.core.expected import next_deadline
from service.core.gap import Where, first_postings
from service.core.ledger import Movement, award_movement
from service.core.notices.telling import Notice
from service.core.refusals import Refused, refused
from service.core.rules import opening
from service.core.state import WELCOME_FACT, Award, Decision
from service.flows.perform import Act, Done
from service.store import caps, clinics, enrollments, episodes, ledger, programs, record, visits
from service.store.cap_totals import Tallies

DAYS_AHEAD_MAX = 366
"""How far ahead an enrollment may start: further off, a year was mistyped."""

DAYS_LONG_MAX = 3660
"""How long an enrollment may be planned to last: longer, a year was mistyped."""


async def open_enrollment(act: Act, new: NewEnrollment) -> Done[Enrollment] | Refused:
    """Open an enrollment in the version named or the latest, and post the welcome if there is one."""
    if new.participant not in await enrollments.lock(act, act.clinic, [], [new.participant], []):
        return refused("unknown_participant", "There is no such participant.", "$.participant")
    if new.version is None:
        program = await programs.latest(act, act.clinic, new.program)
    else:
        program = await programs.find(act, act.clinic, new.program, new.version)
    if program is None:
        place = "$.program" if new.version is None else "$.version"
        return refused("unknown_program", "There is no such program, or not in this version.", place)
    zone = await clinics.zone(act, act.clinic)
    today = local_day(act.now, zone)
    if new.starts_on > today + timedelta(days=DAYS_AHEAD_MAX):
        words = f"An enrollment starts at most {DAYS_AHEAD_MAX} days ahead; look at the year of starts_on."
        return refused("invalid", words, "$.starts_on")
    if new.ends_on is not None and not 0 <= (new.ends_on - new.starts_on).days <= DAYS_LONG_MAX:
        words = f"An enrollment ends on its start day or later, and lasts at most {DAYS_LONG_MAX} days."
        return refused("invalid", words, "$.ends_on")
    if await episodes.has_open(act, act.clinic, new.participant, program.name):
        words = "The participant has an open enrollment in this program; close that one first."
        return refused("already_enrolled", words, "$.program")
    made = Enrollment(
        act.new_id(),
        new.participant,
        program.name,
        program.version,
        new.starts_on,
        act.now,
        "open",
        new.funding,
        ends_on=new.ends_on,
    )
    rules = await enrollments.rules_of(act, act.clinic, program.name, program.version)
    act.notify(Notice("enrollment.opened", EnrollmentOpened(made.id, made.starts_on), made.participant))
    state, welcome = opening(rules, new.starts_on)
    await episodes.insert(act, act.actor, made, state)
    first = next_deadline(rules, new.starts_on, new.ends_on, zone)
    if first is not None:
        await visits.begin_check(act, act.clinic, made.id, first)
    if welcome is not None:
        await _post(act, made, welcome)
    act.tell("enrollment.opened", made.id, made.participant, program=program.name, version=program.version)
    return Done(made, "created")


async def _post(act: Act, made: Enrollment, welcome: Award) -> None:
    tallies = Tallies(act, act.clinic, await caps.whole(act, act.clinic))
    where = Where(made.id, made.funding, {WELCOME_FACT: made.starts_on})
    spot = where.spot(WELCOME_FACT, welcome.unit)
    await tallies.read([(made.participant, spot)])
    decision = Decision("neutral", (welcome,))
    (posting,), limits = first_postings(WELCOME_FACT, decision, where, tallies.limits(made.participant))
    tallies.settle(act.actor, made.participant, limits, [spot])
    award_id = act.new_id()
    award = record.NewAward(award_id, made.id, made.participant, None, WELCOME_FACT, posting)
    await record.awards(act, act.clinic, [award])
    movement: Movement | None = award_movement(
        made.participant, made.id, award_id, posting, made.starts_on, made.funding
    )
    if movement is not None:
        await ledger.move(act, act.clinic, [movement])
        told = AwardPosted(award_id, "welcome", posting.unit, posting.amount, made.id)
        act.notify(Notice("award.posted", told, made.participant))
    act.reach(await tallies.keep())
