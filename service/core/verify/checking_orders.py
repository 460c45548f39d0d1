"""What reward providers were to deliver, against the redemptions that it was ordered for."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from schemas.ids import Id
from service.core.redemption import ON_ORDER
from service.core.verify.books import Mismatch

TABLE = "provider_orders"


class OrderRow(Struct, frozen=True):
    """A redemption of what a provider delivers, with its order as it stands on record.

    `returned` is what of its price was refunded, in its unit; `refunded` what came back, in cents.
    `has_link` says whether there is one that opens, `has_card` whether one that staff loaded says which.
    """

    redemption: Id
    status: str | None
    kind: str | None
    amount: int
    returned: int
    is_ordered: bool
    face: int
    refunded: int
    sent_at: datetime | None
    has_link: bool
    due_at: datetime | None
    is_by_hand: bool = False
    has_card: bool = False


def of_order(row: OrderRow) -> Iterator[Mismatch]:
    """Mismatches of one order."""
    ids = {"redemption_id": str(row.redemption)}
    if row.kind != "provider" or row.status is None:
        yield Mismatch(TABLE, ids, "orders and refunds of what a provider delivers alone", f"{row.kind}")
        return
    if not row.is_ordered:
        yield Mismatch(TABLE, ids, "an order for what a provider delivers", "none")
        return
    if row.status in {"given", "reversed"}:
        expected = row.amount * row.refunded // row.face
        if row.returned != expected:
            yield Mismatch("redemptions", ids, f"{expected} refunded, as its provider did", f"{row.returned}")
        if not (row.has_card if row.is_by_hand else row.has_link):
            what = "the card that was loaded" if row.is_by_hand else "a link that opens"
            yield Mismatch(TABLE, ids, f"{what}, for it was given", "none")
    if row.is_by_hand:
        yield from _of_hand(row, ids)
    elif row.status in ON_ORDER and row.due_at is None:
        yield Mismatch(TABLE, ids, f"something to be done for it, for it is {row.status}", "nothing")
    if row.sent_at is None and row.status not in {"ordered", "awaiting_funds", "canceled"}:
        yield Mismatch(TABLE, ids, f"a time at which it was sent, for it is {row.status}", "none")


def _of_hand(row: OrderRow, ids: dict[str, str]) -> Iterator[Mismatch]:
    if row.due_at is not None or row.has_link or row.status in ON_ORDER - {"ordered"}:
        yield Mismatch(TABLE, ids, "nothing that a worker does, for staff load it", f"{row.status}")
