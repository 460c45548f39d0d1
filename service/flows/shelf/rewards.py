"""Rewards on the shelf: add, change, stock and read them."""

from uuid import UUID

from msgspec.structs import asdict, replace

from schemas.proposals import WriteOff
from schemas.shelf import (
    Coded,
    NewCodes,
    NewReward,
    Reward,
    RewardChange,
    RewardPage,
    StockChange,
    Stocked,
)
from service.core.cursors import Page, before_id, cut
from service.core.persons import second_person
from service.core.plausible_codes import faults_of, notes_of
from service.core.proposals import write_off_proposed
from service.core.refusals import Fault, Refused, fault, invalid, refused
from service.core.shelf import called, changes_of, judge
from service.core.words.refusals.catalog import wire_fault
from service.flows.perform import Act, Done
from service.flows.shelf.gifts import at_worth
from service.flows.shelf.provider_rewards import orderable, ordered_as
from service.store import persons, rewards, write_offs

STOCK_MAX = 1_000_000


async def change_stock(act: Act, reward_id: UUID, change: StockChange) -> Done[Stocked] | Refused:
    """Add pieces of an item, or propose to write some off.

    An item that was not counted is counted from here on, from none.
    """
    known = await rewards.lock(act, reward_id)
    if known is None:
        return refused("not_found.reward")
    if known.reward.kind != "item":
        return refused("invalid.stock_of_codes", "$.change")
    before = known.reward.stock or 0
    after = before + change.change
    if after < 0:
        return refused("out_of_stock.write_off", "$.change", pieces=before)
    if after > STOCK_MAX:
        return refused("invalid.stock_large", "$.change", pieces=STOCK_MAX)
    if change.change < 0:
        return await _propose(act, known, change)
    if known.reward.stock is None:
        await _begin_counting(act, reward_id)
    await rewards.set_stock(act, reward_id, after)
    change_id = await rewards.note_stock_change(act, act.actor, reward_id, change.change, change.reason)
    act.audit("stock.changed", reward_id, change=change.change, stock=after, stock_change=str(change_id))
    return Done(await _stocked(act, replace(known.reward, stock=after)), revision=known.revision)


async def _begin_counting(act: Act, reward_id: UUID) -> None:
    """Put on record the pieces that left before anybody counted: stock = changes - what was asked for."""
    taken = await rewards.taken(act, reward_id)
    if taken:
        await rewards.note_stock_change(act, act.actor, reward_id, taken, "Asked for before it was counted.")


async def _propose(act: Act, known: rewards.OnShelf, change: StockChange) -> Done[Stocked]:
    """Nobody writes off stock alone: until another person approves, the stock stays as it is."""
    proposed = WriteOff(
        act.new_id(), known.reward.id, -change.change, change.reason, "proposed", act.now, act.actor.id
    )
    await write_offs.insert(act, proposed)
    act.audit("write_off.proposed", proposed.id, None, **write_off_proposed(proposed.reward, proposed.pieces))
    return Done(await _stocked(act, known.reward, proposed.id), "proposed", known.revision)


async def _stocked(act: Act, reward: Reward, write_off: UUID | None = None) -> Stocked:
    (shown,) = await at_worth(act, [reward])
    return Stocked(**asdict(shown), write_off=write_off)


def _told_worth(shown: Reward) -> dict[str, int | str]:
    """What the audit trail is told of a reward's worth and category, and who changed either alone."""
    return {
        "fair_value": "unknown" if shown.fair_value is None else shown.fair_value,
        "stated": int(shown.fair_value_stated),
        "lowered_by": str(shown.lowered_by or "none"),
        "category": shown.category,
        "moved_by": str(shown.moved_by or "none"),
    }


async def add_codes(act: Act, reward_id: UUID, new: NewCodes) -> Done[Coded] | Refused:
    """Add codes to a code reward; if one of them is no code or was ever added before, none is added."""
    known = await rewards.lock(act, reward_id)
    if known is None:
        return refused("not_found.reward")
    if known.reward.kind != "code":
        return refused("invalid.codes_of_item", "$.codes")
    # A code is pasted from a list: blanks around it are no part of it.
    codes = [code.strip() for code in new.codes]
    refusal = _blank(codes) or _implausible(codes) or _repeated(codes, await rewards.known_codes(act, codes))
    if refusal is not None:
        return refusal
    await rewards.add_codes(act, reward_id, codes)
    stock = (known.reward.stock or 0) + len(codes)
    await rewards.set_stock(act, reward_id, stock)
    act.audit("codes.added", reward_id, count=len(codes), stock=stock)
    (shown,) = await at_worth(act, [replace(known.reward, stock=stock)])
    warnings = tuple(map(wire_fault, notes_of(codes)))
    return Done(Coded(**asdict(shown), warnings=warnings), "created", known.revision)


def _blank(codes: list[str]) -> Refused | None:
    places = [f"$.codes[{place}]" for place, code in enumerate(codes) if not code]
    return refused("invalid.code_blank", *places) if places else None


def _implausible(codes: list[str]) -> Refused | None:
    faults = faults_of(codes)
    return invalid(*faults) if faults else None


def _repeated(codes: list[str], known: set[str]) -> Refused | None:
    seen = set(known)
    faults: list[Fault] = []
    for place, code in enumerate(codes):
        if code in seen:
            reason = "shelf.code_added_before" if code in known else "shelf.code_twice"
            faults.append(fault(f"$.codes[{place}]", reason))
        seen.add(code)
    if not faults:
        return None
    return Refused("codes_known", faults=tuple(faults))


