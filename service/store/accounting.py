"""What was told of people: releases as they are written, and the accounting of everything that was told."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, cast
from uuid import UUID

from asyncpg import Record

from schemas.accounting import AccountedDisclosure, HowTold
from service.core.actors import Actor
from service.store.charts import Person
from service.store.consents import PURPOSE as CONSENT_PURPOSE
from service.store.database.pool import Tx
from service.store.subscribers import URL

RECIPIENT = "releases.recipient"
PURPOSE = "releases.purpose"
"""The fields that the words of a release are sealed as."""

Released = Literal["export", "record", "emergency"]


async def release(
    tx: Tx,
    actor: Actor,
    people: Sequence[UUID],
    how: Released,
    what: str,
    *,
    recipient: str | None = None,
    purpose: str | None = None,
) -> None:
    """Write down that something of each of these people was told; `what` is a closed word."""

    def sealed(field: str, text: str | None) -> bytes | None:
        return None if text is None else tx.cipher.seal(tx.clinic, field, text)

    await tx.run(
        "releases/insert",
        participant_id=list(people),
        release_id=[tx.new_id() for _ in people],
        how=how,
        what=what,
        recipient=sealed(RECIPIENT, recipient),
        purpose=sealed(PURPOSE, purpose),
        released_by=actor.id,
    )


async def before(
    tx: Tx,
    person: Person,
    zone: str,
    place: tuple[datetime, UUID],
    days: tuple[datetime, datetime],
    rows: int,
) -> list[AccountedDisclosure]:
    """What was told of a person before a place, newest first; readings by keys are counted by local day."""
    found = await tx.rows(
        "accounting/list",
        charts=person.charts,
        zone=zone,
        before_at=place[0],
        before=place[1],
        since=days[0],
        until=days[1],
        limit=rows,
    )
    return [_accounted(tx, person, row) for row in found]


def _accounted(tx: Tx, person: Person, row: Record) -> AccountedDisclosure:
    def opened(field: str, column: str) -> str | None:
        return tx.cipher.open_text(tx.clinic, field, row[column])

    return AccountedDisclosure(
        row["id"],
        person.id,
        cast("HowTold", row["how"]),
        row["what"],
        row["at"],
        row["times"],
        opened(URL, "url") or row["label"] or opened(RECIPIENT, "recipient"),
        row["recipient_id"],
        opened(CONSENT_PURPOSE, "consented") or opened(PURPOSE, "purpose"),
        row["consent_id"],
    )
