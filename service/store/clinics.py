"""Clinics: their names and time zones."""

import hmac
from typing import cast
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct

from schemas.caps import TaxThreshold
from schemas.people import Clinic
from service.core.audit_chain import FIRST
from service.core.tax import FIRST_THRESHOLDS
from service.store import tax
from service.store.database.cipher import TrailKey
from service.store.database.pool import Tx


class Checks(Struct, frozen=True):
    """Hashes that tell whether a process has the clinic's keys; none of a clinic of before there were any."""

    index: bytes | None
    audit: bytes | None


def checks_of(tx: Tx) -> Checks:
    """The hashes under the keys that this process has."""
    index = tx.cipher.blind(tx.clinic, "clinics.index_check", "")
    return Checks(index, audit_check(tx.cipher.trail, tx.clinic))


def audit_check(trail: TrailKey, clinic: UUID) -> bytes:
    """The hash that tells whether a process has an audit key: of nothing but the clinic's id under it."""
    return hmac.digest(trail.of(clinic), b"rewards: check, 1", "sha256")


async def checks(tx: Tx) -> Checks:
    """The hashes that the clinic has."""
    row = await tx.row("clinics/checks")
    return Checks(None, None) if row is None else Checks(row["index_check"], row["audit_check"])


async def give_checks(tx: Tx) -> None:
    """Give the clinic those hashes that it lacks, once it is known that this process has its keys."""
    has = checks_of(tx)
    await tx.run("clinics/give_checks", index_check=has.index, audit_check=has.audit)


async def insert(tx: Tx, clinic: Clinic) -> None:
    """Write a new clinic, the beginning of its audit chain, and the tax thresholds it begins with."""
    has = checks_of(tx)
    await tx.run(
        "clinics/insert",
        name=clinic.name,
        zone=clinic.timezone,
        index_check=has.index,
        audit_check=has.audit,
    )
    thresholds = [
        TaxThreshold(tx.new_id(), year, amount, tx.now, clinic.id) for year, amount in FIRST_THRESHOLDS
    ]
    await tax.insert(tx, clinic.id, thresholds)
    await tx.run("audit/begin", hash=FIRST, seal=FIRST)


async def zone(tx: Tx) -> ZoneInfo:
    """The time zone that a clinic's days are counted in.

    Raises LookupError where there is no such clinic.
    """
    known = await find(tx)
    if known is None:
        message = f"there is no clinic {tx.clinic}"
        raise LookupError(message)
    return ZoneInfo(known.timezone)


async def phone(tx: Tx) -> str | None:
    """The number at which people reach their team; none where none is set."""
    return cast("str | None", await tx.value("clinics/phone"))


async def set_phone(tx: Tx, number: str | None) -> None:
    """Set that number, or take it away."""
    await tx.run("clinics/set_phone", phone=number)


async def find(tx: Tx) -> Clinic | None:
    """One clinic by its id."""
    row = await tx.row("clinics/find")
    return None if row is None else Clinic(tx.clinic, row["name"], row["zone"])


async def second_factor_needed(tx: Tx) -> bool:
    """Whether nobody on the staff signs in without a second factor."""
    return bool(await tx.value("clinics/second_factor_needed"))


async def need_second_factor(tx: Tx, *, needed: bool) -> bool:
    """Write whether the staff need a second factor; whether that changed anything."""
    return await tx.value("clinics/need_second_factor", second_factor_needed=needed) is not None


async def lock_first(tx: Tx) -> bool:
    """Wait for whoever else makes the first clinic; whether there is none yet."""
    await tx.run("clinics/lock_first")
    return not await tx.rows("clinics/ids")
