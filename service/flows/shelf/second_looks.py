"""Where value leaves, one person is not always enough: the rules, what waits for a look, and the look."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from schemas.program import Unit
from schemas.second_looks import (
    DeedAlone,
    NewSecondLook,
    SecondLook,
    SecondLooks,
    SecondPersonRules,
)
from service.core.calendar import local_day
from service.core.persons import are_one, second_person
from service.core.refusals import Refused, refused
from service.core.second_looks import (
    UNLESS_ALONE,
    Opened,
    Price,
    Recorded,
    another_hands_out,
    deeds_alone,
    given_max,
    in_order,
    may_hand_out,
    of_one_alone,
    of_one_known,
)
from service.core.unseen import UNSEEN_DAYS, may_go_unseen
from service.flows.perform import Act, Done
from service.store import actors, charts, clinics, second_looks
from service.store.rules_over import Persons

LOOKS_MAX = 100
EVER = datetime(1970, 1, 1, tzinfo=UTC)
OWN_DEED = refused("second_person_needed.own")
OWN_PRICE = refused("second_person_needed.price")
OWN_CATEGORY = refused("second_person_needed.category")


class DoneAlone(Struct, frozen=True):
    """What waits for a second look, oldest first, and what those are called who did it.

    It `is_own` where whoever reads it did some of it, by whichever account or key.
    """

    deeds: tuple[DeedAlone, ...]
    names: dict[UUID, str]
    is_own: bool


async def may_leave(
    act: Act,
    participant: UUID,
    price: Price,
    lowered_by: UUID | None,
    *,
    moved_by: UUID | None = None,
    set_aside_by: UUID | None = None,
) -> Refused | int:
    """Whether something may be handed out now; a second person who does it has thereby looked.

    Gives how many deeds waited for that look, which the entry of what is handed out tells: what tells it is
    decided again by `rewards verify`.

    The price of a prize is nothing but what it is worth. `lowered_by` is who lowered the reward's price
    alone, `moved_by` who put it among the prizes of another category, `set_aside_by` who asked for it before.
    Whoever calls this holds the participant's lock, so nothing is recorded in between.
    """
    own = await charts.charts(act, participant)
    hands = Persons(act, act.actor.id)
    waiting = await _waiting(act, own, hands)
    alone = [(await hands.of(who), OWN_DEED) for who in sorted({one.by for one in waiting})]
    if lowered_by is not None:
        alone.append((await hands.of(lowered_by), OWN_PRICE))
    if moved_by is not None:
        alone.append((await hands.of(moved_by), OWN_CATEGORY))
    gives = None if act.actor.role == "participant" else await hands.of(act.actor.id)
    refusal = another_hands_out(alone, gives)
    if refusal is None:
        refusal = await _within_the_day(act, own, price, hands, set_aside_by)
    if refusal is None:
        refusal = await _unseen(act, own, price, hands)
    if refusal is not None:
        return refusal
    if waiting:
        await _look(act, participant, own, len(waiting), None)
    return len(waiting)


async def _within_the_day(
    act: Act, own: tuple[UUID, ...], price: Price, hands: Persons, set_aside_by: UUID | None
) -> Refused | None:
    """Why it is too much for one person on one day, by its price or by its worth; none where it fits."""
    rules = await _rules_over_giver(act, hands)
    zone = await clinics.zone(act)
    midnight = datetime.combine(local_day(act.now, zone), time(), zone)
    is_set_aside = set_aside_by is not None and await _is_of_two(act, set_aside_by, hands)
    refusal = None
    if given_max(rules, price.unit) is not None:
        given = await _mine(act, await second_looks.given_since(act, own, price.unit, midnight), hands)
        refusal = may_hand_out(rules, act.actor, price.unit, price.amount, given, is_set_aside=is_set_aside)
    if refusal is None and given_max(rules, price.currency) is not None:
        # A reward that costs a single draw may be worth as much as one that costs hundreds of dollars.
        worths = (await second_looks.given_worth_since(act, own, midnight)).get(price.currency, {})
        given = await _mine(act, worths, hands)
        refusal = may_hand_out(
            rules, act.actor, price.currency, price.worth, given, is_set_aside=is_set_aside
        )
    if refusal is not None and act.actor.role in UNLESS_ALONE:
        return refusal if await hands.could_another_look(act.actor.id) else None
    return refusal


async def _unseen(act: Act, own: tuple[UUID, ...], price: Price, hands: Persons) -> Refused | None:
    """Why it does not go out to somebody whom one person alone has had to do with; none where it may.

    Anybody else who hands it out sees them by that.
    """
    known = await second_looks.known_by(act, own)
    if not known:
        return None
    first = await hands.of(next(iter(known)))
    if not all([are_one(first, await hands.of(who)) for who in known]):
        return None
    if act.actor.role != "participant" and not are_one(first, await hands.of(act.actor.id)):
        return None
    by = next(iter(known))
    rules = await hands.rules_among_colleagues(by)
    if rules.unseen_usd_max is None:
        return None
    await second_looks.lock_bound_of_many(act)
    since = act.now - timedelta(days=UNSEEN_DAYS)
    given = await second_looks.unseen_since(act, sorted(first.ids), since, price.currency)
    refusal = may_go_unseen(rules, known.values(), given, price.worth, price.currency)
    is_own = act.actor.role == "participant"
    return refused("second_person_needed.desk") if refusal is not None and is_own else refusal


async def _rules_over_giver(act: Act, hands: Persons) -> SecondPersonRules:
    """The rules over whoever hands out; over a participant, those that no manager loosened alone."""
    if act.actor.role != "participant":
        return await hands.rules_over(act.actor.id)
    newest = await second_looks.rules(act)
    return newest if newest.set_by is None else await hands.rules_over(newest.set_by)


async def _is_of_two(act: Act, set_aside_by: UUID, hands: Persons) -> bool:
    """Whether another member of staff than whoever acts set something aside."""
    giver, other = await hands.of(act.actor.id), await hands.of(set_aside_by)
    return second_person(giver, other, OWN_DEED) is None


async def _mine(act: Act, by: Mapping[UUID, int], hands: Persons) -> int:
    """What whoever acts handed out; for the participant, what anybody did."""
    if act.actor.role == "participant":
        return sum(by.values())
    return sum([amount for who, amount in by.items() if await hands.are_mine(who)])


async def _waiting(act: Act, own: tuple[UUID, ...], hands: Persons) -> tuple[DeedAlone, ...]:
    recorded = [one for one in await second_looks.recorded(act, own) if one.role is not None]
    opened = [
        replace(one, welcomes=await _welcomes(act, one, hands)) if one.welcome else one
        for one in await second_looks.opened(act, own)
        if one.role is not None
    ]
    if not recorded and not opened:
        return ()
    since = await second_looks.managers_asked_since(act)
    if since is not None:
        # What they did before they were asked about is asked about no more.
        recorded = [one for one in recorded if one.role not in UNLESS_ALONE or one.recorded_at > since]
        opened = [one for one in opened if one.role not in UNLESS_ALONE or one.opened_at > since]
    among: dict[UUID, UUID] = {}
    # Several keys and accounts of one person record as one.
    merged = [replace(one, by=await hands.first_of(one.by, among)) for one in recorded]
    begun = [replace(one, by=await hands.first_of(one.by, among)) for one in opened]
    zone = await clinics.zone(act)
    found: list[DeedAlone] = []
    everybody = {one.by for one in merged} | {one.by for one in begun}
    for by in everybody:
        visits = [one for one in merged if one.by == by]
        starts = [one for one in begun if one.by == by]
        rules = await hands.rules_over(by)
        deeds = deeds_alone(rules, visits, starts, zone)
        if not deeds and len(everybody) == 1:
            lately = [one for one in visits if since is None or one.recorded_at > since]
            deeds = await _of_one_known(act, own, rules, lately, hands)
        roles = {one.role for one in visits} | {one.role for one in starts}
        if deeds and not roles.isdisjoint(UNLESS_ALONE):
            if await hands.could_another_look(by):
                if roles == {"integration"}:
                    await hands.note_feed(by)
            else:
                deeds = deeds_alone(of_one_alone(rules), visits, starts, zone)
        found.extend(deeds)
    return in_order(found)


async def _of_one_known(
    act: Act, own: tuple[UUID, ...], rules: SecondPersonRules, visits: list[Recorded], hands: Persons
) -> tuple[DeedAlone, ...]:
    """What waits because nobody else looked at anything of this participant, or handed them anything."""
    deeds = of_one_known(rules, visits)
    if not deeds or await second_looks.of_person(act, own, 1):
        return ()
    did = await hands.of(deeds[0].by)
    given = await second_looks.given_worth_since(act, own, EVER)
    for who in {who for by in given.values() for who in by}:
        if second_person(did, await hands.of(who), OWN_DEED) is None:
            return ()
    return deeds


async def _welcomes(act: Act, one: Opened, hands: Persons) -> dict[Unit, int]:
    """What one person's enrollments of the day were welcomed with, by whichever account and key of theirs."""
    zone = await clinics.zone(act)
    midnight = datetime.combine(local_day(one.opened_at, zone), time(), zone)
    found: dict[Unit, int] = {}
    for who, welcomes in (await second_looks.welcomes(act, one.enrollment, midnight)).items():
        if who == one.by or are_one(await hands.of(who), await hands.of(one.by)):
            for unit, amount in welcomes.items():
                found[unit] = found.get(unit, 0) + amount
    return found


