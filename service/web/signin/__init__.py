"""Signing in and out, and the first run."""

from typing import Final

from service.web.page.page import Page
from service.web.signin import front, second, staff

PAGES: Final[tuple[Page, ...]] = (
    front.front, front.again, staff.enter, staff.leave, second.ask, second.check, second.begin,
)  # fmt: skip
