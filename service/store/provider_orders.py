"""Orders with reward providers: what of each is on record, and its link, sealed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from schemas.program import Unit
from schemas.shelf import RedemptionStatus
from service.core.order_matching import Ours
from service.core.orders import Learned, Order
from service.store.database.pool import Tx

LINK = "provider_orders.link"
"""The field that a link is sealed as."""


class OnRecord(Struct, frozen=True):
    """An order with its account and what it is for; `refunded` is in cents of its face value."""

    order: Order
    account: UUID
    product: str
    refunded: int
    due_at: datetime | None
    is_by_hand: bool = False
    """Whether nobody is asked for it: staff load a card."""


class Brought(Struct, frozen=True):
    """What an order brought: a link, or what staff said of the card that they loaded."""

    link: str | None = None
    card: str | None = None
    is_by_hand: bool = False


async def insert(tx: Tx, redemption: UUID, account: UUID, product: str, face: int) -> None:
    """Write a new order, due at once, or for staff to load."""
    await tx.run(
        "provider_orders/insert",
        redemption_id=redemption,
        provider_account_id=account,
        product=product,
        face=face,
    )


async def due(tx: Tx, account: UUID) -> OnRecord | None:
    """The next order of an account that is due."""
    row = await tx.row("provider_orders/due", provider_account_id=account)
    return None if row is None else _on_record(row)


async def find(tx: Tx, redemption: UUID) -> OnRecord | None:
    """The order of one redemption."""
    row = await tx.row("provider_orders/find", redemption_id=redemption)
    return None if row is None else _on_record(row)


async def mark_sent(tx: Tx, redemption: UUID) -> bool:
    """Put on record that an order is about to be sent; False where it was before."""
    return await tx.row("provider_orders/send", redemption_id=redemption) is not None


async def learn(tx: Tx, before: Order, learned: Learned) -> None:
    """Write what an answer made of an order; its participant is locked by the caller."""
    link = None if learned.link is None else tx.cipher.seal(tx.clinic, LINK, learned.link)
    due_at = None if learned.due_s is None else tx.now + timedelta(seconds=learned.due_s)
    await tx.run(
        "provider_orders/learn",
        redemption_id=before.redemption,
        is_sent=learned.is_sent,
        provider_reference=learned.reference,
        link=link,
        refunded=learned.refunded,
        is_new=learned.status != before.status,
        fault=learned.fault,
        due_at=due_at,
    )


async def load(tx: Tx, redemption: UUID, said: Learned) -> None:
    """Write what somebody said of a card that staff load; its participant is locked by the caller."""
    await tx.run(
        "provider_orders/load",
        redemption_id=redemption,
        provider_reference=said.reference,
        refunded=said.refunded,
        fault=said.fault,
    )


async def ask_to_cancel(tx: Tx, redemption: UUID, by: UUID) -> None:
    """Have an order canceled at its provider."""
    await tx.run("provider_orders/ask_to_cancel", redemption_id=redemption, cancel_asked_by=by)


async def forget_cancel(tx: Tx, redemption: UUID) -> None:
    """Note that a provider does not cancel an order."""
    await tx.run("provider_orders/forget_cancel", redemption_id=redemption)


async def withdraw(tx: Tx, redemption: UUID) -> bool:
    """Have an order not sent any more; False where it was sent already."""
    return await tx.row("provider_orders/withdraw", redemption_id=redemption) is not None


async def look(tx: Tx, redemptions: Sequence[UUID]) -> None:
    """Have some orders looked up at once."""
    await tx.run("provider_orders/look", redemptions=list(redemptions))


async def look_at_old(tx: Tx, account: UUID, between: tuple[datetime, datetime], orders_max: int) -> None:
    """Have some given orders looked up that were made between two moments, the longest unlooked at first."""
    await tx.run(
        "provider_orders/look_at_old",
        provider_account_id=account,
        since=between[0],
        until=between[1],
        limit=orders_max,
    )


async def since(tx: Tx, account: UUID, moment: datetime, rows_max: int) -> dict[str, Ours]:
    """The orders of an account made from a moment on, by what the provider was told they are."""
    rows = await tx.rows(
        "provider_orders/at_moment", provider_account_id=account, since=moment, limit=rows_max
    )
    return {str(row["redemption_id"]): _ours(row) for row in rows}


async def of_ids(tx: Tx, redemptions: Sequence[UUID]) -> dict[UUID, Ours]:
    """The orders of some redemptions, as the daily match compares them."""
    rows = await tx.rows("provider_orders/of_ids", redemptions=list(redemptions))
    return {row["redemption_id"]: _ours(row) for row in rows}


def _ours(row: Record) -> Ours:
    return Ours(
        row["redemption_id"],
        cast("RedemptionStatus", row["status"]),
        row["face"],
        row["refunded"],
        row["sent_at"],
    )


async def of_references(tx: Tx, account: UUID, references: Sequence[str]) -> list[UUID]:
    """The redemptions that a provider knows by its own references."""
    rows = await tx.rows(
        "provider_orders/of_reference", provider_account_id=account, provider_references=list(references)
    )
    return [row["redemption_id"] for row in rows]


async def delivered(tx: Tx, redemption: UUID) -> Brought:
    """What one order brought; nothing where there is none."""
    row = await tx.row("provider_orders/delivered", redemption_id=redemption)
    if row is None:
        return Brought()
    link = tx.cipher.open_text(tx.clinic, LINK, row["link"])
    return Brought(link, row["card"] if row["is_by_hand"] else None, row["is_by_hand"])


def _on_record(row: Record) -> OnRecord:
    order = Order(
        row["redemption_id"],
        row["participant_id"],
        cast("RedemptionStatus", row["status"]),
        cast("Unit", row["unit"]),
        row["amount"],
        row["returned"],
        row["face"],
        row["sent_at"],
        row["provider_reference"],
        row["tries"],
        row["cancel_asked_at"] is not None,
    )
    return OnRecord(
        order,
        row["provider_account_id"],
        row["product"],
        row["refunded"],
        row["due_at"],
        bool(row["is_by_hand"]),
    )
