"""The tables of a clinic: which an archive carries, in which order, and why it leaves the others out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from asyncpg import Connection
from msgspec import Struct

from service.store.database.queries import query

NOT_CARRIED: Final[Mapping[str, str]] = {
    "paid_days": "a sum by the day, which is made anew of what it adds up",
    "paid_spans": "a sum by eight weeks, which is made anew of what it adds up",
    "visit_days": "a sum by the day, which is made anew of what it adds up",
    "visit_waits": "a sum by the day, which is made anew of what it adds up",
    "audit_keyings": "the trail is written anew under the keys of the place that it comes to",
    "sessions": "whoever was signed in signs in again",
    "sign_in_codes": "a code that was sent leads to the place that it was sent from",
    "sign_in_tries": "tries are counted where they are made",
    "denials": "refused calls are counted where they are made",
    "invitations": "a link to choose a password leads to the place that made it; a manager makes another",
    "rescue_codes": "their keyed hashes cannot be made anew without the codes; their owners make others",
    "drafts": "what somebody was filling in is a matter of the place where they did",
    "calendar_feeds": "the address of a calendar leads to the place that made it; its owner makes another",
    "fhir_exports": "an export is read where it was made, and gone after a day",
    "fhir_export_files": "an export is read where it was made, and gone after a day",
    "smart_clients": "the address that they ask is the place's; they are registered anew",
    "smart_tokens": "a token opens the place that gave it, for minutes",
    "smart_assertions": "a signature is for the place that it names, for minutes",
    "source_pulls": "our key at the other server is the place's; where it comes to it is set anew",
    "messages_out": "a text or mail that waits is sent by the place that it waits in",
    "clinic_moves": "where it is not served is said where it is not",
    "import_lines": "they are there while an import runs, and none is exported then",
}
"""Why a table of a clinic is in no archive."""
BLANK: Final[Mapping[str, Mapping[str, object]]] = {
    "staff": {"subject_index": None, "failures": 0, "rests_until": None},
    "imports": {"header": None},
    "subscriber_heads": {"leased_by": None, "leased_until": None},
    "provider_accounts": {"leased_by": None, "leased_until": None},
}
"""Columns that begin anew: keyed hashes of what is kept nowhere, and what holds for one place alone."""
FIRST: Final = ("clinics", "staff", "readers", "keys")
"""What the rules of two persons look up when other rows are written."""


class Table(Struct, frozen=True):
    """A table, by what its rows are told apart, and which of its columns hold bytes."""

    name: str
    key: tuple[str, ...]
    bytes: frozenset[str]


async def carried(connection: Connection) -> list[Table]:
    """The tables that an archive carries, each after those that it refers to."""
    tables = {
        row["name"]: Table(row["name"], tuple(row["key"]), frozenset(row["columns"]))
        for row in await connection.fetch(query("archives/tables").text)
        if row["name"] not in NOT_CARRIED
    }
    needs: dict[str, set[str]] = {name: set() for name in tables}
    for row in await connection.fetch(query("archives/references").text):
        if row["name"] in tables and row["leads_to"] in tables and row["name"] != row["leads_to"]:
            needs[row["name"]].add(row["leads_to"])
    # The trail is written anew from what the other tables came to.
    for last in ("audit", "audit_checkpoints"):
        needs[last] |= set(tables) - {"audit", "audit_checkpoints"}
    return [tables[name] for name in _ordered(needs)]


def _ordered(needs: Mapping[str, set[str]]) -> Sequence[str]:
    done: list[str] = []
    waiting = sorted(needs, key=lambda name: (FIRST.index(name) if name in FIRST else len(FIRST), name))
    while waiting:
        ready = next((name for name in waiting if needs[name] <= set(done)), None)
        if ready is None:
            raise AssertionError(f"{', '.join(waiting)} refer to each other")
        done.append(ready)
        waiting.remove(ready)
    return done
