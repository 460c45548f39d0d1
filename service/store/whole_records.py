"""Everything that is held of one person, table by table, with what is sealed opened."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

import msgspec
from msgspec import Struct

from service.store.charts import Person
from service.store.database.pool import Tx

SEALED: Final[Mapping[str, tuple[str, ...]]] = {
    "participants": ("name", "phone", "email", "mark", "birth_year"),
    "enrollments": ("close_reason",),
    "events": ("evidence", "note"),
    "event_additions": ("evidence", "note"),
    "corrections": ("reason",),
    "enrollment_moves": ("reason",),
    "manual_awards": ("reason", "refusal"),
    "openings": ("reason", "refusal", "withdrawal"),
    "departures": ("reason",),
    "redemption_changes": ("reason", "refusal"),
    "reward_codes": ("code",),
    "provider_orders": ("link",),
    "inbound_messages": ("body", "sender_id", "why", "reason"),
    "merges": ("reason",),
    "unmerges": ("reason",),
    "consents": (
        "purpose",
        "information",
        "recipient",
        "ends_when",
        "how_to_revoke",
        "signed_name",
        "signature",
    ),
    "releases": ("recipient", "purpose"),
    "restrictions": ("request", "recipient", "answer"),
    "emergencies": ("reason", "recipient"),
    "erasures": ("reason", "refusal"),
    "guardian_consents": ("guardian",),
    "screenings": ("answers", "exception"),
    "second_looks": ("note",),
    "sessions": ("agent",),
    "submissions": ("said", "picture", "answer"),
}
"""The sealed columns of each table; the field that a column is sealed as is `table.column`."""
SECRET: Final[Mapping[str, frozenset[str]]] = {
    "pins": frozenset({"pin_hash"}),
    "calendar_feeds": frozenset({"secret_hash"}),
}
"""What nobody is shown, not even whose it is: it is no record of them, and opens their door."""
_HEX: Final = "\\x"

_decode = msgspec.json.Decoder(dict[str, Any])


class Line(Struct, frozen=True):
    """One row of one table: its columns by name, opened; `sealed` holds what was sealed as it was opened."""

    kind: str
    columns: dict[str, Any]
    sealed: dict[str, bytes]
    raw: dict[str, Any]


async def lines(tx: Tx, person: Person) -> list[Line]:
    """All rows that are held of a person, table by table; bytes that are no words are left out."""
    rows = await tx.rows("whole_records/lines", charts=person.charts)
    return [_line(tx, row["kind"], _decode.decode(row["line"])) for row in rows]


def _line(tx: Tx, kind: str, raw: dict[str, Any]) -> Line:
    words = SEALED.get(kind, ())
    hidden = SECRET.get(kind, frozenset())
    sealed: dict[str, bytes] = {}
    columns: dict[str, Any] = {}
    for name, value in raw.items():
        if name == "clinic_id" or name in hidden:
            continue
        if name in words:
            if value is not None:
                kept = bytes.fromhex(value[len(_HEX) :])
                # Names are bound to their row.
                row = UUID(raw["participant_id"]) if kind == "participants" else None
                opened = tx.cipher.open(tx.clinic, f"{kind}.{name}", kept, row)
                sealed[name] = opened
                columns[name] = _text(opened)
        elif not (isinstance(value, str) and value.startswith(_HEX)) and value is not None:
            columns[name] = value
    return Line(kind, columns, sealed, raw)


def _text(opened: bytes) -> str | bytes:
    """Words as they are; a picture as its bytes, which are written in Base64."""
    try:
        return opened.decode("utf-8")
    except UnicodeDecodeError:
        return opened
