"""A person's whole record, to take along, and erasing what identifies them."""

from uuid import UUID

from msgspec import Struct

from schemas.erasures import Erasure, ErasurePage, NewErasure, RecordForm
from schemas.proposals import ProposalStatus, Refusal
from service.core.cursors import LIMIT, Page
from service.core.refusals import Refused
from service.flows.people.erasures import approve_erasure, list_erasures, propose_erasure, refuse_erasure
from service.flows.people.whole_record import read_whole_record
from service.flows.perform import Again, Done, perform
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.disclosing import as_record
from service.web.http.pagination import IdCursor, Limit
from service.web.http.route import DESK, MANAGERS, route


class ErasuresQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which erasures are asked for."""

    status: ProposalStatus | None = None
    limit: Limit = LIMIT
    cursor: IdCursor | None = None


@route(
    "GET",
    "/v1/participants/{participant}/export",
    "export_participant",
    roles=DESK,
    answer=str,
    answer_media="application/x-ndjson",
    speaks=True,
    refusals=("not_found", "forbidden"),
)
async def export(call: Call, participant: UUID) -> Answer:
    """Take along everything that is held of a participant, line by line.

    For managers, and for an hour for whoever opened the record in an emergency.
    """
    return await _exported(call, participant, "ndjson")


@route(
    "GET",
    "/v1/participants/{participant}/export/words",
    "export_participant_in_words",
    roles=DESK,
    answer=str,
    answer_media="text/plain",
    speaks=True,
    refusals=("not_found", "forbidden"),
)
async def export_in_words(call: Call, participant: UUID) -> Answer:
    """Take along everything that is held of a participant, in words.

    For managers, and for an hour for whoever opened the record in an emergency.
    """
    return await _exported(call, participant, "words")


async def _exported(call: Call, participant: UUID, form: RecordForm) -> Answer:
    done = await perform(
        call.resources.database, call.actor, lambda act: read_whole_record(act, participant, call.language)
    )
    match done:
        case Done(value):
            return as_record(value, form)
        case Refused():
            return call.refuse(done)
        case Again():
            raise AssertionError


@route(
    "POST",
    "/v1/participants/{participant}/erase",
    "propose_erasure",
    roles=MANAGERS,
    answer=Erasure,
    statuses=(200, 202),
    refusals=("not_found",),
)
async def propose(call: Call, participant: UUID, body: NewErasure) -> Answer:
    """Propose to erase what identifies a participant; with `dry_run`, only see what would go.

    Nothing is erased before another person approves. Then names, numbers, contacts, free texts and ways to
    sign in go; ids, days, outcomes and amounts stay, and the books are proved as before.
    """
    keep = call.resources.settings.retention_days
    return await call.perform(lambda act: propose_erasure(act, participant, body, keep))


@route("GET", "/v1/erasures", "list_erasures", roles=MANAGERS, answer=ErasurePage)
async def find(call: Call, asked: ErasuresQuery) -> Answer:
    """List erasures, newest first."""
    page = Page(asked.limit, asked.cursor)
    return await call.perform(lambda act: list_erasures(act, page, asked.status))


@route(
    "POST",
    "/v1/erasures/{erasure}/approve",
    "approve_erasure",
    roles=MANAGERS,
    answer=Erasure,
    refusals=("not_found", "same_person", "already_settled"),
)
async def approve(call: Call, erasure: UUID) -> Answer:
    """Approve an erasure that somebody else proposed: it is done at once, and for good."""
    return await call.perform(lambda act: approve_erasure(act, erasure))


@route(
    "POST",
    "/v1/erasures/{erasure}/refuse",
    "refuse_erasure",
    roles=MANAGERS,
    answer=Erasure,
    bodiless=True,
    refusals=("not_found", "same_person", "already_settled"),
)
async def refuse(call: Call, erasure: UUID, body: Refusal) -> Answer:
    """Refuse an erasure that somebody else proposed."""
    return await call.perform(lambda act: refuse_erasure(act, erasure, body.reason))