async def _look(
    act: Act, participant: UUID, own: tuple[UUID, ...], deeds: int, note: str | None
) -> SecondLook:
    made = SecondLook(act.new_id(), participant, act.now, act.actor.id, deeds, note)
    await second_looks.insert(act, made, own)
    act.audit("second_look.taken", made.id, participant, deeds=deeds)
    return made


async def take_second_look(act: Act, participant_id: UUID, new: NewSecondLook) -> Done[SecondLook] | Refused:
    """Look at what one person did alone for a participant: none of it is asked about afterwards.

    Where nothing waits there is nothing to look at, so that no look stands before what it would cover.
    """
    participant = await charts.lock_person(act, participant_id)
    if participant is None:
        return refused("not_found.participant")
    own = await charts.charts(act, participant)
    hands = Persons(act, act.actor.id)
    waiting = await _waiting(act, own, hands)
    looks = await hands.of(act.actor.id)
    for by in sorted({one.by for one in waiting}):
        refusal = second_person(await hands.of(by), looks, refused("same_person.second_look"))
        if refusal is not None:
            return refusal
    if not waiting:
        return refused("already_settled.second_look")
    return Done(await _look(act, participant, own, len(waiting), new.note), "created")


async def read_done_alone(act: Act, participant: UUID) -> DoneAlone:
    """What waits for a second look for a participant; whoever shows it tells that they were read."""
    hands = Persons(act, act.actor.id)
    deeds = await _waiting(act, await charts.charts(act, participant), hands)
    if not deeds:
        return DoneAlone((), {}, is_own=False)
    by = dict.fromkeys(one.by for one in deeds)
    mine = [await hands.are_mine(who) for who in by]
    return DoneAlone(deeds, await actors.names(act, list(by)), is_own=any(mine))


async def read_second_looks(act: Act, participant_id: UUID) -> Done[SecondLooks] | Refused:
    """What waits for a second look for a participant, and the looks so far."""
    known = await charts.person(act, participant_id)
    if known is None:
        return refused("not_found.participant")
    waiting = await _waiting(act, known.charts, Persons(act, act.actor.id))
    act.audit("second_look.listed", known.id, known.id)
    return Done(SecondLooks(waiting, tuple(await second_looks.of_person(act, known.charts, LOOKS_MAX))))
