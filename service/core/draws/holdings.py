"""Draws that are earned and not drawn yet: how many of them each enrollment holds in each bowl.

Draws earned on a target come from the bowl that the phase of the event's own week names. A name drawn from
the hat comes with the hat's bowl, and any other credit belongs to the enrollment's first bowl.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from schemas.ids import Id
from schemas.program import Draws
from service.core.compiled import Rules
from service.core.draws.bowls import STANDARD_BOWL
from service.core.draws.draws import bowl_of
from service.core.refusals import Amount, Refused, refused


class Held(Struct, frozen=True):
    """One enrollment in which draws may be held; `opened_at` says since when."""

    enrollment: Id
    opened_at: datetime
    rules: Rules


class DrawCredit(Struct, frozen=True):
    """A credit of draws, negative where it was taken back, with what says where it belongs.

    `target` and `week` are those of the event that earned it, `bowl` that of the hat.
    """

    amount: int
    at: datetime
    enrollment: Id | None = None
    target: str | None = None
    week: int | None = None
    bowl: str | None = None


class Holding(Struct, frozen=True):
    """How many draws an enrollment holds from one bowl."""

    enrollment: Id
    bowl: str
    count: int


def bowl_for(rules: Rules, credit: DrawCredit) -> str:
    """The bowl that a credit's draws come from."""
    if credit.bowl is not None and bowl_of(rules.program, credit.bowl) is not None:
        return credit.bowl
    place = rules.place_of.get(credit.target or "")
    if place is not None and credit.week is not None:
        for phase in rules.targets[place].phases_in(credit.week):
            if isinstance(phase.earn, Draws):
                return phase.earn.bowl
    return bowls_of(rules)[0]


def bowls_of(rules: Rules) -> tuple[str, ...]:
    """The bowls that a program's targets earn draws from, in the order written; else the standard one."""
    earns = (phase.earn for target in rules.program.targets for phase in target.phases)
    named = dict.fromkeys(earn.bowl for earn in earns if isinstance(earn, Draws))
    return tuple(named) or (STANDARD_BOWL.name,)


def holdings(
    enrollments: Sequence[Held], credits_: Iterable[DrawCredit], drawn: Mapping[tuple[Id, str], int]
) -> list[Holding]:
    """Draws held by each enrollment in each bowl, oldest enrollment first, bowls in the program's order.

    A later change to the record can leave one bowl of an enrollment drawn beyond what it now holds; its other
    bowls make up for that, so that no more is drawn in all than was earned.
    """
    by_id = {held.enrollment: held for held in enrollments}
    left: dict[tuple[Id, str], int] = {}
    for held in enrollments:
        for bowl in bowls_of(held.rules):
            left[held.enrollment, bowl] = 0
    for credit in credits_:
        owner = _owner(enrollments, by_id, credit)
        if owner is not None:
            key = (owner.enrollment, bowl_for(owner.rules, credit))
            left[key] = left.get(key, 0) + credit.amount
    for key, count in drawn.items():
        left[key] = left.get(key, 0) - count
    return [holding for held in enrollments for holding in _evened(held.enrollment, left)]


def choose(
    found: Sequence[Holding], available: int, count: int, enrollment: Id | None, bowl: str | None
) -> Holding | Refused:
    """The holding that `count` draws are drawn from: the oldest that has so many."""
    fitting = [
        one
        for one in found
        if (enrollment is None or one.enrollment == enrollment) and (bowl is None or one.bowl == bowl)
    ]
    total = min(available, sum(one.count for one in fitting))
    if total < count:
        asked, there = Amount(count, "draw"), Amount(total, "draw")
        return refused("insufficient_balance.draws", "$.count", asked=asked, there=there)
    for one in fitting:
        if one.count >= count:
            return one
    first = next(one for one in fitting if one.count > 0)
    return refused(
        "ambiguous_enrollment.bowl",
        "$.count",
        count=count,
        first=first.count,
        enrollment=first.enrollment,
        bowl=first.bowl,
    )


def _owner(enrollments: Sequence[Held], by_id: Mapping[Id, Held], credit: DrawCredit) -> Held | None:
    """Whose a credit is: the enrollment that it names, or the latest one at the time, or else the first."""
    if credit.enrollment is not None:
        return by_id.get(credit.enrollment)
    earlier = [held for held in enrollments if held.opened_at <= credit.at]
    return earlier[-1] if earlier else next(iter(enrollments), None)


def _evened(enrollment: Id, left: Mapping[tuple[Id, str], int]) -> list[Holding]:
    """One enrollment's bowls that hold something, less what another of its bowls lacks."""
    own = [(bowl, count) for (whose, bowl), count in left.items() if whose == enrollment]
    lacking = -sum(min(count, 0) for _, count in own)
    held = []
    for bowl, count in own:
        taken = min(lacking, max(count, 0))
        lacking -= taken
        if count - taken > 0:
            held.append(Holding(enrollment, bowl, count - taken))
    return held
