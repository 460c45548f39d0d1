"""Cards that staff load by hand: what a form says of one."""

import re
from typing import Final

from schemas.providers import CardLoad
from service.core.refusals import Refused
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page_refusal import page_refusal

DOLLARS: Final = re.compile(r"\$? ?([0-9]{1,6})(?:[.,]([0-9]{2}))?")


def card_load(call: PageCall, **values: str) -> CardLoad | Refused:
    """What was typed of a card; an amount that is left empty is all of it."""
    typed = call.form.value("amount").strip()
    read = DOLLARS.fullmatch(typed)
    if typed and read is None:
        return page_refusal("invalid", "manage.unread.money", "$.amount")
    amount = None if read is None else int(read[1]) * 100 + int(read[2] or 0)
    return call.form.read(CardLoad, amount=amount, **values)
