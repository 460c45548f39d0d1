"""Signing in and out, and the first run."""

from typing import Final

from service.web.page.page import Page

PAGES: Final[tuple[Page, ...]] = ()
