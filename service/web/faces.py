"""Every page there is: the front desk, the portal, the kiosk, manage, and the ways to sign in."""

from typing import Final

from service.web import accounts, desk, entry, manage, office, portal, signin
from service.web.page import files, language
from service.web.page.page import Page

PAGES: Final[tuple[Page, ...]] = (
    *signin.PAGES, *entry.PAGES, *desk.PAGES, *portal.PAGES, *manage.PAGES, *office.PAGES,
    *accounts.PAGES,
    language.choose, files.file,
)  # fmt: skip
