"""The ledger's law: what is posted so that the books agree with the rules, and what a movement does.

A participant has three accounts a unit: available, held (by open redemptions) and given. Awards come out of
the clinic's own account, `issued`, which stands at minus all that was awarded: every transfer takes from one
account what it puts into another, so all accounts together sum to zero. What moves between two charts of one
person goes by way of `merged`, which every merge leaves at zero.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from schemas.books import AccountName, Cause
from schemas.ids import Id
from schemas.program import Unit
from schemas.receipts import AwardKind, Balance
from service.core.dated_caps import Spot
from service.core.state import Why

SlotKey = tuple[int, str, Unit]
"""The key of one slot of one fact: the fact's number, the slot's name, the unit."""


class Posted(Struct, frozen=True):
    """All that was posted for one slot so far, in minor units; `withheld` is what outside caps kept back."""

    amount: int = 0
    overpaid: int = 0
    unrecovered: int = 0
    withheld: int = 0

    @property
    def settled(self) -> int:
        """The fold's value that these postings last agreed with."""
        return self.amount + self.withheld - self.overpaid - self.unrecovered


class Posting(Struct, frozen=True):
    """One posting for a slot: what is moved now, and what is recorded as paid above the rules or below them.

    `clipped` is what the program's caps took off, `withheld` what a clinic's or a funder's did. A negative
    `overpaid`, `unrecovered` or `withheld` takes back what was recorded so earlier.
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
    withheld: int = 0


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
    """The outcome of a credit: what was paid, what caps took off it, and why."""

    amount: int
    clipped: int = 0
    why: tuple[Why, ...] = ()


class NotCoveredError(Exception):
    """A movement would leave an account below zero; whoever asks for one looks first."""


def settle(posted: Mapping[SlotKey, Posted], postings: Iterable[Posting]) -> dict[SlotKey, Posted]:
    """The totals by slot after these postings."""
    after = dict(posted)
    for posting in postings:
        key = (posting.fact_no, posting.slot, posting.unit)
        before = after.get(key, Posted())
        after[key] = Posted(
            before.amount + posting.amount,
            before.overpaid + posting.overpaid,
            before.unrecovered + posting.unrecovered,
            before.withheld + posting.withheld,
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
        case "issued" | "merged":
            pass
    match movement.destination:
        case "available":
            available += movement.amount
        case "held":
            held += movement.amount
        case "given":
            given += movement.amount
        case "issued" | "merged":
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


def fact_name(enrollment: Id, fact_no: int) -> str:
    """The name that caps know one fact of an enrollment by."""
    return f"{enrollment}/{fact_no}"


def spot_of_credit(credit: Credit) -> Spot:
    """The spot that a credit counts for; one without a fact is known by the operation that gives it."""
    return Spot(credit.unit, credit.day, str(credit.cause_id), credit.funding, credit.enrollment)


def spot_of(movement: Movement) -> Spot | None:
    """The spot that a transfer counts for, where it credits something or takes a credit back."""
    if movement.day is None:
        return None
    event = str(movement.cause_id)
    if movement.enrollment is not None and movement.fact_no is not None:
        event = fact_name(movement.enrollment, movement.fact_no)
    return Spot(
        movement.unit,
        movement.day,
        event,
        movement.funding,
        movement.enrollment,
        carried=movement.cause == "opening",
    )


def credited(movements: Iterable[Movement]) -> list[tuple[Spot, int]]:
    """Amounts that transfers credit (positive) or take back (negative), each with its spot."""
    spots = ((spot_of(movement), movement) for movement in movements)
    return [
        (spot, movement.amount if movement.source == "issued" else -movement.amount)
        for spot, movement in spots
        if spot is not None
    ]
