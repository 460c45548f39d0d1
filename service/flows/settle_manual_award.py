"""Settle a manual award: another person approves it, and it is paid, or refuses it."""

from uuid import UUID

from msgspec.structs import replace

from schemas.proposals import ManualAward
from service.core.calendar import local_day
from service.core.ledger import Credit, Paid
from service.core.proposals import Step, award_approved, settle
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import clinics, enrollments, ledger, manual_awards
from service.store.manual_awards import Settled

NOUN = "manual award"


async def approve_manual_award(act: Act, manual_award: UUID) -> Done[ManualAward] | Refused:
    """Pay what was proposed, inside the caps of the day on which it is approved."""
    proposed = await _to_settle(act, manual_award, "approve")
    if isinstance(proposed, Refused):
        return proposed
    paid = await _pay(act, proposed)
    await manual_awards.settle(act, act.clinic, proposed.id, Settled("approved", act.actor.id, paid))
    act.tell(
        "manual_award.approved",
        proposed.id,
        proposed.participant,
        **award_approved(proposed.amount, paid.amount, proposed.unit),
    )
    balances = await ledger.balances(act, act.clinic, [proposed.participant])
    return Done(replace(await _again(act, proposed), balances=tuple(balances.values())))


async def refuse_manual_award(
    act: Act, manual_award: UUID, reason: str | None
) -> Done[ManualAward] | Refused:
    """Leave it unpaid for good."""
    proposed = await _to_settle(act, manual_award, "refuse")
    if isinstance(proposed, Refused):
        return proposed
    settled = Settled("refused", act.actor.id, refusal=reason)
    await manual_awards.settle(act, act.clinic, proposed.id, settled)
    act.tell("manual_award.refused", proposed.id, proposed.participant)
    return Done(await _again(act, proposed))


async def _to_settle(act: Act, manual_award: UUID, step: Step) -> ManualAward | Refused:
    """The proposal with its participant locked, if this person may take this step."""
    first = await manual_awards.find(act, act.clinic, manual_award)
    if first is None:
        return refused("not_found", "There is no such manual award.")
    await enrollments.lock(act, act.clinic, [], [first.participant], [])
    # Read again: only under its participant's lock is it sure that nobody else settles it.
    proposed = await _again(act, first)
    status = settle(NOUN, proposed.status, proposed.proposed_by, act.actor.id, step)
    return status if isinstance(status, Refused) else proposed


async def _again(act: Act, known: ManualAward) -> ManualAward:
    return await manual_awards.find(act, act.clinic, known.id) or known


async def _pay(act: Act, proposed: ManualAward) -> Paid:
    credit = Credit(
        proposed.participant,
        proposed.unit,
        proposed.amount,
        "manual",
        proposed.id,
        local_day(act.now, await clinics.zone(act, act.clinic)),
        proposed.funding,
        proposed.enrollment,
    )
    (paid,) = await ledger.pay(act, act.clinic, [credit])
    return paid
