"""Correct an event: a lab's overturn, an excuse, or an entry made in error; the event is never edited."""

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from schemas.corrections import NewCorrection
from schemas.people import Language
from schemas.receipts import Receipt
from service.core import recording
from service.core.calendar import local_day
from service.core.corrections import PastCorrection, judge
from service.core.episode import Episode, Past
from service.core.expected import settled_before
from service.core.refolding import correct
from service.core.refusals import Refused, refused
from service.core.state import Fact
from service.flows.perform import Act, Done
from service.store import clinics, corrections, enrollments, ledger, recorded_events, visits
from service.store.cap_totals import Tallies


async def correct_event(
    act: Act, about: UUID, new: NewCorrection, *, language: Language | None = None
) -> Done[Receipt] | Refused:
    """Append a correction about an event or an earlier correction, fold all facts again, and post the gap."""
    event_id = await corrections.event_of(act, act.clinic, about) or about
    event = await recorded_events.find(act, act.clinic, event_id)
    clinic = await clinics.find(act, act.clinic)
    if event is None or clinic is None:
        return refused("not_found", "There is no such event.")
    people = await enrollments.lock(act, act.clinic, [], [event.participant], [])
    reading = await enrollments.read(act, act.clinic, people, [])
    zone = ZoneInfo(clinic.timezone)
    (known,) = (one for one in reading.episodes if one.id == event.enrollment)
    tallies = Tallies(act, act.clinic, reading.caps)
    episode = await tallies.counted(await enrollments.with_past(act, act.clinic, known, zone))
    past = episode.past or Past()
    correction = PastCorrection(act.new_id(), episode.facts + 1, event_id, about, new.kind, new.outcome)
    before = [one for one in past.corrections if one.event == event_id]
    fact = past.by_no[event.fact_no].fact
    refusal = judge(episode.rules, past.by_no[event.fact_no], before, correction, act.actor.id)
    refusal = refusal or _stays_withdrawn(episode, fact.day, is_of_event=about == event_id)
    if refusal is not None:
        return refusal
    balances = reading.balances.get(event.participant, {})
    decided = correct(episode, correction, {unit: one.available for unit, one in balances.items()})
    digest = await corrections.insert(act, act.actor, episode, correction, new.reason)
    if new.kind == "entry_error":
        await _look_back(act, episode, fact, clinic.timezone)
    posted = ledger.entries(act, decided, balances.values())
    await ledger.post(act, act.clinic, decided, posted, tallies)
    act.tell(
        "event.corrected",
        correction.id,
        event.participant,
        event=str(event_id),
        about=str(about),
        kind=new.kind,
        digest=digest.hex(),
    )
    answer = recording.receipt(
        decided,
        recorded_events.shown(event, episode.rules, [*before, correction], decided.effect),
        posted.ids,
        posted.balances,
        language or people[event.participant].language,
        lambda at: local_day(at, zone),
        own=True,
    )
    own = await corrections.of_events(act, act.clinic, [event_id])
    return Done(replace(answer, corrections=corrections.shown(own[event_id])), "created")


async def _look_back(act: Act, episode: Episode, fact: Fact, zone: str) -> None:
    """Let the worker look again: whoever had come by what is withdrawn may be missing now."""
    if fact.expected_on is None:
        settled = settled_before(episode.rules, episode.starts_on, fact)
        await visits.look_back(act, act.clinic, episode.id, settled, zone)


def _stays_withdrawn(episode: Episode, day: date, *, is_of_event: bool) -> Refused | None:
    """Why an event after the last day is not brought back: it was withdrawn for the enrollment ended."""
    if is_of_event or episode.closed_on is None or day <= episode.closed_on:
        return None
    words = f"The enrollment ended on {episode.closed_on}, before this event's day; it stays withdrawn."
    return refused("outside_enrollment", words)
