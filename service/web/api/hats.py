"""Names drawn from the hat for group attendance, with the record that proves each of them."""

from uuid import UUID

from schemas.draws import HatPage, HatRecord, NewHat
from service.core.cursors import Page
from service.flows.draws.hats import draw_names, list_hats, read_hat
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.pagination import PageQuery
from service.web.http.route import DESK, READERS, route


@route(
    "POST",
    "/v1/hats",
    "draw_names",
    roles=DESK,
    answer=HatRecord,
    statuses=(201,),
    key_required=True,
    refusals=("unknown_program", "unknown_target", "event_in_future", "already_drawn", "hat_empty"),
)
async def draw(call: Call, body: NewHat) -> Answer:
    """Draw names for a session.

    Everyone recorded as present is in the hat, with a ticket for each session attended in a row. Half of
    them, rounded up, are drawn and credited draws.
    """
    return await call.perform(lambda act: draw_names(act, body), lambda made: f"/v1/hats/{made.id}")


@route("GET", "/v1/hats", "list_hats", roles=READERS, answer=HatPage)
async def find(call: Call, asked: PageQuery) -> Answer:
    """List hats with their records, newest first."""
    return await call.perform(lambda act: list_hats(act, Page(asked.limit, asked.cursor)))


@route("GET", "/v1/hats/{hat}", "read_hat", roles=READERS, answer=HatRecord, refusals=("not_found",))
async def read(call: Call, hat: UUID) -> Answer:
    """Read a hat's public record: people by enrollment and tickets, and the names drawn.

    `rewards draw check` verifies it from this answer alone, once `revealed_seed` is there.
    """
    return await call.perform(lambda act: read_hat(act, hat))
