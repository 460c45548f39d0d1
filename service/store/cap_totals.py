"""What counts for the caps that look at what is posted: read under the participants' locks, and kept up."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from asyncpg import Record
from msgspec import Struct
from msgspec.structs import replace

from service.core.actors import Actor
from service.core.dated_caps import (
    DatedCap,
    Limits,
    Reached,
    Spot,
    TotalKey,
    counting,
    endless,
    reached,
    summed,
)
from service.core.draws.program_caps import caps_on_prizes, limits_of
from service.core.episode import Decided, Episode
from service.core.gap import Where
from service.core.ledger import Movement, credited
from service.core.notices.telling import Notice, cap_reached
from service.core.refolding import where_of
from service.core.state import Fact
from service.store import worth
from service.store.audit import Entry
from service.store.database.pool import Tx

CapPeriod = tuple[UUID, Spot]
"""Something to be credited to a participant, or taken back: the totals that it counts in are needed."""


class _Crossed(Struct, frozen=True):
    """A participant has come to so much of a cap, and was not there before."""

    participant: UUID
    reached: Reached


class Tallies:
    """The totals of some participants in one transaction: what was read of them, and what they are by now."""

    def __init__(self, tx: Tx, caps: tuple[DatedCap, ...]) -> None:
        """Begin with a clinic's caps and no totals; whoever asks for some holds their participants' locks."""
        self.caps = caps
        self._crossed: list[_Crossed] = []
        self._tx = tx
        self._now: dict[UUID, dict[TotalKey, int]] = {}
        self._changed: dict[tuple[UUID, TotalKey], int] = {}
        self._summed: set[tuple[UUID, UUID]] = set()
        self._by: dict[UUID, Actor] = {}
        self._credited: dict[UUID, Sequence[tuple[Spot, int]]] = {}

    async def read(self, asked: Iterable[CapPeriod]) -> None:
        """Read the totals that some credits count in, and make those of participants who are new to a cap."""
        wanted = {
            (participant, key): None
            for participant, spot in asked
            for _, key in counting(self.caps, spot)
            if key not in self._now.get(participant, {})
        }
        if not wanted:
            return
        rows = await self._tx.rows(
            "cap_totals/read",
            participants=[participant for participant, _ in wanted],
            caps=[cap for _, (cap, _) in wanted],
            periods=[period for _, (_, period) in wanted],
        )
        strangers: dict[UUID, set[UUID]] = {}
        for row in rows:
            participant, key = row["participant_id"], (row["cap_id"], row["period"])
            self._now.setdefault(participant, {})[key] = row["amount"] or 0
            if row["amount"] is None and not row["has_met"] and (participant, key[0]) not in self._summed:
                strangers.setdefault(participant, set()).add(key[0])
        if strangers:
            await self._meet(strangers)

    async def _meet(self, strangers: Mapping[UUID, set[UUID]]) -> None:
        """Sum what was credited before a participant met a cap; what that has reached is reached now."""
        credits_of = await self._credits(strangers)
        for participant, met in strangers.items():
            self._summed |= {(participant, cap) for cap in met}
            caps = [cap for cap in self.caps if cap.id in met]
            totals = summed(caps, credits_of.get(participant, ()))
            self._note(participant, {}, totals)
            self._now[participant].update(totals)

    async def recount(self, by: Actor, participants: Sequence[UUID]) -> None:
        """Sum again what some people were credited, since charts of theirs were merged or a merge was undone.

        A cap that one of them has met all of them have met. What was counted for a cap that was ended since
        stays.
        """
        if not self.caps:
            return
        known: dict[UUID, dict[TotalKey, int]] = {participant: {} for participant in participants}
        for row in await self._tx.rows("cap_totals/of_participants", participants=participants):
            known[row["participant_id"]][row["cap_id"], row["period"]] = row["amount"]
        met = {cap for totals in known.values() for cap, _ in totals}
        credits_of = await self._credits(participants)
        for participant in participants:
            own = credits_of.get(participant, ())
            totals = {key: total for key, total in summed(self.caps, own).items() if key[0] in met}
            ever = summed([endless(cap) for cap in self.caps], own)
            before = known[participant]
            after = totals | {key: 0 for key in before if key not in totals and key not in ever}
            self._by.setdefault(participant, by)
            self._note(participant, before, after)
            self._now[participant] = {**before, **after}

    async def _credits(self, participants: Iterable[UUID]) -> dict[UUID, list[tuple[Spot, int]]]:
        credits_of: dict[UUID, list[tuple[Spot, int]]] = {}
        for row in await self._tx.rows("cap_totals/credits", participants=list(participants)):
            credits_of.setdefault(row["participant_id"], []).extend(credited([_movement(row)]))
        for row in await self._tx.rows("gifts/counted", participants=list(participants)):
            credits_of.setdefault(row["participant_id"], []).append(worth.counted(row))
        return credits_of

    def limits(self, participant: UUID) -> Limits:
        """The caps and the totals of one participant."""
        return Limits(self.caps, self._now.get(participant, {}))

    def settle(self, by: Actor, participant: UUID, after: Limits, spots: Iterable[Spot]) -> None:
        """Take over the totals after a posting that counts for `spots`; one that stayed the same is kept too.

        So a participant has met every cap that has looked at something of theirs.
        """
        self._by.setdefault(participant, by)
        before = self._now.get(participant, {})
        keys = {key for spot in spots for _, key in counting(self.caps, spot)}
        self._note(participant, before, {key: after.totals[key] for key in keys})
        self._now[participant] = dict(after.totals)

    async def expect(self, ahead: Iterable[tuple[Episode, date]]) -> None:
        """Read at once what the next facts of enrollments will touch, each given by its local day."""
        if not self.caps:
            return
        numbers: Counter[UUID] = Counter()
        asked: list[CapPeriod] = []
        for episode, day in ahead:
            numbers[episode.id] += 1
            where = Where(episode.id, episode.funding, {episode.facts + numbers[episode.id]: day})
            asked += [(episode.participant, spot) for spot in where.spots(self.caps)]
        await self.read(asked)

    async def counted(self, episode: Episode, fact: Fact | None = None) -> Episode:
        """An enrollment with the caps, and all totals that posting for its facts or for `fact` may touch.

        The program's own caps are among them once it has prizes, which the fold knows nothing of.
        """
        own = await self._own(episode)
        caps = (*self.caps, *own)
        if not caps:
            return episode
        spots = where_of(episode, fact).spots(caps)
        await self.read((episode.participant, spot) for spot in spots)
        now = self._now.setdefault(episode.participant, {})
        for key, total in limits_of(own, self._credited.get(episode.id, ()), spots).totals.items():
            now.setdefault(key, total)
        return replace(episode, limits=Limits(caps, now))

    async def _own(self, episode: Episode) -> tuple[DatedCap, ...]:
        """The program's own caps, where the enrollment has prizes; what was credited is read once."""
        own = caps_on_prizes(episode.id, episode.rules.program)
        if own and episode.id not in self._credited:
            found = await credited_of(self._tx, episode.participant, episode.id)
            self._credited[episode.id] = found.credits if found.has_prizes else ()
        return own if self._credited.get(episode.id) else ()

    def take(self, by: Actor, decided: Decided) -> None:
        """Take over the totals after what was decided of an enrollment, by somebody's operation."""
        if not decided.episode.limits.caps:
            return
        where = where_of(decided.episode, decided.fact)
        spots = [where.spot(one.fact_no, one.unit) for one in decided.postings if one.amount or one.withheld]
        if spots:
            self.settle(by, decided.episode.participant, decided.episode.limits, spots)

    def _note(self, participant: UUID, before: Mapping[TotalKey, int], after: Mapping[TotalKey, int]) -> None:
        self._changed |= {(participant, key): amount for key, amount in after.items()}
        self._crossed += [_Crossed(participant, one) for one in reached(self.caps, before, after)]

    async def keep(self) -> list[Entry]:
        """Write the totals, and what was reached; gives the audit entries of what was never reached before.

        Of a participant for whom nothing was posted, nothing is written.
        """
        changed = {key: amount for key, amount in self._changed.items() if key[0] in self._by}
        crossed = [one for one in self._crossed if one.participant in self._by]
        if changed:
            await self._tx.run(
                "cap_totals/keep",
                participant_id=[participant for participant, _ in changed],
                cap_id=[cap for _, (cap, _) in changed],
                period=[period for _, (_, period) in changed],
                amount=list(changed.values()),
            )
        if not crossed:
            return []
        # Ids made in one moment are in no order; what was reached is listed in the order it was reached.
        ids = sorted(self._tx.new_id() for _ in crossed)
        named = dict(zip(ids, crossed, strict=True))
        rows: Sequence[Record] = await self._tx.rows(
            "cap_warnings/insert",
            cap_id=[one.reached.cap for one in named.values()],
            participant_id=[one.participant for one in named.values()],
            period=[one.reached.period for one in named.values()],
            percent=[one.reached.percent for one in named.values()],
            warning_id=list(named),
        )
        return [self._entry(named[row["warning_id"]]) for row in rows]

    def _entry(self, one: _Crossed) -> Entry:
        detail: dict[str, str | int] = {"percent": one.reached.percent, "period": one.reached.period}
        return Entry(self._by[one.participant], "cap.reached", one.reached.cap, one.participant, detail)


