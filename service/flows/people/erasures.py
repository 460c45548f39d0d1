"""Erasures: propose one with a look at what goes, approve or refuse it as another person."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from msgspec.structs import replace

from schemas.erasures import ErasedWords, Erasure, ErasurePage, NewErasure
from schemas.proposals import ProposalStatus
from service.core import proposals
from service.core.calendar import local_day
from service.core.cursors import Page, before_id, cut
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import charts, clinics, erasures, persons, whole_records
from service.store.charts import Person

LAST_ENTRIES: Final = {
    "participants": ("created_at",),
    "events": ("occurred_at", "recorded_at"),
    "transfers": ("at",),
    "enrollments": ("opened_at", "closed_on"),
    "departures": ("recorded_at",),
}
"""The times by which a record is judged to be still in use."""


async def propose_erasure(
    act: Act, participant: UUID, new: NewErasure, retention_days: int = 0
) -> Done[Erasure] | Refused:
    """Write a proposal down, or with `dry_run` only say what would be erased; nothing is erased yet.

    It is refused until so many days after the last visit, enrollment or movement of the person.
    """
    person = await charts.person(act, participant)
    if person is None:
        return refused("not_found.participant")
    await charts.lock(act, [], list(person.charts), [])
    found = await whole_records.lines(act, person)
    first_day = _last_entry(found) + timedelta(days=retention_days)
    today = local_day(act.now, await clinics.zone(act))
    if retention_days and not new.dry_run and today < first_day:
        return refused("invalid.erased_early", "$.reason", day=first_day)
    erases = _words(found)
    made = Erasure(act.new_id(), person.id, new.reason, "proposed", act.now, act.actor.id, erases=erases)
    if new.dry_run:
        act.audit("erasure.looked_at", None, person.id)
        return Done(made)
    await erasures.insert(act, made, person)
    act.audit("erasure.proposed", made.id, person.id)
    return Done(made, "proposed")


async def approve_erasure(act: Act, erasure: UUID) -> Done[Erasure] | Refused:
    """Erase what identifies the person: names, numbers, contacts, free texts and their ways in.

    Ids, days, outcomes and amounts stay, and with the keyed hashes of the words that went all of it is
    provable as before.
    """
    proposed = await _to_settle(act, erasure, "approve")
    if isinstance(proposed, Refused):
        return proposed
    known, person = proposed
    found = await whole_records.lines(act, person)
    await erasures.settle(act, erasure, person, "approved", act.actor.id)
    await erasures.erase(act, erasure, person, found)
    act.touched |= {person.id}
    act.audit("erasure.approved", erasure, person.id)
    done = replace(known, status="approved", settled_at=act.now, settled_by=act.actor.id)
    return Done(replace(done, erases=_words(found)))


async def refuse_erasure(act: Act, erasure: UUID, reason: str | None) -> Done[Erasure] | Refused:
    """Leave the record as it is."""
    proposed = await _to_settle(act, erasure, "refuse")
    if isinstance(proposed, Refused):
        return proposed
    known, person = proposed
    await erasures.settle(act, erasure, person, "refused", act.actor.id, reason)
    act.audit("erasure.refused", erasure, person.id)
    return Done(replace(known, status="refused", settled_at=act.now, settled_by=act.actor.id, refusal=reason))


async def list_erasures(
    act: Act, page: Page, status: ProposalStatus | None = None
) -> Done[ErasurePage] | Refused:
    """Erasures, newest first; each one shown is audited."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    shown, more = cut(
        await erasures.before(act, last, page.limit + 1, status), page, lambda one: one.id.bytes
    )
    act.audit_listed("erasure.listed", ((one.id, one.participant) for one in shown))
    return Done(ErasurePage(shown, more))


async def _to_settle(act: Act, erasure: UUID, step: proposals.Step) -> tuple[Erasure, Person] | Refused:
    """The proposal, with its person locked, where whoever acts may take the step."""
    known = await erasures.find(act, erasure)
    if known is None:
        return refused("not_found.erasure")
    person = await charts.person(act, known.participant)
    if person is None:
        return refused("not_found.participant")
    await charts.lock(act, [], list(person.charts), [])
    known = await erasures.find(act, erasure) or known
    proposer, who = await persons.pair(act, known.proposed_by)
    status = proposals.settle("erasure", known.status, proposer, who, step)
    return status if isinstance(status, Refused) else (known, person)


def _last_entry(found: list[whole_records.Line]) -> date:
    """The day of the last visit, movement or end of an enrollment; that of registration of who has none."""
    days = [
        date.fromisoformat(str(value)[:10])
        for one in found
        for name in LAST_ENTRIES.get(one.kind, ())
        if (value := one.columns.get(name)) is not None
    ]
    return max(days)


def _words(found: list[whole_records.Line]) -> tuple[ErasedWords, ...]:
    return tuple(ErasedWords(place, count) for place, count in erasures.counted(found).items())
