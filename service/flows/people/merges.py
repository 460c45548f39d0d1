"""Merge two charts that are about one person, as a preview or for good.

What is on record stays where it is. The chart that ends leads to the survivor; its enrollments are the
survivor's, what it had is moved, and of a visit that both charts hold one event stands.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from schemas.corrections import NewCorrection
from schemas.merges import (
    Duplicate,
    KeepOrWithdraw,
    Merge,
    NewMerge,
    OpenTwice,
    VisitTwice,
)
from schemas.people import CloseEnrollment, Enrollment
from service.core.calendar import local_day
from service.core.cursors import LAST_ID
from service.core.identity import PER_DAY
from service.core.merging import Course, Seen, Twice, Visit, closing, decided, held_twice, over
from service.core.refusals import Refused, fault, refused
from service.flows.access.new_addresses import note_merged
from service.flows.people.enrollments import close_enrollment
from service.flows.people.merge_history import shown
from service.flows.perform import Act, Done, moves_value
from service.flows.visits.corrections import correct_event
from service.store import (
    caps,
    charts,
    clinics,
    enrollments,
    episodes,
    ledger,
    merges,
    recorded_events,
    sessions,
    sign_in_codes,
)
from service.store.cap_totals import Tallies
from service.store.charts import ChartsMovedError
from service.store.episodes import Ruled
from service.store.merges import KnownMerge

ENROLLMENTS_MAX = 10_000
"""More enrollments than any participant has, so that all of them are compared at once."""
CLOSED: Final = "The charts of one person were merged, and another enrollment in this program goes on."
WITHDRAWN: Final = "Another chart of the same person holds this visit."


class _Plan(Struct, frozen=True):
    """What a merge would do: what moves, the visits that both charts hold, and what is closed."""

    survivor: UUID
    ended: UUID
    moving: tuple[UUID, ...]
    twice: tuple[Twice, ...]
    becomes: Mapping[UUID, KeepOrWithdraw]
    undecided: tuple[Twice, ...]
    closes: tuple[OpenTwice, ...]
    reason: str | None


@moves_value
async def merge_participants(act: Act, survivor_id: UUID, new: NewMerge) -> Done[Merge] | Refused:
    """Make the chart `new.from_` part of another one; both stay locked until this is done.

    A preview does all of it and takes it back. A merge that stands already is found, and not made again.
    """
    led = await charts.leads_to(act, [survivor_id, new.from_])
    if survivor_id not in led:
        return refused("not_found.participant")
    if new.from_ not in led:
        return refused("unknown_participant", "$.from")
    survivor, ended = led[survivor_id], led[new.from_]
    if survivor == ended:
        known = next((one for one in await merges.of_chart(act, new.from_) if _made(one, new.from_)), None)
        if known is None or survivor_id == new.from_:
            return refused("invalid.merge_with_itself", "$.from")
        act.audit("merge.read", known.id, survivor)
        return Done(await shown(act, known), "found")
    if set(await charts.lock(act, [], [survivor, ended], [])) != {survivor, ended}:
        raise ChartsMovedError
    plan = await _planned(act, survivor, ended, new)
    if isinstance(plan, Refused):
        return plan
    if plan.undecided and not new.dry_run:
        return _undecided([one.visit for one in plan.undecided])
    duplicates = await _duplicates(act, plan)
    if new.dry_run:
        async with act.preview():
            done = await _merged(act, plan)
        act.audit("participants.merge_previewed", survivor, survivor, ended=str(ended))
        act.audit("participants.merge_previewed", survivor, ended, ended=str(ended))
    else:
        done = await _merged(act, plan)
    if isinstance(done, Refused):
        return done
    return Done(replace(done, dry_run=new.dry_run, duplicates=duplicates, open_twice=plan.closes))


def _undecided(visits: Sequence[Visit]) -> Refused:
    """A refusal that names each visit about which somebody must say what stands."""
    faults = tuple(fault("$.decisions", "merge_undecided", target=one.target, day=one.day) for one in visits)
    return replace(refused("merge_undecided", target=visits[0].target, day=visits[0].day), faults=faults)


def _made(one: KnownMerge, ended: UUID) -> bool:
    return one.ended == ended and one.undone_at is None


async def _planned(act: Act, survivor: UUID, ended: UUID, new: NewMerge) -> _Plan | Refused:
    zone = await clinics.zone(act)
    own = {
        who: await enrollments.before(act, LAST_ID, ENROLLMENTS_MAX, who, None) for who in (survivor, ended)
    }
    twice = held_twice(
        [seen for who, held in own.items() for seen in await _seen(act, held, who == ended, zone)]
    )
    words = decided(twice, new.decisions)
    if isinstance(words, Refused):
        return words
    becomes, undecided = words
    open_ = [
        Course(one.id, one.program, one.participant == ended)
        for held in own.values()
        for one in held
        if not one.closed_on
    ]
    pairs = closing(open_, new.closes)
    if isinstance(pairs, Refused):
        return pairs
    by_id = {one.id: one for held in own.values() for one in held}
    closes = []
    for stays, closed in pairs:
        on = await _last_day(act, by_id[closed.id], zone)
        closes.append(OpenTwice(closed.program, stays.id, closed.id, on))
    moving = tuple(sorted((one.id for one in own[ended]), key=lambda one: one.bytes))
    return _Plan(survivor, ended, moving, tuple(twice), becomes, undecided, tuple(closes), new.reason)


async def _seen(act: Act, own: Sequence[Enrollment], ends: bool, zone: ZoneInfo) -> list[Seen]:
    """The events of some enrollments that stand."""
    ruled = [
        Ruled(one.id, await episodes.rules_of(act, one.program, one.version), one.starts_on) for one in own
    ]
    stand = await episodes.standing_facts(act, ruled, zone)
    return [
        Seen(
            past.event,
            one.id,
            ends,
            one.program,
            target.name,
            past.fact.day,
            past.fact.outcome,
            past.fact.expected_on is not None,
            PER_DAY if target.visits is None else target.visits.per_day,
            past.fact.quantity,
        )
        for one, of in zip(own, ruled, strict=True)
        for past in stand[one.id]
        for target in (of.rules.program.targets[past.fact.target],)
    ]


async def _last_day(act: Act, closes: Enrollment, zone: ZoneInfo) -> date:
    """The last day of an enrollment that a merge closes: today, or the only days that it can have."""
    today = max(local_day(act.now, zone), closes.starts_on)
    return today if closes.ends_on is None else min(today, closes.ends_on)


async def _duplicates(act: Act, plan: _Plan) -> tuple[Duplicate, ...]:
    """The visits that both charts hold, as they are shown."""
    events = [one.event for twice in plan.twice for one in twice.events]
    earned = await recorded_events.earned(act, events) if events else {}
    shown_ = []
    for twice in plan.twice:
        held = []
        for one in twice.events:
            known = await recorded_events.find(act, one.event)
            if known is None:
                message = "an event that stands is on record"
                raise AssertionError(message)
            held.append(
                VisitTwice(
                    one.event,
                    plan.ended if one.ends else plan.survivor,
                    one.enrollment,
                    one.outcome,
                    known.occurred_at,
                    known.recorded_at,
                    known.recorded_by,
                    earned[one.event].money,
                    plan.becomes.get(one.event),
                )
            )
        visit = twice.visit
        shown_.append(Duplicate(visit.program, visit.target, visit.day, tuple(held)))
    return tuple(shown_)


async def _merged(act: Act, plan: _Plan) -> Merge | Refused:
    """Do it: close, lead, move, count again, withdraw, and tell of it on both charts."""
    survivor, ended = plan.survivor, plan.ended
    closes = tuple(one.closes for one in plan.closes)
    made = KnownMerge(act.new_id(), survivor, ended, act.now, act.actor.id, closes, reason=plan.reason)
    for one in plan.closes:
        closed = await close_enrollment(act, one.closes, CloseEnrollment(CLOSED, one.closes_on))
        if isinstance(closed, Refused):
            return closed
    former = await charts.charts(act, ended)
    redemptions = await merges.held(act, former)
    await merges.insert(act, made)
    await merges.enrollments_over(act, ended, survivor)
    await note_merged(act, survivor, await charts.charts(act, survivor), former)
    await merges.lead(act, former, survivor)
    moving = [
        one for (who, _), one in (await ledger.balances(act, [ended])).items() if who == ended and one.earned
    ]
    await ledger.move(act, list(over(made.id, ended, survivor, moving)))
    await recount(act, [survivor, ended])
    for event, becomes in plan.becomes.items():
        if becomes == "withdraw":
            withdrawn = await correct_event(
                act, event, NewCorrection("entry_error", WITHDRAWN), merge=made.id
            )
            if isinstance(withdrawn, Refused):
                return withdrawn
    await sessions.revoke_of_participant(act, ended)
    await sign_in_codes.retire_all(act, ended)
    for who in (survivor, ended):
        act.audit("participants.merged", made.id, who, survivor=str(survivor), ended=str(ended))
    tell_survivor(act, survivor, ended)
    known = await shown(act, made)
    return replace(known, moved=tuple(moving), redemptions=redemptions, enrollments=await _moved(act, plan))


async def _moved(act: Act, plan: _Plan) -> tuple[Enrollment, ...]:
    found = [await enrollments.find(act, one) for one in plan.moving]
    return tuple(one for one in found if one is not None)


async def recount(act: Act, people: Sequence[UUID]) -> None:
    """Count what caps look at again, and tell of those that were reached by it."""
    tallies = Tallies(act, await caps.whole(act))
    await tallies.recount(act.actor, people)
    act.audit_caps(await tallies.keep())


def tell_survivor(act: Act, survivor: UUID, ended: UUID) -> None:
    """Tell what was done to either chart as done to the survivor: of the other nothing is left."""
    act.notices = [
        replace(one, participant=survivor) if one.participant == ended else one for one in act.notices
    ]
    for key in [key for key in act.changed if key[0] == ended]:
        del act.changed[key]
