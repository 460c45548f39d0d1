"""The audit trail, as those see it who look after it."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from schemas.books import AuditPage
from service.core.cursors import LIMIT, Page
from service.flows.screens.audit import AuditFilter, read_audit
from service.web.http.answers import Answer
from service.web.http.call import Call
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
