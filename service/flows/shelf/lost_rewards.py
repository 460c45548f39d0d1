"""A reward that was handed over and is lost, used or void: replace it, or take it back.

Neither is income. A replacement moves nothing, and what is taken back undoes what was given. One person does
it up to the clinic's limit; above that it is proposed, and another person approves or refuses it.
"""

from collections.abc import Mapping
from datetime import datetime, time
from uuid import UUID

from msgspec.structs import replace

from schemas.currencies import Currency
from schemas.program import Unit
from schemas.redemption_changes import (
    NewReplacement,
    NewTakeBack,
    RedemptionChange,
    RedemptionChangeKind,
)
from schemas.shelf import Redemption, Reward
from service.core.calendar import local_day
from service.core.currencies import worth_unit
from service.core.cursors import LAST_ID, LIMIT_MAX
from service.core.proposals import redemption_change_proposed
from service.core.redemption import change as status_after
from service.core.redemption import is_for_one, price_of, worth_of
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done, moves_value
from service.flows.shelf import gifts
from service.flows.shelf.redemption_changes import carry_out
from service.flows.shelf.redemptions import with_codes
from service.store import (
    charts,
    clinics,
    persons,
    redemption_changes,
    redemptions,
    rewards,
    second_looks,
)
from service.store.redemption_changes import Change
from service.store.rules_over import Persons


@moves_value
async def replace_redemption(
    act: Act, redemption_id: UUID, new: NewReplacement
) -> Done[Redemption] | Refused:
    """Give other codes or pieces for a given redemption, or propose to; the codes before become void."""
    found = await _given(act, redemption_id, "replacement")
    if isinstance(found, Refused):
        return found
    given, reward = found
    codes = await _codes_meant(act, given, reward, new)
    if isinstance(codes, Refused):
        return codes
    pieces = len(codes) if reward.kind == "code" else new.pieces or given.quantity
    if pieces > given.quantity:
        return refused("invalid.more_pieces", "$.pieces", pieces=given.quantity)
    past = await _replaced(act, redemption_id)
    zone = await clinics.zone(act)
    today = local_day(act.now, zone)
    if not new.another and any(local_day(one.settled_at or act.now, zone) == today for one in past):
        return refused("already_changed.replaced_today", "$.another")
    change = await _asked(act, given, reward, "replacement", new.reason, pieces, past)
    return await _begun(act, Change(change, codes), given, reward)


@moves_value
async def take_back_redemption(act: Act, redemption_id: UUID, new: NewTakeBack) -> Done[Redemption] | Refused:
    """Return the price of a given redemption to what is available, or propose to; its codes become void."""
    found = await _given(act, redemption_id, "take_back")
    if isinstance(found, Refused):
        return found
    given, reward = found
    if reward.kind == "code" and new.restock:
        return refused("invalid.restock_of_codes", "$.restock")
    codes = tuple(one.id for one in await rewards.codes_of(act, redemption_id) if not one.is_void)
    past = await _replaced(act, redemption_id)
    change = await _asked(act, given, reward, "take_back", new.reason, given.quantity, past)
    return await _begun(act, Change(replace(change, restocked=new.restock), codes), given, reward)


async def _given(
    act: Act, redemption_id: UUID, kind: RedemptionChangeKind
) -> tuple[Redemption, Reward] | Refused:
    """The redemption and its reward, both locked, if this may be done with it and nothing waits for it."""
    first = await redemptions.find(act, redemption_id)
    if first is None:
        return refused("not_found.redemption")
    await charts.lock(act, [], [first.participant], [])
    # Read again: only under its participant's lock is it sure that nobody else changes it.
    given = await redemptions.find(act, redemption_id) or first
    status = status_after(given.status, kind)
    if isinstance(status, Refused):
        return status
    if await redemption_changes.before(act, LAST_ID, 1, "proposed", redemption_id):
        return refused("already_changed.waits")
    known = await rewards.lock(act, given.reward)
    if known is not None and known.reward.kind == "provider":
        return refused("invalid.order_stays")
    return refused("unknown_reward") if known is None else (given, known.reward)


