"""Correct an event (lab overturn, excuse, entry error), or undo what one has just recorded.

The event itself is never edited.
"""

from datetime import date
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from schemas.corrections import NewCorrection, NewCorrectionOf
from schemas.people import Language
from schemas.receipts import Receipt
from service.core import recording
from service.core.calendar import local_day
from service.core.corrections import PastCorrection, judge, stands
from service.core.episode import Episode, Past
from service.core.expected import settled_before
from service.core.phases import DAYS_A_WEEK
from service.core.refolding import correct
from service.core.refusals import Refused, refused
from service.core.state import Fact
from service.core.undoing import UNDO_FOR, may_undo
from service.flows.perform import Act, Done, moves_value
from service.flows.visits.on_record import OnRecord
from service.store import (
    actors,
    charts,
    clinics,
    corrections,
    known_events,
    ledger,
    persons,
    planned_visits,
    recorded_events,
    visits,
)
from service.store.recorded_events import StoredEvent
from service.store.rules_over import Persons

REASON: Final = "Undone at once by whoever recorded it."


@moves_value
async def correct_event(
    act: Act,
    about: UUID,
    new: NewCorrection,
    *,
    language: Language | None = None,
    closure: UUID | None = None,
    merge: UUID | None = None,
) -> Done[Receipt] | Refused:
    """Append a correction about an event or an earlier correction, fold all facts again, and post the gap.

    An excuse may be for a `closure`; a `merge` withdraws what both charts held: none is missed there.
    """
    event_id = await corrections.event_of(act, about) or about
    event = await recorded_events.find(act, event_id)
    if event is None:
        return refused("not_found.event")
    people = await charts.lock(act, [], [event.participant], [])
    zone = await clinics.zone(act)
    whole = await ledger.whole(act, people, event.enrollment, zone)
    episode, past = whole.episode, whole.episode.past or Past()
    correction = PastCorrection(
        act.new_id(), episode.facts + 1, event_id, about, new.kind, new.outcome, closure, merge, new.minutes
    )
    before = [one for one in past.corrections if one.event == event_id]
    fact = past.by_no[event.fact_no].fact
    # What was recorded by a key of theirs they recorded themselves.
    by = event.recorded_by if await persons.same(act, [event.recorded_by]) else act.actor.id
    refusal = judge(episode.rules, past.by_no[event.fact_no], before, correction, by, event.minutes)
    refusal = refusal or _stays_withdrawn(episode, fact.day, is_of_event=about == event_id)
    refusal = refusal or await _in_the_way(act, episode, event, before, correction, zone)
    if refusal is not None:
        return refusal
    decided = correct(episode, correction, whole.available)
    now = stands(event_id, event.outcome, [*before, correction])
    await _append(act, episode, correction, new.reason, corrections.standing(now, decided.effect))
    if new.kind == "entry_error" and merge is None:
        await _look_back(act, episode, fact, zone)
    posted = await ledger.post(act, whole, decided)
    answer = recording.receipt(
        decided,
        recorded_events.shown(event, episode.rules, [*before, correction], decided.effect),
        posted.ids,
        posted.balances,
        language or people[event.participant].language,
        lambda at: local_day(at, zone),
        own=True,
    )
    own = await corrections.of_events(act, [event_id])
    return Done(replace(answer, corrections=corrections.shown(own[event_id])), "created")


async def _in_the_way(
    act: Act,
    episode: Episode,
    event: StoredEvent,
    before: list[PastCorrection],
    new: PastCorrection,
    zone: ZoneInfo,
) -> Refused | None:
    """What else speaks against a correction that is right by itself."""
    now = stands(event.id, event.outcome, before)
    if now is None:
        return await _place_taken(act, episode, event, zone)
    if new.merge is not None or new.closure is not None or new.kind == "minutes":
        return None
    return await _own_result(act, episode, event, now, new, zone)


