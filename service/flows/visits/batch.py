"""One transaction's events: what is read of their people, what is decided of each, and what is written."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo
from uuid import UUID

import msgspec
from msgspec.structs import replace

from schemas.events import NewEvent
from schemas.people import Language
from schemas.program import Unit
from schemas.receipts import Balance
from service.core import recording
from service.core.calendar import local_day
from service.core.corrections import PastFact, came
from service.core.episode import Decided, Episode, Past
from service.core.expected import is_missing
from service.core.expected_days import Closed, DueVisit, Plans
from service.core.ledger import Movement, Posting, apply, settle
from service.core.notices import telling
from service.core.notices.telling import Notice
from service.core.refusals import Refused, refused
from service.core.state import Fact
from service.flows.visits.at_hand import Chart, Start, Wrote, left
from service.flows.visits.on_record import OnRecord
from service.flows.visits.to_record import Recorded, ToRecord, led, shown
from service.store import charts, episodes, idempotency, planned_visits, record, recordings, visits
from service.store.cap_totals import Tallies, told_of
from service.store.database.pool import Tx
from service.store.known_events import KnownEvent
from service.store.versions_at_hand import AtHand, Written

_encode = msgspec.json.Encoder().encode


class Batch:
    """One transaction's state: the rows read, and the rows to write."""

    def __init__(self, tx: Tx, zone: tzinfo, skew: timedelta) -> None:
        self.tx = tx
        self.zone = zone
        self.skew = skew
        self.id_of: dict[str, UUID] = {}
        self.language_of: dict[UUID, Language] = {}
        self.episodes: dict[UUID, Episode] = {}
        self.of: dict[UUID, list[UUID]] = {}
        self.balances: dict[UUID, dict[Unit, Balance]] = {}
        self.on_record = OnRecord(tx, zone)
        self.tallies = Tallies(tx, ())
        self.kept: dict[tuple[UUID, str], idempotency.KeptAnswer] = {}
        self.facts: list[record.NewFact] = []
        self.awards: list[record.NewAward] = []
        self.movements: list[Movement] = []
        self.moved: dict[record.BalanceKey, Balance] = {}
        self.first_answers: list[record.FirstAnswer] = []
        self.fresh: dict[UUID, list[tuple[PastFact, Sequence[Posting]]]] = {}
        self.closed: Closed = ()
        self.plans: dict[UUID, Plans] = {}
        self.listens = False
        self.notices: list[Notice] = []
        self.start: Start | None = None
        self.at_hand: AtHand | None = None
        self.written: Written | None = None

    async def read(self, items: Sequence[ToRecord], start: Start | None = None) -> list[ToRecord]:
        """Take what is needed of the participants, whose locks are held from here on.

        Where it is not at hand, they are locked and then read: only now is it sure not to change. Gives the
        items as they are about whom they lead to, where charts were merged.
        """
        if any(item.due is not None for item in items):
            self.closed = await visits.heed_closures(self.tx)
        references = [item.event.reference for item in items if item.event.reference is not None]
        self.start = await self._locked(items, references) if start is None else start
        people, reading = self.start.people, self.start.reading
        due_of = [item.event.enrollment for item in items if item.due and item.event.enrollment]
        self.plans = await planned_visits.plans(self.tx, due_of)
        if start is not None:
            self.at_hand = AtHand(reading.versions, start.timeline, references, reading.listens)
        self.id_of = {name: who for who, known in people.items() for name in (known.reference, *known.named)}
        items = led(items, people)
        self.language_of = {participant: known.language for participant, known in people.items()}
        self.balances = reading.balances
        self.listens = reading.listens
        for episode in reading.episodes:
            self.episodes[episode.id] = episode
            self.of.setdefault(episode.participant, []).append(episode.id)
        self.tallies = Tallies(self.tx, reading.caps)
        await self.tallies.expect(
            (episode, self._local(item.event.occurred_at))
            for item in items
            for episode in self._candidates(item.event)
        )
        await self.on_record.read(reading.seen, ((item, self._candidates(item.event)) for item in items))
        keys = [(item.actor.id, item.once.key) for item in items if item.once is not None]
        self.kept = await idempotency.find_many(self.tx, keys)
        return items

    async def _locked(self, items: Sequence[ToRecord], references: Sequence[str]) -> Start:
        events = [item.event for item in items]
        people = await charts.lock(
            self.tx,
            [e.enrollment for e in events if e.enrollment is not None],
            [e.participant for e in events if e.participant is not None],
            [e.participant_reference for e in events if e.participant_reference is not None],
        )
        return Start(people, await episodes.read(self.tx, people, references))

    def kept_answer(self, item: ToRecord) -> Recorded | Refused | None:
        """The first answer to an idempotency key, where it was seen before."""
        if item.once is None:
            return None
        kept = self.kept.get((item.actor.id, item.once.key))
        if kept is None:
            return None
        if kept.digest != item.once.digest:
            return refused("idempotency_conflict")
        return Recorded(kept.body, kept.made, replayed=True)

    def admit(self, item: ToRecord) -> recording.Admitted | Refused:
        """Find the enrollment and target that an event means, and the fact that it would be there."""
        expected_on = None if item.due is None else item.due.expected_on
        candidates = self._candidates(item.event)
        return recording.admit(item.event, candidates, self.zone, self.tx.now, self.skew, expected_on)

    def corrected(self, item: ToRecord, admitted: recording.Admitted) -> KnownEvent | None:
        """The event that a corrected report is about: by its reference, or else by its moment."""
        known = self.on_record.under(item.event.reference)
        if known is not None and not self.on_record.is_withdrawn(known):
            return known
        return self.on_record.at_moment(admitted.episode, admitted.fact)

    async def answer(self, item: ToRecord) -> Recorded | Refused:
        """Decide one event and note what is to be written; a refusal notes nothing."""
        event = item.event
        kept = self.kept_answer(item)
        if kept is not None:
            return kept
        named = self.on_record.under(event.reference)
        if named is not None and self._is_taken(item, named):
            return self._repeat(event, named)
        admitted = self.admit(item)
        if isinstance(admitted, Refused):
            return admitted
        episode, fact = admitted.episode, admitted.fact
        beside: KnownEvent | None = None
        if item.due is None:
            repeated = self.on_record.repeated(episode, fact, withdrawn=item.once_for_all)
            if repeated is not None:
                return await self.on_record.repeat(repeated, event.minutes)
            beside = self.on_record.in_the_way(episode, fact)
            if beside is not None and not event.another:
                return self.on_record.already(episode, beside)
        if recording.needs_past(admitted):
            admitted = replace(admitted, episode=await self._with_past(episode))
        if item.due is not None and not self._is_missing(admitted.episode, item.due):
            return refused("not_found.missed_visit")
        admitted = replace(admitted, episode=await self.tallies.counted(admitted.episode, admitted.fact))
        event_id = self.tx.new_id()
        balances = self.balances.setdefault(admitted.episode.participant, {})
        available = {unit: balance.available for unit, balance in balances.items()}
        decided = recording.decide(admitted, event_id, item.actor.id, available, imported=item.imported)
        return self._note(item, event_id, admitted.fact, decided, beside)

    def _is_taken(self, item: ToRecord, known: KnownEvent) -> bool:
        """Whether a reference is in use: what is withdrawn gives it back, but not to a file brought again."""
        if not self.on_record.is_withdrawn(known):
            return True
        return item.once_for_all and self._is_repeat(item.event, known)

    def _is_missing(self, episode: Episode, due: DueVisit) -> bool:
        past, plans = episode.past or Past(), self.plans.get(episode.id, ())
        facts = [one.fact for one in came(past.facts, past.corrections)]
        return is_missing(episode.rules, episode.starts_on, episode.closed_on, self.closed, facts, due, plans)

    def _candidates(self, event: NewEvent) -> list[Episode]:
        if event.enrollment is not None:
            episode = self.episodes.get(event.enrollment)
            return [] if episode is None else [episode]
        participant = event.participant
        if event.participant_reference is not None:
            named = self.id_of.get(event.participant_reference)
            if participant not in {None, named}:
                return []
            participant = named
        return [self.episodes[one] for one in self.of.get(participant, ())] if participant else []

    async def _with_past(self, episode: Episode) -> Episode:
        """The episode with all its facts and postings, with those of this very batch."""
        known = await episodes.with_past(self.tx, episode, self.zone)
        past = known.past or Past()
        for fact, postings in self.fresh.get(episode.id, ()):
            past = replace(past, facts=(*past.facts, fact), posted=settle(past.posted, postings))
        return replace(known, past=past)

    def _repeat(self, event: NewEvent, seen: KnownEvent) -> Recorded | Refused:
        """Answer a repeat like the first, and refuse other content under the same reference."""
        if self._is_repeat(event, seen):
            return Recorded(seen.receipt, "found")
        return self.on_record.conflict(seen)

    def _is_repeat(self, event: NewEvent, seen: KnownEvent) -> bool:
        """Whether an event says the same as the one on record under its reference."""
        target_of = self.episodes.get(seen.enrollment)
        program = behavior = None
        if target_of is not None:
            program = target_of.program
            behavior = target_of.rules.program.targets[target_of.rules.place_of[seen.target]].behavior
        reference = event.participant_reference
        return (
            event.enrollment in {None, seen.enrollment}
            and event.target in {None, seen.target}
            and event.participant in {None, seen.participant}
            and (reference is None or self.id_of.get(reference) == seen.participant)
            and event.behavior in {None, behavior}
            and event.program in {None, program}
            and record.digest(self.tx, event, seen.enrollment, seen.target) == seen.digest
        )

    def _note(
        self, item: ToRecord, event_id: UUID, fact: Fact, decided: Decided, beside: KnownEvent | None
    ) -> Recorded:
        event, episode, actor = item.event, decided.episode, item.actor
        recorded = shown(item, event_id, fact, decided, beside, self.tx.now)
        self.tallies.take(actor, decided)
        award_ids = [self.tx.new_id() for _ in decided.postings]
        self._post(decided, event_id, award_ids)
        if self.listens:
            self.notices += telling.recorded(decided, recorded, award_ids)
        self.episodes[episode.id] = episode
        past = PastFact(event_id, fact, actor.id, item.imported)
        self.fresh.setdefault(episode.id, []).append((past, decided.postings))
        answer = recording.receipt(
            decided,
            recorded,
            award_ids,
            tuple(self.balances[episode.participant].values()),
            item.language or self.language_of[episode.participant],
            self._local,
        )
        receipt = _encode(answer)
        before = self.on_record.under(event.reference)
        reference_no = 0 if before is None else before.reference_no + 1
        new = record.fact(
            self.tx, event, recorded, actor, item.recording, receipt, episode.facts, reference_no
        )
        new = replace(new, imported=item.imported)
        self.facts.append(new)
        self.on_record.add(episode, new)
        if item.once is not None:
            once = item.once
            self.kept[actor.id, once.key] = idempotency.KeptAnswer(once.digest, receipt, "created")
            moves = any(award.amount for award in answer.awards)
            first = record.FirstAnswer(actor, once.key, once.digest, None, event_id, moves)
            self.first_answers.append(first)
        return Recorded(receipt, "created")

    def _local(self, at: datetime) -> date:
        return local_day(at, self.zone)

    def _post(self, decided: Decided, event_id: UUID, award_ids: Sequence[UUID]) -> None:
        """Note awards and the transfers they make, and keep the balances up with them."""
        participant = decided.episode.participant
        balances = self.balances[participant]
        awards, movements = record.posted(decided, event_id, award_ids)
        self.awards += awards
        self.movements += movements
        for one in movements:
            unit = one.unit
            balances[unit] = apply(balances.get(unit) or Balance(unit, 0, 0, 0, 0), one)
            self.moved[participant, unit] = balances[unit]

    async def write(self) -> None:
        """Write all that was noted, and last the audit trail, whose end is locked for as short as can be.

        Raises StateMovedError where what was at hand is not so, or nothing is written that would show it.
        """
        if not self.facts:
            if self.at_hand is not None:
                raise record.StateMovedError
            return
        advanced = [self.episodes[enrollment] for enrollment in self.fresh]
        reached = await self.tallies.keep()
        await record.first_answers(self.tx, self.first_answers)
        entries = [*recordings.entries_of(self.facts), *reached]
        if self.listens:
            self.notices += telling.balances(self.moved)
            self.notices += map(told_of, reached)
        books = record.Books(
            self.facts, advanced, self.awards, self.movements, self.moved, entries, self.notices
        )
        self.written = await record.write(self.tx, books, self.at_hand)

    def left(self) -> list[Chart]:
        """What is at hand of its participants after it, once it is committed."""
        if self.start is None or self.start.reading.caps or self.written is None:
            return []
        wrote = Wrote(self.written, self.fresh.keys(), self.moved.keys())
        return left(self.start, self.episodes, self.balances, wrote)
