"""Read seeds: what is committed for the draws to come, and what is revealed of those made."""

from schemas.draws import SeedPage
from service.core.cursors import Page, before_id, cut
from service.core.refusals import Refused
from service.flows.perform import Act, Done
from service.store import seeds


async def list_seeds(act: Act, page: Page) -> Done[SeedPage] | Refused:
    """The clinic's seeds, newest first; the one in use shows its commitment alone."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await seeds.before(act, act.clinic, last, page.limit + 1)
    return Done(SeedPage(*cut(found, page, lambda seed: seed.id.bytes)))