async def _own_result(
    act: Act, episode: Episode, event: StoredEvent, now: str, new: PastCorrection, zone: ZoneInfo
) -> Refused | None:
    """Refuse whoever would turn a failure that they recorded into something better, where the clinic asks so.

    What was recorded just now can be undone: that is a slip of the hand.
    """
    if event.recorded_by not in await persons.same(act, [event.recorded_by]):
        return None
    target = episode.rules.targets[episode.rules.place_of[event.target]]
    days = (local_day(event.occurred_at, zone) - episode.starts_on).days
    effects = target.effects_in(target.phase(event.week, days % DAYS_A_WEEK))
    if new.kind == "excuse":
        better = effects.get(now) == "failure"
    elif new.kind == "entry_error":
        better = effects.get(now) != "success" and act.now - event.recorded_at > UNDO_FOR
    else:
        better = effects.get(now) != "success" and effects.get(new.outcome or "") == "success"
    if not better:
        return None
    if act.actor.role == "integration" and await actors.is_feed(act, event.recorded_by):
        # A laboratory's final result after its preliminary one: it could have said so at first.
        return None
    rules = await Persons(act, act.actor.id).rules_among_colleagues(act.actor.id)
    if rules.overturn_own or act.actor.role not in rules.roles:
        return None
    return refused("same_person.excuse" if new.kind == "excuse" else "same_person.overturn")


async def _append(
    act: Act, episode: Episode, new: PastCorrection, reason: str, standing: corrections.Standing | None
) -> None:
    digest = await corrections.insert(act, act.actor, episode, new, reason, standing)
    act.audit(
        "event.corrected",
        new.id,
        episode.participant,
        event=str(new.event),
        about=str(new.about),
        kind=new.kind,
        digest=digest.hex(),
    )


async def _look_back(act: Act, episode: Episode, fact: Fact, zone: ZoneInfo) -> None:
    """Let the worker look again: whoever had come by what is withdrawn may be missing now."""
    if fact.expected_on is None:
        plans = (await planned_visits.plans(act, [episode.id])).get(episode.id, ())
        settled = settled_before(episode.rules, episode.starts_on, fact, plans)
        await visits.look_back(act, episode.id, settled, zone.key)


def _stays_withdrawn(episode: Episode, day: date, *, is_of_event: bool) -> Refused | None:
    """Why an event after the last day is not brought back: it was withdrawn for the enrollment ended."""
    if is_of_event or episode.closed_on is None or day <= episode.closed_on:
        return None
    return refused("outside_enrollment.stays_withdrawn", day=episode.closed_on)


async def _place_taken(act: Act, episode: Episode, event: StoredEvent, zone: ZoneInfo) -> Refused | None:
    """Why an event is not brought back: its reference, or its place on its day, was taken meanwhile."""
    on_record = OnRecord(act, zone)
    taken = await on_record.taken(episode, event)
    if taken is None:
        return None
    has_reference = event.reference is not None and taken.reference == event.reference
    reason = "reference_conflict.taken" if has_reference else "already_recorded.meanwhile"
    return replace(refused(reason), event=on_record.standing(taken))


async def correct_named(
    act: Act, new: NewCorrectionOf, *, language: Language | None = None
) -> Done[Receipt] | Refused:
    """Correct the event that a correction names by its reference or id."""
    about = new.event
    if (new.reference is None) == (about is None):
        return refused("invalid.correction_of_nothing", "$.reference")
    if new.reference is not None:
        known = await known_events.under_reference(act, new.reference)
        if not known:
            return refused("not_found.reference", "$.reference")
        about = known[-1].event
    if about is None:
        raise AssertionError("a correction names a reference or an event")
    correction = NewCorrection(new.kind, new.reason, new.outcome, new.minutes)
    return await correct_event(act, about, correction, language=language)


async def undo_event(act: Act, event_id: UUID, language: Language | None = None) -> Done[Receipt] | Refused:
    """Withdraw one's own event of the last minutes as an entry error; nothing is deleted.

    It is judged under the participant's lock, so nobody corrects it in between.
    """
    event = await recorded_events.find(act, event_id)
    if event is None:
        return refused("not_found.event")
    await charts.lock(act, [], [event.participant], [])
    before = (await corrections.of_events(act, [event_id])).get(event_id, [])
    past = [one.past for one in before]
    refusal = may_undo(event.recorded_by, event.recorded_at, past, act.actor.id, act.now)
    if refusal is not None:
        return refusal
    return await correct_event(act, event_id, NewCorrection("entry_error", REASON), language=language)
