"""What is on record already where a batch of events is about to be recorded."""

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from uuid import UUID

from msgspec import UnsetType
from msgspec.structs import replace

from schemas.problem import StandingEvent
from service.core.calendar import local_day
from service.core.episode import Episode
from service.core.identity import OfDay, in_the_way, same_event
from service.core.quantities import ONE, as_number, with_quantity
from service.core.refusals import Refused, refused
from service.core.rules import fact_of
from service.core.state import Fact
from service.flows.visits.to_record import Recorded, ToRecord
from service.store import known_events
from service.store.database.pool import Tx
from service.store.known_events import DayAsked, KnownEvent
from service.store.record import NewFact, said_quantity
from service.store.recorded_events import StoredEvent


class OnRecord:
    """The events under the references of a batch and on its events' days, those of the batch itself too."""

    def __init__(self, tx: Tx, zone: tzinfo) -> None:
        """Read in a transaction that holds the locks of the batch's participants."""
        self._tx = tx
        self._zone = zone
        self.known: dict[UUID, KnownEvent] = {}
        self._by_reference: dict[str, KnownEvent] = {}
        self._outcome: dict[UUID, str | None] = {}
        self._of_day: dict[tuple[UUID, str, date], list[OfDay]] = {}

    async def read(
        self, seen: dict[str, KnownEvent], items: Iterable[tuple[ToRecord, Iterable[Episode]]]
    ) -> None:
        """Read the days of some items, each with the enrollments that it may mean; `seen` is by reference."""
        # Only under this lock is it sure that what was withdrawn stays so, and that its reference is free.
        given_back = [one.reference for one in seen.values() if one.corrected and one.reference is not None]
        await known_events.hold_references(self._tx, given_back)
        self._by_reference = seen
        asked: dict[DayAsked, Episode] = {}
        for item, episodes in items:
            if item.due is None:
                for episode in episodes:
                    asked |= dict.fromkeys(self._asked(item, episode), episode)
        on_days = await known_events.of_days(self._tx, list(asked), self._zone)
        self._outcome = await known_events.outcomes_now(self._tx, (*seen.values(), *on_days))
        episode_of = {episode.id: episode for episode in asked.values()}
        for one in on_days:
            self._put(episode_of[one.enrollment], one)

    def under(self, reference: str | None) -> KnownEvent | None:
        """The event that was recorded last under a reference, withdrawn or not."""
        return None if reference is None else self._by_reference.get(reference)

    def is_withdrawn(self, known: KnownEvent) -> bool:
        """Whether an event on record counts for nothing."""
        return self._outcome[known.event] is None

    def standing(self, known: KnownEvent) -> StandingEvent:
        """An event that stands in the way, as a refusal names it."""
        return StandingEvent(
            known.event,
            known.enrollment,
            known.participant,
            known.target,
            self._outcome[known.event] or known.outcome,
            known.occurred_at,
            known.recorded_by,
            known.reference,
            None if known.quantity is None else as_number(known.quantity),
            known.minutes,
        )

    def conflict(self, known: KnownEvent) -> Refused:
        """A reference that names something else."""
        return replace(refused("reference_conflict.event", "$.reference"), event=self.standing(known))

    def already(self, episode: Episode, known: KnownEvent) -> Refused:
        """A day that holds no more events of the target; how much was done is said where that is counted."""
        said = self.standing(known)
        rules = episode.rules.targets[episode.rules.place_of[known.target]]
        quantity = known.quantity if known.quantity is not None or not rules.by_quantity else ONE
        at = said.occurred_at.astimezone(self._zone)
        refusal = refused(
            "already_recorded",
            "$.occurred_at",
            day=at.date(),
            time=at.strftime("%H:%M"),
            outcome=with_quantity(said.outcome, quantity),
        )
        return replace(refusal, event=said)

    async def repeat(self, known: KnownEvent, said: int | None) -> Recorded | Refused:
        """The first answer to an event that is repeated; refused where it says other minutes than stand."""
        if said is None or said == known.minutes:
            return Recorded(known.receipt, "found")
        now = await known_events.minutes_now(self._tx, known, self._outcome[known.event])
        if said == now:
            return Recorded(known.receipt, "found")
        refusal = refused("already_recorded.minutes", "$.minutes", minutes=now or 0)
        return replace(refusal, event=replace(self.standing(known), minutes=now))

    def repeated(self, episode: Episode, fact: Fact, *, withdrawn: bool) -> KnownEvent | None:
        """The event on record that a fact repeats, whatever its reference."""
        found = same_event(fact, self._day(episode, fact), withdrawn=withdrawn)
        return None if found is None else self.known[found.event]

    def at_moment(self, episode: Episode, fact: Fact) -> KnownEvent | None:
        """The event that stands at the very moment of a fact."""
        for one in self._day(episode, fact):
            if one.outcome is not None and one.fact.at == fact.at:
                return self.known[one.event]
        return None

    def in_the_way(self, episode: Episode, fact: Fact) -> KnownEvent | None:
        """The first event that stands on the day of a fact, where the day holds no more."""
        found = in_the_way(episode.rules, fact, self._day(episode, fact))
        return None if found is None else self.known[found.event]

    async def taken(self, episode: Episode, event: StoredEvent) -> KnownEvent | None:
        """The event that took the reference, or the place on its day, of one that was withdrawn."""
        fact = self._fact(
            episode, event.target, event.outcome, event.occurred_at, event.fact_no, event.quantity
        )
        named: list[KnownEvent] = []
        if event.reference is not None:
            await known_events.hold_references(self._tx, [event.reference])
            named = await known_events.under_reference(self._tx, event.reference)
        day = [DayAsked(episode.id, event.target, fact.day)]
        of_day = [
            one for one in await known_events.of_days(self._tx, day, self._zone) if one.event != event.id
        ]
        self._outcome = await known_events.outcomes_now(self._tx, (*named, *of_day))
        for one in named:
            if one.event != event.id and not self.is_withdrawn(one):
                return one
        for one in of_day:
            self._put(episode, one)
        return self.in_the_way(episode, fact)

    def add(self, episode: Episode, new: NewFact) -> None:
        """Take up an event of the batch itself."""
        known = _known(new)
        self._outcome[known.event] = known.outcome
        if known.reference is not None:
            self._by_reference[known.reference] = known
        self._put(episode, known)

    def _put(self, episode: Episode, known: KnownEvent) -> None:
        fact = self._fact(
            episode, known.target, known.outcome, known.occurred_at, known.fact_no, known.quantity
        )
        self.known[known.event] = known
        one = OfDay(known.event, fact, self._outcome[known.event], known.outcome)
        self._of_day.setdefault((episode.id, known.target, fact.day), []).append(one)

    def _fact(
        self, episode: Episode, target: str, outcome: str, at: datetime, no: int, quantity: int | None
    ) -> Fact:
        day, quantity = local_day(at, self._zone), quantity or ONE
        rules, starts_on = episode.rules, episode.starts_on
        return fact_of(rules, no, target, outcome, at, day, starts_on, quantity=quantity)

    def _day(self, episode: Episode, fact: Fact) -> list[OfDay]:
        target = episode.rules.program.targets[fact.target].name
        return self._of_day.get((episode.id, target, fact.day), [])

    def _asked(self, item: ToRecord, episode: Episode) -> Iterable[DayAsked]:
        """The days that may hold something: none after the last day of which there is a fact that stands."""
        event, last_at = item.event, episode.state.last_at
        day = local_day(event.occurred_at, self._zone)
        if not item.once_for_all and (last_at is None or day > local_day(last_at, self._zone)):
            return
        for target in episode.rules.program.targets:
            if event.target in {None, target.name} and event.behavior in {None, target.behavior}:
                yield DayAsked(episode.id, target.name, day)


def _known(new: NewFact) -> KnownEvent:
    """A new event as later ones of its batch find it."""
    event = new.event
    return KnownEvent(
        event.id,
        event.enrollment,
        event.participant,
        new.no,
        event.target,
        event.outcome,
        event.occurred_at,
        event.recorded_by,
        event.reference,
        new.reference_no,
        new.digest,
        new.receipt,
        quantity=said_quantity(event),
        minutes=None if isinstance(event.minutes, UnsetType) else event.minutes,
    )
