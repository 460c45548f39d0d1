"""Undo a merge of two charts, as another person than the one who merged them.

Each chart takes back what is its own: its number, its enrollments with all that was recorded of them since,
and what it brought, with what its enrollments, rewards and awards made of that. What was spent meanwhile
stays spent, and is named.
"""

from typing import Final
from uuid import UUID

from msgspec.structs import replace

from schemas.corrections import NewCorrection
from schemas.merges import Merge, NewUnmerge
from schemas.receipts import Money
from service.core.calendar import local_day
from service.core.merging import may_undo, over, share
from service.core.refusals import Refused, refused
from service.flows.people.merge_history import shown
from service.flows.people.merges import recount
from service.flows.perform import Act, Done, moves_value
from service.flows.visits.corrections import correct_event
from service.store import (
    charts,
    clinics,
    corrections,
    enrollments,
    ledger,
    merges,
    passkeys,
    persons,
    pins,
    recorded_events,
    sessions,
    sign_in_codes,
)
from service.store.charts import ChartsMovedError
from service.store.merges import KnownMerge

TAKEN_BACK: Final = "The charts that were merged are two again."


@moves_value
async def unmerge_participants(act: Act, participant: UUID, new: NewUnmerge) -> Done[Merge] | Refused:
    """Take two charts apart again; a preview does all of it and takes it back."""
    person = await charts.person(act, participant)
    if person is None:
        return refused("not_found.participant")
    if await charts.lock_person(act, person.id) != person.id:
        raise ChartsMovedError
    known = await _meant(act, participant, new.from_)
    if isinstance(known, Refused):
        return known
    refusal = may_undo(*await persons.pair(act, known.merged_by), known.survivor, person.id)
    if refusal is not None:
        return refusal
    if not new.dry_run:
        return await _undone(act, known, new.reason)
    async with act.preview():
        done = await _undone(act, known, new.reason)
    if isinstance(done, Refused):
        return done
    for who in (known.survivor, known.ended):
        act.audit("participants.unmerge_previewed", known.id, who, ended=str(known.ended))
    return Done(replace(done.value, dry_run=True))


async def _meant(act: Act, participant: UUID, ended: UUID | None) -> KnownMerge | Refused:
    """The merge that is to be undone: that of a chart which ended, or the only one of a survivor."""
    of_it = [one for one in await merges.of_chart(act, ended or participant) if one.undone_at is None]
    as_ended = [one for one in of_it if one.ended == (ended or participant)]
    found = as_ended or ([] if ended is not None else of_it)
    if not found:
        return refused("not_found.merge")
    if len(found) > 1:
        return refused("invalid.unmerge_which", "$.from")
    led = await charts.leads_to(act, [participant, found[0].survivor])
    if led[participant] != led[found[0].survivor]:
        return refused("not_found.merge")
    return found[0]


async def _undone(act: Act, known: KnownMerge, reason: str | None) -> Done[Merge] | Refused:
    survivor, ended = known.survivor, known.ended
    for withdrawal in await corrections.of_merge(act, known.id):
        restored = await correct_event(
            act, withdrawal, NewCorrection("entry_error", TAKEN_BACK), merge=known.id
        )
        if isinstance(restored, Refused):
            return await _meanwhile(act, restored)
    own = await merges.under(act, ended)
    own.sort(key=lambda one: one != ended)
    await merges.undo(act, known, act.actor.id, reason)
    await merges.lead_nowhere(act, ended)
    if own[1:]:
        await merges.lead(act, own[1:], ended)
    await merges.enrollments_back(act, survivor, ended, own)
    await _open_again(act, known)
    brought = await merges.brought(act, known)
    wanted = await merges.owned_since(act, own, known.merged_at, brought)
    there = {unit: one for (_, unit), one in (await ledger.balances(act, [survivor])).items()}
    back, lacking = share(wanted, there)
    await ledger.move(act, list(over(known.id, survivor, ended, back)))
    await recount(act, [survivor, ended])
    # Whoever signed in to both charts as one signs in to one of them again.
    await sessions.revoke_of_participant(act, survivor)
    await sign_in_codes.retire_all(act, survivor)
    await _end_what_was_set_as_one(act, known)
    for who in (survivor, ended):
        act.audit("participants.unmerged", known.id, who, survivor=str(survivor), ended=str(ended))
    undone = replace(known, undone_at=act.now, undone_by=act.actor.id, undone_reason=reason)
    after = await shown(act, undone)
    moved = tuple(one for one in back if one.earned)
    short = tuple(Money(unit, amount) for unit, amount in lacking.items())
    redemptions = await merges.held(act, own)
    return Done(replace(after, moved=moved, lacking=short, redemptions=redemptions))


async def _end_what_was_set_as_one(act: Act, known: KnownMerge) -> None:
    """Forget the PIN and the passkeys that somebody set on the survivor's chart while both were one.

    Whose hand it was is not known: it may have been that of the other person, who would read on.
    """
    if await pins.delete_since(act, known.survivor, known.merged_at):
        act.audit("pin.removed", known.survivor, known.survivor)
    for passkey in await passkeys.delete_since(act, known.survivor, known.merged_at):
        act.audit("passkey.removed", passkey, known.survivor)


async def _meanwhile(act: Act, refusal: Refused) -> Refused:
    """Why a visit that the merge withdrew does not stand again, with the visit by name where it is taken."""
    event = None if refusal.event is None else await recorded_events.find(act, refusal.event.id)
    if event is None:
        return refusal
    day = local_day(event.occurred_at, await clinics.zone(act))
    return replace(refused("already_recorded.unmerge", target=event.target, day=day), event=refusal.event)


async def _open_again(act: Act, known: KnownMerge) -> None:
    """Open what the merge had closed, where there is no other open enrollment in the program by now."""
    for one in known.closed:
        enrollment = await enrollments.find(act, one)
        if enrollment is None or await enrollments.has_open(act, enrollment.participant, enrollment.program):
            continue
        await merges.open_again(act, one)
        act.audit("enrollment.opened_again", one, enrollment.participant)
