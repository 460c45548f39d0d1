"""Orders with reward providers, read for `rewards verify`."""

from collections.abc import AsyncIterator

from service.core.verify.books import Mismatch
from service.core.verify.checking_orders import OrderRow, of_order
from service.store import books
from service.store.database.pool import Tx
from service.store.provider_orders import LINK


async def orders(tx: Tx) -> AsyncIterator[Mismatch]:
    """Every order that is not as its redemption says, and every redemption that lacks its order."""
    async for row in books.all_rows(tx, "books_orders/orders"):
        link = row["link"]
        read = OrderRow(
            row["redemption_id"],
            row["status"],
            row["kind"],
            row["amount"] or 0,
            row["returned"] or 0,
            row["is_ordered"],
            row["face"] or 1,
            row["refunded"] or 0,
            row["sent_at"],
            link is not None and tx.cipher.opened(tx.clinic, LINK, link) is not None,
            row["due_at"],
            bool(row["is_by_hand"]),
            row["card"] is not None,
        )
        for mismatch in of_order(read):
            yield mismatch
