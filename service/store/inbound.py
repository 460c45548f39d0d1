"""Messages that came in, sealed as they came, and what became of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, cast
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from schemas.inbound import Doubtful, EffectKind, InboundMessage, MessageEffect, MessageStatus, TakenMessage
from schemas.problem import Code, Fault
from service.core.refusals import Refused
from service.core.words.refusals.catalog import in_english, wire_faults
from service.store.database.pool import Tx

BODY: Final = "inbound_messages.body"
KEY: Final = "inbound_messages.key"
SENDER_ID: Final = "inbound_messages.sender_id"
WHY: Final = "inbound_messages.why"
REASON: Final = "inbound_messages.reason"
"""The fields that parts of a message are sealed as, or hashed as."""

LEASE: Final = timedelta(seconds=60)
"""How long whoever took a message up has it for themselves; recording it takes milliseconds."""

_encode = msgspec.json.Encoder().encode


class _Why(Struct, frozen=True):
    """Why a message waits, as it is sealed; what was sealed before there were reasons has words alone."""

    refusal: Refused | None = None
    code: Code = "internal"
    detail: str = ""
    faults: tuple[Fault, ...] = ()


_why = msgspec.json.Decoder(_Why)


class KeptMessage(Struct, frozen=True):
    """A message on record, opened; `body_index` is the keyed hash of its body.

    `review` says in English why it waits, and `why` lets it be said in any language.
    """

    message: InboundMessage
    body: bytes
    body_index: bytes
    sender_id: str | None
    review: Doubtful | None
    why: Refused | None
    reason: str | None


class Effect(Struct, frozen=True):
    """One thing that a message did: to an event, a planned visit, a person or a merge of a participant.

    `day_alone` says that the message names no time, so that noon stands for it.
    """

    kind: EffectKind
    subject: UUID
    participant: UUID
    day_alone: bool = False


class Coming(Struct, frozen=True):
    """A message that is about to be kept, with the sender's own id for it where it can be relied on."""

    source: UUID
    sender_id: str | None
    body: bytes


def key_of(tx: Tx, coming: Coming, *, other_body: bool = False) -> bytes:
    """The deduplication key of a message: the sender's id, or else its body.

    With `other_body` it is both: what came under an id that is on record with another body.
    """
    if coming.sender_id is None:
        words = b"body\x00" + coming.body
    elif not other_body:
        words = b"id\x00" + coming.sender_id.encode("utf-8", "surrogatepass")
    else:
        words = b"both\x00" + coming.sender_id.encode("utf-8", "surrogatepass") + b"\x00" + coming.body
    return tx.cipher.blind(tx.clinic, KEY, words)


def index_of(tx: Tx, body: bytes) -> bytes:
    """The keyed hash of a body."""
    return tx.cipher.blind(tx.clinic, BODY, body)


async def keep(tx: Tx, coming: Coming, key: bytes) -> TakenMessage | None:
    """Keep a message under a key, with a lease for whoever brought it; None where the key is on record."""
    seal = tx.cipher.seal
    made = TakenMessage(tx.new_id(), tx.now)
    sender_id = None
    if coming.sender_id is not None:
        sender_id = seal(tx.clinic, SENDER_ID, coming.sender_id.encode("utf-8", "surrogatepass"))
    found = await tx.value(
        "inbound_messages/keep",
        message_id=made.id,
        source_id=coming.source,
        key=key,
        sender_id=sender_id,
        body=seal(tx.clinic, BODY, coming.body),
        body_index=index_of(tx, coming.body),
        received_at=made.received_at,
        leased_until=tx.now + LEASE,
    )
    return None if found is None else made


async def known(tx: Tx, source: UUID, key: bytes) -> tuple[TakenMessage, bytes] | None:
    """The message that was taken before under a key, with the keyed hash of its body."""
    row = await tx.row("inbound_messages/find_by_key", source_id=source, key=key)
    if row is None:
        return None
    return TakenMessage(row["message_id"], row["received_at"]), row["body_index"]


async def find(tx: Tx, message: UUID) -> KeptMessage | None:
    """One message by id, opened."""
    row = await tx.row("inbound_messages/find", message_id=message)
    return None if row is None else _kept(tx, row)


async def lock(tx: Tx, message: UUID) -> KeptMessage | None:
    """One message by id, of which nobody else decides until the transaction ends."""
    row = await tx.row("inbound_messages/lock", message_id=message)
    return None if row is None else _kept(tx, row)


async def before(
    tx: Tx, last: UUID, rows_max: int, status: MessageStatus | None, source: UUID | None
) -> list[InboundMessage]:
    """Messages that came before `last`, newest first, without what is in them."""
    rows: Sequence[Record]
    if source is not None and status is not None:
        rows = await tx.rows(
            "inbound_messages/list_of_source_and_status",
            before=last,
            limit=rows_max,
            source_id=source,
            status=status,
        )
    elif source is not None:
        rows = await tx.rows("inbound_messages/list_of_source", before=last, limit=rows_max, source_id=source)
    elif status is not None:
        rows = await tx.rows("inbound_messages/list_of_status", before=last, limit=rows_max, status=status)
    else:
        rows = await tx.rows("inbound_messages/list", before=last, limit=rows_max)
    return [_message(row) for row in rows]


