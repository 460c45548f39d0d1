"""Sources and messages that came in, read for `rewards verify`; call it once the audit trail holds."""

from collections.abc import AsyncIterator
from typing import Any

from cryptography.exceptions import InvalidTag
from msgspec.structs import replace

from service.core.erasing import kept_hash
from service.core.verify.books import Mismatch
from service.core.verify.checking_inbound import (
    MessageRow,
    SourceRow,
    gone,
    of_message,
    of_no_message,
    of_source,
)
from service.core.verify.kin import Kin
from service.store import books, inbound, sources
from service.store.database.cipher import UnknownFieldKeyError
from service.store.database.pool import Tx

MESSAGES_AHEAD = 16
"""How many messages are read at once: each may have a mebibyte."""


async def messages(tx: Tx, kin: Kin) -> AsyncIterator[Mismatch]:
    """Every source and message that is not as it was taken in, and every event without its message."""
    async for row in books.all_rows(tx, "books_inbound/sources"):
        if row["source_id"] is None:
            yield gone("sources", "source_id", row["told"])
            continue
        for mismatch in of_source(_source(tx, row)):
            yield mismatch
    async for row in books.all_rows(tx, "books_inbound/inbound_messages", ahead=MESSAGES_AHEAD):
        if row["message_id"] is None:
            yield gone("inbound_messages", "message_id", row["told"])
            continue
        for mismatch in of_message(_of_one(_message(tx, row), kin)):
            yield mismatch
    async for row in books.all_rows(tx, "books_inbound/messageless"):
        yield of_no_message(row["event_id"], row["recorded_by"])


def _source(tx: Tx, row: Any) -> SourceRow:  # noqa: ANN401  a row
    secrets = [row["secret"], row["old_secret"]]
    return SourceRow(
        row["source_id"],
        row["created_by"],
        row["deleted_at"] is not None,
        sources.rules_digest(row["verifier"], row["mapping"]),
        all(_opened(tx, sources.SECRET, one) is not None for one in secrets if one is not None),
        row["adder"],
        row["detail"],
        row["told_deleted_at"] is not None,
    )


def _of_one(message: MessageRow, kin: Kin) -> MessageRow:
    """A message with whom it is about as the first of the charts that were ever merged."""
    return replace(
        message, participant=kin.one(message.participant), recorded_for=kin.one(message.recorded_for)
    )


def _message(tx: Tx, row: Any) -> MessageRow:  # noqa: ANN401  a row
    body = _opened(tx, inbound.BODY, row["body"])
    sender_id = None
    if row["sender_id"] is not None:
        opened = _opened(tx, inbound.SENDER_ID, row["sender_id"])
        sender_id = "" if opened is None else opened.decode("utf-8", "surrogatepass")
    keys: tuple[bytes, ...] = ()
    kept = None if body is None else kept_hash(body)
    if kept is not None and kept == row["body_index"]:
        # What it said was erased: it is known by the key that it came under.
        return _row(row, (row["key"],), kept)
    if body is not None:
        coming = inbound.Coming(row["source_id"], sender_id, body)
        keys = tuple(inbound.key_of(tx, coming, other_body=other) for other in (False, True))
    return _row(row, keys, None if body is None else inbound.index_of(tx, body))


def _row(row: Any, keys: tuple[bytes, ...], content: bytes | None) -> MessageRow:  # noqa: ANN401  a row
    return MessageRow(
        row["message_id"],
        row["source_id"],
        row["known"],
        row["key"],
        keys,
        row["body_index"],
        content,
        row["received_at"],
        row["status"],
        row["code"],
        row["event_id"],
        row["participant_id"],
        row["recorded_for"],
        row["discarded_by"],
        row["keeper"],
        row["told_at"],
        row["told_kept"],
        row["deed"],
        row["settler"],
        row["told_settled"],
    )


def _opened(tx: Tx, field: str, sealed: bytes) -> bytes | None:
    try:
        return tx.cipher.open(tx.clinic, field, sealed)
    except (InvalidTag, UnknownFieldKeyError, IndexError, ValueError):
        return None
