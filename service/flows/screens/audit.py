"""Read the audit trail: who did or read what, with the links of the hash chain."""

from schemas.books import AuditPage
from service.core.cursors import Page, before_number, cut, number_key
from service.core.refusals import Refused
from service.flows.perform import Act, Done
from service.store import audit_trail
from service.store.audit_trail import AuditFilter

__all__ = ["AuditFilter", "read_audit"]


async def read_audit(act: Act, wanted: AuditFilter, page: Page) -> Done[AuditPage] | Refused:
    """Entries that match everything that is wanted, newest first; reading them is itself told."""
    last = before_number(page)
    if isinstance(last, Refused):
        return last
    found = await audit_trail.before(act, last, page.limit + 1, wanted)
    shown, more = cut(found, page, lambda entry: number_key(entry.seq))
    act.audit("audit.read", participant=wanted.participant, count=len(shown))
    return Done(AuditPage(shown, more))