async def claim(tx: Tx, rows_max: int) -> list[UUID]:
    """Take up kept messages that nobody works on any more; they are the caller's until the lease ends."""
    rows = await tx.rows("inbound_messages/claim", leased_until=tx.now + LEASE, limit=rows_max)
    return sorted(row["message_id"] for row in rows)


async def give_back(tx: Tx, messages: Sequence[UUID], until: datetime) -> None:
    """Let others take up messages that were taken up until a time, and by nobody else since."""
    await tx.run("inbound_messages/give_back", messages=list(messages), leased_until=until)


async def settle_recorded(tx: Tx, message: UUID, event: UUID | None, participant: UUID) -> None:
    """Write that a message is on record, as an event where it is one."""
    await tx.run(
        "inbound_messages/settle",
        message_id=message,
        status="recorded",
        code=None,
        why=None,
        event_id=event,
        participant_id=participant,
    )


async def insert_effects(tx: Tx, message: UUID, effects: Sequence[Effect]) -> None:
    """Write all that a message did, in its order."""
    await tx.run(
        "inbound_effects/insert",
        message_id=message,
        kinds=[one.kind for one in effects],
        subjects=[one.subject for one in effects],
        day_alone=[one.day_alone for one in effects],
    )


async def effects_of(tx: Tx, message: UUID) -> tuple[MessageEffect, ...]:
    """What a message did, where that was more than to record one event."""
    rows = await tx.rows("inbound_effects/of_message", message_id=message)
    return tuple(
        MessageEffect(cast("EffectKind", row["kind"]), row["subject_id"], row["day_alone"]) for row in rows
    )


async def settle_ignored(tx: Tx, message: UUID) -> None:
    """Write that a message is no event by its source's mapping."""
    await tx.run(
        "inbound_messages/settle",
        message_id=message,
        status="ignored",
        code=None,
        why=None,
        event_id=None,
        participant_id=None,
    )


async def put_aside(tx: Tx, message: UUID, why: Refused) -> None:
    """Write why a message waits for somebody to look at it."""
    sealed = tx.cipher.seal(tx.clinic, WHY, _encode(_Why(why)))
    await tx.run(
        "inbound_messages/settle",
        message_id=message,
        status="review",
        code=why.code,
        why=sealed,
        event_id=None,
        participant_id=None,
    )


async def put_back(tx: Tx, message: UUID) -> None:
    """Make a message one that is to be understood, with a lease for whoever asks for it."""
    await tx.run("inbound_messages/put_back", message_id=message, leased_until=tx.now + LEASE)


async def put_all_back(tx: Tx, source: UUID, rows_max: int) -> list[UUID]:
    """Make a source's messages that wait for review ones that a worker takes up at once."""
    rows = await tx.rows("inbound_messages/put_all_back", source_id=source, limit=rows_max)
    return sorted(row["message_id"] for row in rows)


async def discard(tx: Tx, message: UUID, by: UUID, reason: str) -> None:
    """Write who found that a message is no event, and why."""
    sealed = tx.cipher.seal(tx.clinic, REASON, reason)
    await tx.run("inbound_messages/discard", message_id=message, discarded_by=by, reason=sealed)


def _message(row: Record) -> InboundMessage:
    return InboundMessage(
        id=row["message_id"],
        source=row["source_id"],
        received_at=row["received_at"],
        status=cast("MessageStatus", row["status"]),
        tries=row["tries"],
        code=cast("Code | None", row["code"]),
        event=row["event_id"],
        participant=row["participant_id"],
        settled_at=row["settled_at"],
        discarded_by=row["discarded_by"],
    )


def _kept(tx: Tx, row: Record) -> KeptMessage:
    opened = tx.cipher.open
    why = None if row["why"] is None else _why.decode(opened(tx.clinic, WHY, row["why"]))
    return KeptMessage(
        _message(row),
        opened(tx.clinic, BODY, row["body"]),
        row["body_index"],
        None
        if row["sender_id"] is None
        else opened(tx.clinic, SENDER_ID, row["sender_id"]).decode("utf-8", "replace"),
        None if why is None else _review(why),
        None if why is None else why.refusal,
        tx.cipher.open_text(tx.clinic, REASON, row["reason"]),
    )


def _review(why: _Why) -> Doubtful:
    if why.refusal is None:
        return Doubtful(why.code, why.detail, why.faults)
    return Doubtful(why.refusal.code, in_english(why.refusal), wire_faults(why.refusal.faults))


async def waiting(tx: Tx, sources: Sequence[UUID], most: int) -> dict[UUID, int]:
    """How many messages of some sources wait for review, counted up to a limit."""
    rows = await tx.rows("inbound_messages/waiting", sources=list(sources), limit=most)
    return {row["source_id"]: row["waiting"] for row in rows}
