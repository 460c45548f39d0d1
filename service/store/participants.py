"""Participants: names, phones and addresses encrypted, with keyed hashes to find them by."""

from typing import cast
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from schemas.people import Language, Participant
from service.core.spellings import email_spelling, name_spelling, phone_spelling
from service.store.database.pool import Tx


class ParticipantRow(Struct, frozen=True):
    """A participant and the revision that an ETag shows."""

    participant: Participant
    revision: int


class ParticipantFilter(Struct, frozen=True, kw_only=True):
    """What a participant is looked for by; all that is given must match."""

    reference: str | None = None
    display_code: str | None = None
    name: str | None = None
    phone: str | None = None
    email: str | None = None


async def insert(tx: Tx, new: Participant) -> None:
    """Write a new participant.

    Raises UniqueViolationError where the reference or the display code was taken meanwhile.
    """
    await tx.run(
        "participants/insert",
        participant_id=new.id,
        reference=new.reference,
        display_code=new.display_code,
        language=new.language,
        created_at=new.created_at,
        **_sealed(tx, new),
    )


async def find(tx: Tx, participant: UUID) -> ParticipantRow | None:
    """One participant by id."""
    row = await tx.row("participants/find", participant_id=participant)
    return None if row is None else _on_record(tx, row)


async def find_by_reference(tx: Tx, reference: str) -> ParticipantRow | None:
    """One participant by the clinic's own reference."""
    row = await tx.row("participants/find_by_reference", reference=reference)
    return None if row is None else _on_record(tx, row)


async def language(tx: Tx, participant: UUID) -> Language | None:
    """The language that a participant reads; none where there is no such participant."""
    return cast("Language | None", await tx.value("participants/language", participant_id=participant))


async def change(tx: Tx, after: Participant) -> None:
    """Write a participant as it is after a change; the revision goes up by one.

    Raises UniqueViolationError where the reference was taken meanwhile.
    """
    await tx.run(
        "participants/change",
        participant_id=after.id,
        reference=after.reference,
        language=after.language,
        **_sealed(tx, after),
    )


async def before(tx: Tx, last: UUID, rows_max: int, filters: ParticipantFilter) -> list[Participant]:
    """Participants registered before `last` that match the filters, newest first."""
    if filters == ParticipantFilter():
        rows = await tx.rows("participants/list", before=last, limit=rows_max)
    else:
        indexes = _indexes(tx, filters.name, filters.phone, filters.email)
        rows = await tx.rows(
            "participants/search",
            before=last,
            limit=rows_max,
            reference=filters.reference,
            display_code=filters.display_code,
            **indexes,
        )
    return [_on_record(tx, row).participant for row in rows]


def _sealed(tx: Tx, person: Participant) -> dict[str, bytes | None]:
    """The columns of a person's name and addresses, sealed, with their indexes."""
    texts = {"name": person.name, "phone": person.phone, "email": person.email}
    sealed = {
        field: None if text is None else tx.cipher.seal(tx.clinic, f"participants.{field}", text)
        for field, text in texts.items()
    }
    return sealed | _indexes(tx, person.name, person.phone, person.email)


def _indexes(tx: Tx, name: str | None, phone: str | None, email: str | None) -> dict[str, bytes | None]:
    """The keyed hashes by which a person's name and addresses are found, by column."""
    blind = tx.cipher.blind
    return {
        "name_index": None if name is None else blind(tx.clinic, "participants.name", name_spelling(name)),
        "phone_index": None
        if phone is None
        else blind(tx.clinic, "participants.phone", phone_spelling(phone)),
        "email_index": None
        if email is None
        else blind(tx.clinic, "participants.email", email_spelling(email)),
    }


def _on_record(tx: Tx, row: Record) -> ParticipantRow:
    participant = Participant(
        row["participant_id"],
        row["reference"],
        row["display_code"],
        row["created_at"],
        cast("Language", row["language"]),
        tx.cipher.open_text(tx.clinic, "participants.name", row["name"]),
        tx.cipher.open_text(tx.clinic, "participants.phone", row["phone"]),
        tx.cipher.open_text(tx.clinic, "participants.email", row["email"]),
    )
    return ParticipantRow(participant, row["revision"])
