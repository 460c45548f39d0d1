"""Participants: names, phones and addresses encrypted, with keyed hashes to find them by."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from schemas.people import Identifier, Language, Participant, ParticipantStatus
from service.core.cursors import LAST_ID
from service.core.spellings import (
    email_spelling,
    name_spelling,
    near_spelling,
    number_spelling,
    phone_spelling,
)
from service.store import identifiers
from service.store.database.pool import Tx

_identifiers = msgspec.json.Decoder(tuple[Identifier, ...])


class ParticipantRow(Struct, frozen=True):
    """A participant and the revision that an ETag shows."""

    participant: Participant
    revision: int


class Gone(Struct, frozen=True):
    """Why somebody is not in care here, and since which local day."""

    status: ParticipantStatus
    on: date


class ParticipantFilter(Struct, frozen=True, kw_only=True):
    """What a participant is looked for by; all that is given must match."""

    reference: str | None = None
    """A number of theirs, as the clinic's own reference or as `system|value`; a former one too."""
    identifier: str | None = None
    """Another one, in the same writing."""
    display_code: str | None = None
    name: str | None = None
    phone: str | None = None
    email: str | None = None


async def insert(tx: Tx, new: Participant, by: UUID) -> None:
    """Write a new participant, whom their reference finds from now on.

    Raises UniqueViolationError where the reference or the display code was taken meanwhile.
    """
    await tx.run(
        "participants/insert",
        participant_id=new.id,
        reference=new.reference,
        display_code=new.display_code,
        language=new.language,
        key=number_spelling(new.reference),
        near=near_spelling(new.reference),
        created_at=new.created_at,
        created_by=by,
        **_sealed(tx, new),
    )


async def find(tx: Tx, participant: UUID) -> ParticipantRow | None:
    """One participant by id."""
    row = await tx.row("participants/find", participant_id=participant)
    return None if row is None else _on_record(tx, row)


async def find_by_reference(tx: Tx, reference: str) -> ParticipantRow | None:
    """One participant by any number of theirs: a reference, a former one too, or `system|value`."""
    known = await identifiers.holders(tx, [reference])
    return await find(tx, known[reference]) if known else None


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


async def gone(tx: Tx, participant: UUID) -> Gone | None:
    """Why somebody is not in care here, and since when; none for those who are."""
    row = await tx.row("participants/gone", participant_id=participant)
    return None if row is None else Gone(cast("ParticipantStatus", row["status"]), row["status_on"])


async def set_status(tx: Tx, participant: UUID, status: ParticipantStatus, on: date | None) -> None:
    """Write whether somebody is in care here; the revision goes up by one."""
    await tx.run("participants/set_status", participant_id=participant, status=status, status_on=on)


async def touch(tx: Tx, participant: UUID) -> None:
    """Raise a participant's revision: something beside their own row was changed that their answer shows."""
    await tx.run("participants/touch", participant_id=participant)


async def before(tx: Tx, last: UUID, rows_max: int, filters: ParticipantFilter) -> list[Participant]:
    """Participants registered before `last` that match the filters, newest first."""
    if filters == ParticipantFilter():
        rows = await tx.rows("participants/list", before=last, limit=rows_max)
        return [_on_record(tx, row).participant for row in rows]
    numbers = {number for number in (filters.reference, filters.identifier) if number is not None}
    holders = await identifiers.holders(tx, numbers) if numbers else {}
    if len(holders) < len(numbers) or len(set(holders.values())) > 1:
        return []
    rows = await tx.rows(
        "participants/search",
        before=last,
        limit=rows_max,
        participant_id=next(iter(holders.values()), None),
        display_code=filters.display_code,
        **indexes(tx, filters.name, filters.phone, filters.email),
    )
    return [_on_record(tx, row).participant for row in rows]


class Updated(Struct, frozen=True):
    """When a chart was last changed, and where it leads, itself where nowhere else."""

    chart: UUID
    leads_to: UUID
    at: datetime


async def changed_since(
    tx: Tx, since: datetime, after: UUID, rows_max: int
) -> list[tuple[Participant, Updated]]:
    """Charts registered or changed at `since` or later, those that lead elsewhere too, by id."""
    rows = await tx.rows("participants/list_changed", since=since, after=after, limit=rows_max)
    return [(_on_record(tx, row).participant, _updated(row)) for row in rows]


async def updated(tx: Tx, charts: Sequence[UUID]) -> dict[UUID, Updated]:
    """When some charts were last changed, and where they lead, by id."""
    rows = await tx.rows("participants/updated", participants=charts)
    return {row["participant_id"]: _updated(row) for row in rows}


def _updated(row: Record) -> Updated:
    own = row["participant_id"]
    return Updated(own, row["survivor_id"] or own, row["updated_at"])


async def called_alike(tx: Tx, name: str, phone: str, rows_max: int) -> list[UUID]:
    """Those who have a name and a telephone number, both however written, the newest first."""
    alike = ParticipantFilter(name=name, phone=phone)
    return [one.id for one in await before(tx, LAST_ID, rows_max, alike)]


def _sealed(tx: Tx, person: Participant) -> dict[str, bytes | None]:
    """The columns of a person's name and addresses, sealed, with their indexes."""
    born = None if person.birth_year is None else str(person.birth_year)
    texts = {"name": person.name, "phone": person.phone, "email": person.email, "mark": person.mark}
    texts["birth_year"] = born
    sealed = {
        field: None if text is None else tx.cipher.seal(tx.clinic, f"participants.{field}", text, person.id)
        for field, text in texts.items()
    }
    return sealed | indexes(tx, person.name, person.phone, person.email)


def indexes(tx: Tx, name: str | None, phone: str | None, email: str | None) -> dict[str, bytes | None]:
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
        tx.cipher.open_text(tx.clinic, "participants.name", row["name"], row["participant_id"]),
        tx.cipher.open_text(tx.clinic, "participants.phone", row["phone"], row["participant_id"]),
        tx.cipher.open_text(tx.clinic, "participants.email", row["email"], row["participant_id"]),
        row["status"],
        row["status_on"],
        _identifiers.decode(row["identifiers"] or "[]"),
        mark=tx.cipher.open_text(tx.clinic, "participants.mark", row["mark"], row["participant_id"]),
        birth_year=_year(tx, row),
    )
    return ParticipantRow(participant, row["revision"])


def _year(tx: Tx, row: Record) -> int | None:
    text = tx.cipher.open_text(tx.clinic, "participants.birth_year", row["birth_year"], row["participant_id"])
    return None if text is None else int(text)


async def birth_years(tx: Tx, people: Sequence[UUID]) -> dict[UUID, int]:
    """The years of birth of some participants of whom it is known, by id."""
    rows = await tx.rows("participants/birth_years", participants=people)
    return {row["participant_id"]: born for row in rows if (born := _year(tx, row)) is not None}
