"""The front desk: what is due today, and recording it."""

from typing import Final

from service.web.page.page import Page

PAGES: Final[tuple[Page, ...]] = ()
