"""Accounts with reward providers: their credentials sealed, how each stands, and whose hand it is in."""

from datetime import datetime
from typing import cast
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from schemas.providers import Access, AskedAccess, ProviderAccount, ProviderName
from service.store.database.pool import Database, Tx

ACCESS = "provider_accounts.access"
WEBHOOK_SECRET = "provider_accounts.webhook_secret"  # noqa: S105  the name of a field
"""The fields that credentials and the secret of notices are sealed as."""
WEBHOOK = "/v1/provider-notices/"

_encode = msgspec.json.Encoder().encode
_access: msgspec.json.Decoder[Access] = msgspec.json.Decoder(Access)
_asked: msgspec.json.Decoder[AskedAccess] = msgspec.json.Decoder(AskedAccess)


class Known(Struct, frozen=True):
    """An account as it stands on record, with its credentials."""

    account: ProviderAccount
    access: Access
    webhook_secret: str | None
    revision: int


class Lease(Struct, frozen=True):
    """An account that is in one worker's hand; no call goes out before `call_at`."""

    clinic: UUID
    account: UUID
    worker: UUID
    until: datetime
    provider: ProviderName
    address: str
    access: AskedAccess
    call_at: datetime
    due_at: datetime
    catalog_at: datetime | None
    matched_at: datetime | None
    balance: int | None
    """What it was last known to hold, in cents."""


async def clinic_of(database: Database, account: UUID) -> UUID | None:
    """The clinic of an account, asked before it is known which clinic a provider's notice is about."""
    async with database.transaction(None) as tx:
        found: UUID | None = await tx.value("provider_accounts/clinic", provider_account_id=account)
    return found


async def due(tx: Tx, rows_max: int) -> list[tuple[UUID, UUID]]:
    """The accounts of all clinics that have something to do, by clinic and id, those that answer first."""
    rows = await tx.rows("provider_accounts/due", limit=rows_max)
    return [(row["clinic_id"], row["provider_account_id"]) for row in rows]


async def insert(tx: Tx, new: ProviderAccount, access: Access, webhook_secret: str | None) -> None:
    """Write a new account."""
    await tx.run(
        "provider_accounts/insert",
        provider_account_id=new.id,
        provider=new.provider,
        name=new.name,
        address=new.address,
        access=tx.cipher.seal(tx.clinic, ACCESS, _encode(access)),
        webhook_secret=_sealed(tx, webhook_secret),
        warn_below=new.warn_below,
        created_at=new.created_at,
        created_by=new.created_by,
    )


async def find(tx: Tx, account: UUID) -> Known | None:
    """One account by id."""
    row = await tx.row("provider_accounts/find", provider_account_id=account)
    return None if row is None else _known(tx, row)


async def lock(tx: Tx, account: UUID) -> Known | None:
    """One account by id, which no other transaction changes before this one ends."""
    row = await tx.row("provider_accounts/lock", provider_account_id=account)
    return None if row is None else _known(tx, row)


async def before(tx: Tx, last: UUID, rows_max: int) -> list[ProviderAccount]:
    """Accounts made before `last`, newest first."""
    rows = await tx.rows("provider_accounts/list", before=last, limit=rows_max)
    return [_known(tx, row).account for row in rows]


async def change(tx: Tx, after: Known) -> None:
    """Write a locked account as it is after a change; the revision goes up, and it is asked at once."""
    one = after.account
    await tx.run(
        "provider_accounts/change",
        provider_account_id=one.id,
        name=one.name,
        access=tx.cipher.seal(tx.clinic, ACCESS, _encode(after.access)),
        webhook_secret=_sealed(tx, after.webhook_secret),
        warn_below=one.warn_below,
        active=one.active,
    )


async def take(tx: Tx, account: UUID, worker: UUID, until: datetime) -> Lease | None:
    """Take an account in hand, or keep it there; None where another worker has it, or it is left alone."""
    row = await tx.row(
        "provider_accounts/lease", provider_account_id=account, leased_by=worker, leased_until=until
    )
    if row is None:
        return None
    return Lease(
        tx.clinic,
        account,
        worker,
        until,
        cast("ProviderName", row["provider"]),
        row["address"],
        _asked.decode(tx.cipher.open(tx.clinic, ACCESS, row["access"])),
        row["call_at"],
        row["due_at"],
        row["catalog_at"],
        row["matched_at"],
        row["balance"],
    )


async def release(tx: Tx, account: UUID, worker: UUID) -> None:
    """Give a lease back."""
    await tx.run("provider_accounts/release", provider_account_id=account, leased_by=worker)


async def note_call(
    tx: Tx,
    account: UUID,
    call_at: datetime,
    fault: str | None,
    shut_until: datetime | None,
    *,
    is_failed: bool,
) -> int:
    """Note a call that was answered or not; returns how many in a row came to nothing."""
    return int(
        await tx.value(
            "provider_accounts/note_call",
            provider_account_id=account,
            call_at=call_at,
            fault=fault,
            is_failed=is_failed,
            shut_until=shut_until,
        )
    )


async def shut(tx: Tx, account: UUID, until: datetime) -> None:
    """Leave an account alone until then."""
    await tx.run("provider_accounts/shut", provider_account_id=account, shut_until=until)


async def note_balance(tx: Tx, account: UUID, balance: int) -> None:
    """Note what an account holds, in cents."""
    await tx.run("provider_accounts/note_balance", provider_account_id=account, balance=balance)


async def hurry(tx: Tx, account: UUID, *, whole: bool) -> None:
    """Have an account asked at once, and where it says so its whole list matched."""
    await tx.run("provider_accounts/hurry", provider_account_id=account, whole=whole)


async def spend(tx: Tx, account: UUID, face: int) -> None:
    """Count on so much less until what an account holds is asked for again, in cents."""
    await tx.run("provider_accounts/spend", provider_account_id=account, face=face)


async def note_kept(
    tx: Tx,
    account: UUID,
    due_at: datetime,
    catalog_at: datetime | None = None,
    matched_at: datetime | None = None,
) -> None:
    """Note that the catalog was read or the list matched, and when the account is next asked."""
    await tx.run(
        "provider_accounts/note_kept",
        provider_account_id=account,
        due_at=due_at,
        catalog_at=catalog_at,
        matched_at=matched_at,
    )


def _sealed(tx: Tx, secret: str | None) -> bytes | None:
    return None if secret is None else tx.cipher.seal(tx.clinic, WEBHOOK_SECRET, secret)


def _known(tx: Tx, row: Record) -> Known:
    balance: int | None = row["balance"]
    account = ProviderAccount(
        row["provider_account_id"],
        cast("ProviderName", row["provider"]),
        row["name"],
        row["address"],
        row["warn_below"],
        row["active"],
        row["created_at"],
        row["created_by"],
        f"{WEBHOOK}{row['provider_account_id']}",
        balance,
        row["balance_at"],
        row["on_order"],
        balance is not None and balance - row["on_order"] < row["warn_below"],
        row["catalog_at"],
        row["matched_at"],
        row["fault"],
        row["shut_until"],
        row["waiting"],
        row["differences"],
    )
    return Known(
        account,
        _access.decode(tx.cipher.open(tx.clinic, ACCESS, row["access"])),
        tx.cipher.open_text(tx.clinic, WEBHOOK_SECRET, row["webhook_secret"]),
        row["revision"],
    )
