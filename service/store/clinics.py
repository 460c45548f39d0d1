"""Clinics: their names and time zones."""

from zoneinfo import ZoneInfo

from schemas.caps import TaxThreshold
from schemas.people import Clinic
from service.core.audit_chain import FIRST
from service.core.tax import FIRST_THRESHOLDS
from service.store import tax
from service.store.database.pool import Tx


async def insert(tx: Tx, clinic: Clinic) -> None:
    """Write a new clinic, the beginning of its audit chain, and the tax thresholds it begins with."""
    await tx.run("clinics/insert", name=clinic.name, zone=clinic.timezone)
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
