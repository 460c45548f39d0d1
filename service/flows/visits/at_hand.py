"""State at hand: what the last batches left of the people they were about, so that the next ones start warm.

A process keeps it of those whose events came last. Whatever is decided from it is written only where the rows
that it says are still of the versions that they had (`versions_at_hand.AtHand`); else it is forgotten, and
all is read.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from schemas.events import NewEvent
from schemas.program import Unit
from schemas.receipts import Balance
from service.core.dated_caps import NO_LIMITS
from service.core.episode import Episode
from service.flows.visits.to_record import ToRecord
from service.store.charts import Locked
from service.store.episodes import Reading
from service.store.record import BalanceKey
from service.store.versions_at_hand import Versions, Written

PEOPLE_MAX: Final = 4096
"""How many people's state a process keeps."""


class Start(Struct, frozen=True):
    """What a batch begins with: its participants, whose locks are held, and what is needed of them.

    Where that is at hand, it was so in a `timeline` of the server.
    """

    people: Mapping[UUID, Locked]
    reading: Reading
    timeline: str = ""


class Chart(Struct, frozen=True):
    """One participant's state, with the versions of the rows that say it, in a timeline of the server.

    `listens` is of the clinic.
    """

    id: UUID
    person: Locked
    episodes: tuple[Episode, ...]
    balances: dict[Unit, Balance]
    versions: Versions
    timeline: str
    listens: bool


class Wrote(Struct, frozen=True):
    """What a batch wrote: the version of its rows, whose checkpoints, and which balances."""

    written: Written
    enrollments: AbstractSet[UUID]
    balances: AbstractSet[BalanceKey]


def left(
    start: Start,
    episodes: Mapping[UUID, Episode],
    balances: Mapping[UUID, dict[Unit, Balance]],
    wrote: Wrote,
) -> list[Chart]:
    """What a batch leaves of its participants, without what was read for it alone."""
    own: dict[UUID, list[Episode]] = {}
    for one in episodes.values():
        own.setdefault(one.participant, []).append(replace(one, past=None, limits=NO_LIMITS, named=()))
    units: dict[UUID, list[Unit]] = {}
    for who, unit in wrote.balances:
        units.setdefault(who, []).append(unit)
    return [
        Chart(
            who,
            replace(start.people[who], named=(), ids=()),
            tuple(own[who]),
            balances[who],
            versions.after(
                wrote.written.version,
                wrote.enrollments & versions.enrollments.keys(),
                units.get(who, ()),
            ),
            wrote.written.timeline,
            start.reading.listens,
        )
        for who, versions in start.reading.versions.items()
    ]


class ChartsAtHand:
    """The state of those whose events came last, at most `PEOPLE_MAX`."""

    def __init__(self, people_max: int = PEOPLE_MAX) -> None:
        """Begin with nobody's."""
        self._people_max = people_max
        self._charts: OrderedDict[tuple[UUID, UUID], Chart] = OrderedDict()
        self._owners: dict[tuple[UUID, UUID], UUID] = {}

    def take(self, clinic: UUID, items: Sequence[ToRecord]) -> Start | None:
        """Take out what some events need; none where anything is missing.

        It is put back by `keep` once what follows from it is committed, so that nothing stays that might not
        be so. Numbers may lead elsewhere by now, and closures may have been made: both are always read.
        """
        people: dict[UUID, None] = {}
        for item in items:
            who = None if item.due is not None else self._owner(clinic, item.event)
            if who is None or (clinic, who) not in self._charts:
                return None
            people[who] = None
        charts = [self._take(clinic, who) for who in people]
        if len({(chart.listens, chart.timeline) for chart in charts}) != 1:
            return None
        episodes = [episode for chart in charts for episode in chart.episodes]
        reading = Reading(
            sorted(episodes, key=lambda episode: episode.id.bytes),
            {chart.id: chart.balances for chart in charts},
            {},
            listens=charts[0].listens,
            versions={chart.id: chart.versions for chart in charts},
        )
        return Start({chart.id: chart.person for chart in charts}, reading, charts[0].timeline)

    def keep(self, clinic: UUID, charts: Iterable[Chart]) -> None:
        """Keep the state of some people, and forget whoever came longest ago."""
        for chart in charts:
            self._charts[clinic, chart.id] = chart
            self._charts.move_to_end((clinic, chart.id))
            for episode in chart.episodes:
                self._owners[clinic, episode.id] = chart.id
        while len(self._charts) > self._people_max:
            (whose, who), _ = next(iter(self._charts.items()))
            self._take(whose, who)

    def _owner(self, clinic: UUID, event: NewEvent) -> UUID | None:
        """Whom an event is about, where it says so by ids alone that agree."""
        if event.participant_reference is not None:
            return None
        if event.enrollment is None:
            return event.participant
        who = self._owners.get((clinic, event.enrollment))
        return who if event.participant in {None, who} else None

    def _take(self, clinic: UUID, who: UUID) -> Chart:
        chart = self._charts.pop((clinic, who))
        for episode in chart.episodes:
            self._owners.pop((clinic, episode.id), None)
        return chart
