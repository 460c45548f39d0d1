"""An enrollment as deciding sees it, and what one operation did to it."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

from msgspec import Struct

from schemas.ids import Id
from schemas.program import Effect
from service.core.compiled import Rules
from service.core.corrections import PastCorrection, PastFact
from service.core.dated_caps import NO_LIMITS, Limits
from service.core.ledger import Posted, Posting, SlotKey
from service.core.state import Fact, State


class Past(Struct, frozen=True, dict=True):
    """All that is on record of an enrollment: its facts, their corrections, and what was posted for them."""

    facts: tuple[PastFact, ...] = ()
    corrections: tuple[PastCorrection, ...] = ()
    posted: Mapping[SlotKey, Posted] = {}

    @cached_property
    def by_no(self) -> dict[int, PastFact]:
        """The facts by their number in the order of arrival; those between are corrections and moves."""
        return {one.fact.no: one for one in self.facts}


class Episode(Struct, frozen=True):
    """An enrollment as it stands: its rules and days, and its checkpoint.

    `facts` is the last number given in its order of arrival, which events, corrections and moves share.
    `past` is read only when the facts must be folded again. `limits` are the caps outside the program, with
    what counts for them of the participant by now. `named` are the references that events called the
    participant by.
    """

    id: Id
    participant: Id
    reference: str
    program: str
    version: int
    starts_on: date
    closed_on: date | None
    funding: str | None
    rules: Rules
    facts: int
    state: State
    past: Past | None = None
    limits: Limits = NO_LIMITS
    named: tuple[str, ...] = ()


class Decided(Struct, frozen=True):
    """The result of an operation: the enrollment after it, the fact that it is about, and what is posted.

    `effect` is what the rules say of the fact now. `before` is what was posted before, where all facts were
    folded again. A move to another version is about no fact.
    """

    episode: Episode
    fact: Fact | None
    effect: Effect
    postings: Sequence[Posting]
    before: Mapping[SlotKey, Posted] | None = None
