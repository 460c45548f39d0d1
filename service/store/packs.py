"""What lies in an audit pack, read table by table: rows as they are told to somebody outside.

Of words only keyed hashes are told, by which digests can be taken again, and of seeds in use their
commitments alone. Names, and references of people and events, are told where they are asked for.
"""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct, field

from schemas.program import Program, Target
from service.core.audit_chain import RECORDED
from service.core.authoring.programs import encode
from service.core.digests import content_digest
from service.core.erasing import kept_hash
from service.core.state import Why
from service.core.words.sentences import noun_of, reason
from service.store import books, staff
from service.store.corrections import REASON
from service.store.database.pool import Tx
from service.store.record import EVIDENCE, NOTE
from service.store.seeds import SEED

Row = dict[str, Any]

DEEDS: Final = ("program.published", "clinic.created")
"""Deeds that have no one subject in a pack, and are told where their time is that of something in it."""
DEEDS_OF_PEOPLE: Final = (RECORDED, "event.corrected", "draw.made")
"""Deeds of which a whole ledger has every one that concerned its person."""
TIMES: Final = (
    "recorded_at",
    "opened_at",
    "published_at",
    "drawn_at",
    "given_at",
    "moved_at",
    "committed_at",
    "revealed_at",
    "proposed_at",
    "settled_at",
    "requested_at",
    "set_at",
    "entered_at",
)
"""Columns that say when something was written, and so when the audit trail tells of it."""
SUBJECTS: Final = (
    "enrollment",
    "recording",
    "correction",
    "draw",
    "prize",
    "hat",
    "seed",
    "manual_award",
    "redemption",
    "cap",
    "closure",
)
"""Columns with ids that the audit trail tells of."""

NAMING: Final = ("name", "reference")
"""Columns that are told only where names are asked for."""

_why = msgspec.json.Decoder(tuple[Why, ...])
_program = msgspec.json.Decoder(Program)


BY_LOT: Final = frozenset({"draws", "drawn_days", "hats"})
"""Tables of what was drawn with a seed, which has to be in the pack too."""


class Seen(Struct):
    """What was put into a pack so far, as far as later tables rest on it."""

    times: set[datetime] = field(default_factory=set)
    subjects: set[UUID] = field(default_factory=set)
    recordings: dict[tuple[UUID, datetime], list[tuple[UUID, str]]] = field(default_factory=dict)
    seeds: set[UUID] = field(default_factory=set)
    hats: set[UUID] = field(default_factory=set)
    targets: dict[tuple[str, str], Target] = field(default_factory=dict)
    """The targets of programs by the names of both, as their newest versions have them."""
    program_of: dict[UUID, str] = field(default_factory=dict)
    target_of: dict[UUID, str] = field(default_factory=dict)

    def note(self, row: Record | Row) -> None:
        """Remember what the audit trail tells of a row."""
        self.times.update(at for name in TIMES if (at := row.get(name)) is not None)
        self.subjects.update(of for name in SUBJECTS if (of := row.get(name)) is not None)

    def note_drawn(self, table: str, row: Row) -> None:
        """Remember the seed of what was drawn by lot, and the hat that everybody in it is told of."""
        if table in BY_LOT:
            self.seeds.add(row["seed"])
        if table == "hats":
            self.hats.add(row["hat"])


async def enrollments(
    tx: Tx,
    people: Sequence[UUID] | None,
    program: str | None,
    times: tuple[datetime, datetime] | None,
    limit: int,
) -> list[Record]:
    """The enrollments that match what is given, in the order of their ids; at most `limit` of them."""
    since, until = times or (None, None)
    return await tx.rows(
        "packs/enrollments", people=people, program=program, since=since, until=until, limit=limit
    )


async def told(
    tx: Tx,
    name: str,
    seen: Seen,
    /,
    *,
    names: bool = False,
    **ids: Any,  # noqa: ANN401  the values of any query
) -> AsyncIterator[Row]:
    """The rows of one query, such as `packs/events`, as a pack tells them."""
    async for row in books.all_rows(tx, name, **ids):
        seen.note(row)
        yield plain(tx, name.partition("/")[2], row, seen, names=names)


async def plain_rows(tx: Tx, table: str, rows: Sequence[Record], seen: Seen) -> AsyncIterator[Row]:
    """Rows that were read already, as a pack tells them."""
    for row in rows:
        seen.note(row)
        yield plain(tx, table, row, seen, names=False)


async def programs(tx: Tx, names: Collection[str], seen: Seen) -> list[Record]:
    """All published versions of some programs."""
    rows = await tx.rows("packs/programs", programs=list(names))
    for row in rows:
        document = _program.decode(row["document"])
        seen.targets.update({(row["name"], target.name): target for target in document.targets})
    return rows


