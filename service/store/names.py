"""Names of people for lists: opened for many at once, and cached briefly for searching."""

from collections.abc import Iterable, Sequence
from time import monotonic
from typing import Final
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from service.core.cursors import FIRST_ID
from service.core.spellings import name_spelling
from service.store.database.pool import Tx

REMEMBERED_S: Final = 60.0
"""How long opened names are remembered: a changed one is found by its old letters for so long at most."""
PEOPLE_MAX: Final = 20_000
"""How many people of a clinic are searched by a part of their name; the others by the whole of it."""
CLINICS_MAX: Final = 50


class Named(Struct, frozen=True):
    """Somebody as a list calls them; without a name they are known by their code."""

    id: UUID
    reference: str
    display_code: str
    name: str | None


class _Known(Struct):
    """The names of one clinic as this process has opened them, each with what it is searched by."""

    until: float
    last: UUID = FIRST_ID
    people: list[tuple[str, Named]] = []


_known: dict[UUID, _Known] = {}


async def of(tx: Tx, people: Iterable[UUID]) -> dict[UUID, Named]:
    """Names of some participants."""
    rows = await tx.rows("participants/named", participants=list(people))
    return {row["participant_id"]: _named(tx, row) for row in rows}


async def holding(tx: Tx, words: Sequence[str], found_max: int) -> list[Named]:
    """Those whose name, reference or code has a word that begins with each of some words.

    They are remembered in this process for a minute and no longer; whoever is new is added at once.
    """
    known = await _remembered(tx)
    found: list[Named] = []
    for text, person in known.people:
        if all(f" {word}" in text for word in words):
            found.append(person)
            if len(found) == found_max:
                break
    return found


async def _remembered(tx: Tx) -> _Known:
    now = monotonic()
    for one in [one for one, known in _known.items() if known.until <= now]:
        del _known[one]
    if len(_known) >= CLINICS_MAX and tx.clinic not in _known:
        _known.pop(next(iter(_known)))
    known = _known.setdefault(tx.clinic, _Known(now + REMEMBERED_S))
    room = PEOPLE_MAX - len(known.people)
    if room > 0:
        for row in await tx.rows("participants/named_after", after=known.last, limit=room):
            # Two searches may read the same rows; each adds only what lies beyond the last one added.
            if row["participant_id"] > known.last:
                person = _named(tx, row)
                known.people.append((_searched(person), person))
                known.last = person.id
    return known


def _searched(person: Named) -> str:
    code = person.display_code.lower()
    name = name_spelling(person.name or "")
    return f" {name} {person.reference.lower()} {code} {code.replace('-', '')}"


def _named(tx: Tx, row: Record) -> Named:
    name = tx.cipher.open_text(tx.clinic, "participants.name", row["name"], row["participant_id"])
    return Named(row["participant_id"], row["reference"], row["display_code"], name)
