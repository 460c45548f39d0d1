"""Members of staff: their names and addresses encrypted, with a keyed hash to find an address by."""

from datetime import datetime
from typing import cast
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from schemas.people import Language
from schemas.staff import Staff, StaffRole
from service.core.persons import mailbox_of
from service.core.spellings import email_spelling
from service.store import marks
from service.store.database.cipher import Cipher
from service.store.database.pool import NO_CLINIC, Database, Tx

EMAIL = "staff.email"
NAME = "staff.name"
TOTP = "staff.totp"
RESCUE = "staff.rescue"
MAILBOX = "staff.mailbox"


class StaffAccount(Struct, frozen=True):
    """A member of staff with what their sign-in needs; `rests_until` lies ahead after too many tries."""

    staff: Staff
    revision: int
    password_hash: str | None
    password_is_temporary: bool
    rests_until: datetime | None
    totp_secret: bytes | None
    password_mark: str | None
    totp_since: datetime | None
    passkey_since: datetime | None

    @property
    def has_second_factor(self) -> bool:
        """Whether they are asked for a second factor: the digits of a phone, or a passkey."""
        return self.totp_secret is not None or self.passkey_since is not None


def index_of(cipher: Cipher, email: str) -> bytes:
    """The keyed hash of an address, the same in every clinic: a sign-in names no clinic."""
    return cipher.blind(NO_CLINIC, EMAIL, email_spelling(email))


def password_mark(tx: Tx, staff: UUID, password_hash: str | None) -> str:
    """What the audit trail is told of a password's hash: a keyed mark, by which another one is found."""
    return _marked(tx, "staff.password_mark", staff, password_hash)


def factor_mark(tx: Tx, staff: UUID, secret: str | None) -> str:
    """What the audit trail is told of the secret of a second factor."""
    return _marked(tx, "staff.factor_mark", staff, secret)


def _marked(tx: Tx, field: str, staff: UUID, text: str | None) -> str:
    if text is None:
        return "none"
    return marks.mark_of(tx, field, staff, text)


def mailbox_index(cipher: Cipher, clinic: UUID, email: str) -> bytes:
    """The keyed hash of the box that an address delivers to."""
    return cipher.blind(clinic, MAILBOX, mailbox_of(email))


async def clinics_of(database: Database, email: str) -> list[UUID]:
    """The clinics in which an address signs in."""
    async with database.transaction(None) as tx:
        return [
            row["clinic_id"] for row in await tx.rows("staff/clinics", email_index=index_of(tx.cipher, email))
        ]


async def insert(
    tx: Tx,
    new: Staff,
    password_hash: str | None,
    *,
    is_temporary: bool,
    by: UUID,
    known_to: UUID | None = None,
) -> None:
    """Write a new member of staff; `known_to` is whoever could read the way into the account.

    Raises UniqueViolationError where the address was taken meanwhile.
    """
    await tx.run(
        "staff/insert",
        staff_id=new.id,
        role=new.role,
        language=new.language,
        email=tx.cipher.seal(tx.clinic, EMAIL, new.email, new.id),
        email_index=index_of(tx.cipher, new.email),
        name=_sealed_name(tx, new.id, new.name),
        password_hash=password_hash,
        password_mark=_row_mark(tx, new.id, password_hash),
        password_is_temporary=is_temporary,
        created_by=by,
        mailbox_index=mailbox_index(tx.cipher, tx.clinic, new.email),
    )
    if known_to is not None:
        await add_reader(tx, new.id, known_to)


async def find(tx: Tx, staff: UUID) -> StaffAccount | None:
    """One member of staff by id."""
    row = await tx.row("staff/find", staff_id=staff)
    return None if row is None else _on_record(tx, row)


async def lock(tx: Tx, staff: UUID) -> StaffAccount | None:
    """One member of staff by id, whom nobody else changes until the transaction ends."""
    row = await tx.row("staff/lock", staff_id=staff)
    return None if row is None else _on_record(tx, row)


async def find_by_email(tx: Tx, email: str) -> StaffAccount | None:
    """One member of staff by address."""
    row = await tx.row("staff/find_by_email", email_index=index_of(tx.cipher, email))
    return None if row is None else _on_record(tx, row)


async def find_by_subject(tx: Tx, subject: bytes) -> StaffAccount | None:
    """One member of staff by who they are at the identity provider."""
    row = await tx.row("staff/find_by_subject", subject_index=subject)
    return None if row is None else _on_record(tx, row)


async def link(tx: Tx, staff: UUID, subject: bytes) -> bool:
    """Write who somebody is at the identity provider; false where they are somebody there already."""
    return await tx.value("staff/link", staff_id=staff, subject_index=subject) is not None


async def before(tx: Tx, last: UUID, rows_max: int) -> list[Staff]:
    """Members of staff who came before `last`, newest first, disabled ones too."""
    rows = await tx.rows("staff/list", before=last, limit=rows_max)
    return [_on_record(tx, row).staff for row in rows]


