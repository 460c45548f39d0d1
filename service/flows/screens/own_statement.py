"""Read somebody's own statement to take along: each amount with its day, and what there was after it."""

from datetime import date
from typing import Final

from msgspec import Struct

from schemas.books import Transfer
from schemas.people import Language
from schemas.receipts import Balance
from service.core.calendar import local_day
from service.core.cursors import LAST_ID, LIMIT_MAX, Page
from service.core.refusals import Refused
from service.core.words.sentences import MoneyWriter
from service.flows.ledger.statements import read_statement
from service.flows.perform import Act, Done
from service.flows.screens.history import ENROLLMENTS_MAX, days_of, facts_of
from service.store import clinics, enrollments, ledger

LINES_MAX: Final = 1000
"""How many lines are shown at most: some forty sheets of paper."""


class StatementLine(Struct, frozen=True):
    """One line: its day, by how much it changed what is available, and what was available after it."""

    transfer: Transfer
    day: date
    moved: int
    available: int


class OwnStatement(Struct, frozen=True):
    """What there is now, and the lines behind it, newest first; `is_cut` where there are older ones."""

    balances: tuple[Balance, ...]
    lines: tuple[StatementLine, ...]
    is_cut: bool


async def read_own_statement(
    act: Act, language: Language, write: MoneyWriter
) -> Done[OwnStatement] | Refused:
    """The statement of whoever asks; `write` writes the amounts of its sentences."""
    me, zone = act.actor.id, await clinics.zone(act)
    sheet = (await ledger.sheets(act, [me]))[me]
    own = await enrollments.before(act, LAST_ID, ENROLLMENTS_MAX, me, None)
    days = days_of(await facts_of(act, own, zone))
    available = {one.unit: one.available for one in sheet.balances}
    lines: list[StatementLine] = []
    cursor: str | None = None
    while len(lines) < LINES_MAX:
        page = Page(min(LIMIT_MAX, LINES_MAX - len(lines)), cursor)
        read = await read_statement(act, me, page, language=language, write=write)
        if isinstance(read, Refused):
            return read
        for one in read.value.items:
            moved = ((one.destination == "available") - (one.source == "available")) * one.amount
            on = local_day(one.at, zone) if one.event is None else days.get(one.event)
            lines.append(StatementLine(one, on or local_day(one.at, zone), moved, available.get(one.unit, 0)))
            available[one.unit] = available.get(one.unit, 0) - moved
        cursor = read.value.next_cursor
        if cursor is None:
            break
    return Done(OwnStatement(sheet.balances, tuple(lines), cursor is not None))
