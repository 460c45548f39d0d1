"""The ways in for somebody in care: a code, a PIN, a passkey, and the clinic's tablet."""

from typing import Final

from service.web.pages.entry import card, code, key, kiosk, passkey, pin, send
from service.web.pages.framework.page import Page

PAGES: Final[tuple[Page, ...]] = (
    code.ask, code.sign_in, code.scanned, send.ask, send.send, pin.ask, pin.sign_in, pin.forget,
    key.show, key.set_, key.remove,
    passkey.ask, passkey.sign_in_options, passkey.sign_in, passkey.options, passkey.add, passkey.remove,
    card.offer, card.make, card.lose, kiosk.offer, kiosk.start, kiosk.end, kiosk.ask, kiosk.by_pin,
    kiosk.by_code, kiosk.done,
)  # fmt: skip  # table: a line for each file of pages
