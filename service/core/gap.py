"""Postings that make the books agree with the rules, within the room that outside caps leave."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from schemas.ids import Id
from schemas.program import Cap, Policy, Unit
from service.core.calendar import period_key
from service.core.dated_caps import DatedCap, Limits, Spot, clip, move, release
from service.core.ledger import Posted, Posting, SlotKey, fact_name
from service.core.state import Award, Decision, Why


class Where(Struct, frozen=True):
    """Spots of an enrollment's postings: itself, who pays it, and the local day of each fact."""

    enrollment: Id
    funding: str | None
    days: Mapping[int, date]

    def spot(self, fact_no: int, unit: Unit) -> Spot:
        """The spot of the postings for one fact; the welcome is fact 0."""
        name = fact_name(self.enrollment, fact_no)
        return Spot(unit, self.days[fact_no], name, self.funding, self.enrollment)

    def spots(self, caps: Iterable[DatedCap]) -> list[Spot]:
        """All that caps may look at: each fact in each unit that there is a cap in."""
        units = dict.fromkeys(cap.unit for cap in caps)
        return [self.spot(fact_no, unit) for unit in units for fact_no in self.days]


class Moving(Struct, frozen=True):
    """When what was paid for one slot counts for another, instead of the other being paid too.

    With `always`, whenever one falls and another rises: a late success changes what is paid by arrival order
    in no way. Else only as far as the program's own `caps` (on awards in `unit`) have no room left, by what
    was really paid in the period: what rises is paid, and what falls is kept or recovered.
    """

    always: bool
    caps: tuple[Cap, ...] = ()
    unit: Unit = "usd"


class _Room:
    """Amounts really paid in each period of a program's own caps, while an operation moves and pays."""

    def __init__(self, moving: Moving, posted: Mapping[SlotKey, Posted], where: Where | None) -> None:
        self._moving = moving
        self._days: Mapping[int, date] = {} if where is None else where.days
        self._paid: dict[tuple[int, int], int] = {}
        if not moving.always and moving.caps:
            for (fact_no, _, unit), one in posted.items():
                self.pay(fact_no, unit, one.amount)

    def pay(self, fact_no: int, unit: Unit, amount: int) -> None:
        """Count what was paid for a fact, or, negative, what no longer is."""
        for key in self._keys(fact_no, unit):
            self._paid[key] = self._paid.get(key, 0) + amount

    def lacking(self, rise: Posting, wanted: int, fall: SlotKey) -> int:
        """How much of a rise comes from a fall: all that is `wanted`, or what caps leave no room for."""
        if self._moving.always:
            return wanted
        shared = set(self._keys(rise.fact_no, rise.unit)) & set(self._keys(fall[0], fall[2]))
        over = [self._paid.get(key, 0) + wanted - self._moving.caps[key[0]].amount for key in shared]
        return min(wanted, max([0, *over]))

    def _keys(self, fact_no: int, unit: Unit) -> list[tuple[int, int]]:
        if self._moving.always or unit != self._moving.unit:
            return []
        return [
            (place, period_key(cap.per, self._days[fact_no], fact_no))
            for place, cap in enumerate(self._moving.caps)
        ]


class _Fall(Struct):
    """The fall of a slot, in parts: what was never paid, what counts for other slots, what is left."""

    key: SlotKey
    never_paid: int
    left: int
    moved: int = 0


def first_postings(
    fact_no: int, decision: Decision, where: Where, limits: Limits
) -> tuple[list[Posting], Limits]:
    """The first postings of a fact: its awards, as far as caps let them."""
    postings = []
    for award in decision.awards:
        posting, limits = _clipped(_first(fact_no, award), where, limits)
        postings.append(posting)
    return postings, limits


def gap_within(
    decisions: Mapping[int, Decision],
    posted: Mapping[SlotKey, Posted],
    cause_no: int,
    policy: Policy,
    available: Mapping[Unit, int],
    where: Where | None,
    limits: Limits,
    moving: Moving,
    provisional: Collection[int] = (),
) -> tuple[list[Posting], Limits]:
    """Postings that make every slot agree with the fold, after fact `cause_no` changed it.

    A rise is paid, less what was recorded as overpaid or unrecovered for that very slot: an award already
    paid above its fold is not paid again when the fold rises back. A fall takes what outside caps withheld
    of its own slot first, for that was never paid. Then it moves to the rises of the same unit as far as
    `moving` says: where a late success only takes a cap, a weekly limit or a bonus from a later visit, no
    more is paid than in the other order. Where outside caps have no room for it in the rise's periods, it
    stays with the fall: nobody loses by a cap's edge. What is left of a fall is kept or recovered by
    `policy`, and recovered in any case where it is a fall of a `provisional` fact; recovering never takes
    more than is available. What outside caps have no room for in the rest of a rise is withheld: settled, and
    not owed. Without `limits` there are no such caps, and `where` is asked for the program's own alone.
    """
    due = _due(decisions)
    rises, falls = _differences(due, posted, cause_no)
    # The fact's own awards come first. Rises come before falls, so that what falls is taken from what was
    # just paid and no account is ever below zero.
    rises.sort(key=lambda rise: rise.fact_no != cause_no)
    room, moved = _Room(moving, posted, where), []
    for rise in rises:
        found, limits = _moved(rise, falls, room, where, limits)
        moved.append(found)
    paid: dict[Unit, int] = {}
    raised = []
    for rise, part in zip(rises, moved, strict=True):
        posting, limits = _clipped(rise, where, limits, part)
        paid[rise.unit] = paid.get(rise.unit, 0) + posting.amount
        raised.append(posting)
    # What was just paid in the place of a fall is spoken for; only what is there besides can be taken back.
    spare = {unit: available.get(unit, 0) + paid.get(unit, 0) for unit in available.keys() | paid.keys()}
    for fall in falls:
        spare[fall.key[2]] = spare.get(fall.key[2], 0) - fall.moved
    lowered = []
    for fall in falls:
        own: Policy = "recover" if fall.key[0] in provisional else policy
        posting, limits = _lowered(fall, due.get(fall.key), own, spare, where, limits)
        lowered.append(posting)
    return [*raised, *lowered], limits


