"""The shelf: rewards, their stock and their codes."""

from uuid import UUID

from msgspec import Struct

from schemas.program import Slug
from schemas.shelf import Coded, NewCodes, NewReward, Reward, RewardChange, RewardPage, StockChange, Stocked
from service.core.cursors import LIMIT, Page
from service.flows.shelf.rewards import (
    add_codes,
    add_reward,
    change_reward,
    change_stock,
    list_rewards,
    read_reward,
)
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.pagination import IdCursor, Limit
from service.web.http.route import EVERYONE, MANAGERS, route


class RewardsQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which part of the shelf is asked for."""

    active: bool | None = None
    """Only those on the shelf, or only those off it."""
    category: Slug | None = None
    """Only those of this category."""
    limit: Limit = LIMIT
    cursor: IdCursor | None = None


@route(
    "POST",
    "/v1/rewards",
    "add_reward",
    roles=MANAGERS,
    answer=Reward,
    statuses=(201,),
    tagged=True,
    refusals=("category_not_allowed",),
)
async def add(call: Call, body: NewReward) -> Answer:
    """Put a reward on the shelf."""
    return await call.perform(lambda act: add_reward(act, body), lambda made: f"/v1/rewards/{made.id}")


@route("GET", "/v1/rewards", "list_rewards", roles=EVERYONE, answer=RewardPage)
async def find(call: Call, asked: RewardsQuery) -> Answer:
    """List the shelf, newest first."""
    page = Page(asked.limit, asked.cursor)
    return await call.perform(
        lambda act: list_rewards(act, page, active=asked.active, category=asked.category)
    )


@route(
    "GET",
    "/v1/rewards/{reward}",
    "read_reward",
    roles=EVERYONE,
    answer=Reward,
    tagged=True,
    refusals=("not_found",),
)
async def read(call: Call, reward: UUID) -> Answer:
    """Read a reward."""
    return await call.perform(lambda act: read_reward(act, reward))


@route(
    "PATCH",
    "/v1/rewards/{reward}",
    "change_reward",
    roles=MANAGERS,
    answer=Reward,
    tagged=True,
    edits=True,
    asks_again=True,
    refusals=("not_found", "category_not_allowed"),
)
async def change(call: Call, reward: UUID, body: RewardChange) -> Answer:
    """Change a reward; a field left out stays."""
    return await call.perform(
        call.edited(
            lambda act: read_reward(act, reward),
            lambda act, revision: change_reward(act, reward, body, revision),
        )
    )


@route(
    "POST",
    "/v1/rewards/{reward}/stock",
    "change_stock",
    roles=MANAGERS,
    answer=Stocked,
    tagged=True,
    statuses=(200, 202),
    refusals=("not_found", "out_of_stock"),
)
async def stock(call: Call, reward: UUID, body: StockChange) -> Answer:
    """Change the stock of an item: count pieces in, or propose to write some off, with the reason.

    Nobody writes off stock alone: with a negative change the answer is 202, the stock stays as it is, and
    `write_off` is what another person approves.
    """
    return await call.perform(
        lambda act: change_stock(act, reward, body), lambda made: f"/v1/write-offs/{made.write_off}"
    )


@route(
    "POST",
    "/v1/rewards/{reward}/codes",
    "add_reward_codes",
    roles=MANAGERS,
    answer=Coded,
    tagged=True,
    statuses=(201, 200),
    refusals=("not_found", "codes_known"),
)
async def codes(call: Call, reward: UUID, body: NewCodes) -> Answer:
    """Add codes to a code reward; they are kept encrypted, and each is given once.

    A text that can be no code (a heading, what a spreadsheet has spoiled) is refused at its place, and then
    none is added. What is only odd, such as codes of several lengths, is named in `warnings`.
    """
    return await call.perform(lambda act: add_codes(act, reward, body))
