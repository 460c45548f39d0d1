"""The accounting of disclosures of a person, and what is released of people otherwise than by a notice."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from msgspec import Struct

from schemas.accounting import Accounting
from service.core.cursors import Page, before_moment, cut, moment_key
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import accounting, charts, clinics

FIRST = datetime(1, 1, 1, tzinfo=UTC)
LAST = datetime(9999, 12, 31, tzinfo=UTC)


class AccountingFilter(Struct, frozen=True):
    """Which part of it is asked for: from `since` on, and before `until`."""

    since: datetime = FIRST
    until: datetime = LAST


async def list_accounting(
    act: Act, participant: UUID, page: Page, wanted: AccountingFilter
) -> Done[Accounting] | Refused:
    """Everything that was told of a participant, newest first: notices, files, and what keys read."""
    place = before_moment(page)
    if isinstance(place, Refused):
        return place
    person = await charts.person(act, participant)
    if person is None:
        return refused("not_found.participant")
    zone = (await clinics.zone(act)).key
    days = (wanted.since, wanted.until)
    found = await accounting.before(act, person, zone, place, days, page.limit + 1)
    shown, more = cut(found, page, lambda one: moment_key(one.at, one.id))
    act.audit("accounting.read", None, person.id, count=len(shown))
    return Done(Accounting(shown, more))


async def release_file(act: Act, people: Sequence[UUID], what: str, purpose: str) -> Done[None]:
    """Account for a file that names people and is handed out."""
    if people:
        await accounting.release(act, act.actor, people, "export", what, purpose=purpose)
    act.audit("file.exported", None, count=len(people), what=what)
    return Done(None)
