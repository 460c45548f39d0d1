"""Move an enrollment to a newer program version, or transfer its participant to another program."""

from datetime import datetime, timedelta, tzinfo
from uuid import UUID

from schemas.people import (
    CloseEnrollment,
    Language,
    MoveEnrollment,
    NewEnrollment,
    TransferEnrollment,
    TransferredEnrollment,
)
from schemas.receipts import MovedEnrollment, Outlook
from service.core import recording
from service.core.calendar import local_day
from service.core.dated_caps import Outside
from service.core.episode import Episode
from service.core.outlook import closed, outlook
from service.core.refolding import adjustments, fits, move
from service.core.refusals import Refused, refused
from service.flows.people.enrollments import close_enrollment, open_enrollment
from service.flows.perform import Act, Done, moves_value
from service.store import charts, clinics, corrections, enrollments, episodes, ledger, programs, visits


@moves_value
async def move_enrollment(
    act: Act, enrollment_id: UUID, to: MoveEnrollment, *, is_preview: bool, language: Language | None = None
) -> Done[MovedEnrollment] | Refused:
    """Fold all facts again by the other version and post the gap: rises are paid, falls are kept.

    A preview works it all out and writes nothing.
    """
    people = await charts.lock(act, [enrollment_id], [], [])
    shown = await enrollments.find(act, enrollment_id)
    if shown is None:
        return refused("not_found.enrollment")
    if await programs.find(act, shown.program, to.version) is None:
        return refused(
            "unknown_program.later_version", "$.version", program=shown.program, version=to.version
        )
    if to.version <= shown.version:
        return refused("invalid.older_version", "$.version", version=shown.version)
    zone = await clinics.zone(act)
    whole = await ledger.whole(act, people, enrollment_id, zone)
    rules = await episodes.rules_of(act, shown.program, to.version)
    refusal = fits(whole.episode, rules)
    if refusal is not None:
        return refusal
    decided = move(whole.episode, to.version, rules, whole.available)
    if is_preview:
        new = ledger.entries(act, whole, decided)
    else:
        await corrections.move(act, act.actor, whole.episode, decided.episode, to.reason)
        await visits.look_again(act, enrollment_id)
        new = await ledger.post(act, whole, decided)
    operation = "enrollment.move_previewed" if is_preview else "enrollment.moved"
    act.audit(operation, enrollment_id, shown.participant, from_version=shown.version, to_version=to.version)
    own = language or people[shown.participant].language
    awards = tuple(
        recording.award(decided, None, award_id, posting, own)
        for award_id, posting in zip(new.ids, decided.postings, strict=True)
    )
    ahead = _ahead(decided.episode, act.now, zone, own)
    changed = adjustments(decided, own=True, language=own)
    total = recording.totals(awards)
    versions = (shown.program, shown.version, to.version)
    return Done(
        MovedEnrollment(enrollment_id, *versions, is_preview, awards, total, new.balances, ahead, changed)
    )


def _ahead(episode: Episode, now: datetime, zone: tzinfo, language: Language) -> tuple[Outlook, ...]:
    """The outlook by the rules that the enrollment is in after the move."""
    today = local_day(now, zone)
    if episode.closed_on is not None and episode.closed_on < today:
        return closed(episode.rules, language)
    state = episode.state
    last_day = None if state.last_at is None else local_day(state.last_at, zone)
    outside = Outside(episode.limits, episode.id, episode.funding)
    return outlook(
        episode.rules, state, episode.starts_on, today, language, last_day=last_day, outside=outside
    )


@moves_value
async def transfer_enrollment(
    act: Act, enrollment_id: UUID, to: TransferEnrollment
) -> Done[TransferredEnrollment] | Refused:
    """Close an enrollment on its last day and open the one that goes on from it; balances stay."""
    starts_on = to.starts_on or to.on + timedelta(days=1)
    if starts_on <= to.on:
        return refused("invalid.next_start", "$.starts_on", day=to.on)
    closed = await close_enrollment(act, enrollment_id, CloseEnrollment(to.reason, to.on))
    if isinstance(closed, Refused):
        return closed
    before = closed.value
    new = NewEnrollment(before.participant, to.program, starts_on, to.version, to.funding or before.funding)
    opened = await open_enrollment(act, new)
    if isinstance(opened, Refused):
        return opened
    act.audit("enrollment.transferred", enrollment_id, before.participant, opened=str(opened.value.id))
    return Done(TransferredEnrollment(before, opened.value), "created")
