"""The ledger's law: what is posted so that the books agree with the rules, and what a movement does.

A participant has three accounts a unit: available, held (by open redemptions) and given. Awards come out of
the clinic's own account, `issued`, which stands at minus all that was awarded: every transfer takes from one
account what it puts into another, so all accounts together sum to zero.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from schemas.books import AccountName, Cause
from schemas.ids import Id
from schemas.program import Policy, Unit
from schemas.receipts import AwardKind, Balance
from service.core.state import Award, Decision, Why

SlotKey = tuple[int, str, Unit]
"""What one slot of one fact is known by: the fact's number, the slot's name, the unit."""


class Posted(Struct, frozen=True):
    """All that was posted for one slot so far, in minor units."""

    amount: int = 0
    overpaid: int = 0
    unrecovered: int = 0

    @property
    def settled(self) -> int:
        """The fold's value that these postings last agreed with."""
        return self.amount - self.overpaid - self.unrecovered


class Posting(Struct, frozen=True):
    """One posting for a slot: what is moved now, and what is recorded as paid above the rules.

    A negative `overpaid` or `unrecovered` takes back what was recorded so earlier.
    """

    fact_no: int
    slot: str
    kind: AwardKind
    unit: Unit
    amount: int
    clipped: int
    overpaid: int
    unrecovered: int
    why: tuple[Why, ...]


class Movement(Struct, frozen=True):
    """One transfer to be made: a positive amount from one account of a participant to another.

    A credit, which comes from `issued` or returns to it, counts for the local `day` and is paid by `funding`.
    """

    participant: Id
    unit: Unit
    source: AccountName
    destination: AccountName
    amount: int
    cause: Cause
    cause_id: Id
    enrollment: Id | None = None
    fact_no: int | None = None
    day: date | None = None
    funding: str | None = None


class Credit(Struct, frozen=True):
    """Value that a participant is to be given otherwise than by an event, in minor units of `unit`.

    It counts for the local `day` and is paid by `funding`, a funding source, or by the clinic itself.
    """

    participant: Id
    unit: Unit
    amount: int
    cause: Cause
    cause_id: Id
    day: date
    funding: str | None = None
    enrollment: Id | None = None


class Paid(Struct, frozen=True):
    """What became of a credit: what was paid, what caps took off it, and why."""

    amount: int
    clipped: int = 0
    why: tuple[Why, ...] = ()


class NotCoveredError(Exception):
    """A movement would leave an account below zero; whoever asks for one looks first."""


def first_postings(fact_no: int, decision: Decision) -> list[Posting]:
    """What is posted for a fact for which nothing was posted yet: its awards as they are."""
    return [_first(fact_no, award) for award in decision.awards]


