"""Read what happened to somebody in care: what moved, and the visits that earned nothing in between."""

from datetime import date
from operator import itemgetter
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct

from schemas.books import Statement, Transfer
from schemas.people import Enrollment, Language
from service.core.corrections import PastFact
from service.core.cursors import LAST_ID, Page, before_id
from service.core.quiet import QuietVisit
from service.core.refusals import Refused
from service.core.words.sentences import MoneyWriter
from service.flows.ledger.statements import quiet_visits, read_statement
from service.flows.perform import Act, Done
from service.store import clinics, enrollments, episodes

ENROLLMENTS_MAX: Final = 50
NO_EVENT: Final = UUID(int=0)


class History(Struct, frozen=True):
    """A page of what moved and of visits that earned nothing, with the day on which each event happened."""

    happened: tuple[Transfer | QuietVisit, ...]
    more: str | None
    days: dict[UUID, date]


async def read_history(
    act: Act, page: Page, language: Language, write: MoneyWriter
) -> Done[History] | Refused:
    """Everything that happened to the participant who asks: what moved, and visits that earned nothing.

    `write` writes the amounts of its sentences.
    """
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await read_statement(act, act.actor.id, page, language=language, write=write)
    if isinstance(found, Refused):
        return found
    own = await enrollments.before(act, LAST_ID, ENROLLMENTS_MAX, act.actor.id, None)
    facts = await facts_of(act, own, await clinics.zone(act))
    happened = await happened_of(act, own, facts, found.value, last, (language, write))
    return Done(History(happened, found.value.next_cursor, days_of(facts)))


async def happened_of(
    act: Act,
    own: list[Enrollment],
    facts: dict[UUID, list[PastFact]],
    statement: Statement,
    last: UUID,
    spoken: tuple[Language, MoneyWriter],
) -> tuple[Transfer | QuietVisit, ...]:
    """Transfers on a page of a statement and the visits without gain in between, newest recorded first."""
    after = statement.items[-1].id if statement.next_cursor else None
    quiet = await quiet_visits(act, own, facts, (after, last), *spoken)
    both: list[tuple[UUID, UUID, Transfer | QuietVisit]] = [
        *((one.id, NO_EVENT, one) for one in statement.items),
        *((place, event, visit) for event, (place, visit) in quiet.items()),
    ]
    return tuple(one for *_, one in sorted(both, key=itemgetter(0, 1), reverse=True))


async def facts_of(act: Act, own: list[Enrollment], zone: ZoneInfo) -> dict[UUID, list[PastFact]]:
    """The facts that stand, of each enrollment."""
    ruled = [
        episodes.Ruled(one.id, await episodes.rules_of(act, one.program, one.version), one.starts_on)
        for one in own
    ]
    return await episodes.standing_facts(act, ruled, zone)


def days_of(facts: dict[UUID, list[PastFact]]) -> dict[UUID, date]:
    """The day of the clinic on which each event happened."""
    return {known.event: known.fact.day for own in facts.values() for known in own}
