"""Seeds of draws: committed before they are used, revealed when they are rotated."""

from schemas.draws import SeedPage, SeedRotation
from service.core.cursors import Page
from service.flows.draws.seeds import list_seeds, rotate_seeds
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.pagination import PageQuery
from service.web.http.route import EVERYONE, MANAGERS, route


@route("GET", "/v1/seeds", "list_seeds", roles=EVERYONE, answer=SeedPage)
async def find(call: Call, asked: PageQuery) -> Answer:
    """List seeds, newest first: commitments, and the seeds revealed by now."""
    return await call.perform(lambda act: list_seeds(act, Page(asked.limit, asked.cursor)))


@route("POST", "/v1/seeds/rotate", "rotate_seed", roles=MANAGERS, answer=SeedRotation, statuses=(201,))
async def rotate(call: Call) -> Answer:
    """Reveal the seed in use, so that its draws can be checked, and commit the next."""
    return await call.perform(rotate_seeds)
