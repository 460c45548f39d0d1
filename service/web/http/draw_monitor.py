"""The monitor of draws: how even they are, measured now and then when somebody asks for the metrics."""

import asyncio
from collections.abc import Iterable
from time import monotonic
from typing import Final

import structlog

from service.core.draws.fairness import Fairness
from service.flows.draws.draws import watch_draws
from service.store.database.absence import AWAY
from service.store.database.pool import Database
from service.web.http import measures

EVERY_S: Final = 300.0
"""How old a measurement may become before the next."""
WAIT_S_MAX: Final = 2.0
"""How long the metrics wait for a measurement; a longer one is shown the next time."""

_log = structlog.get_logger("service.web")


def show(found: Iterable[Fairness]) -> None:
    """Show how even draws are in the metrics, and warn of what chance hardly explains."""
    for one in found:
        measures.show_draws(one.bowl, one.chi_square, one.df, one.p, one.slips)
        if one.is_suspect:
            _log.warning("draws_uneven", bowl_id=one.id, count=one.slips, p=one.p)


class DrawMonitor:
    """Measures how even draws are, at most once in `EVERY_S` in this process."""

    def __init__(self) -> None:
        """Begin with nothing measured."""
        self._next_at = 0.0
        self._task: asyncio.Task[None] | None = None

    async def refresh(self, database: Database) -> None:
        """Measure again if it is time, and wait for it a moment."""
        if monotonic() >= self._next_at:
            self._next_at = monotonic() + EVERY_S
            self._task = asyncio.create_task(self._measure(database))
        if self._task is not None and not self._task.done():
            await asyncio.wait({self._task}, timeout=WAIT_S_MAX)

    async def _measure(self, database: Database) -> None:
        try:
            found = await watch_draws(database)
        except AWAY as error:
            # The metrics are needed most when something is away: they are given without this one.
            self._next_at = 0.0
            _log.warning("draws_not_measured", error=type(error).__name__)
            return
        show(found)
