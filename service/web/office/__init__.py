"""The office's part of Manage: other services, consents, imports, reports and the audit trail."""

from typing import Final

from service.web.office import (
    audit,
    consents,
    imports,
    messages,
    overview,
    reports,
    sources,
    subscriber,
    subscribers,
)
from service.web.page.page import Page

PAGES: Final[tuple[Page, ...]] = (
    subscribers.show, subscribers.add,
    subscriber.see, subscriber.see_deliveries, subscriber.rotate, subscriber.ping, subscriber.change,
    subscriber.enable, subscriber.disable, subscriber.delete, subscriber.replay,
    consents.show, consents.find, consents.give, consents.revoke, consents.text, consents.draft,
    overview.show, reports.show, reports.paid, reports.tax, reports.tax_file,
    sources.show, sources.add, sources.see, sources.mapping, sources.secret, sources.retry, sources.delete,
    imports.show, imports.example, imports.check, imports.see, imports.begin, imports.refused_lines,
    messages.see, messages.retry, messages.discard,
    audit.show, audit.search, audit.checkpoint,
)  # fmt: skip
