"""Consents that subscribers are told of participants, and what was disclosed of whom."""

from datetime import date
from typing import cast
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from schemas.consents import Consent, Disclosure, Signature, SignatureMedia
from schemas.notices import NoticeType
from service.core.consents import in_force
from service.store.charts import Person, charts
from service.store.database.pool import Tx

PURPOSE = "consents.purpose"
"""The field that a consent's purpose is sealed as."""
INFORMATION = "consents.information"
RECIPIENT = "consents.recipient"
ENDS_WHEN = "consents.ends_when"
HOW_TO_REVOKE = "consents.how_to_revoke"
SIGNED_NAME = "consents.signed_name"
SIGNATURE = "consents.signature"
SEALED = tuple(
    (field, field.partition(".")[2])
    for field in (PURPOSE, INFORMATION, RECIPIENT, ENDS_WHEN, HOW_TO_REVOKE, SIGNED_NAME, SIGNATURE)
)
"""Every sealed field of a consent with its column."""


class Picture(Struct, frozen=True):
    """A signature as it was drawn: the bytes of its picture, and what kind of picture it is."""

    media: SignatureMedia
    body: bytes


class ConsentFilter(Struct, frozen=True):
    """Which consents are asked for."""

    participant: UUID | None = None
    subscriber: UUID | None = None


async def insert(tx: Tx, new: Consent, drawn: Picture | None = None) -> None:
    """Write a new consent, with the picture of its signature where it was drawn."""

    def sealed(field: str, text: str | bytes | None) -> bytes | None:
        return None if text is None else tx.cipher.seal(tx.clinic, field, text)

    signed = new.signature
    await tx.run(
        "consents/insert",
        consent_id=new.id,
        participant_id=new.participant,
        subscriber_id=new.subscriber,
        purpose=sealed(PURPOSE, new.purpose),
        expires_on=new.expires_on,
        given_at=new.given_at,
        recorded_by=new.recorded_by,
        kind=new.kind,
        information=sealed(INFORMATION, new.information),
        recipient=sealed(RECIPIENT, new.recipient),
        recipient_is_class=new.recipient_is_class,
        ends_when=sealed(ENDS_WHEN, new.ends_when),
        how_to_revoke=sealed(HOW_TO_REVOKE, new.how_to_revoke),
        signed_how=None if signed is None else signed.how,
        signed_name=None if signed is None else sealed(SIGNED_NAME, signed.name),
        signed_on=None if signed is None else signed.signed_on,
        signature=None if drawn is None else sealed(SIGNATURE, drawn.body),
        signature_media=None if drawn is None else drawn.media,
    )


async def picture(tx: Tx, consent: UUID) -> Picture | None:
    """The picture of a consent's signature, where it was drawn."""
    row = await tx.row("consents/picture", consent_id=consent)
    if row is None:
        return None
    return Picture(row["signature_media"], tx.cipher.open(tx.clinic, SIGNATURE, row["signature"]))


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
    def opened(field: str, column: str) -> str | None:
        return tx.cipher.open_text(tx.clinic, field, row[column])

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
        row["kind"],
        opened(INFORMATION, "information"),
        opened(RECIPIENT, "recipient"),
        row["recipient_is_class"],
        opened(ENDS_WHEN, "ends_when"),
        opened(HOW_TO_REVOKE, "how_to_revoke"),
        None
        if row["signed_how"] is None
        else Signature(row["signed_how"], opened(SIGNED_NAME, "signed_name") or "", row["signed_on"]),
    )
