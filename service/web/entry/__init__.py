"""The ways in for somebody in care: a code, a PIN, a passkey, and the clinic's tablet."""

from typing import Final

from service.web.entry import code
from service.web.page.page import Page

PAGES: Final[tuple[Page, ...]] = (code.ask, code.sign_in, code.scanned)
