"""Names of people for lists: opened for many at once, and cached briefly for searching."""

from collections import deque
from collections.abc import Iterable, Sequence
from time import monotonic
from typing import Final
from uuid import UUID

from asyncpg import Record
from msgspec import Struct, field

from service.core.cursors import FIRST_ID, LAST_ID
from service.core.spellings import name_spelling
from service.store.database.pool import Tx

REMEMBERED_S: Final = 60.0
"""How long opened names are remembered: a changed one is found by its old letters for so long at most."""
PEOPLE_MAX: Final = 20_000
"""How many of a clinic's newest people are found by a part of their name; the others by the whole of it."""
PIECE: Final = 500
"""How many names are opened before others have their turn: some milliseconds."""
CLINICS_MAX: Final = 50


class Named(Struct, frozen=True):
    """Somebody as a list calls them; without a name they are known by their code."""

    id: UUID
    reference: str
    display_code: str
    name: str | None
    mark: str | None = None
    """What tells them apart from others of the same name."""


class _Known(Struct):
    """The names of one clinic as this process has opened them, newest first, and what each is searched by.

    `newest` and `oldest` are the ids of the first and the last; `is_whole` where nobody older is left.
    """

    until: float
    newest: UUID = FIRST_ID
    oldest: UUID = LAST_ID
    is_whole: bool = False
    people: deque[tuple[str, Named]] = field(default_factory=deque)


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
    if known.people:
        await _open_newer(tx, known)
    await _open_older(tx, known)
    return known


async def _open_newer(tx: Tx, known: _Known) -> None:
    """Add whoever was registered since."""
    read = PIECE
    while read == PIECE:
        rows = await tx.rows("participants/named_after", after=known.newest, limit=PIECE)
        read = len(rows)
        # Two searches may read the same rows; each adds only what lies beyond the last one added.
        for row in rows:
            if row["participant_id"] > known.newest:
                _add(tx, known, row)


async def _open_older(tx: Tx, known: _Known) -> None:
    """Add those before them, as long as there is room and anybody is left."""
    while not known.is_whole and len(known.people) < PEOPLE_MAX:
        rows = await tx.rows("participants/named_before", before=known.oldest, limit=PIECE)
        for row in rows:
            if row["participant_id"] < known.oldest:
                _add(tx, known, row)
        if len(rows) < PIECE:
            known.is_whole = True


def _add(tx: Tx, known: _Known, row: Record) -> None:
    """Open a name and put it where its age says."""
    person = _named(tx, row)
    searched = (_searched(person), person)
    if person.id > known.newest:
        known.newest = person.id
        known.oldest = min(known.oldest, person.id)
        known.people.appendleft(searched)
    else:
        known.oldest = person.id
        known.people.append(searched)


def _searched(person: Named) -> str:
    code = person.display_code.lower()
    name = name_spelling(person.name or "")
    return f" {name} {person.reference.lower()} {code} {code.replace('-', '')}"


def _named(tx: Tx, row: Record) -> Named:
    name = tx.cipher.open_text(tx.clinic, "participants.name", row["name"], row["participant_id"])
    mark = tx.cipher.open_text(tx.clinic, "participants.mark", row["mark"], row["participant_id"])
    return Named(row["participant_id"], row["reference"], row["display_code"], name, mark)
