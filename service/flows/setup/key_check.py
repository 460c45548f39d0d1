"""Whether the keys that a process was given are those that its database was encrypted with."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag

from service.store import seeds, staff
from service.store.database.cipher import UnknownFieldKeyError
from service.store.database.pool import Database

CLINICS_MAX: Final = 20
"""How many clinics are looked at: all have the same keys."""
LAST: Final = UUID(int=2**128 - 1)


class WrongKeysError(Exception):
    """The keys are not the database's; the message says which, and what to do."""


async def check_keys(database: Database) -> None:
    """Open what every clinic has, and find somebody by an index; a database without a clinic fits any keys.

    Raises WrongKeysError.
    """
    for clinic in (await database.clinics())[:CLINICS_MAX]:
        async with database.transaction(clinic) as tx:
            try:
                await seeds.hold(tx)
                found = await staff.before(tx, LAST, 1)
            except UnknownFieldKeyError as why:
                raise WrongKeysError(
                    f"FIELD_KEYS lacks a key of this database: {why}. Nothing was changed. Put the key back "
                    "from where you keep it; without it what it encrypted is lost."
                ) from why
            except InvalidTag as why:
                raise WrongKeysError(
                    "A key of FIELD_KEYS is another than the one of the same id that this database was "
                    "encrypted with. Nothing was changed. Put the right one back from where you keep it."
                ) from why
            if found and await staff.find_by_email(tx, found[0].email) is None:
                raise WrongKeysError(
                    "INDEX_KEY is another than the one that this database's indexes were made with. Nothing "
                    "was changed. Put the right one back from where you keep it."
                )
