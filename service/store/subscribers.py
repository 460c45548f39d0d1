"""Subscribers: where notices go, and the secrets that they are signed with, both sealed."""

from datetime import datetime
from typing import cast
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from schemas.notices import NoticeType
from schemas.subscribers import DisabledWhy, NoticeFormat, Subscriber, SubscriberStatus
from service.store.database.pool import Tx

URL = "subscribers.url"
SECRET = "subscribers.secret"  # noqa: S105  the name of a field
"""The fields that an address and both secrets are sealed as; a secret is sealed as its `whsec_` text."""


class Subscribed(Struct, frozen=True):
    """A subscriber and the revision that an ETag shows."""

    subscriber: Subscriber
    revision: int


async def insert(tx: Tx, new: Subscriber, secret: str) -> None:
    """Write a new subscriber, who is told what is done from now on."""
    await tx.run(
        "subscribers/insert",
        subscriber_id=new.id,
        url=tx.cipher.seal(tx.clinic, URL, new.url),
        types=new.types,
        consent_required=new.consent_required,
        secret=tx.cipher.seal(tx.clinic, SECRET, secret),
        created_at=new.created_at,
        created_by=new.created_by,
        format=new.format,
    )


async def find(tx: Tx, subscriber: UUID) -> Subscribed | None:
    """One subscriber by id; none where it was deleted."""
    row = await tx.row("subscribers/find", subscriber_id=subscriber)
    return None if row is None else _subscribed(tx, row)


async def lock(tx: Tx, subscriber: UUID) -> Subscribed | None:
    """One subscriber by id, which no other transaction changes before this one ends."""
    row = await tx.row("subscribers/lock", subscriber_id=subscriber)
    return None if row is None else _subscribed(tx, row)


async def before(tx: Tx, last: UUID, rows_max: int) -> list[Subscriber]:
    """Subscribers made before `last`, newest first."""
    rows = await tx.rows("subscribers/list", before=last, limit=rows_max)
    return [_subscribed(tx, row).subscriber for row in rows]


async def change(tx: Tx, after: Subscriber) -> None:
    """Write a locked subscriber as it is after a change; the revision goes up by one."""
    await tx.run(
        "subscribers/change",
        subscriber_id=after.id,
        url=tx.cipher.seal(tx.clinic, URL, after.url),
        types=after.types,
        consent_required=after.consent_required,
        status=after.status,
        disabled_why=after.disabled_why,
        disabled_at=after.disabled_at,
        format=after.format,
    )


async def refresh(tx: Tx, subscriber: UUID) -> None:
    """Forget what a receiver was paused for, so that it is tried at once."""
    await tx.run("subscriber_heads/refresh", subscriber_id=subscriber)


async def rotate(tx: Tx, subscriber: UUID, secret: str, old_until: datetime) -> None:
    """Write a locked subscriber's new secret; the one before signs too until then."""
    sealed = tx.cipher.seal(tx.clinic, SECRET, secret)
    await tx.run("subscribers/rotate", subscriber_id=subscriber, secret=sealed, old_secret_until=old_until)


async def delete(tx: Tx, subscriber: UUID) -> None:
    """Mark a locked subscriber as deleted; what was delivered to it stays on record."""
    await tx.run("subscribers/delete", subscriber_id=subscriber)


def _subscribed(tx: Tx, row: Record) -> Subscribed:
    until = row["old_secret_until"]
    subscriber = Subscriber(
        row["subscriber_id"],
        tx.cipher.open(tx.clinic, URL, row["url"]).decode(),
        tuple(cast("list[NoticeType]", row["types"])),
        row["consent_required"],
        cast("SubscriberStatus", row["status"]),
        row["created_at"],
        row["created_by"],
        cast("DisabledWhy | None", row["disabled_why"]),
        row["disabled_at"],
        None if until is None or until <= tx.now else until,
        cast("NoticeFormat", row["format"]),
    )
    return Subscribed(subscriber, row["revision"])
