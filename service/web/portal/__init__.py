"""The portal: what somebody in care has, what comes next, and what they can get for it."""

from typing import Final

from service.web.page.page import Page

PAGES: Final[tuple[Page, ...]] = ()
