"""Merges of two charts: the visits that both hold, who decides about them, and what moves.

One visit is one event (DOMAIN.md): where both charts hold the same target of the same program on the same
local day, one of the events stands and the others are withdrawn. What a chart has moves by way of the account
`merged`, so that every merge leaves it at zero.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from msgspec import Struct

from schemas.books import AccountName
from schemas.ids import Id
from schemas.merges import KeepOrWithdraw, MergeDecision
from schemas.program import Unit
from schemas.receipts import Balance
from service.core.ledger import Movement
from service.core.persons import Hands, second_person
from service.core.quantities import ONE
from service.core.refusals import Refused, refused

PARTS: Final[tuple[AccountName, ...]] = ("available", "held", "given")
"""The accounts of a balance, each of which moves."""


class Seen(Struct, frozen=True):
    """An event that stands, as both charts are compared; their ids sort by when they were recorded.

    `ends` says whether it is on the chart that ends, `is_missed` whether the service recorded it, since
    nobody came. `per_day` is how many events of its target one day can hold.
    """

    event: Id
    enrollment: Id
    ends: bool
    program: str
    target: str
    day: date
    outcome: str
    is_missed: bool
    per_day: int = 1
    quantity: int = ONE


class Visit(NamedTuple):
    """The key of a visit in one person's charts."""

    day: date
    program: str
    target: str


class Twice(Struct, frozen=True):
    """A visit that both charts hold, with its events in the order recorded."""

    visit: Visit
    events: tuple[Seen, ...]


def held_twice(seen: Iterable[Seen]) -> list[Twice]:
    """The visits that both charts hold and that are more than a day can hold of their target, by day."""
    of: dict[Visit, list[Seen]] = {}
    for one in seen:
        of.setdefault(Visit(one.day, one.program, one.target), []).append(one)
    return [
        Twice(visit, tuple(sorted(own, key=lambda one: one.event.bytes)))
        for visit, own in sorted(of.items())
        if {one.ends for one in own} == {True, False} and len(own) > max(one.per_day for one in own)
    ]


def proposed(twice: Twice) -> dict[Id, KeepOrWithdraw]:
    """What becomes of the events of a visit where nobody says: empty where somebody must.

    A visit that somebody came to stands before one that the service recorded as missed. Of one outcome and
    quantity the chart that recorded first stands, for both recorded the same visit.
    """
    came = [one for one in twice.events if not one.is_missed]
    if came and len(came) < len(twice.events) and len({one.ends for one in came}) == 1:
        stays = {one.event for one in came}
    elif len({(one.outcome, one.quantity) for one in twice.events}) == 1:
        first = twice.events[0].ends
        stays = {one.event for one in twice.events if one.ends is first}
    else:
        return {}
    return {one.event: "keep" if one.event in stays else "withdraw" for one in twice.events}


def decided(
    found: Sequence[Twice], said: Sequence[MergeDecision]
) -> tuple[dict[Id, KeepOrWithdraw], tuple[Twice, ...]] | Refused:
    """What becomes of every event of the visits found, and the visits that somebody must still decide.

    Where one is said to stand, the others of its chart stand with it and those of the other chart do not,
    unless that is said too: whoever keeps all of them says that each was a visit of its own.
    """
    words = {one.event: one.decision for one in said}
    known = {one.event for twice in found for one in twice.events}
    for place, one in enumerate(said):
        if one.event not in known:
            return refused("invalid.merge_decision", f"$.decisions[{place}].event")
    becomes: dict[Id, KeepOrWithdraw] = {}
    open_: list[Twice] = []
    for twice in found:
        own = {one.event: words[one.event] for one in twice.events if one.event in words}
        if not own:
            becomes |= (by_itself := proposed(twice))
            open_ += [] if by_itself else [twice]
            continue
        stay = {one.ends for one in twice.events if own.get(one.event) == "keep"} or {True, False}
        whole: dict[Id, KeepOrWithdraw] = {
            one.event: own.get(one.event, "keep" if one.ends in stay else "withdraw") for one in twice.events
        }
        if "keep" not in whole.values():
            return refused(
                "invalid.merge_keeps_none", "$.decisions", target=twice.visit.target, day=twice.visit.day
            )
        becomes |= whole
    return becomes, tuple(open_)


class Course(Struct, frozen=True):
    """An open enrollment in a program, and whether it is of the chart that ends."""

    id: Id
    program: str
    ends: bool


def closing(open_: Sequence[Course], asked: Collection[Id]) -> list[tuple[Course, Course]] | Refused:
    """Of each program in which both charts have an open enrollment, the one that stays and the other.

    One person has one open enrollment in a program.
    """
    pairs = []
    left = set(asked)
    for one in open_:
        if one.ends:
            continue
        other = next((two for two in open_ if two.ends and two.program == one.program), None)
        if other is None:
            continue
        if {one.id, other.id} <= left:
            return refused("invalid.merge_closes_both", "$.closes", program=one.program)
        pairs.append((other, one) if one.id in left else (one, other))
        left -= {one.id, other.id}
    if left:
        return refused("invalid.merge_closes", "$.closes")
    return pairs


def over(merge: Id, source: Id, destination: Id, moving: Iterable[Balance]) -> Iterator[Movement]:
    """The transfers that move parts of balances from one chart's accounts to another's: two for each part."""
    for one in moving:
        for part, amount in (("available", one.available), ("held", one.held), ("given", one.given)):
            if amount:
                yield Movement(source, one.unit, part, "merged", amount, "merge", merge)  # type: ignore[arg-type]
                yield Movement(destination, one.unit, "merged", part, amount, "merge", merge)  # type: ignore[arg-type]


def share(
    own: Mapping[Unit, Balance], there: Mapping[Unit, Balance]
) -> tuple[list[Balance], dict[Unit, int]]:
    """What goes back when a merge is undone, and what was spent since so that it cannot.

    `own` is what the chart brought, with all that its own enrollments, rewards and awards made of it since;
    it may say that less than nothing is left. What is available goes back as far as it is `there`.
    """
    back, lacking = [], dict[Unit, int]()
    for unit, one in own.items():
        has = there.get(unit) or Balance(unit, 0, 0, 0, 0)
        available = max(min(one.available, has.available), 0)
        if one.available > available:
            lacking[unit] = one.available - available
        held, given = min(max(one.held, 0), has.held), min(max(one.given, 0), has.given)
        back.append(Balance(unit, available, held, given, available + held + given))
    return back, lacking


def may_undo(merger: Hands, who: Hands, survivor: Id, person: Id) -> Refused | None:
    """Why somebody may not undo a merge; none where they may.

    Whoever merged two charts does not take them apart (DOMAIN.md, practice rule 3), and where the survivor
    became part of a further chart, that merge is undone first.
    """
    if (refusal := second_person(merger, who, refused("same_person.unmerge"))) is not None:
        return refusal
    return refused("merge_not_last", "$.from") if survivor != person else None
