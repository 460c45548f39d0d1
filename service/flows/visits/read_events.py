"""Read events: one with all that was posted for it since, or those of a participant or a time."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from msgspec import UNSET
from msgspec.structs import replace

from schemas.events import EventPage
from schemas.people import Language
from schemas.program import Effect, Noun, Program
from schemas.receipts import Award, Receipt
from service.core.calendar import local_day
from service.core.corrections import PastCorrection, may_have_changed, stands
from service.core.cursors import Page, before_id, cut
from service.core.dated_caps import NOTHING_OUTSIDE, Outside
from service.core.outlook import outlook
from service.core.recording import totals
from service.core.refusals import Refused, refused
from service.core.rules import fold
from service.core.words.sentences import noun_of, reason
from service.flows.perform import Act, Done
from service.store import (
    charts,
    clinics,
    corrections,
    enrollments,
    episodes,
    ledger,
    outside_caps,
    participants,
    recorded_events,
)
from service.store.episodes import Ruled
from service.store.recorded_events import EventFilter, StoredAward, StoredEvent

__all__ = ["EventFilter", "list_events", "read_event"]


async def read_event(
    act: Act, event_id: UUID, *, language: Language | None = None
) -> Done[Receipt] | Refused:
    """One event as it stands now: its awards, later adjustments too, with today's balances and outlook."""
    known = await recorded_events.find(act, event_id)
    if known is None:
        return refused("not_found.event")
    own = language or await participants.language(act, known.participant) or "en"
    rules = await episodes.rules_of(act, known.program, known.version)
    noun = noun_of(rules.program.targets[rules.place_of[known.target]])
    posted = await recorded_events.awards_of(act, known.enrollment, known.fact_no)
    awards = tuple(_award(award, noun, own) for award in posted)
    balances = await ledger.balances(act, [known.participant])
    state = await enrollments.checkpoint(act, known.enrollment)
    zone = await clinics.zone(act)
    last_day = None if state.last_at is None else local_day(state.last_at, zone)
    today = local_day(act.now, zone)
    ahead = outlook(
        rules,
        state,
        known.starts_on,
        today,
        own,
        last_day=last_day,
        outside=await _outside(act, known.enrollment, rules.program, (today, last_day)),
    )
    ruled = [Ruled(known.enrollment, rules, known.starts_on)]
    stand = await episodes.standing_facts(act, ruled, zone)
    _, decisions = fold(rules, known.starts_on, (one.fact for one in stand[known.enrollment]))
    told = (await corrections.of_events(act, [event_id])).get(event_id, [])
    # Its effect may have changed since: by a correction, or by a retest that stands in its place.
    now = decisions.get(known.fact_no)
    shown = recorded_events.shown(
        known, rules, [one.past for one in told], None if now is None else now.effect
    )
    act.audit("event.read", event_id, known.participant)
    return Done(
        Receipt(
            shown,
            awards,
            totals(awards),
            tuple(balances.values()),
            ahead,
            corrections=corrections.shown(told) if told else UNSET,
        )
    )


async def _outside(act: Act, enrollment: UUID, program: Program, days: tuple[date | None, ...]) -> Outside:
    known = await enrollments.find(act, enrollment)
    return NOTHING_OUTSIDE if known is None else await outside_caps.outside(act, known, program, days)


async def list_events(act: Act, wanted: EventFilter, page: Page) -> Done[EventPage] | Refused:
    """Events that match everything that is wanted, newest recorded first; each one shown is audited."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    person = await charts.whose(act, wanted.participant)
    if person is not None:
        wanted = replace(wanted, participant=person.id)
    found = await recorded_events.before(act, last, page.limit + 1, wanted)
    known, more = cut(found, page, lambda event: event.id.bytes)
    told = await corrections.of_events(act, [event.id for event in known])
    own = {event: [one.past for one in each] for event, each in told.items()}
    effects = await _effects(act, known, own)
    shown = [
        recorded_events.shown(
            event,
            await episodes.rules_of(act, event.program, event.version),
            own.get(event.id, ()),
            effects.get(event.id),
        )
        for event in known
    ]
    act.audit_listed("event.listed", ((event.id, event.participant) for event in known))
    return Done(EventPage(tuple(shown), more))


async def _effects(
    act: Act, known: Sequence[StoredEvent], own: Mapping[UUID, Sequence[PastCorrection]]
) -> dict[UUID, Effect]:
    """The present effects of events whose effect may have changed: one fold an enrollment."""
    doubtful: dict[UUID, list[StoredEvent]] = {}
    for event in known:
        rules = await episodes.rules_of(act, event.program, event.version)
        outcome = stands(event.id, event.outcome, own.get(event.id, ()))
        place = rules.place_of[event.target]
        if outcome is not None and may_have_changed(
            rules, place, outcome, event.effect, is_missed=event.expected_on is not None
        ):
            doubtful.setdefault(event.enrollment, []).append(event)
    if not doubtful:
        return {}
    zone = await clinics.zone(act)
    ruled = await episodes.ruled(act, [events[0] for events in doubtful.values()])
    stand = await episodes.standing_facts(act, ruled, zone)
    effects: dict[UUID, Effect] = {}
    for one in ruled:
        _, decisions = fold(one.rules, one.starts_on, (past.fact for past in stand[one.id]))
        effects |= {event.id: decisions[event.fact_no].effect for event in doubtful[one.id]}
    return effects


def _award(posted: StoredAward, noun: Noun, language: Language) -> Award:
    return Award(
        posted.id,
        posted.kind,
        posted.unit,
        posted.amount,
        posted.clipped,
        tuple(reason(why, posted.unit, noun, language) for why in posted.why),
        posted.event,
        posted.overpaid,
        posted.unrecovered,
    )