def gap(
    decisions: Mapping[int, Decision],
    posted: Mapping[SlotKey, Posted],
    cause_no: int,
    policy: Policy,
    available: Mapping[Unit, int],
) -> list[Posting]:
    """What must be posted so that every slot agrees with the fold, after fact `cause_no` changed it.

    A rise is paid, less what was recorded as overpaid or unrecovered for that very slot: an award already
    paid above its fold is not paid again when the fold rises back. A fall moves to the rises of the same
    unit first: where a late success only takes a cap, a weekly limit or a bonus from a later visit, no more
    is paid than in the other order. What is left of a fall is kept or recovered by `policy`; recovering
    never takes more than is available.
    """
    due = {
        (fact_no, award.slot, award.unit): award
        for fact_no, decision in decisions.items()
        for award in decision.awards
    }
    rises: list[Posting] = []
    falls: list[tuple[SlotKey, int]] = []
    for key in sorted(due.keys() | posted.keys()):
        award, before = due.get(key), posted.get(key)
        difference = (award.amount if award else 0) - (before.settled if before else 0)
        if award is not None and before is None and key[0] == cause_no:
            rises.append(_first(cause_no, award))
        elif award is not None and difference > 0:
            rises.append(_raised(key, award, before or Posted(), difference))
        elif difference < 0:
            falls.append((key, -difference))
    paid: dict[Unit, int] = {}
    for rise in rises:
        paid[rise.unit] = paid.get(rise.unit, 0) + rise.amount
    left = {unit: available.get(unit, 0) + paid.get(unit, 0) for unit in available.keys() | paid.keys()}
    lowered = []
    for key, amount in falls:
        unit = key[2]
        moved = min(amount, paid.get(unit, 0))
        posting = _lowered(key, due.get(key), amount, moved, policy, left.get(unit, 0))
        paid[unit] = paid.get(unit, 0) - moved
        left[unit] = left.get(unit, 0) + posting.amount
        lowered.append(posting)
    # The fact's own awards come first. Rises come before falls, so that what falls is taken from what was
    # just paid and no account is ever below zero.
    rises.sort(key=lambda rise: rise.fact_no != cause_no)
    return [*rises, *lowered]


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
    key: SlotKey, award: Award | None, amount: int, moved: int, policy: Policy, available: int
) -> Posting:
    """A fall: `moved` counts for other visits, and the rest is kept, or taken from what is `available`."""
    fact_no, slot, unit = key
    rest = amount - moved
    taken = min(rest, available - moved) if policy == "recover" else 0
    overpaid, unrecovered = (rest, 0) if policy == "keep" else (0, rest - taken)
    parts = (
        Why("moved", moved),
        Why("overpaid", overpaid),
        Why("taken_back", taken),
        Why("unrecovered", unrecovered),
    )
    why = (*(part for part in parts if part.amount), *(award.why if award else ()))
    return Posting(fact_no, slot, "adjustment", unit, -moved - taken, 0, overpaid, unrecovered, why)


def settle(posted: Mapping[SlotKey, Posted], postings: Iterable[Posting]) -> dict[SlotKey, Posted]:
    """What is posted once these postings are added to it."""
    after = dict(posted)
    for posting in postings:
        key = (posting.fact_no, posting.slot, posting.unit)
        before = after.get(key, Posted())
        after[key] = Posted(
            before.amount + posting.amount,
            before.overpaid + posting.overpaid,
            before.unrecovered + posting.unrecovered,
        )
    return after


def apply(balance: Balance, movement: Movement) -> Balance:
    """A balance after one movement.

    Raises NotCoveredError where an account would fall below zero.
    """
    available, held, given = balance.available, balance.held, balance.given
    match movement.source:
        case "available":
            available -= movement.amount
        case "held":
            held -= movement.amount
        case "given":
            given -= movement.amount
        case "issued":
            pass
    match movement.destination:
        case "available":
            available += movement.amount
        case "held":
            held += movement.amount
        case "given":
            given += movement.amount
        case "issued":
            pass
    if movement.amount <= 0 or min(available, held, given) < 0:
        message = f"{movement.source} does not hold {movement.amount} {movement.unit} to move"
        raise NotCoveredError(message)
    return Balance(movement.unit, available, held, given, available + held + given)


def credit_movement(credit: Credit, amount: int) -> Movement | None:
    """The transfer that pays `amount` of a credit, if that is anything."""
    if amount == 0:
        return None
    return Movement(
        credit.participant,
        credit.unit,
        "issued",
        "available",
        amount,
        credit.cause,
        credit.cause_id,
        credit.enrollment,
        None,
        credit.day,
        credit.funding,
    )


def award_movement(
    participant: Id, enrollment: Id, award_id: Id, posting: Posting, day: date, funding: str | None
) -> Movement | None:
    """The transfer that a posting makes, if it moves anything; `day` is that of the fact that it is for."""
    if posting.amount == 0:
        return None
    paid = posting.amount > 0
    return Movement(
        participant,
        posting.unit,
        "issued" if paid else "available",
        "available" if paid else "issued",
        abs(posting.amount),
        "award",
        award_id,
        enrollment,
        posting.fact_no,
        day,
        funding,
    )
