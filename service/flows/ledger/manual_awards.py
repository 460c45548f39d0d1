"""Manual awards: propose one with a reason, read them, approve or refuse as another person."""

from uuid import UUID

from msgspec.structs import replace

from schemas.proposals import ManualAward, ManualAwardPage, NewManualAward, ProposalStatus
from service.core.calendar import local_day
from service.core.cursors import Page, before_id, cut
from service.core.ledger import Credit, Paid
from service.core.proposals import Step, award_approved, award_proposed, settle
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done, moves_value
from service.store import charts, clinics, enrollments, ledger, manual_awards, persons
from service.store.manual_awards import Settled


@moves_value
async def approve_manual_award(act: Act, manual_award: UUID) -> Done[ManualAward] | Refused:
    """Pay what was proposed, inside the caps of the day on which it is approved."""
    proposed = await _to_settle(act, manual_award, "approve")
    if isinstance(proposed, Refused):
        return proposed
    paid = await _pay(act, proposed)
    await manual_awards.settle(act, proposed.id, Settled("approved", act.actor.id, paid))
    act.audit(
        "manual_award.approved",
        proposed.id,
        proposed.participant,
        **award_approved(proposed.amount, paid.amount, proposed.unit),
    )
    balances = await ledger.balances(act, [proposed.participant])
    return Done(replace(await _again(act, proposed), balances=tuple(balances.values())))


async def refuse_manual_award(
    act: Act, manual_award: UUID, reason: str | None
) -> Done[ManualAward] | Refused:
    """Leave it unpaid for good."""
    proposed = await _to_settle(act, manual_award, "refuse")
    if isinstance(proposed, Refused):
        return proposed
    settled = Settled("refused", act.actor.id, refusal=reason)
    await manual_awards.settle(act, proposed.id, settled)
    act.audit("manual_award.refused", proposed.id, proposed.participant)
    return Done(await _again(act, proposed))


async def _to_settle(act: Act, manual_award: UUID, step: Step) -> ManualAward | Refused:
    """The proposal with its participant locked, if this person may take this step."""
    first = await manual_awards.find(act, manual_award)
    if first is None:
        return refused("not_found.manual_award")
    await charts.lock(act, [], [first.participant], [])
    # Read again: only under its participant's lock is it sure that nobody else settles it.
    proposed = await _again(act, first)
    proposer, who = await persons.pair(act, proposed.proposed_by)
    status = settle("manual_award", proposed.status, proposer, who, step)
    return status if isinstance(status, Refused) else proposed


async def _again(act: Act, known: ManualAward) -> ManualAward:
    return await manual_awards.find(act, known.id) or known


async def _pay(act: Act, proposed: ManualAward) -> Paid:
    credit = Credit(
        proposed.participant,
        proposed.unit,
        proposed.amount,
        "manual",
        proposed.id,
        local_day(act.now, await clinics.zone(act)),
        proposed.funding,
        proposed.enrollment,
    )
    (paid,) = await ledger.pay(act, [credit])
    return paid


@moves_value
async def propose_manual_award(act: Act, new: NewManualAward) -> Done[ManualAward] | Refused:
    """Write the proposal down; nothing is paid."""
    participant = await charts.lock_person(act, new.participant)
    if participant is None:
        return refused("unknown_participant", "$.participant")
    funding = new.funding
    if new.enrollment is not None:
        enrollment = await enrollments.find(act, new.enrollment)
        if enrollment is None or enrollment.participant != participant:
            return refused("unknown_enrollment.of_participant", "$.enrollment")
        funding = funding or enrollment.funding
    elif new.unit == "draw":
        return refused("invalid.draws_without_enrollment", "$.enrollment")
    made = ManualAward(
        act.new_id(),
        participant,
        new.unit,
        new.amount,
        new.reason,
        "proposed",
        act.now,
        act.actor.id,
        funding,
        new.enrollment,
    )
    await manual_awards.insert(act, made)
    act.audit("manual_award.proposed", made.id, made.participant, **award_proposed(made.amount, made.unit))
    return Done(made, "created")


async def read_manual_award(act: Act, manual_award: UUID) -> Done[ManualAward] | Refused:
    """One manual award by id."""
    known = await manual_awards.find(act, manual_award)
    if known is None:
        return refused("not_found.manual_award")
    act.audit("manual_award.read", known.id, known.participant)
    return Done(known)


async def list_manual_awards(
    act: Act, page: Page, *, status: ProposalStatus | None = None, participant: UUID | None = None
) -> Done[ManualAwardPage] | Refused:
    """Manual awards of the clinic or of one participant, newest first."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await manual_awards.before(
        act, last, page.limit + 1, status, await charts.whose(act, participant)
    )
    shown, more = cut(found, page, lambda one: one.id.bytes)
    act.audit_listed("manual_award.listed", ((one.id, one.participant) for one in shown))
    return Done(ManualAwardPage(shown, more))
