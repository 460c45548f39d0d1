"""How many connections PostgreSQL has for the service."""

from service.store.database.pool import Tx


async def connections_max(tx: Tx) -> int:
    """How many connections the service's login may have, by the server, the login and the database."""
    return int(await tx.value("logins/connections_max"))
