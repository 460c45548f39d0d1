"""The books of one enrollment while a story is told: everything goes through the service's own deciding."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast, get_args
from uuid import UUID

from msgspec.structs import replace

from schemas.program import Unit
from schemas.receipts import Balance
from service.core.compiled import Rules
from service.core.corrections import PastCorrection, judge, standing
from service.core.dated_caps import DatedCap, Limits, counting
from service.core.episode import Decided, Episode, Past
from service.core.gap import Where, first_postings
from service.core.ledger import Movement, Posting, apply, award_movement, settle
from service.core.recording import Admitted, decide
from service.core.refolding import correct, where_of
from service.core.rules import fact_of, fold, opening
from service.core.state import WELCOME_FACT, Decision, Fact, State
from tests.core.stories import Amendment, Visit
from tests.core.test_properties import START

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.core.stories import Deed, Story

PERSON, NURSE, CLINICIAN = UUID(int=1), UUID(int=2), UUID(int=3)
UNITS: tuple[Unit, ...] = get_args(Unit)


@dataclass
class Books:
    """An enrollment's books while a story is told: all that is posted and moved, and who has what."""

    rules: Rules
    caps: tuple[DatedCap, ...] = ()
    no_of: dict[int, int] = field(default_factory=dict)
    refused: set[int] = field(default_factory=set)
    postings: list[Posting] = field(default_factory=list)
    movements: list[Movement] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Open the enrollment and pay its welcome."""
        state, welcome = opening(self.rules, START)
        self.balances = {unit: Balance(unit, 0, 0, 0, 0) for unit in UNITS}
        self.episode = Episode(
            PERSON, PERSON, "P-1", "drawn", 1, START, None, None, self.rules, 0, state, Past()
        )
        if welcome is None:
            return
        self._know_totals()
        where = Where(PERSON, None, {WELCOME_FACT: START})
        decision = Decision("neutral", (welcome,))
        postings, limits = first_postings(WELCOME_FACT, decision, where, self.episode.limits)
        past = Past(posted=settle({}, postings))
        self._take(Decided(replace(self.episode, limits=limits, past=past), None, "neutral", postings))

    @property
    def past(self) -> Past:
        """What is on record."""
        return cast("Past", self.episode.past)

    def tell(self, deed: Deed) -> list[Posting]:
        """Put one operation on record; gives what is posted for it, and nothing where it is refused."""
        match deed:
            case Visit():
                return self._record(deed)
            case Amendment():
                return self._correct(deed)

    def spend(self, parts: int) -> None:
        """Redeem so many fourths of everything that is there."""
        for unit, balance in self.balances.items():
            amount = balance.available * parts // 4
            if amount:
                self._move(Movement(PERSON, unit, "available", "given", amount, "redemption", PERSON))

    def folded(self) -> tuple[State, dict[int, Decision]]:
        """Everything that stands, folded from the beginning."""
        facts = [one.fact for one in standing(self.past.facts, self.past.corrections)]
        return fold(self.rules, START, facts)

    def due(self) -> Counter[tuple[int, str, Unit]]:
        """What the rules say of each slot."""
        _, decisions = self.folded()
        return Counter(
            {(no, one.slot, one.unit): one.amount for no, made in decisions.items() for one in made.awards}
        )

    def paid(self) -> Counter[Unit]:
        """What was moved in each unit, less what was taken back."""
        sums: Counter[Unit] = Counter()
        for one in self.postings:
            sums[one.unit] += one.amount
        return sums

    def _record(self, told: Visit) -> list[Posting]:
        no = self.episode.facts + 1
        self.no_of[told.label] = no
        fact = fact_of(
            self.rules, no, told.target, told.outcome, told.at, told.at.date(), START, told.expected_on
        )
        self._know_totals(fact)
        return self._take(decide(Admitted(self.episode, fact), UUID(int=no), NURSE, self._available()))

    def _correct(self, told: Amendment) -> list[Posting]:
        event = self.past.by_no[self.no_of[told.visit]]
        no = self.episode.facts + 1
        if told.about not in self.no_of:
            # It would withdraw a correction that was itself refused.
            self.refused.add(told.label)
            return []
        about = UUID(int=self.no_of[told.about])
        new = PastCorrection(UUID(int=no), no, event.event, about, told.kind, told.outcome)
        earlier = [one for one in self.past.corrections if one.event == event.event]
        if judge(self.rules, event, earlier, new, CLINICIAN) is not None:
            self.refused.add(told.label)
            return []
        self.no_of[told.label] = no
        self._know_totals()
        return self._take(correct(self.episode, new, self._available()))

    def _available(self) -> dict[Unit, int]:
        return {unit: balance.available for unit, balance in self.balances.items()}

    def _know_totals(self, fact: Fact | None = None) -> None:
        """Caps know every period that they may be asked about: one that nothing was paid in holds nothing."""
        spots = where_of(self.episode, fact).spots(self.caps)
        needed = {key: 0 for spot in spots for _, key in counting(self.caps, spot)}
        totals = needed | dict(self.episode.limits.totals)
        self.episode = replace(self.episode, limits=Limits(self.caps, totals))

    def _take(self, made: Decided) -> list[Posting]:
        self.episode = made.episode
        for posting in made.postings:
            self.postings.append(posting)
            no = posting.fact_no
            day = START if no == WELCOME_FACT else self.past.by_no[no].fact.day
            movement = award_movement(PERSON, PERSON, PERSON, posting, day, None)
            if movement is not None:
                self._move(movement)
        return list(made.postings)

    def _move(self, movement: Movement) -> None:
        self.movements.append(movement)
        self.balances[movement.unit] = apply(self.balances[movement.unit], movement)


def told(story: Story, deeds: Sequence[Deed] | None = None) -> Books:
    """Tell a whole story, in its own order or another."""
    books = Books(story.rules, story.caps)
    for deed in story.deeds if deeds is None else deeds:
        books.tell(deed)
    return books
