"""The audit trail, as those see it who look after it."""

from datetime import date
from io import BytesIO
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from schemas.books import AuditPage
from schemas.packs import PackScope, PackWords
from schemas.program import Slug
from service.core.cursors import LIMIT, Page
from service.core.refusals import Refused, refused
from service.flows.screens.audit import AuditFilter, read_audit
from service.flows.trail.packs import MOST_AT_ONCE, make_pack
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.disclosing import as_pack
from service.web.http.pagination import Limit, NumberCursor, Since
from service.web.http.route import AUDITORS, route

Deed = Annotated[str, Meta(pattern=r"^[a-z_]+\.[a-z_]+$(?!\n)", max_length=64)]


class AuditQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which entries are asked for: those with `since` <= `at` < `until`."""

    participant: UUID | None = None
    actor: UUID | None = None
    """Only what this key or member of staff did."""
    deed: Deed | None = None
    """Only this operation, such as `events.recorded`."""
    since: Since | None = None
    until: Since | None = None
    limit: Limit = LIMIT
    cursor: NumberCursor | None = None


@route("GET", "/v1/audit", "list_audit_entries", roles=AUDITORS, answer=AuditPage)
async def find(call: Call, asked: AuditQuery) -> Answer:
    """Read the audit trail: who did or read what, newest first, with the chain's hashes."""
    wanted = AuditFilter(asked.participant, asked.actor, asked.deed, asked.since, asked.until)
    return await call.perform(lambda act: read_audit(act, wanted, Page(asked.limit, asked.cursor)))


class PackQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """What goes into an audit pack: the enrollments that match everything that is given."""

    participant: UUID | None = None
    """Only this person's; alone, their whole ledger is put in too."""
    program: Slug | None = None
    """Only those in this program, whatever version."""
    since: date | None = None
    """Only those with a visit, an award or a draw on this local day or later; goes with `until`."""
    until: date | None = None
    """The last local day; goes with `since`."""
    names: bool = False
    """Whether names and references are put in; a key needs `people.read` for it."""
    recipient: PackWords | None = None
    """Whom it is for, for the accounting of disclosures."""


@route(
    "GET",
    "/v1/audit/pack",
    "make_audit_pack",
    roles=AUDITORS,
    answer=bytes,
    answer_media="application/zip",
    refusals=("not_found", "scope_missing"),
)
async def pack(call: Call, asked: PackQuery) -> Answer:
    """Make an audit pack: one archive for an auditor, with a checker that needs Python alone.

    In it are programs, facts, awards with their reasons, draws, corrections, who did it, and a signed
    checkpoint; of a participant, a program, a period, or what matches all that are given, and of 500
    enrollments at most. It is told in the audit trail and accounted for as a disclosure. Names are not in it
    unless they are asked for.
    """
    scopes = None if call.caller is None else call.caller.scopes
    if asked.names and scopes is not None and "people.read" not in scopes:
        refusal = refused("scope_missing", scope="people.read")
        await call.resources.denials.tell(call.actor, refusal.code, call.route.method, call.route.path)
        return call.refuse(refusal)
    scope = PackScope(
        asked.participant, asked.program, asked.since, asked.until, asked.names, asked.recipient
    )
    body = BytesIO()
    made = await make_pack(call.resources.database, call.actor, scope, body, MOST_AT_ONCE)
    return call.refuse(made) if isinstance(made, Refused) else as_pack(body.getvalue())
