"""The office's part of Manage: other services, consents, imports, reports and the audit trail."""

from typing import Final

from service.web.page.page import Page

PAGES: Final[tuple[Page, ...]] = ()
