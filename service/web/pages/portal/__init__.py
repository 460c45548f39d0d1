"""The portal of somebody in care: what they have, what comes next, and what they can get."""

from typing import Final

from service.web.pages.framework.page import Page
from service.web.pages.portal import addresses, calendar, deeds, home, live, reminders, sharing, submissions

PAGES: Final[tuple[Page, ...]] = (
    home.home, home.now, home.amounts, home.later, home.leave, home.left, live.stream, deeds.draw,
    deeds.drawn, deeds.choose, deeds.get, deeds.got, deeds.cancel, deeds.history, deeds.statement,
    deeds.asked_for, sharing.show, sharing.revoke, sharing.record, addresses.answer,
    calendar.show, calendar.make, calendar.end, calendar.feed,
    reminders.show, reminders.say, submissions.show, submissions.send, submissions.picture,
)  # fmt: skip  # table: a line for each file of pages