def _due(decisions: Mapping[int, Decision]) -> dict[SlotKey, Award]:
    return {
        (fact_no, award.slot, award.unit): award
        for fact_no, decision in decisions.items()
        for award in decision.awards
    }


def _differences(
    due: Mapping[SlotKey, Award], posted: Mapping[SlotKey, Posted], cause_no: int
) -> tuple[list[Posting], list[_Fall]]:
    """Rises, as if no outside cap were, and falls, each in the order of the facts."""
    rises: list[Posting] = []
    falls: list[_Fall] = []
    for key in sorted(due.keys() | posted.keys()):
        award, before = due.get(key), posted.get(key)
        difference = (award.amount if award else 0) - (before.settled if before else 0)
        if award is not None and before is None and key[0] == cause_no:
            rises.append(_first(cause_no, award))
        elif award is not None and difference > 0:
            rises.append(_raised(key, award, before or Posted(), difference))
        elif before is not None and difference < 0:
            never_paid = min(-difference, before.withheld)
            falls.append(_Fall(key, never_paid, -difference - never_paid))
    return rises, falls


def _moved(
    rise: Posting, falls: Iterable[_Fall], room: _Room, where: Where | None, limits: Limits
) -> tuple[int, Limits]:
    """How much of a rise was paid already, for slots that have fallen; the falls hold that much less."""
    wanted = rise.amount
    for fall in falls:
        part = min(wanted, fall.left)
        if fall.key[2] != rise.unit or not part:
            continue
        part = min(part, room.lacking(rise, wanted, fall.key))
        if limits.caps and where is not None:
            source, target = (where.spot(no, rise.unit) for no in (fall.key[0], rise.fact_no))
            limits, part = move(limits, source, target, part)
        room.pay(fall.key[0], rise.unit, -part)
        room.pay(rise.fact_no, rise.unit, part)
        fall.left -= part
        fall.moved += part
        wanted -= part
    room.pay(rise.fact_no, rise.unit, wanted)
    return rise.amount - wanted, limits


def _clipped(posting: Posting, where: Where | None, limits: Limits, moved: int = 0) -> tuple[Posting, Limits]:
    """A posting as outside caps let it be paid; `moved` of it was counted already."""
    if not limits.caps or where is None or posting.amount == moved:
        return posting, limits
    limits, paid, why = clip(limits, where.spot(posting.fact_no, posting.unit), posting.amount - moved)
    withheld = posting.amount - moved - paid
    if not withheld:
        return posting, limits
    amount = moved + paid
    before = posting.why
    if before and before[0].code == "raised":
        before = (Why("raised", amount), *before[1:]) if amount else before[1:]
    return replace(posting, amount=amount, withheld=withheld, why=(*before, *why)), limits


def _first(fact_no: int, award: Award) -> Posting:
    return Posting(fact_no, award.slot, award.kind, award.unit, award.amount, award.clipped, 0, 0, award.why)


def _raised(key: SlotKey, award: Award, before: Posted, difference: int) -> Posting:
    fact_no, slot, unit = key
    not_overpaid = min(difference, before.overpaid)
    not_unrecovered = min(difference - not_overpaid, before.unrecovered)
    amount = difference - not_overpaid - not_unrecovered
    why = (Why("raised", amount), *award.why) if amount else award.why
    return Posting(fact_no, slot, "adjustment", unit, amount, 0, -not_overpaid, -not_unrecovered, why)


def _lowered(
    fall: _Fall,
    award: Award | None,
    policy: Policy,
    spare: dict[Unit, int],
    where: Where | None,
    limits: Limits,
) -> tuple[Posting, Limits]:
    """A fall: what was moved counts for other visits; the rest is kept, or taken from what is to `spare`."""
    fact_no, slot, unit = fall.key
    taken = min(fall.left, spare[unit]) if policy == "recover" else 0
    spare[unit] -= taken
    if limits.caps and where is not None:
        limits = release(limits, where.spot(fact_no, unit), taken)
    overpaid, unrecovered = (fall.left, 0) if policy == "keep" else (0, fall.left - taken)
    parts = (
        Why("moved", fall.moved),
        Why("overpaid", overpaid),
        Why("taken_back", taken),
        Why("unrecovered", unrecovered),
    )
    why = (*(part for part in parts if part.amount), *(award.why if award else ()))
    amount = -fall.moved - taken
    posting = Posting(
        fact_no, slot, "adjustment", unit, amount, 0, overpaid, unrecovered, why, -fall.never_paid
    )
    return posting, limits
