"""Manage: programs, the shelf, people and keys, other services, reports and the audit trail."""

from typing import Final

from service.web.page.page import Page

PAGES: Final[tuple[Page, ...]] = ()
