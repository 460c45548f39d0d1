"""Restrictions that people ask for, and looks at a whole record in an emergency."""

from uuid import UUID

from msgspec import Struct

from schemas.restrictions import (
    Emergency,
    EmergencyPage,
    NewEmergency,
    NewRestriction,
    Restriction,
    RestrictionAnswer,
    RestrictionPage,
    RestrictionStatus,
)
from service.core.cursors import LIMIT, Page
from service.flows.people.emergencies import list_emergencies, open_emergency, review_emergency
from service.flows.people.restrictions import (
    ask_restriction,
    end_restriction,
    list_restrictions,
    settle_restriction,
)
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.pagination import IdCursor, Limit
from service.web.http.route import AUDITORS, CLINICIANS, DESK, MANAGERS, route


class RestrictionsQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which restrictions are asked for."""

    participant: UUID | None = None
    status: RestrictionStatus | None = None
    limit: Limit = LIMIT
    cursor: IdCursor | None = None


class EmergenciesQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which looks are asked for."""

    participant: UUID | None = None
    to_review: bool = False
    """With `true`, only those that nobody has looked over."""
    limit: Limit = LIMIT
    cursor: IdCursor | None = None


@route(
    "POST",
    "/v1/restrictions",
    "ask_restriction",
    roles=CLINICIANS,
    answer=Restriction,
    statuses=(201,),
    refusals=("unknown_participant", "unknown_subscriber"),
)
async def ask(call: Call, body: NewRestriction) -> Answer:
    """Record whom a participant asks to be told nothing; it binds once it is agreed to."""
    return await call.perform(
        lambda act: ask_restriction(act, body),
        lambda made: f"/v1/restrictions?participant={made.participant}",
    )


@route("GET", "/v1/restrictions", "list_restrictions", roles=DESK, answer=RestrictionPage)
async def find(call: Call, asked: RestrictionsQuery) -> Answer:
    """List restrictions, newest first."""
    page = Page(asked.limit, asked.cursor)
    return await call.perform(lambda act: list_restrictions(act, page, asked.participant, asked.status))


@route(
    "POST",
    "/v1/restrictions/{restriction}/agree",
    "agree_restriction",
    roles=MANAGERS,
    answer=Restriction,
    refusals=("not_found", "already_settled"),
)
async def agree(call: Call, restriction: UUID) -> Answer:
    """Agree to a restriction: its subscriber is told nothing of the participant from now on."""
    return await call.perform(lambda act: settle_restriction(act, restriction, "agreed"))


@route(
    "POST",
    "/v1/restrictions/{restriction}/decline",
    "decline_restriction",
    roles=MANAGERS,
    answer=Restriction,
    refusals=("not_found", "already_settled"),
)
async def decline(call: Call, restriction: UUID, body: RestrictionAnswer) -> Answer:
    """Decline a restriction, with an answer to whoever asked."""
    return await call.perform(lambda act: settle_restriction(act, restriction, "declined", body.answer))


@route(
    "POST",
    "/v1/restrictions/{restriction}/end",
    "end_restriction",
    roles=MANAGERS,
    answer=Restriction,
    refusals=("not_found", "already_settled"),
)
async def end(call: Call, restriction: UUID) -> Answer:
    """End a restriction that was agreed to."""
    return await call.perform(lambda act: end_restriction(act, restriction))


@route(
    "POST",
    "/v1/emergencies",
    "open_emergency",
    roles=DESK,
    answer=Emergency,
    statuses=(201,),
    refusals=("unknown_participant",),
)
async def break_glass(call: Call, body: NewEmergency) -> Answer:
    """Open somebody's whole record in a medical emergency, without consent, for an hour.

    It is accounted for as a disclosure, and waits until another person has looked it over.
    """
    return await call.perform(
        lambda act: open_emergency(act, body), lambda made: f"/v1/emergencies?participant={made.participant}"
    )


@route("GET", "/v1/emergencies", "list_emergencies", roles=CLINICIANS | AUDITORS, answer=EmergencyPage)
async def emergencies(call: Call, asked: EmergenciesQuery) -> Answer:
    """List looks at whole records in emergencies, newest first; with `to_review` those not looked over."""
    page = Page(asked.limit, asked.cursor)
    return await call.perform(
        lambda act: list_emergencies(act, page, asked.participant, to_review=asked.to_review)
    )


@route(
    "POST",
    "/v1/emergencies/{emergency}/review",
    "review_emergency",
    roles=MANAGERS,
    answer=Emergency,
    refusals=("not_found", "same_person", "already_settled"),
)
async def review(call: Call, emergency: UUID) -> Answer:
    """Say that a look was looked over, by another person than looked."""
    return await call.perform(lambda act: review_emergency(act, emergency))
