"""Replaced and taken-back rewards against their prices, the stock, and the rule of the second person."""

from collections.abc import Iterator

from msgspec import Struct

from schemas.ids import Id
from schemas.program import Unit
from service.core.proposals import redemption_change_proposed, redemption_change_settled
from service.core.redemption import is_for_one
from service.core.verify.books import Mismatch
from service.core.verify.checking_second_persons import Proposal, Taken, of_settling, of_told

TABLE = "redemption_changes"


class ChangeRow(Struct, frozen=True):
    """A replacement or taking back as it stands on record.

    Beside it stand its redemption's or prize's pieces (`given`), unit and price, whether it is of codes, and
    the pieces that left the stock by it.
    """

    proposal: Proposal
    redemption: Id | None
    prize: Id | None
    kind: str
    quantity: int
    unit: Unit
    amount: int
    counted: int
    limit: int
    alone: bool
    restocked: bool
    codes: int
    reward: Id | None
    of_codes: bool
    given: int | None
    price_unit: str | None
    price: int | None
    taken: Taken | None


def of_change(row: ChangeRow) -> Iterator[Mismatch]:
    """Mismatches of one replacement or taking back."""
    ids = _ids(row)
    if row.price is None or row.given is None:
        yield Mismatch(TABLE, ids, "a redemption or prize of the clinic", "no such one")
        return
    share = row.price // row.given * row.quantity
    if (row.amount, row.unit) != (share, row.price_unit) or row.quantity > row.given:
        expected = f"{share} {row.price_unit} for {row.quantity} of {row.given} pieces"
        yield Mismatch(TABLE, ids, expected, f"{row.amount} {row.unit}")
    if row.kind == "take_back" and row.quantity != row.given:
        yield Mismatch(TABLE, ids, f"all {row.given} pieces taken back", f"{row.quantity}")
    if row.codes != (row.quantity if row.of_codes else 0):
        yield Mismatch(TABLE, ids, "a code for each piece of a code reward, and none else", f"{row.codes}")
    if row.counted < row.amount or (row.alone and not is_for_one(row.counted, row.limit)):
        found = f"{row.counted} counted of {row.amount}, limit {row.limit}"
        yield Mismatch(TABLE, ids, "one person alone up to the limit only", found)
    if row.taken is not None:
        yield from _of_pieces(row, row.taken, ids)
    yield from of_settling(TABLE, ids, row.proposal, alone=row.alone)


def _of_pieces(row: ChangeRow, taken: Taken, ids: dict[str, str]) -> Iterator[Mismatch]:
    one = row.proposal
    found = (taken.reward, taken.change, taken.by, taken.at)
    if one.status != "approved" or row.of_codes or row.restocked:
        yield Mismatch("stock_changes", ids, "no pieces taken away by it", f"change {taken.change}")
    elif found != (row.reward, -row.quantity, one.settled_by, one.settled_at):
        expected = f"reward {row.reward}, change -{row.quantity}, by {one.settled_by} at {one.settled_at}"
        said = f"reward {taken.reward}, change {taken.change}, by {taken.by} at {taken.at}"
        yield Mismatch("stock_changes", ids, expected, said)


def told_of_change(row: ChangeRow) -> Iterator[Mismatch]:
    """Where the audit trail tells of other persons, times or amounts than the replacement or taking back."""
    proposed = redemption_change_proposed(
        row.redemption, row.prize, row.kind, row.quantity, row.amount, row.unit
    )
    settled = redemption_change_settled(row.redemption, row.prize, row.kind, alone=row.alone)
    return of_told(TABLE, _ids(row), row.proposal, proposed, settled)


def _ids(row: ChangeRow) -> dict[str, str]:
    """What names a change: its own id, and that of what it is of."""
    of = {"redemption_id": row.redemption} if row.prize is None else {"prize_id": row.prize}
    return {"redemption_change_id": str(row.proposal.id)} | {name: str(one) for name, one in of.items()}
