"""Texts and mails that are not sent yet, sealed."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from service.core.access.messages import Message
from service.store.database.pool import Tx

FIELD: Final = "messages_out.body"
IN_HAND: Final = timedelta(seconds=30)
"""How long whoever queued a message has it to send."""


async def insert(tx: Tx, message: Message, ends_at: datetime) -> UUID:
    """Queue a message, which its caller sends after the commit."""
    made = tx.new_id()
    body = tx.cipher.seal(tx.clinic, FIELD, msgspec.json.encode(message))
    await tx.run(
        "messages_out/insert",
        message_id=made,
        channel=message.channel,
        body=body,
        next_at=tx.now + IN_HAND,
        ends_at=ends_at,
    )
    return made


async def take(tx: Tx, rows_max: int) -> list[tuple[UUID, Message]]:
    """Take messages that nobody has in hand, and forget those that are too old."""
    await tx.run("messages_out/expire")
    return [
        (row["message_id"], msgspec.json.decode(tx.cipher.open(tx.clinic, FIELD, row["body"]), type=Message))
        for row in await tx.rows("messages_out/take", limit=rows_max)
    ]


async def delete(tx: Tx, message: UUID) -> None:
    """Forget a message that is sent."""
    await tx.run("messages_out/delete", message_id=message)
