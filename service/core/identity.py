"""The identity of a visit: which events of one target and local day are one and the same.

One specimen, one session, one dose is one event, whoever records it and however often. This is asked when an
event is recorded, never in the fold: what stands on record replays as ever.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from schemas.ids import Id
from schemas.program import Visits
from service.core.compiled import Rules
from service.core.laid_days import visits_in
from service.core.outcomes import RETESTABLE
from service.core.state import Fact

PER_DAY = Visits().per_day
"""How many events of a target one day can hold where the program says nothing."""


class OfDay(Struct, frozen=True):
    """An event on record that a person recorded; `outcome` is what stands, or none where it is withdrawn.

    `recorded` is the outcome that it was recorded with.
    """

    event: Id
    fact: Fact
    outcome: str | None
    recorded: str


def same_event(fact: Fact, day: Iterable[OfDay], *, withdrawn: bool = False) -> OfDay | None:
    """The event on record that a fact repeats: the same target, moment, outcome and quantity.

    `day` are the events of its target and local day. The outcome may be the one that was first recorded or
    the one that stands. With `withdrawn`, an event that was withdrawn is repeated too.
    """
    for one in day:
        stands = one.outcome is not None or withdrawn
        if (
            stands
            and one.fact.at == fact.at
            and one.fact.quantity == fact.quantity
            and fact.outcome in {one.outcome, one.recorded}
        ):
            return one
    return None


def at_same_moment(fact: Fact, day: Iterable[OfDay]) -> OfDay | None:
    """The event that stands at the very moment of a fact, whatever its outcome."""
    return next((one for one in day if one.outcome is not None and one.fact.at == fact.at), None)


def in_the_way(rules: Rules, fact: Fact, day: Sequence[OfDay]) -> OfDay | None:
    """The first event that stands on the day of a fact, where the day holds no more.

    A retest within the target's `retest_minutes` and the test that it repeats are one visit. Two outcomes of
    one moment are never two visits.
    """
    before = sorted(
        (one for one in day if one.outcome is not None), key=lambda one: (one.fact.at, one.fact.no)
    )
    if not before:
        return None
    standing = [(one.outcome or "", one.fact) for one in before]
    visits = _visits(rules, standing)
    after = _visits(rules, [*standing, (fact.outcome, fact)])
    if after == visits:
        return None
    moment = at_same_moment(fact, before)
    if moment is not None:
        return moment
    expected = visits_in(rules.targets[fact.target], fact.week, fact.after)
    return before[0] if after > (PER_DAY if expected is None else expected.per_day) else None


def _visits(rules: Rules, facts: Sequence[tuple[str, Fact]]) -> int:
    """How many visits some events of one target and day are: a test and its retest are one."""
    return sum(not _is_retested(rules, outcome, fact, facts) for outcome, fact in facts)


def _is_retested(rules: Rules, outcome: str, fact: Fact, facts: Sequence[tuple[str, Fact]]) -> bool:
    window = rules.targets[fact.target].retest
    if window is None or outcome not in RETESTABLE:
        return False
    return any(fact.at < other.at <= fact.at + window for _, other in facts)