async def change(tx: Tx, after: Staff) -> None:
    """Write a member of staff as they are after a change; the revision goes up by one."""
    name = _sealed_name(tx, after.id, after.name)
    await tx.run(
        "staff/change",
        staff_id=after.id,
        role=after.role,
        name=name,
        language=after.language,
        disabled_at=after.disabled_at,
    )


async def set_password(tx: Tx, staff: UUID, password_hash: str | None, *, is_temporary: bool) -> None:
    """Write a new password, or that there is none."""
    await tx.run(
        "staff/password",
        staff_id=staff,
        password_hash=password_hash,
        password_mark=_row_mark(tx, staff, password_hash),
        password_is_temporary=is_temporary,
    )


async def own_hash(tx: Tx, known: StaffAccount) -> str | None:
    """The hash of somebody's password; none where there is none, or it is not as the service wrote it."""
    if known.password_hash is None:
        return None
    kept = known.password_mark
    if kept is None:
        # Of before rows had marks: the trail has it, save of passwords from before the trail had any.
        kept = await tx.value("staff/told_password", staff_id=known.staff.id)
        if kept is None:
            return known.password_hash
    mark = password_mark(tx, known.staff.id, known.password_hash)
    return known.password_hash if marks.fits(mark, kept) else None


def _row_mark(tx: Tx, staff: UUID, password_hash: str | None) -> str | None:
    return None if password_hash is None else password_mark(tx, staff, password_hash)


async def add_reader(tx: Tx, staff: UUID, who: UUID) -> None:
    """Write that a way into an account was shown to somebody else on the staff or to a key; it stays so."""
    await tx.run("staff/reader", staff_id=staff, reader_id=who)


async def count_try(tx: Tx, staff: UUID, tries_max: int, rests_until: datetime) -> bool:
    """Count one try before it is known to be right; false while the account rests."""
    return (
        await tx.value("staff/try", staff_id=staff, tries_max=tries_max, rests_until=rests_until) is not None
    )


async def was_right(tx: Tx, staff: UUID) -> None:
    """Forget the tries that were counted."""
    await tx.run("staff/right", staff_id=staff)


async def set_second_factor(tx: Tx, staff: UUID, secret: str | None, step: int) -> None:
    """Write the secret of a second factor whose `step` was just shown, or end it."""
    sealed = None if secret is None else tx.cipher.seal(tx.clinic, TOTP, secret, staff)
    since = None if secret is None else tx.now
    await tx.run("staff/second_factor", staff_id=staff, totp_secret=sealed, totp_since=since, totp_step=step)


async def take_step(tx: Tx, staff: UUID, step: int) -> bool:
    """Take a step of the second factor; false where it, or a later one, was taken before."""
    return await tx.value("staff/step", staff_id=staff, totp_step=step) is not None


async def insert_rescue_codes(tx: Tx, staff: UUID, codes: list[str]) -> None:
    """Write new codes for whoever lost the second factor; the ones before are worth nothing."""
    await tx.run("rescue_codes/retire", staff_id=staff)
    indexes = [tx.cipher.blind(tx.clinic, RESCUE, code) for code in codes]
    await tx.run("rescue_codes/insert", staff_id=staff, code_index=indexes)


async def use_rescue_code(tx: Tx, staff: UUID, code: str) -> bool:
    """Take a rescue code; false where there is none such."""
    index = tx.cipher.blind(tx.clinic, RESCUE, code)
    return await tx.value("rescue_codes/use", staff_id=staff, code_index=index) is not None


async def has_shortcuts(tx: Tx, staff: UUID) -> bool:
    """Whether a letter or digit alone does something for them at the front desk."""
    return bool(await tx.value("staff/shortcuts", staff_id=staff))


async def set_shortcuts(tx: Tx, staff: UUID, *, are_on: bool) -> None:
    """Switch the keys of the front desk on or off for one member of staff."""
    await tx.run("staff/set_shortcuts", staff_id=staff, has_shortcuts=are_on)


def _sealed_name(tx: Tx, staff: UUID, name: str | None) -> bytes | None:
    return None if name is None else tx.cipher.seal(tx.clinic, NAME, name, staff)


def _on_record(tx: Tx, row: Record) -> StaffAccount:
    staff = Staff(
        id=row["staff_id"],
        email=tx.cipher.open(tx.clinic, EMAIL, row["email"], row["staff_id"]).decode(),
        role=cast("StaffRole", row["role"]),
        language=cast("Language", row["language"]),
        created_at=row["created_at"],
        name=tx.cipher.open_text(tx.clinic, NAME, row["name"], row["staff_id"]),
        disabled_at=row["disabled_at"],
        second_factor=min(
            (since for since in (row["totp_since"], row["passkey_since"]) if since is not None), default=None
        ),
    )
    return StaffAccount(
        staff,
        row["revision"],
        row["password_hash"],
        row["password_is_temporary"],
        row["rests_until"],
        row["totp_secret"],
        row["password_mark"],
        row["totp_since"],
        row["passkey_since"],
    )
