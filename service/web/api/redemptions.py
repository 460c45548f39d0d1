"""Redemptions: asked for, given, canceled, replaced, taken back."""

from uuid import UUID

from msgspec import Struct

from schemas.providers import CardLoad
from schemas.redemption_changes import NewReplacement, NewTakeBack
from schemas.shelf import NewRedemption, Redemption, RedemptionPage, RedemptionStatus
from service.core.cursors import LIMIT, Page
from service.flows.providers.by_hand import list_to_load, say_of_card
from service.flows.shelf.lost_rewards import replace_redemption, take_back_redemption
from service.flows.shelf.redemptions import (
    cancel_redemption,
    give_redemption,
    list_redemptions,
    read_redemption,
    redeem,
)
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.pagination import IdCursor, Limit, PageQuery
from service.web.http.route import DESK, READERS, route


class RedemptionsQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which redemptions are asked for."""

    status: RedemptionStatus | None = None
    participant: UUID | None = None
    limit: Limit = LIMIT
    cursor: IdCursor | None = None


@route(
    "POST",
    "/v1/redemptions",
    "redeem_reward",
    roles=DESK,
    answer=Redemption,
    statuses=(201,),
    key_required=True,
    refusals=(
        "unknown_participant",
        "unknown_reward",
        "reward_not_offered",
        "out_of_stock",
        "insufficient_balance",
        "second_person_needed",
    ),
)
async def ask(call: Call, body: NewRedemption) -> Answer:
    """Redeem a reward.

    A code or an instant item is given at once; any other item is held until it is given.
    """
    return await call.perform(lambda act: redeem(act, body), lambda made: f"/v1/redemptions/{made.id}")


@route("GET", "/v1/redemptions", "list_redemptions", roles=READERS, answer=RedemptionPage)
async def find(call: Call, asked: RedemptionsQuery) -> Answer:
    """List redemptions, newest first; codes are never in a list."""
    page = Page(asked.limit, asked.cursor)
    return await call.perform(
        lambda act: list_redemptions(act, page, status=asked.status, participant=asked.participant)
    )


@route(
    "GET",
    "/v1/redemptions/{redemption}",
    "read_redemption",
    roles=READERS,
    answer=Redemption,
    refusals=("not_found",),
)
async def read(call: Call, redemption: UUID) -> Answer:
    """Read a redemption; its codes are shown to those who may hand them over."""
    return await call.perform(lambda act: read_redemption(act, redemption))


@route(
    "POST",
    "/v1/redemptions/{redemption}/give",
    "give_redemption",
    roles=DESK,
    answer=Redemption,
    refusals=("not_found", "already_settled", "not_given", "second_person_needed"),
)
async def give(call: Call, redemption: UUID) -> Answer:
    """Say that a held item was handed over."""
    return await call.perform(lambda act: give_redemption(act, redemption))


@route(
    "POST",
    "/v1/redemptions/{redemption}/cancel",
    "cancel_redemption",
    roles=DESK,
    answer=Redemption,
    refusals=("not_found", "already_settled"),
)
async def cancel(call: Call, redemption: UUID) -> Answer:
    """Cancel a held redemption; what was held is available again.

    One that a provider is to deliver is canceled while it was not sent; after that its provider is asked to,
    by a manager alone once it was given, and what comes of it shows in its status.
    """
    return await call.perform(lambda act: cancel_redemption(act, redemption))


@route("GET", "/v1/cards-to-load", "list_cards_to_load", roles=READERS, answer=RedemptionPage)
async def to_load(call: Call, asked: PageQuery) -> Answer:
    """List redemptions whose cards wait to be loaded by hand, newest first."""
    return await call.perform(lambda act: list_to_load(act, Page(asked.limit, asked.cursor)))


@route(
    "POST",
    "/v1/redemptions/{redemption}/card",
    "say_of_card",
    roles=DESK,
    answer=Redemption,
    refusals=("not_found", "already_settled", "not_given", "same_person", "person_needed"),
)
async def card(call: Call, redemption: UUID, body: CardLoad) -> Answer:
    """Say that a card was loaded by hand, could not be, or paid back.

    What was not loaded, or was paid back, is available again. That a card paid back is said by a manager who
    did not load it.
    """
    return await call.perform(lambda act: say_of_card(act, redemption, body))


@route(
    "POST",
    "/v1/redemptions/{redemption}/replace",
    "replace_redemption",
    roles=DESK,
    answer=Redemption,
    statuses=(200, 202),
    refusals=("not_found", "not_given", "already_settled", "already_changed", "out_of_stock"),
)
async def replace(call: Call, redemption: UUID, body: NewReplacement) -> Answer:
    """Replace a given reward that is lost, used or void by another code or piece.

    What was there before is void, and nothing is earned, counted or taxed again. Above the clinic's limit
    it takes a second person: the answer is 202, nothing changes yet, and another person approves `change`.
    """
    return await call.perform(
        lambda act: replace_redemption(act, redemption, body),
        lambda made: f"/v1/redemption-changes/{made.change}",
    )


@route(
    "POST",
    "/v1/redemptions/{redemption}/take-back",
    "take_back_redemption",
    roles=DESK,
    answer=Redemption,
    statuses=(200, 202),
    refusals=("not_found", "not_given", "already_settled", "already_changed"),
)
async def take_back(call: Call, redemption: UUID, body: NewTakeBack) -> Answer:
    """Take a given reward back: its price is available again, and its codes are void.

    It is no income and undoes what was given. Above the clinic's limit it takes a second person: the answer
    is 202, nothing changes yet, and another person approves `change`.
    """
    return await call.perform(
        lambda act: take_back_redemption(act, redemption, body),
        lambda made: f"/v1/redemption-changes/{made.change}",
    )
