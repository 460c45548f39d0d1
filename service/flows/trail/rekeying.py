"""Change the key of the audit chains, clinic by clinic, while processes that have both keys go on writing."""

from collections.abc import Callable
from uuid import UUID

from service.core.actors import system
from service.core.audit_chain import REKEYED
from service.flows.perform import Act, Done, perform
from service.store import audit_keyings
from service.store.database.pool import Database

Watch = Callable[[int, int], object]
"""Told how many clinics were looked at by now, and how many there are."""


async def rekey_chains(database: Database, watch: Watch) -> int:
    """Note in every chain that it is under this process's key from here on; returns how many it was new to.

    The process's other key is the one before. A chain that was changed already is left as it is, so a run
    that was broken off goes on where it stopped, and two may run at once.
    """
    changed = 0
    there = await database.clinics()
    for place, clinic in enumerate(there, start=1):
        changed += await rekey_chain(database, clinic)
        watch(place, len(there))
    return changed


async def rekey_chain(database: Database, clinic: UUID) -> int:
    """Note it in one clinic's chain; returns 1 where it was new to it.

    Raises LookupError where the clinic is under neither of this process's two keys.
    """
    done = await perform(database, system(clinic), _rekey)
    return done.value if isinstance(done, Done) else 0


async def _rekey(act: Act) -> Done[int]:
    change = act.new_id()
    if not await audit_keyings.change(act, change):
        return Done(0)
    act.audit(REKEYED, change)
    return Done(1)
