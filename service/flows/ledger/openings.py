"""Openings: propose what somebody brings along, approve or refuse it as another person, withdraw it."""

from collections.abc import Sequence
from uuid import UUID

from msgspec.structs import replace

from schemas.openings import NewOpening, Opening, OpeningPage, OpeningStatus
from service.core import proposals
from service.core.calendar import local_day
from service.core.cursors import Page, before_id, cut
from service.core.dated_caps import carry
from service.core.ledger import Movement, credited
from service.core.openings import (
    Brought,
    entering,
    leaving,
    opening_proposed,
    opening_settled,
    opening_withdrawn,
)
from service.core.persons import second_person
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done, moves_value
from service.store import caps, charts, clinics, enrollments, ledger, openings, persons
from service.store.cap_totals import Tallies


@moves_value
async def propose_opening(act: Act, new: NewOpening) -> Done[Opening] | Refused:
    """Write the proposal down; nothing is credited."""
    participant = await charts.lock_person(act, new.participant)
    if participant is None:
        return refused("unknown_participant", "$.participant")
    today = local_day(act.now, await clinics.zone(act))
    refusal = _faulty(new) or (
        refused("invalid.opening_ahead", "$.as_of", day=today) if new.as_of > today else None
    )
    if refusal is not None:
        return refusal
    funding = new.funding
    if new.enrollment is not None:
        enrollment = await enrollments.find(act, new.enrollment)
        if enrollment is None or enrollment.participant != participant:
            return refused("unknown_enrollment.of_participant", "$.enrollment")
        funding = funding or enrollment.funding
    if await openings.stands(act, participant, new.unit):
        return refused("opening_stands", "$.unit")
    made = Opening(
        act.new_id(),
        participant,
        new.unit,
        new.available,
        new.paid_before,
        new.paid_before if new.paid_in_year is None else new.paid_in_year,
        new.as_of,
        new.reason,
        "proposed",
        act.now,
        act.actor.id,
        funding,
        new.enrollment,
    )
    await openings.insert(act, made)
    act.audit("opening.proposed", made.id, made.participant, **opening_proposed(brought(made)))
    return Done(await _again(act, made), "created")


def _faulty(new: NewOpening) -> Refused | None:
    if not (new.available or new.paid_before):
        return refused("invalid.opening_empty", "$.available")
    if (new.paid_in_year or 0) > new.paid_before:
        return refused("invalid.opening_part", "$.paid_in_year")
    if new.unit == "draw" and new.enrollment is None:
        return refused("invalid.draws_without_enrollment", "$.enrollment")
    if new.unit == "draw" and new.paid_before:
        return refused("invalid.opening_draws", "$.paid_before")
    return None


def brought(one: Opening) -> Brought:
    """An opening as what it brings along."""
    return Brought(
        one.id,
        one.participant,
        one.unit,
        one.available,
        one.paid_before,
        one.paid_in_year,
        one.as_of,
        one.funding,
        one.enrollment,
    )


@moves_value
async def approve_opening(act: Act, opening_id: UUID) -> Done[Opening] | Refused:
    """Credit what can be spent, and put what was paid before to what was given."""
    proposed = await _to_settle(act, opening_id, "approve")
    if isinstance(proposed, Refused):
        return proposed
    await _post(act, proposed.participant, tuple(entering(brought(proposed))))
    approved = replace(proposed, status="approved", settled_at=act.now, settled_by=act.actor.id)
    await openings.settle(act, approved)
    act.audit("opening.approved", proposed.id, proposed.participant, **opening_settled(proposed.unit))
    return Done(await _with_balances(act, proposed))


async def refuse_opening(act: Act, opening_id: UUID, reason: str | None) -> Done[Opening] | Refused:
    """Leave it out of the books for good."""
    proposed = await _to_settle(act, opening_id, "refuse")
    if isinstance(proposed, Refused):
        return proposed
    refusal = replace(proposed, status="refused", settled_at=act.now, settled_by=act.actor.id, refusal=reason)
    await openings.settle(act, refusal)
    act.audit("opening.refused", proposed.id, proposed.participant, **opening_settled(proposed.unit))
    return Done(await _again(act, proposed))


