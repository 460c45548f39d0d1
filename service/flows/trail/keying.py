"""Key the audit chains of clinics that a release before the key has written."""

from service.core.actors import system
from service.core.audit_chain import KEYED
from service.core.refusals import Refused
from service.flows.perform import Act, Done, perform
from service.store import audit
from service.store.database.pool import Database


async def key_chains(database: Database) -> int:
    """Note in every chain that is not keyed yet that it is from here on; returns how many there were.

    What stands in it stays as it is: the first keyed hash takes it in. Two processes may do it at once.
    """
    keyed = 0
    for clinic in await database.served_clinics():
        done = await perform(database, system(clinic), _key_chain)
        keyed += done.value if isinstance(done, Done) else 0
    return keyed


async def _key_chain(act: Act) -> Done[int] | Refused:
    if await audit.is_keyed(act):
        return Done(0)
    act.audit(KEYED)
    return Done(1)
