"""Participants: registered, found, read and changed."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from schemas.events import Number
from schemas.people import (
    Email,
    Identifier,
    IdentifierChange,
    Name,
    NewIdentifier,
    NewParticipant,
    Participant,
    ParticipantChange,
    ParticipantPage,
    Phone,
    SignInCode,
)
from service.core.cursors import LIMIT, Page
from service.core.identifiers import number_asked
from service.core.refusals import Refused
from service.flows.access.codes import issue_code
from service.flows.people.identifiers import add_identifier, end_identifier, withdraw_identifier
from service.flows.people.participants import (
    ParticipantFilter,
    change_participant,
    list_participants,
    read_participant,
    register_participant,
)
from service.flows.perform import Act, Done
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.card_link import link_of
from service.web.http.cookies import origin_of
from service.web.http.pagination import IdCursor, Limit
from service.web.http.route import CLINICIANS, DESK, READERS, route


class ParticipantsQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which participants are asked for: whole values only, since names are kept encrypted."""

    reference: Number | None = None
    """Only the one with this number: the clinic's own reference, a former one, or `system|value`."""
    identifier: (
        Annotated[str, Meta(min_length=3, max_length=256, pattern=r"^[^\x00-\x1f|]+\|[^\x00-\x1f]+$(?!\n)")]
        | None
    ) = None
    """Only the one with this number of a system, as `system|value`; `reference|value` is the clinic's own."""
    name: Name | None = None
    """Only those with this whole name: names are kept encrypted."""
    phone: Phone | None = None
    """Only those with this whole number, in any writing."""
    email: Email | None = None
    """Only those with this whole address."""
    display_code: Annotated[str, Meta(min_length=1, max_length=16)] | None = None
    """Only those with this short code."""
    limit: Limit = LIMIT
    cursor: IdCursor | None = None


@route(
    "POST",
    "/v1/participants",
    "register_participant",
    roles=DESK,
    answer=Participant,
    statuses=(201, 200),
    tagged=True,
    refusals=("reference_conflict",),
)
async def register(call: Call, body: NewParticipant) -> Answer:
    """Register a participant.

    The same reference with the same content answers 200 and the participant that is there. References are
    compared without capitals and blanks around them; a former one counts. `near` names others who may be the
    same person.
    """
    return await call.perform(
        lambda act: register_participant(act, body), lambda made: f"/v1/participants/{made.id}"
    )


@route("GET", "/v1/participants", "list_participants", roles=READERS, answer=ParticipantPage)
async def find(call: Call, asked: ParticipantsQuery) -> Answer:
    """Find participants, newest first."""
    wanted = ParticipantFilter(
        reference=asked.reference,
        identifier=None if asked.identifier is None else number_asked(asked.identifier),
        display_code=asked.display_code,
        name=asked.name,
        phone=asked.phone,
        email=asked.email,
    )
    return await call.perform(lambda act: list_participants(act, wanted, Page(asked.limit, asked.cursor)))


@route(
    "GET",
    "/v1/participants/{participant}",
    "read_participant",
    roles=READERS,
    answer=Participant,
    tagged=True,
    refusals=("not_found",),
)
async def read(call: Call, participant: UUID) -> Answer:
    """Read a participant."""
    return await call.perform(lambda act: read_participant(act, participant))


@route(
    "PATCH",
    "/v1/participants/{participant}",
    "change_participant",
    roles=DESK,
    answer=Participant,
    tagged=True,
    edits=True,
    refusals=("not_found", "reference_conflict"),
)
async def change(call: Call, participant: UUID, body: ParticipantChange) -> Answer:
    """Change a participant; a field left out stays, null clears it."""
    return await call.perform(
        call.edited(
            lambda act: read_participant(act, participant),
            lambda act, revision: change_participant(act, participant, body, revision),
        )
    )


@route(
    "POST",
    "/v1/participants/{participant}/identifiers",
    "add_identifier",
    roles=DESK,
    answer=Identifier,
    statuses=(201, 200),
    refusals=("not_found", "reference_conflict"),
)
async def identify(call: Call, participant: UUID, body: NewIdentifier) -> Answer:
    """Add a number by which a participant is known.

    It finds them for ever and is nobody else's, even after its last day. One that is theirs already answers
    200.
    """
    return await call.perform(lambda act: add_identifier(act, participant, body))


@route(
    "PATCH",
    "/v1/participants/{participant}/identifiers/{identifier}",
    "end_identifier",
    roles=DESK,
    answer=Identifier,
    refusals=("not_found",),
)
async def end_number(call: Call, participant: UUID, identifier: UUID, body: IdentifierChange) -> Answer:
    """Say since when a number is not used any more.

    It goes on finding the participant. The clinic's own reference ends when the participant gets another one.
    """
    return await call.perform(lambda act: end_identifier(act, participant, identifier, body))


@route(
    "DELETE",
    "/v1/participants/{participant}/identifiers/{identifier}",
    "withdraw_identifier",
    roles=CLINICIANS,
    answer=Identifier,
    refusals=("invalid", "not_found"),
)
async def withdraw_number(call: Call, participant: UUID, identifier: UUID) -> Answer:
    """Withdraw a number that was written down for the wrong person: it is free again."""
    return await call.perform(lambda act: withdraw_identifier(act, participant, identifier))


@route(
    "POST",
    "/v1/participants/{participant}/code",
    "issue_portal_code",
    roles=DESK,
    answer=SignInCode,
    statuses=(201,),
    refusals=("not_found",),
)
async def code(call: Call, participant: UUID) -> Answer:
    """Issue the code with which a participant signs in.

    It works once and for a day. The one that was issued before stops working.
    """
    origin = origin_of(call.headers, call.resources.settings.public_url)

    async def operation(act: Act) -> Done[SignInCode] | Refused:
        done = await issue_code(act, participant)
        if isinstance(done, Refused):
            return done
        made = done.value
        return Done(SignInCode(made.code, made.ends_at, link_of(origin, made.code)), "created")

    return await call.perform(operation)
