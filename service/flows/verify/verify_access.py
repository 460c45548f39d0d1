"""Staff, keys and people, read for `rewards verify` beside what the audit trail tells of them."""

from collections.abc import AsyncIterator, Mapping
from typing import Any, Final

from service.core.verify.books import Mismatch
from service.core.verify.checking_access import as_told
from service.store import books, passkeys, pins, staff, staff_passkeys
from service.store.database.pool import Tx

NOTHING: Final[Mapping[str, str]] = {}
OF_KEYS: Final = ("role", "expires_on", "scopes", "secret", "responsible", "revoked")
OF_STAFF: Final = ("role", "disabled")


async def powers(tx: Tx) -> AsyncIterator[Mismatch]:
    """All staff, keys and people whom the trail tells of otherwise, or whom only one of the two knows.

    Call it once the audit trail holds.
    """
    async for row in books.all_rows(tx, "books_access/staff"):
        if mismatch := _compared("staff", "staff_id", OF_STAFF, row):
            yield mismatch
    async for row in books.all_rows(tx, "books_access/keys"):
        if mismatch := _compared("keys", "key_id", OF_KEYS, row):
            yield mismatch
    async for row in books.all_rows(tx, "books_access/factors"):
        if mismatch := _of_factors(tx, row):
            yield mismatch
    async for mismatch in _ways_in(tx):
        yield mismatch
    async for row in books.all_rows(tx, "books_access/people"):
        told = None if row["is_there"] else NOTHING
        found = NOTHING if row["is_there"] else None
        if mismatch := as_told("participants", {"participant_id": row["id"]}, told, found):
            yield mismatch


async def _ways_in(tx: Tx) -> AsyncIterator[Mismatch]:
    """What people in care sign in with that the trail does not tell of, or tells of otherwise."""
    async for row in books.all_rows(tx, "books_access/pins"):
        mark = pins.mark_of(tx, row["id"], row["pin_hash"], row["let_in_by"])
        if mismatch := _marked("pins", {"participant_id": str(row["id"])}, row, mark):
            yield mismatch
    async for row in books.all_rows(tx, "books_access/passkeys"):
        kept = (row["id"], row["participant_id"], row["public_key"], row["sign_count"], row["let_in_by"])
        mark = passkeys.mark_of(tx, passkeys.Passkey(*kept))
        if mismatch := _marked("passkeys", {"passkey_id": str(row["id"])}, row, mark):
            yield mismatch
    async for row in books.all_rows(tx, "books_access/staff_passkeys"):
        own = (row["id"], row["staff_id"], row["public_key"], row["sign_count"])
        mark = staff_passkeys.mark_of(tx, staff_passkeys.StaffPasskey(*own))
        if mismatch := _marked("staff_passkeys", {"passkey_id": str(row["id"])}, row, mark):
            yield mismatch


def _of_factors(tx: Tx, row: Any) -> Mismatch | None:  # noqa: ANN401  a row
    """Where a password or second factor is not the one of which the trail has the mark, unsaid."""
    ids = {"staff_id": str(row["id"])}
    sealed = row["totp_secret"]
    opened = None if sealed is None else tx.cipher.opened(tx.clinic, staff.TOTP, sealed, row["id"])
    secret = None if sealed is None else "" if opened is None else opened.decode()
    password = staff.password_mark(tx, row["id"], row["password_hash"])
    if row["told_password"] not in {None, password}:
        return Mismatch("staff", ids, "the password that was told of", "another")
    if row["told_factor"] not in {None, staff.factor_mark(tx, row["id"], secret)}:
        return Mismatch("staff", ids, "the second factor that was told of", "another")
    return None


def _marked(table: str, ids: dict[str, str], row: Any, mark: str) -> Mismatch | None:  # noqa: ANN401  a row
    """Where a PIN or passkey is not told of, or is another than the one of which the trail has the mark."""
    if not row["is_told"]:
        return Mismatch(table, ids, "an audit entry that tells of it", "none")
    return (
        None if row["mark"] in {None, mark} else Mismatch(table, ids, "the one that was told of", "another")
    )


def _compared(table: str, column: str, fields: tuple[str, ...], row: Any) -> Mismatch | None:  # noqa: ANN401  a row
    told = {name: row[f"told_{name}"] for name in fields if row[f"told_{name}"] is not None}
    found = {name: row[name] for name in fields}
    return as_told(
        table, {column: row["id"]}, told if row["is_told"] else None, found if row["is_there"] else None
    )
