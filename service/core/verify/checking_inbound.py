"""Sources and the messages that came from them against the events, and against the audit trail."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

import msgspec
from msgspec import Struct

from schemas.ids import Id
from service.core.verify.books import Mismatch

_detail = msgspec.json.Decoder(dict[str, str | int])

BECAME: Final = {
    "inbound_message.kept": "kept",
    "inbound_message.retried": "kept",
    "inbound_message.recorded": "recorded",
    "inbound_message.ignored": "ignored",
    "inbound_message.put_aside": "review",
    "inbound_message.discarded": "discarded",
}
"""The status of a message after each audited operation."""


class SourceRow(Struct, frozen=True):
    """A source as it stands on record; `digest` is that of its rules, and `opens` whether its secrets do."""

    id: Id
    created_by: Id
    deleted: bool
    digest: str
    opens: bool
    told_by: Id | None
    told: str | None
    told_deleted: bool


class MessageRow(Struct, frozen=True):
    """A message as it stands on record.

    `content` is the keyed hash of what its body opens to, and `keys` are those that it may be known by,
    worked out again; none where it does not open. `told` is what the audit trail says of it.
    """

    id: Id
    source: Id
    known: Id | None
    key: bytes
    keys: tuple[bytes, ...]
    index: bytes
    content: bytes | None
    received_at: datetime
    status: str
    code: str | None
    event: Id | None
    participant: Id | None
    recorded_for: Id | None
    discarded_by: Id | None
    keeper: Id | None
    told_at: datetime | None
    told_kept: str | None
    deed: str | None
    settler: Id | None
    told_settled: str | None


def of_source(row: SourceRow) -> Iterator[Mismatch]:
    """Mismatches of one source."""
    ids = {"source_id": str(row.id)}
    if not row.opens:
        yield Mismatch("sources", ids, "secrets that open", "one that does not")
    if row.told_by != row.created_by:
        yield Mismatch(
            "sources", ids, f"added by {row.told_by}, as the audit trail says", f"{row.created_by}"
        )
    said = None if row.told is None else _detail.decode(row.told).get("rules")
    if said != row.digest:
        yield Mismatch("sources", ids, f"rules with the digest {said}, as the audit trail says", row.digest)
    if row.deleted != row.told_deleted:
        told = "deleted" if row.told_deleted else "not deleted"
        yield Mismatch("sources", ids, f"{told}, as the audit trail says", f"deleted: {row.deleted}")


def of_message(row: MessageRow) -> Iterator[Mismatch]:
    """Mismatches of one message: in itself, with its event, and against the audit trail."""
    ids = {"message_id": str(row.id), "source_id": str(row.source)}

    def mismatch(expected: object, found: object) -> Mismatch:
        return Mismatch("inbound_messages", ids, str(expected), str(found))

    if row.known is None:
        yield mismatch("a source of the clinic", "no such source")
    if row.content != row.index:
        yield mismatch("a body that opens and has its own keyed hash", "another")
    elif row.key not in row.keys:
        yield mismatch("the key of its id or its body", "another")
    # What planned a visit or said who somebody is has no event, and the audit trail names none then.
    of_event = row.event is None or row.recorded_for == row.participant
    if not of_event or (row.status == "recorded") != (row.participant is not None):
        found = f"{row.status}, event {row.event} of {row.recorded_for}"
        yield mismatch(f"an event of participant {row.participant} exactly if it is recorded", found)
    kept = None if row.told_kept is None else _detail.decode(row.told_kept)
    if kept != {"source": str(row.source), "digest": row.index.hex()}:
        yield mismatch(f"what the audit trail says was kept: {kept}", f"body_index = {row.index.hex()}")
    if (row.keeper, row.told_at) != (row.source, row.received_at):
        yield mismatch(f"received at {row.told_at}, as the audit trail says", f"{row.received_at}")
    said = {} if row.told_settled is None else _detail.decode(row.told_settled)
    ends: dict[str, tuple[object, object]] = {
        "recorded": (said.get("event"), None if row.event is None else str(row.event)),
        "review": (said.get("code"), row.code),
        "discarded": (row.settler, row.discarded_by),
    }
    told, found_end = ends.get(row.status, (None, None))
    if BECAME.get(row.deed or "") != row.status:
        yield mismatch(f"what the audit trail says became of it: {row.deed}", row.status)
    elif told != found_end:
        yield mismatch(f"{row.status} as the audit trail says: {told}", found_end)


def gone(table: str, key: str, told: Id) -> Mismatch:
    """A source or a message that the audit trail tells of and that is not there."""
    return Mismatch(table, {key: str(told)}, "a row, as the audit trail says", "none")


def of_no_message(event: Id, source: Id) -> Mismatch:
    """An event that a source recorded, and that none of its messages became."""
    return Mismatch("events", {"event_id": str(event)}, f"a message of source {source}", "none")
