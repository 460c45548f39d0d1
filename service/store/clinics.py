"""Clinics: their names and time zones."""

from uuid import UUID

from schemas.people import Clinic
from service.store.audit import FIRST_HASH
from service.store.database import Tx


async def insert(tx: Tx, clinic: Clinic) -> None:
    """Write a new clinic and the beginning of its audit chain."""
    await tx.run("clinics/insert", clinic.id, clinic.name, clinic.timezone, tx.now)
    await tx.run("audit/begin", clinic.id, FIRST_HASH)


async def find(tx: Tx, clinic: UUID) -> Clinic | None:
    """One clinic by its id."""
    row = await tx.row("clinics/find", clinic)
    return None if row is None else Clinic(clinic, row["name"], row["zone"])
