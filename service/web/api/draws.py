"""Prize draws: drawn on request, with the record that proves each of them."""

from uuid import UUID

from schemas.drawn_days import DayPage
from schemas.draws import Drawn, DrawPage, DrawRecord, NewDraws
from service.core.cursors import Page
from service.flows.draws.days import list_days
from service.flows.draws.draws import draw_prizes, list_draws, read_draw
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.pagination import PageQuery
from service.web.http.route import DESK, READERS, route


@route(
    "POST",
    "/v1/participants/{participant}/draws",
    "draw_slips",
    roles=DESK,
    answer=Drawn,
    statuses=(201,),
    key_required=True,
    refusals=("not_found", "unknown_enrollment", "ambiguous_enrollment", "insufficient_balance"),
)
async def draw(call: Call, participant: UUID, body: NewDraws) -> Answer:
    """Draw slips from a bowl.

    Money and points are credited at once; a prize from the shelf is owed until it is given.
    """
    return await call.perform(
        lambda act: draw_prizes(act, participant, body), lambda made: f"/v1/draws/{made.id}"
    )


@route(
    "GET",
    "/v1/participants/{participant}/draws",
    "list_draws",
    roles=READERS,
    answer=DrawPage,
    refusals=("not_found",),
)
async def find(call: Call, participant: UUID, asked: PageQuery) -> Answer:
    """List a participant's draws with their records, newest first."""
    return await call.perform(lambda act: list_draws(act, participant, Page(asked.limit, asked.cursor)))


@route("GET", "/v1/draws/{draw}", "read_draw", roles=READERS, answer=DrawRecord, refusals=("not_found",))
async def read(call: Call, draw: UUID) -> Answer:
    """Read a draw's public record.

    `rewards draw check` verifies it from this answer alone, once `revealed_seed` is there.
    """
    return await call.perform(lambda act: read_draw(act, draw))


@route(
    "GET",
    "/v1/enrollments/{enrollment}/drawn-days",
    "list_drawn_days",
    roles=READERS,
    answer=DayPage,
    refusals=("not_found",),
)
async def days(call: Call, enrollment: UUID, asked: PageQuery) -> Answer:
    """List the turns of an enrollment's days drawn by lot, newest first.

    There is none before its morning. `rewards draw check` verifies one item, once `revealed_seed` is there.
    """
    return await call.perform(lambda act: list_days(act, enrollment, Page(asked.limit, asked.cursor)))
