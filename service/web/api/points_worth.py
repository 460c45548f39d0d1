"""What a point is worth in money: said with dates of effect, and read."""

from msgspec import Struct

from schemas.events import Day
from schemas.worth import NewPointsWorth, PointsWorth, PointsWorthPage
from service.core.cursors import LIMIT, Page
from service.flows.ledger.points_worth import list_points_worth, state_points_worth
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.pagination import IdCursor, Limit
from service.web.http.route import MANAGERS, READERS, route


class PointsWorthQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which are asked for: with `on`, the one that holds on that day."""

    on: Day | None = None
    """Only the one that holds on this local day."""
    limit: Limit = LIMIT
    cursor: IdCursor | None = None


@route("POST", "/v1/points-worth", "set_points_worth", roles=MANAGERS, answer=PointsWorth, statuses=(201,))
async def add(call: Call, body: NewPointsWorth) -> Answer:
    """Set what a point is worth, in cents, from a day on.

    What is bought for points from then on counts at its fair value against the caps in money and in the tax
    report. Nothing is overwritten: the latest day up to one holds on it, and of several for a day the newest.
    """
    return await call.perform(lambda act: state_points_worth(act, body))


@route("GET", "/v1/points-worth", "list_points_worth", roles=READERS, answer=PointsWorthPage)
async def find(call: Call, asked: PointsWorthQuery) -> Answer:
    """List what points were said to be worth, newest first."""
    page = Page(asked.limit, asked.cursor)
    return await call.perform(lambda act: list_points_worth(act, page, asked.on))