@moves_value
async def withdraw_opening(act: Act, opening_id: UUID, reason: str) -> Done[Opening] | Refused:
    """Take an opening that was wrong out again; what was spent of it stays with the participant."""
    found = await _locked(act, opening_id)
    if found is None:
        return refused("not_found.opening")
    if found.status != "approved":
        return refused(f"already_settled.opening_{found.status}_not_withdrawn")
    proposer, who = await persons.pair(act, found.proposed_by)
    refusal = second_person(proposer, who, refused("same_person.withdraw_opening"))
    if refusal is not None:
        return refusal
    balance = (await ledger.balances(act, [found.participant])).get((found.participant, found.unit))
    unrecovered = max(found.available - (balance.available if balance else 0), 0)
    await _post(act, found.participant, tuple(leaving(brought(found), unrecovered)))
    withdrawn = replace(
        found,
        status="withdrawn",
        withdrawn_at=act.now,
        withdrawn_by=act.actor.id,
        withdrawal=reason,
        unrecovered=unrecovered,
    )
    await openings.withdraw(act, withdrawn)
    detail = opening_withdrawn(found.unit, unrecovered)
    act.audit("opening.withdrawn", found.id, found.participant, **detail)
    return Done(await _with_balances(act, found))


async def _post(act: Act, participant: UUID, movements: Sequence[Movement]) -> None:
    """Move, and count it for caps, which clip nothing of it: it was paid, whatever they say."""
    tallies = Tallies(act, await caps.whole(act))
    counted = credited(movements)
    await tallies.read((participant, spot) for spot, _ in counted)
    limits = tallies.limits(participant)
    for spot, amount in counted:
        limits = carry(limits, spot, amount)
    tallies.settle(act.actor, participant, limits, [spot for spot, _ in counted])
    await ledger.move(act, list(movements))
    act.audit_caps(await tallies.keep())


async def _to_settle(act: Act, opening_id: UUID, step: proposals.Step) -> Opening | Refused:
    """The proposal with its participant locked, if this person may take this step."""
    proposed = await _locked(act, opening_id)
    if proposed is None:
        return refused("not_found.opening")
    if proposed.status == "withdrawn":
        return refused("already_settled.opening_withdrawn")
    proposer, who = await persons.pair(act, proposed.proposed_by)
    status = proposals.settle("opening", proposed.status, proposer, who, step)
    return status if isinstance(status, Refused) else proposed


async def _locked(act: Act, opening_id: UUID) -> Opening | None:
    first = await openings.find(act, opening_id)
    if first is None:
        return None
    await charts.lock(act, [], [first.participant], [])
    # Read again: only under its participant's lock is it sure that nobody else settles it.
    return await _again(act, first)


async def _again(act: Act, known: Opening) -> Opening:
    return await openings.find(act, known.id) or known


async def _with_balances(act: Act, known: Opening) -> Opening:
    balances = await ledger.balances(act, [known.participant])
    return replace(await _again(act, known), balances=tuple(balances.values()))


async def read_opening(act: Act, opening_id: UUID) -> Done[Opening] | Refused:
    """One opening by id."""
    known = await openings.find(act, opening_id)
    if known is None:
        return refused("not_found.opening")
    act.audit("opening.read", known.id, known.participant)
    return Done(known)


async def list_openings(
    act: Act, page: Page, *, status: OpeningStatus | None = None, participant: UUID | None = None
) -> Done[OpeningPage] | Refused:
    """Openings of the clinic or of one participant, newest first."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await openings.before(act, last, page.limit + 1, status, participant)
    shown, more = cut(found, page, lambda one: one.id.bytes)
    act.audit_listed("opening.listed", ((one.id, one.participant) for one in shown))
    return Done(OpeningPage(shown, more))
