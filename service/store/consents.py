"""Consents that subscribers are told of participants, and what was disclosed of whom."""

from datetime import date
from typing import cast
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from schemas.notices import NoticeType
from schemas.subscribers import Consent, Disclosure
from service.core.consents import in_force
from service.store.charts import Person, charts
from service.store.database.pool import Tx

PURPOSE = "consents.purpose"
"""The field that a consent's purpose is sealed as."""


class ConsentFilter(Struct, frozen=True):
    """Which consents are asked for."""

    participant: UUID | None = None
    subscriber: UUID | None = None


async def insert(tx: Tx, new: Consent) -> None:
    """Write a new consent."""
    await tx.run(
        "consents/insert",
        consent_id=new.id,
        participant_id=new.participant,
        subscriber_id=new.subscriber,
        purpose=tx.cipher.seal(tx.clinic, PURPOSE, new.purpose),
        expires_on=new.expires_on,
        given_at=new.given_at,
        recorded_by=new.recorded_by,
    )


async def find(tx: Tx, consent: UUID, today: date) -> Consent | None:
    """One consent by id; `today` is the clinic's local day."""
    row = await tx.row("consents/find", consent_id=consent)
    return None if row is None else _consent(tx, row, today)


async def before(tx: Tx, last: UUID, rows_max: int, filters: ConsentFilter, today: date) -> list[Consent]:
    """Consents given before `last`, newest first."""
    if filters.participant is None:
        rows = await tx.rows("consents/list", before=last, limit=rows_max, subscriber_id=filters.subscriber)
    else:
        rows = await tx.rows(
            "consents/list_of_participant",
            before=last,
            limit=rows_max,
            subscriber_id=filters.subscriber,
            charts=await charts(tx, filters.participant),
        )
    return [_consent(tx, row, today) for row in rows]


async def revoke(tx: Tx, consent: UUID, by: UUID) -> bool:
    """Revoke a consent; false where it was revoked before."""
    return await tx.run("consents/revoke", consent_id=consent, revoked_by=by) == "UPDATE 1"


async def disclosed(tx: Tx, person: Person, last: UUID, rows_max: int) -> list[Disclosure]:
    """Disclosures about a person before `last`, newest first."""
    rows = await tx.rows("disclosures/list", charts=person.charts, before=last, limit=rows_max)
    return [
        Disclosure(
            row["disclosure_id"],
            row["participant_id"],
            row["subscriber_id"],
            row["delivery_id"],
            cast("NoticeType", row["type"]),
            row["at"],
            row["consent_id"],
        )
        for row in rows
    ]


def _consent(tx: Tx, row: Record, today: date) -> Consent:
    return Consent(
        row["consent_id"],
        row["participant_id"],
        row["subscriber_id"],
        tx.cipher.open(tx.clinic, PURPOSE, row["purpose"]).decode(),
        row["given_at"],
        row["recorded_by"],
        in_force(row["expires_on"], row["revoked_at"], today),
        row["expires_on"],
        row["revoked_at"],
        row["revoked_by"],
    )
