"""Prizes won by draws: those from the shelf are owed until they are given."""

from uuid import UUID

from msgspec import Struct

from schemas.draws import GivePrize, Prize, PrizePage, PrizeStatus
from schemas.redemption_changes import NewPrizeReplacement, NewTakeBack
from service.core.cursors import LIMIT, Page
from service.flows.draws.prizes import give_prize, list_prizes, read_prize
from service.flows.shelf.lost_prizes import replace_prize, take_back_prize
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.pagination import IdCursor, Limit
from service.web.http.route import DESK, READERS, route


class PrizesQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which prizes are asked for."""

    status: PrizeStatus | None = None
    participant: UUID | None = None
    limit: Limit = LIMIT
    cursor: IdCursor | None = None


@route("GET", "/v1/prizes", "list_prizes", roles=READERS, answer=PrizePage)
async def find(call: Call, asked: PrizesQuery) -> Answer:
    """List prizes, newest first; codes are never in a list."""
    page = Page(asked.limit, asked.cursor)
    return await call.perform(
        lambda act: list_prizes(act, page, status=asked.status, participant=asked.participant)
    )


@route("GET", "/v1/prizes/{prize}", "read_prize", roles=READERS, answer=Prize, refusals=("not_found",))
async def read(call: Call, prize: UUID) -> Answer:
    """Read a prize; its code is shown to those who may hand it over."""
    return await call.perform(lambda act: read_prize(act, prize))


@route(
    "POST",
    "/v1/prizes/{prize}/give",
    "give_prize",
    roles=DESK,
    answer=Prize,
    refusals=(
        "not_found",
        "unknown_reward",
        "already_settled",
        "reward_not_offered",
        "category_mismatch",
        "second_person_needed",
        "out_of_stock",
    ),
)
async def give(call: Call, prize: UUID, body: GivePrize) -> Answer:
    """Hand over a reward of an owed prize's category; a code is given in the answer."""
    return await call.perform(lambda act: give_prize(act, prize, body))


@route(
    "POST",
    "/v1/prizes/{prize}/replace",
    "replace_prize",
    roles=DESK,
    answer=Prize,
    statuses=(200, 202),
    refusals=("not_found", "not_given", "already_settled", "already_changed", "out_of_stock"),
)
async def replace(call: Call, prize: UUID, body: NewPrizeReplacement) -> Answer:
    """Replace a given prize that is lost, used or void by another code or piece of the same reward.

    What was there before is void, and nothing is counted or taxed again. Above the clinic's limit, which
    looks at what it is worth, it takes a second person: the answer is 202, and another approves `change`.
    """
    return await call.perform(
        lambda act: replace_prize(act, prize, body),
        lambda made: f"/v1/redemption-changes/{made.change}",
    )


@route(
    "POST",
    "/v1/prizes/{prize}/take-back",
    "take_back_prize",
    roles=DESK,
    answer=Prize,
    statuses=(200, 202),
    refusals=("not_found", "not_given", "already_settled", "already_changed"),
)
async def take_back(call: Call, prize: UUID, body: NewTakeBack) -> Answer:
    """Take a given prize back: it is owed again, and its code is void.

    It counts for nothing until it is given once more. Above the clinic's limit it takes a second person: the
    answer is 202, nothing changes yet, and another person approves `change`.
    """
    return await call.perform(
        lambda act: take_back_prize(act, prize, body),
        lambda made: f"/v1/redemption-changes/{made.change}",
    )
