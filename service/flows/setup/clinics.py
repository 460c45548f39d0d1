"""Create a clinic: its name, its time zone, the beginning of its audit chain, and its first seed of draws."""

from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from schemas.people import Clinic
from service.core.actors import Actor
from service.core.refusals import Refused, refused
from service.flows.draws.seeds import new_seed
from service.flows.perform import Done
from service.store import audit, clinics, record
from service.store.database.ids import new_id
from service.store.database.pool import Database, Tx

NAME_LETTERS_MAX = 200


def operator(clinic: UUID) -> Actor:
    """Whoever runs a command on the service's own machine; the audit trail shows the clinic's own id."""
    return Actor(clinic, clinic, "manager")


async def create_clinic(database: Database, name: str, zone: str) -> Done[Clinic] | Refused:
    """Create a clinic; it has a transaction of its own, since nobody is in the clinic before it exists."""
    refusal = faulty_clinic(name, zone)
    if refusal is not None:
        return refusal
    clinic = Clinic(new_id(), name, zone)
    async with database.transaction(clinic.id) as tx:
        await record.write(tx, record.Books(entries=[await begin_clinic(tx, clinic)]))
    return Done(clinic, "created")


def faulty_clinic(name: str, zone: str) -> Refused | None:
    """The fault of a clinic's name or time zone; None where both are right."""
    if not name.strip() or len(name) > NAME_LETTERS_MAX or not name.isprintable():
        return refused("invalid.clinic_name", "name", letters=NAME_LETTERS_MAX)
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return refused("invalid.time_zone", "timezone")
    return None


async def begin_clinic(tx: Tx, clinic: Clinic) -> audit.Entry:
    """Write a clinic and its first seed of draws; what is to be told of it is given back."""
    await clinics.insert(tx, clinic)
    seed = await new_seed(tx)
    detail: dict[str, str | int] = {
        "seed": str(seed.id),
        "commitment": seed.commitment,
        # From the beginning names are sealed with their rows' ids: flows/people/binding.py.
        "names": "bound",
    }
    return audit.Entry(operator(clinic.id), "clinic.created", clinic.id, None, detail)
