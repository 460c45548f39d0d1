"""Signing in and out, and the first run."""

from typing import Final

from service.web.pages.framework.page import Page
from service.web.pages.signin import forgot, front, join, provider, second, set_up, staff

PAGES: Final[tuple[Page, ...]] = (
    front.front, front.again, staff.enter, staff.leave, second.ask, second.check, second.begin,
    second.passkey_options, second.check_signed,
    forgot.ask, forgot.send, join.ask, join.choose, provider.leave_for, provider.come_back,
    set_up.ask, set_up.make, set_up.first, set_up.begin,
)  # fmt: skip  # table: a line for each file of pages
