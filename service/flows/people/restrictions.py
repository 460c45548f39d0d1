"""Restrictions: record what somebody asks that others are not told, agree to it or decline it, end it."""

from uuid import UUID

from schemas.restrictions import NewRestriction, Restriction, RestrictionPage, RestrictionStatus
from service.core.cursors import Page, before_id, cut
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import charts, restrictions, subscribers


async def ask_restriction(act: Act, new: NewRestriction) -> Done[Restriction] | Refused:
    """Record a request; it binds nobody before it is agreed to."""
    participant = await charts.lock_person(act, new.participant)
    if participant is None:
        return refused("unknown_participant", "$.participant")
    if new.subscriber is None and new.recipient is None:
        return refused("invalid.restriction_for_nobody", "$.recipient")
    if new.subscriber is not None and await subscribers.find(act, new.subscriber) is None:
        return refused("unknown_subscriber", "$.subscriber")
    made = Restriction(
        act.new_id(),
        participant,
        new.request,
        "asked",
        act.now,
        act.actor.id,
        new.subscriber,
        new.recipient,
    )
    await restrictions.insert(act, made)
    act.audit("restriction.asked", made.id, participant, subscriber=str(made.subscriber or ""))
    return Done(made, "created")


async def settle_restriction(
    act: Act, restriction: UUID, status: RestrictionStatus, answer: str | None = None
) -> Done[Restriction] | Refused:
    """Agree to a request, which binds at once, or decline it with an answer."""
    known = await _locked(act, restriction)
    if isinstance(known, Refused):
        return known
    if not await restrictions.settle(act, restriction, status, act.actor.id, answer):
        return refused("already_settled.restriction")
    return await _changed(act, known, f"restriction.{status}")


async def end_restriction(act: Act, restriction: UUID) -> Done[Restriction] | Refused:
    """End what was agreed to; what may be told from now on is what consents say."""
    known = await _locked(act, restriction)
    if isinstance(known, Refused):
        return known
    if not await restrictions.end(act, restriction, act.actor.id):
        return refused("already_settled.restriction_not_agreed")
    return await _changed(act, known, "restriction.ended")


async def list_restrictions(
    act: Act, page: Page, participant: UUID | None = None, status: RestrictionStatus | None = None
) -> Done[RestrictionPage] | Refused:
    """Restrictions that match everything that is wanted, newest first; each one shown is audited."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await restrictions.before(act, last, page.limit + 1, participant, status)
    shown, more = cut(found, page, lambda one: one.id.bytes)
    act.audit_listed("restriction.listed", ((one.id, one.participant) for one in shown))
    return Done(RestrictionPage(shown, more))


async def _locked(act: Act, restriction: UUID) -> Restriction | Refused:
    known = await restrictions.find(act, restriction)
    if known is None:
        return refused("not_found.restriction")
    await charts.lock(act, [], [known.participant], [])
    return known


async def _changed(act: Act, known: Restriction, deed: str) -> Done[Restriction]:
    if known.subscriber is not None:
        await restrictions.touch_subscriber(act, known.subscriber)
    act.audit(deed, known.id, known.participant, subscriber=str(known.subscriber or ""))
    return Done(await restrictions.find(act, known.id) or known)