async def add_reward(act: Act, new: NewReward) -> Done[Reward] | Refused:
    """Add a reward that may be on the shelf; codes are added to it afterwards."""
    refusal = judge(new.names or new.name, new.category, new.descriptions or new.description)
    if refusal is not None:
        return refusal
    code = new.kind == "code"
    if new.kind != "provider" and (new.product is not None or new.face is not None):
        return refused("invalid.product_of_others", "$.product")
    if code and new.stock is not None:
        return refused("invalid.stock_given_for_codes", "$.stock")
    if new.unit == "draw" and new.fair_value is None:
        return refused("invalid.fair_value_of_draws", "$.fair_value")
    reward = _new(act, new)
    found = await orderable(act, reward)
    if isinstance(found, Refused):
        return found
    reward = found
    await rewards.insert(act, reward)
    if reward.stock:
        # So that the stock is the sum of its changes, less what was taken: `rewards verify` adds them up.
        await rewards.note_stock_change(act, act.actor, reward.id, reward.stock, "The first pieces.")
    (shown,) = await at_worth(act, [reward])
    act.audit(
        "reward.added",
        reward.id,
        None,
        price=reward.price,
        unit=reward.unit,
        kind=reward.kind,
        **_told_worth(shown),
    )
    return Done(shown, "created", 1)


def _new(act: Act, new: NewReward) -> Reward:
    """A reward as it is asked for."""
    code = new.kind == "code"
    face = new.price if new.kind == "provider" and new.unit == "usd" and new.face is None else new.face
    return Reward(
        act.new_id(),
        new.name if new.names is None else new.names.en,
        new.unit,
        new.price,
        new.kind,
        new.category,
        # Nothing of a code is handed over by a person.
        instant=(new.instant or code) and new.kind != "provider",
        active=True,
        created_at=act.now,
        description=new.description if new.descriptions is None else new.descriptions.en,
        stock=0 if code else new.stock,
        fair_value=new.fair_value,
        fair_value_stated=new.fair_value is not None,
        product=new.product,
        face=face,
        names=new.names,
        descriptions=new.descriptions,
        picture=new.picture,
    )


async def change_reward(
    act: Act, reward_id: UUID, change: RewardChange, revision: int
) -> Done[Reward] | Refused:
    """Change what is named; refused where somebody else changed the reward since `revision`."""
    known = await rewards.lock(act, reward_id)
    if known is None:
        return refused("not_found.reward")
    if known.revision != revision:
        return refused("precondition_failed.reward")
    changed = changes_of(change)
    if "fair_value" in changed:
        changed["fair_value_stated"] = changed["fair_value"] is not None
    after = replace(known.reward, **changed)
    ordered = await ordered_as(act, known.reward, after)
    if isinstance(ordered, Refused):
        return ordered
    after = ordered
    lowered_by = await _lowered_by(act, known.reward, after, names_price="price" in changed)
    moved_by = await _moved_by(act, known.reward, after, names_category="category" in changed)
    after = replace(after, lowered_by=lowered_by, moved_by=moved_by)
    (shown,) = await at_worth(act, [after])
    if after == known.reward:
        return Done(shown, revision=revision)
    if after.kind == "code" and not after.instant:
        return refused("invalid.code_not_instant", "$.instant")
    if after.unit == "draw" and after.fair_value is None and "fair_value" in changed:
        return refused("invalid.fair_value_of_draws", "$.fair_value")
    refusal = judge(called(after), after.category, after.descriptions or after.description)
    if refusal is not None:
        return refusal
    await rewards.change(act, after)
    fields = ",".join(sorted(changed.keys() - {"fair_value_stated", "names", "descriptions"}))
    act.audit("reward.changed", reward_id, None, fields=fields, price=after.price, **_told_worth(shown))
    return Done(shown, revision=revision + 1)


async def _lowered_by(act: Act, before: Reward, after: Reward, *, names_price: bool) -> UUID | None:
    """Who lowered a reward's price or fair value alone, once it is changed; none where two persons named it.

    Whoever names the price after another one has seen it, unless they are a key or the same person.
    """
    known = before.lowered_by
    if known is not None and not (names_price and await _is_another(act, known)):
        return known
    old, new = await at_worth(act, [before, after])
    is_lower = after.price < before.price or (new.fair_value or 0) < (old.fair_value or 0)
    return act.actor.id if is_lower else None


async def _moved_by(act: Act, before: Reward, after: Reward, *, names_category: bool) -> UUID | None:
    """Who put a reward into another category alone, once it is changed; none where two persons named it."""
    known = before.moved_by
    if known is not None and not (names_category and await _is_another(act, known)):
        return known
    return act.actor.id if after.category != before.category else None


async def _is_another(act: Act, known: UUID) -> bool:
    """Whether whoever acts is another person than one who did something alone; no key is."""
    same = refused("same_person.second_look")
    return second_person(*await persons.pair(act, known), same) is None


async def read_reward(act: Act, reward_id: UUID) -> Done[Reward] | Refused:
    """One reward by id."""
    known = await rewards.find(act, reward_id)
    if known is None:
        return refused("not_found.reward")
    (shown,) = await at_worth(act, [known.reward])
    return Done(shown, revision=known.revision)


async def list_rewards(
    act: Act, page: Page, *, active: bool | None = None, category: str | None = None
) -> Done[RewardPage] | Refused:
    """Rewards on the shelf or off it, newest first."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await at_worth(act, await rewards.before(act, last, page.limit + 1, active, category))
    return Done(RewardPage(*cut(found, page, lambda reward: reward.id.bytes)))
