"""Notices and disclosures compared with the books for `rewards verify`."""

import json
from collections.abc import AsyncIterator
from uuid import UUID

from asyncpg import Record
from cryptography.exceptions import InvalidTag

from service.core.notices.telling import fault_of_logged, fault_of_sent
from service.core.verify.books import Mismatch
from service.core.verify.kin import Kin
from service.store import books
from service.store.consents import SEALED
from service.store.database.cipher import UnknownFieldKeyError
from service.store.database.pool import Tx
from service.store.subscribers import SECRET, URL


async def notices(tx: Tx, kin: Kin) -> AsyncIterator[Mismatch]:
    """Each place where the log, the deliveries, the disclosures or the consents are not as they must be."""
    for look in (_log, _subscribers, _deliveries, _consents):
        async for mismatch in look(tx):
            yield mismatch
    async for mismatch in _disclosures(tx, kin):
        yield mismatch


async def _log(tx: Tx) -> AsyncIterator[Mismatch]:
    """Every row has its number from the audit trail, and tells nothing that may not be told."""
    async for row in books.all_rows(tx, "books_notices/notices"):
        ids = {"seq": str(row["seq"])}
        if row["told_at"] != row["at"]:
            yield Mismatch("notices", ids, f"told at {row['told_at']}", f"at {row['at']}")
        fault = fault_of_logged(row["body"], row["at"])
        if fault is not None:
            yield Mismatch("notices", ids, "thin notices", fault)


async def _subscribers(tx: Tx) -> AsyncIterator[Mismatch]:
    """Each has read no further than the log goes, and counts the numbers that were given."""
    async for row in books.all_rows(tx, "books_notices/subscribers"):
        ids = {"subscriber_id": str(row["subscriber_id"])}
        if row["read_seq"] is None or row["read_seq"] > row["last_seq"]:
            yield Mismatch("subscriber_heads", ids, f"at most {row['last_seq']} read", f"{row['read_seq']}")
        elif row["kept"] is not None and row["kept"] != row["sequence"]:
            yield Mismatch(
                "subscriber_heads", ids, f"sequence = {row['kept']}", f"sequence = {row['sequence']}"
            )
        for field, column in ((URL, "url"), (SECRET, "secret"), (SECRET, "old_secret")):
            if row[column] is not None and not _opens(tx, field, row[column]):
                yield Mismatch("subscribers", ids, f"{column} that opens", "another")


async def _deliveries(tx: Tx) -> AsyncIterator[Mismatch]:
    """Numbers follow each other, from the first that is still kept; and every body is thin."""
    before: tuple[UUID, int] | None = None
    async for row in books.all_rows(tx, "books_notices/deliveries"):
        subscriber, sequence = row["subscriber_id"], row["sequence"]
        ids = {"subscriber_id": str(subscriber), "sequence": str(sequence)}
        if before is not None and before[0] == subscriber and sequence != before[1] + 1:
            yield Mismatch("deliveries", ids, f"sequence = {before[1] + 1}", f"sequence = {sequence}")
        if row["last_sequence"] is None or sequence > row["last_sequence"]:
            yield Mismatch("deliveries", ids, f"at most {row['last_sequence']}", f"sequence = {sequence}")
        fault = fault_of_sent(row["body"], row["type"], sequence, row["participant_id"])
        if fault is not None:
            yield Mismatch("deliveries", ids, "a thin notice", fault)
        before = subscriber, sequence


async def _disclosures(tx: Tx, kin: Kin) -> AsyncIterator[Mismatch]:
    """Each delivery about somebody is on record as a disclosure, covered by the consent that it names."""
    async for row in books.all_rows(tx, "books_notices/undisclosed"):
        ids = {"delivery_id": str(row["delivery_id"]), "participant_id": str(row["participant_id"])}
        yield Mismatch("disclosures", ids, "a disclosure of what was delivered", "none")
    async for row in books.all_rows(tx, "books_notices/disclosures"):
        ids = {"disclosure_id": str(row["disclosure_id"])}
        if row["told_to"] is None:
            yield Mismatch("disclosures", ids, "a subscriber", f"none of id {row['subscriber_id']}")
        if row["consent_id"] is None:
            continue
        covered = (kin.of(row["participant_id"]), row["subscriber_id"])
        if (kin.one(row["consenting"]), row["consented_to"]) != covered or row["given_at"] > row["at"]:
            yield Mismatch("disclosures", ids, "a consent that covers it", f"consent {row['consent_id']}")


async def _consents(tx: Tx) -> AsyncIterator[Mismatch]:
    """Each is as the audit trail says that it was given and revoked."""
    async for row in books.all_rows(tx, "books_notices/consents"):
        ids = {"consent_id": str(row["consent_id"])}
        found = _given(row)
        told = None if row["told"] is None else json.loads(row["told"])
        if found != told or row["told_of"] != row["participant_id"]:
            yield Mismatch("consents", ids, f"what was told: {told}", f"{found}")
        revoked = (row["revoked_at"], row["revoked_by"])
        if revoked != (row["told_revoked_at"], row["told_revoked_by"]):
            yield Mismatch("consents", ids, f"revoked at {row['told_revoked_at']}", f"{row['revoked_at']}")
        for field, column in SEALED:
            if row[column] is not None and not _opens(tx, field, row[column]):
                yield Mismatch("consents", ids, f"{column} that opens", "another")


def _given(row: Record) -> dict[str, str]:
    """A consent as the audit trail tells it."""
    days = {name: "" if row[name] is None else row[name].isoformat() for name in ("expires_on", "signed_on")}
    subscriber = "" if row["subscriber_id"] is None else str(row["subscriber_id"])
    told = {"subscriber": subscriber, "expires_on": days["expires_on"]}
    return told if row["kind"] is None else {**told, "kind": row["kind"], "signed_on": days["signed_on"]}


def _opens(tx: Tx, field: str, sealed: bytes) -> bool:
    try:
        tx.cipher.open(tx.clinic, field, sealed)
    except (InvalidTag, UnknownFieldKeyError, IndexError, ValueError):
        return False
    return True