def plain(tx: Tx, table: str, record: Record, seen: Seen, *, names: bool) -> Row:
    """A row with what is sealed told as its keyed hash, or opened where that is asked for."""
    row = dict(record)
    seen.note_drawn(table, row)
    match table:
        case "enrollments":
            seen.program_of[row["enrollment"]] = row["program"]
        case "events":
            seen.target_of[row["event"]] = row["target"]
            own = seen.recordings.setdefault((row["recording"], row["recorded_at"]), [])
            own.append((row["event"], row["digest"].hex()))
            row |= _hashes(tx, row)
            if not names:
                del row["reference"]
        case "corrections":
            row["reason_hash"] = _keyed(tx, REASON, row.pop("reason"))
        case "awards":
            row["reasons"] = _reasons(seen, row)
        case "draws":
            row["document"] = msgspec.Raw(row["document"].encode())
        case "seeds":
            kept = row["revealed_seed"]
            row["revealed_seed"] = None if kept is None else tx.cipher.open(tx.clinic, SEED, kept)
        case "people" | "staff":
            row = _named(tx, row) if names else {key: row[key] for key in row if key not in NAMING}
    return {key: _plain(value) for key, value in row.items()}


def document_of(row: Record) -> bytes:
    """A published program in the form that its digest was taken of."""
    return encode(_program.decode(row["document"]))


async def recordings(tx: Tx, seen: Seen, complete: Mapping[tuple[UUID, datetime], int]) -> AsyncIterator[Row]:
    """The recordings that facts of a pack came in, each with the ids and digests of all facts that it had.

    `complete` says of each how many the audit trail tells of: where there are more, the others are read too.
    """
    partly = [key[0] for key, own in seen.recordings.items() if complete.get(key, len(own)) != len(own)]
    others: dict[tuple[UUID, datetime], list[tuple[UUID, str]]] = {}
    if partly:
        async for row in books.all_rows(tx, "packs/recorded", recordings=partly):
            others.setdefault((row["recording"], row["at"]), []).append((row["event"], row["digest"].hex()))
    for key, own in sorted(seen.recordings.items(), key=lambda one: (one[0][1], one[0][0])):
        here = {event for event, _ in own}
        events = [(str(event), digest, event in here) for event, digest in others.get(key, own)]
        yield {"recording": str(key[0]), "at": _plain(key[1]), "events": events}


async def audit(tx: Tx, seen: Seen, people: Sequence[UUID]) -> list[Record]:
    """The entries of the audit trail that tell of what is in a pack, and all of these people's deeds."""
    return await tx.rows(
        "packs/audit",
        times=list(seen.times),
        subjects=list(seen.subjects),
        deeds=DEEDS,
        people=people,
        deeds_of_people=DEEDS_OF_PEOPLE,
    )


def _named(tx: Tx, row: Row) -> Row:
    """Somebody with their name opened."""
    if "staff" in row:
        return {**row, "name": tx.cipher.open_text(tx.clinic, staff.NAME, row["name"], row["staff"])}
    name = tx.cipher.open_text(tx.clinic, "participants.name", row["name"], row["participant"])
    return {**row, "name": name}


def _reasons(seen: Seen, row: Row) -> list[Row]:
    """Why an award is what it is, in words too."""
    program, target = seen.program_of.get(row["enrollment"], ""), seen.target_of.get(row["event"], "")
    noun = noun_of(seen.targets.get((program, target)))
    made = [reason(why, row["unit"], noun, "en") for why in _why.decode(row.pop("why"))]
    return [{"code": one.code, "text": one.text, "amount": one.amount, "count": one.count} for one in made]


def _hashes(tx: Tx, row: Row) -> Row:
    """The keyed hashes of an event's words; of what looks erased the one that its digest was taken of."""
    evidence, note = row.pop("evidence"), row.pop("note")
    at, of = row["occurred_at"], (row["enrollment"], row["target"], row["outcome"])
    kept, said = (
        (_keyed(tx, EVIDENCE, evidence, erased=erased), _keyed(tx, NOTE, note, erased=erased))
        for erased in (True, False)
    )
    made = kept if content_digest(*of, at, *kept, row["quantity"], row["minutes"]) == row["digest"] else said
    return {"evidence_hash": made[0], "note_hash": made[1]}


def _keyed(tx: Tx, sealed_as: str, sealed: bytes | None, *, erased: bool = True) -> bytes | None:
    if sealed is None:
        return None
    text = tx.cipher.open(tx.clinic, sealed_as, sealed)
    kept = kept_hash(text) if erased else None
    return kept or tx.cipher.blind(tx.clinic, sealed_as, text)


def _plain(value: Any) -> Any:  # noqa: ANN401  a column of any type
    match value:
        case bytes():
            return value.hex()
        case datetime() | date():
            return value.isoformat()
        case UUID():
            return str(value)
        case _:
            return value
