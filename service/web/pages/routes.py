"""Every page there is: the front desk, the portal, the kiosk, manage, and the ways to sign in."""

from typing import Final

from service.web.pages import accounts, desk, entry, manage, portal, signin
from service.web.pages.framework import files, language, offline
from service.web.pages.framework.page import Page

PAGES: Final[tuple[Page, ...]] = (
    *signin.PAGES,
    *entry.PAGES,
    *desk.PAGES,
    *portal.PAGES,
    *manage.PAGES,
    *accounts.PAGES,
    language.choose,
    files.file,
    offline.worker,
    offline.shell,
    offline.manifest,
)
