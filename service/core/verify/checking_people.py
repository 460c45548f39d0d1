"""Identifiers on record against how numbers are spelled, and against what the audit trail says of them."""

from collections.abc import Iterator

from msgspec import Struct

from schemas.ids import Id
from service.core.identifiers import Number
from service.core.verify.books import Mismatch


class IdentifierRow(Struct, frozen=True):
    """An identifier as it stands on record; `told_of` is for whom the trail says that it was added.

    `is_first` is the one that somebody was registered with, which the trail tells with the registration.
    """

    id: Id
    participant: Id
    system: str
    value: str
    key: str
    near: str
    is_first: bool
    told_of: Id | None
    is_withdrawn: bool
    told_withdrawn: bool
    last_day: str
    """Its last day, or empty while it is used; as it stands, and as it was told last, where it was."""
    told_day: str | None


def of_identifier(row: IdentifierRow) -> Iterator[Mismatch]:
    """Each place where an identifier is not spelled as numbers are, or not as the trail tells it."""
    ids = {"identifier_id": str(row.id), "participant_id": str(row.participant)}
    number = Number.of(row.system, row.value)
    if (row.key, row.near) != (number.key, number.near):
        expected = f"compared as {number.key!r} and {number.near!r}"
        yield Mismatch("identifiers", ids, expected, f"{row.key!r} and {row.near!r}")
    if row.told_of != (None if row.is_first else row.participant):
        yield Mismatch("identifiers", ids, f"added for {row.told_of}, as was told", f"{row.participant}")
    if row.told_day is not None and row.last_day != row.told_day:
        expected = f"last used {row.told_day or 'still'}, as was told"
        yield Mismatch("identifiers", ids, expected, row.last_day or "still")
    if row.is_withdrawn != row.told_withdrawn:
        words = {True: "withdrawn", False: "not withdrawn"}
        expected = f"{words[row.told_withdrawn]}, as was told"
        yield Mismatch("identifiers", ids, expected, words[row.is_withdrawn])


def gone(identifier: Id, told_of: Id) -> Mismatch:
    """An identifier that the audit trail says was added, and that is not there."""
    return Mismatch("identifiers", {"identifier_id": str(identifier)}, f"added for {told_of}", "none")


def unreferenced(participant: Id, reference: str, found: str | None) -> Mismatch:
    """Somebody who is not found by the reference that is theirs, or by more than it."""
    ids = {"participant_id": str(participant)}
    return Mismatch("identifiers", ids, f"the reference {reference!r} in use", f"{found or 'none'}")
