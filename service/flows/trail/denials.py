"""Calls refused to somebody who is known, told in the audit trail: so many an hour of each, and no more.

Who tries what their role, their key's scopes or a missing proof does not let them is of interest to whoever
looks after the clinic. Whoever tries it a thousand times does not fill the trail with it.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

import asyncpg
import structlog

from schemas.problem import Code
from service.core.actors import Actor
from service.flows.perform import Act, Done, perform
from service.store import denials
from service.store.database.pool import Database

TOLD_MAX: Final = 20
"""How many refused calls of one actor are told of in an hour; the last of them says that it is the last."""
FULL_MAX: Final = 10_000
"""How many actors a process remembers of whom all was told; beyond, it asks the database anew."""

_log = structlog.get_logger("service.flows")


class Denials:
    """Tells the trail of refused calls; once an actor's hour is full, the database is not asked any more."""

    def __init__(self, database: Database) -> None:
        """Take the database of the trail."""
        self._database = database
        self._full: dict[UUID, datetime] = {}

    async def tell(self, actor: Actor, code: Code, method: str, path: str) -> None:
        """Tell of one refused call: its code, its method, and the template of its path.

        Where the database is away it is not told: the call stays refused, and the log says so.
        """
        hour = self._database.clock().replace(minute=0, second=0, microsecond=0)
        if self._full.get(actor.id) == hour:
            return

        async def operation(act: Act) -> Done[bool]:
            count = await denials.take(act, actor.id, hour, TOLD_MAX)
            if count is not None:
                more: dict[str, str | int] = {"last_of_hour": 1} if count == TOLD_MAX else {}
                act.audit("call.denied", None, None, code=code, method=method, path=path, **more)
            return Done(count is None or count == TOLD_MAX)

        try:
            told = await perform(self._database, actor, operation)
        except (OSError, asyncpg.PostgresError) as error:
            _log.warning("denial_untold", error=type(error).__name__)
            return
        if isinstance(told, Done) and told.value:
            if len(self._full) >= FULL_MAX:
                self._full.clear()
            self._full[actor.id] = hour
