"""What of a clinic's rows is keyed by INDEX_KEY and AUDIT_KEY, and what it is under other keys.

Of some values only keyed hashes stand elsewhere: digests of facts are made of those of their words, and
the audit trail has marks of passwords, PINs and passkeys. Whoever exports knows the old keys, and says beside
a row what nobody else could work out. Whoever imports works out the new hash, and puts it wherever the old
one stood.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final, cast
from uuid import UUID

from schemas.corrections import CorrectionKind
from service.core.access.messages import Channel
from service.core.corrections import PastCorrection, correction_digest
from service.core.digests import content_digest
from service.core.erasing import kept_hash
from service.store import (
    clinics,
    corrections,
    event_additions,
    inbound,
    keys,
    new_addresses,
    participants,
    passkeys,
    pins,
    record,
    rewards,
    staff,
    staff_passkeys,
)
from service.store.archives.values import Row, as_bytes, from_bytes, text, words
from service.store.database.pool import Tx

BESIDE: Final = "beside"
"""Beside the columns of a row: what follows from the old keys alone, and is needed under the new ones."""
MARK_BYTES: Final = 32

MARKED: Final = {
    "staff": ("password_mark", "password"),
    "pins": ("mark", "mark"),
    "passkeys": ("mark", "mark"),
    "staff_passkeys": ("mark", "mark"),
    "keys": ("mark", "mark"),
}
"""What somebody gets in by, the column of its mark, and what that is called beside the row."""
UNFIT: Final = "0" * 32
"""A mark that fits nothing."""

Renamed = dict[str, str]
"""Old keyed hashes in hexadecimal, as the audit trail says them, with the new ones."""


def beside(tx: Tx, table: str, row: Row) -> Mapping[str, Any] | None:
    """What is said beside a row of some table when it is exported; none of most."""
    match table:
        case "staff" | "pins" | "passkeys" | "staff_passkeys" | "keys":
            return marks(tx, table, row)
        case "inbound_messages":
            body, key = words(row, "body") or b"", from_bytes(row["key"])
            if kept_hash(body) is not None and kept_hash(body) == from_bytes(row["body_index"]):
                return {"kept": True}
            coming = inbound.Coming(UUID(row["source_id"]), _sender(row), body)
            return {"kept": False, "other_body": inbound.key_of(tx, coming) != key}
        case _:
            return None


def marks(tx: Tx, table: str, row: Row) -> dict[str, str]:
    """The marks that the audit trail has of what somebody signs in with, under the keys of a transaction."""
    let_in_by = None if row.get("let_in_by") is None else UUID(row["let_in_by"])
    match table:
        case "staff":
            of = UUID(row["staff_id"])
            password = staff.password_mark(tx, of, row["password_hash"])
            return {"password": password, "factor": staff.factor_mark(tx, of, text(row, "totp_secret"))}
        case "keys":
            last = None if row["expires_on"] is None else date.fromisoformat(row["expires_on"])
            secret, by = from_bytes(row["secret_hash"]) or b"", _id(row["created_by"])
            return {
                "mark": keys.mark_of(tx, UUID(row["key_id"]), secret, row["role"], last, row["scopes"], by)
            }
        case "pins":
            return {"mark": pins.mark_of(tx, UUID(row["participant_id"]), row["pin_hash"], let_in_by)}
        case "staff_passkeys":
            key = from_bytes(row["public_key"]) or b""
            of, whose = UUID(row["passkey_id"]), UUID(row["staff_id"])
            return {"mark": staff_passkeys.mark_of(tx, staff_passkeys.StaffPasskey(of, whose, key, 0))}
        case _:
            key = from_bytes(row["public_key"]) or b""
            of, whose = UUID(row["passkey_id"]), UUID(row["participant_id"])
            return {"mark": passkeys.mark_of(tx, passkeys.Passkey(of, whose, key, 0, let_in_by))}


def rekeyed(tx: Tx, table: str, row: Row) -> Renamed:
    """Put the keyed hashes of a row under the keys of a transaction; gives those that the trail may say."""
    said = row.pop(BESIDE, None)
    if table in MARKED:
        new = marks(tx, table, row)
        column, name = MARKED[table]
        if row[column] is not None or table == "keys":
            # What did not fit there was planted there, and opens nothing here either.
            row[column] = new[name] if row[column] in {None, said[name]} else UNFIT
        renamed = {old: new[name] for name, old in said.items() if old != new[name]}
        if table == "staff":
            _staff(tx, row)
        return renamed
    change = CHANGES.get(table)
    return {} if change is None else change(tx, row, said or {})


def _clinic(tx: Tx, row: Row, _said: Mapping[str, Any]) -> Renamed:
    has = clinics.checks_of(tx)
    row["index_check"], row["audit_check"] = as_bytes(has.index), as_bytes(has.audit)
    return {}


def _staff(tx: Tx, row: Row) -> None:
    email = text(row, "email") or ""
    row["email_index"] = as_bytes(staff.index_of(tx.cipher, email))
    if row["mailbox_index"] is not None:
        row["mailbox_index"] = as_bytes(staff.mailbox_index(tx.cipher, tx.clinic, email))


def _participant(tx: Tx, row: Row, _said: Mapping[str, Any]) -> Renamed:
    made = participants.indexes(tx, text(row, "name"), text(row, "phone"), text(row, "email"))
    for column, index in made.items():
        row[column] = as_bytes(index) if row[column] is not None else None
    return {}


def _code(tx: Tx, row: Row, _said: Mapping[str, Any]) -> Renamed:
    row["code_index"] = as_bytes(rewards.code_index(tx, text(row, "code") or ""))
    return {}


def _message(tx: Tx, row: Row, said: Mapping[str, Any]) -> Renamed:
    if said["kept"]:
        # What it said was erased: it is known by the hashes that it came under.
        return {}
    coming = inbound.Coming(UUID(row["source_id"]), _sender(row), words(row, "body") or b"")
    row["key"] = as_bytes(inbound.key_of(tx, coming, other_body=said["other_body"]))
    return _renamed(row, "body_index", inbound.index_of(tx, coming.body))


def _event(tx: Tx, row: Row, _said: Mapping[str, Any]) -> Renamed:
    at = datetime.fromisoformat(row["occurred_at"])

    def digest(evidence: bytes | None, note: bytes | None) -> bytes:
        return content_digest(
            UUID(row["enrollment_id"]),
            row["target"],
            row["outcome"],
            at,
            evidence,
            note,
            row.get("quantity"),
            row.get("minutes"),
        )

    evidence = _keyed(tx, record.EVIDENCE, words(row, "evidence"))
    note = _keyed(tx, record.NOTE, words(row, "note"))
    return _renamed(row, "digest", digest(evidence, note))


def _correction(tx: Tx, row: Row, _said: Mapping[str, Any]) -> Renamed:
    past = PastCorrection(
        UUID(row["correction_id"]),
        row["fact_no"],
        UUID(row["event_id"]),
        UUID(row["about_id"]),
        cast("CorrectionKind", row["kind"]),
        row["outcome"],
        _id(row["closure_id"]),
        _id(row["merge_id"]),
        row.get("minutes"),
    )
    reason = _keyed(tx, corrections.REASON, words(row, "reason")) or b""
    return _renamed(row, "digest", correction_digest(past, reason))


def _addition(tx: Tx, row: Row, _said: Mapping[str, Any]) -> Renamed:
    note = _keyed(tx, event_additions.ADDED_NOTE, words(row, "note"))
    evidence = _keyed(tx, event_additions.ADDED_EVIDENCE, words(row, "evidence"))
    return _renamed(row, "digest", event_additions.digest_of_hashes(UUID(row["event_id"]), note, evidence))


def _new_address(tx: Tx, row: Row, said: Mapping[str, Any]) -> Renamed:
    of, channel = UUID(row["new_address_id"]), cast("Channel", row["channel"])
    if row["mark"] is not None:
        address = said.get("address")
        # One that nobody has any more is none that anybody is asked about.
        new = os.urandom(MARK_BYTES) if address is None else new_addresses.mark_of(tx, of, channel, address)
        row["mark"] = as_bytes(new)
    if row["is_theirs"] is not None:
        by = UUID(row["settled_by"])
        row["settled_mark"] = as_bytes(new_addresses.settled_mark_of(tx, of, by, is_theirs=row["is_theirs"]))
    return {}


Change = Callable[[Tx, Row, Mapping[str, Any]], Renamed]

CHANGES: Final[Mapping[str, Change]] = {
    "clinics": _clinic,
    "participants": _participant,
    "reward_codes": _code,
    "inbound_messages": _message,
    "events": _event,
    "corrections": _correction,
    "event_additions": _addition,
    "new_addresses": _new_address,
}
"""What is done to a row of a table whose keyed hashes follow from the row itself."""


def _renamed(row: Row, column: str, new: bytes) -> Renamed:
    old = from_bytes(row[column]) or b""
    row[column] = as_bytes(new)
    return {} if old == new else {old.hex(): new.hex()}


def _keyed(tx: Tx, field: str, said: bytes | None) -> bytes | None:
    """The keyed hash of words; where they were erased, the one that stands in their place."""
    if said is None:
        return None
    return kept_hash(said) or tx.cipher.blind(tx.clinic, field, said)


def _sender(row: Row) -> str | None:
    said = words(row, "sender_id")
    return None if said is None else said.decode("utf-8", "surrogatepass")


def _id(value: str | None) -> UUID | None:
    return None if value is None else UUID(value)