async def _codes_meant(
    act: Act, given: Redemption, reward: Reward, new: NewReplacement
) -> tuple[UUID, ...] | Refused:
    """Which codes a replacement makes void: those that are named, or all that are not void yet."""
    if reward.kind == "item":
        return refused("invalid.codes_of_given_item", "$.codes") if new.codes else ()
    if new.pieces is not None:
        return refused("invalid.pieces_of_codes", "$.pieces")
    standing = {one.code: one.id for one in await rewards.codes_of(act, given.id) if not one.is_void}
    named = dict.fromkeys(code.strip() for code in new.codes)
    strange = [place for place, code in enumerate(new.codes) if code.strip() not in standing]
    if strange:
        return refused("invalid.not_its_code", *(f"$.codes[{place}]" for place in strange))
    return tuple(standing[code] for code in named or standing)


async def _replaced(act: Act, redemption_id: UUID) -> list[RedemptionChange]:
    """The replacements of a redemption until now."""
    done = await redemption_changes.before(act, LAST_ID, LIMIT_MAX, "approved", redemption_id)
    return [one for one in done if one.kind == "replacement"]


async def _asked(
    act: Act,
    given: Redemption,
    reward: Reward,
    kind: RedemptionChangeKind,
    reason: str,
    pieces: int,
    past: list[RedemptionChange],
) -> RedemptionChange:
    """What is asked for as it goes on record, done by one person where it stays inside the clinic's limit."""
    amount = price_of(given, pieces)
    await second_looks.lock_bound_of_many(act)
    counted = amount + sum(one.amount for one in past) + await alone_today(act, given.unit, past)
    currency = worth_unit(given.unit)
    limits = await Persons(act, act.actor.id).limits_over(act.actor.id, given.unit, currency)
    limit = limits[given.unit]
    (shown,) = await gifts.at_worth(act, [reward])
    worth = worth_of(given, shown.fair_value, pieces + sum(one.quantity for one in past))
    worth += await worth_alone_today(act, currency, past)
    # What is paid for with points or draws may be worth any amount of money.
    alone = is_for_one(counted, limit) and is_for_one(worth, limits[currency])
    return RedemptionChange(
        act.new_id(),
        given.id,
        given.participant,
        given.reward,
        kind,
        reason,
        pieces,
        given.unit,
        amount,
        counted,
        limit,
        alone,
        restocked=False,
        given_at=given.settled_at or given.requested_at,
        given_by=given.settled_by or given.requested_by,
        status="approved" if alone else "proposed",
        proposed_at=act.now,
        proposed_by=act.actor.id,
        settled_at=act.now if alone else None,
        settled_by=act.actor.id if alone else None,
    )


async def alone_today(act: Act, unit: Unit, past: list[RedemptionChange]) -> int:
    """What whoever acts replaced and took back alone today, for anybody, besides what is counted already."""
    besides = [one.id for one in past]
    return await _mine(act, await redemption_changes.alone_since(act, unit, await _midnight(act), besides))


async def worth_alone_today(act: Act, currency: Currency, past: list[RedemptionChange]) -> int:
    """The same by its fair value in a currency, whatever was paid for it."""
    besides = [one.id for one in past]
    return await _mine(
        act, await redemption_changes.alone_worth_since(act, currency, await _midnight(act), besides)
    )


async def _midnight(act: Act) -> datetime:
    zone = await clinics.zone(act)
    return datetime.combine(local_day(act.now, zone), time(), zone)


async def _mine(act: Act, done: Mapping[UUID, int]) -> int:
    mine = await persons.same(act, done)
    return sum(amount for who, amount in done.items() if who in mine)


async def _begun(act: Act, change: Change, given: Redemption, reward: Reward) -> Done[Redemption] | Refused:
    """Put on record what is asked for, and do it where one person is enough."""
    one = change.shown
    await redemption_changes.insert(act, change)
    act.audit(
        "redemption_change.proposed",
        one.id,
        one.participant,
        **redemption_change_proposed(given.id, None, one.kind, one.quantity, one.amount, one.unit),
    )
    if not one.alone:
        return Done(replace(await with_codes(act, given), change=one.id), "proposed")
    after = await carry_out(act, change, given, reward)
    return after if isinstance(after, Refused) else Done(replace(after, change=one.id))