def told_of(reached: Entry) -> Notice:
    """What subscribers are told of a cap that was reached, by its entry in the audit trail."""
    if reached.subject is None or reached.participant is None:
        message = "a cap is reached by a participant"
        raise AssertionError(message)
    detail = reached.detail
    return cap_reached(reached.subject, reached.participant, str(detail["period"]), int(detail["percent"]))


class Credits(Struct, frozen=True):
    """What an enrollment was credited by its awards and prizes, and whether any of it is a prize."""

    credits: list[tuple[Spot, int]]
    has_prizes: bool


async def credited_of(tx: Tx, participant: UUID, enrollment: UUID) -> Credits:
    """What an enrollment was credited by awards and prizes, those from the shelf at their fair value."""
    return (await credited_of_each(tx, {enrollment: participant}))[enrollment]


async def credited_of_each(tx: Tx, whose: Mapping[UUID, UUID]) -> dict[UUID, Credits]:
    """What each of some enrollments, each with its participant, was credited by awards and prizes."""
    people, own = list(whose.values()), list(whose)
    rows = await tx.rows("cap_totals/of_enrollments", participants=people, enrollments=own)
    shelf = await tx.rows("gifts/prizes", participants=people, enrollments=own)
    found: dict[UUID, list[tuple[Spot, int]]] = {enrollment: [] for enrollment in own}
    for row in rows:
        found[row["enrollment_id"]] += credited([_movement(row)])
    for row in shelf:
        found[row["enrollment_id"]].append(worth.counted(row))
    winners = {row["enrollment_id"] for row in rows if row["cause"] == "prize"}
    winners |= {row["enrollment_id"] for row in shelf}
    return {one: Credits(credits_, one in winners) for one, credits_ in found.items()}


def _movement(row: Record) -> Movement:
    return Movement(
        row["participant_id"],
        row["unit"],
        row["source"],
        row["destination"],
        row["amount"],
        row["cause"],
        row["cause_id"],
        row["enrollment_id"],
        row["fact_no"],
        row["day"],
        row["funding"],
    )
