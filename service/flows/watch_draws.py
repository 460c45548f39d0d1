"""Watch draws: how even they are, bowl by bowl, over all clinics together, without saying whose they are."""

from collections import defaultdict

from schemas.program import Bowl
from service.core.draws.fairness import Fairness, fairness
from service.store import draws
from service.store.database.pool import Database


async def watch_draws(database: Database) -> list[Fairness]:
    """How even all draws from each bowl are; it goes through all of them, so it is not asked often."""
    async with database.transaction(None) as tx:
        tallies = await draws.tallies(tx)
    drawn: dict[Bowl, dict[int, int]] = defaultdict(dict)
    for tally in tallies:
        drawn[tally.bowl][tally.slip] = tally.drawn
    return [fairness(bowl, slips) for bowl, slips in drawn.items()]
