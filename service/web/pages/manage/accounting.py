"""The accounting of disclosures of somebody as a file."""

from functools import partial
from typing import Final
from uuid import UUID

from schemas.accounting import AccountedDisclosure
from service.core.cursors import LIMIT_MAX, Page
from service.core.refusals import Refused
from service.flows.people.accounting import AccountingFilter, list_accounting
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.download import as_csv
from service.web.pages.framework.page import CONSENTING, page

PAGES_MAX: Final = 500
"""How many pages of the list one file is read from: a hundred thousand disclosures."""
HEAD: Final[list[object]] = ["at", "how", "what", "times", "recipient", "recipient_id", "purpose", "consent"]


@page("GET", "/manage/accounting/{participant}", who=CONSENTING)
async def file(call: PageCall, participant: UUID) -> Answer:
    """Give everything that was told of somebody as a file."""
    found: list[AccountedDisclosure] = []
    cursor: str | None = None
    for _ in range(PAGES_MAX):
        operation = partial(
            list_accounting,
            participant=participant,
            page=Page(LIMIT_MAX, cursor),
            wanted=AccountingFilter(),
        )
        read = await call.do(operation)
        if isinstance(read, Refused):
            return call.refuse(read)
        found += read.items
        cursor = read.next_cursor
        if cursor is None:
            break
    rows: list[list[object]] = [
        [
            one.at.astimezone(call.voice.zone).isoformat(timespec="seconds"),
            one.how,
            one.what,
            one.times,
            one.recipient,
            one.recipient_id,
            one.purpose,
            one.consent,
        ]
        for one in found
    ]
    return as_csv("disclosures.csv", [HEAD, *rows], tells_of_people=True)
