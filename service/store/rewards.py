"""The shelf: rewards with their stock, and the codes of gift cards and the like."""

from collections.abc import Sequence
from typing import cast
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from schemas.program import Unit
from schemas.shelf import Picture, Reward, RewardKind, RewardName, RewardText
from service.core.actors import Actor
from service.store.database.pool import Tx


class OnShelf(Struct, frozen=True):
    """A reward and the revision that an ETag shows."""

    reward: Reward
    revision: int


class GivenCode(Struct, frozen=True):
    """A code that was given with a redemption, and whether it is void."""

    id: UUID
    code: str
    is_void: bool


async def insert(tx: Tx, new: Reward) -> None:
    """Write a new reward."""
    await tx.run(
        "rewards/insert",
        reward_id=new.id,
        name=new.name,
        description=new.description,
        unit=new.unit,
        price=new.price,
        kind=new.kind,
        category=new.category,
        stock=new.stock,
        instant=new.instant,
        created_at=new.created_at,
        fair_value=_stated(new),
        provider_product_id=new.product,
        face=new.face,
        name_es=None if new.names is None else new.names.es,
        description_es=None if new.descriptions is None else new.descriptions.es,
        picture=new.picture,
    )


async def find(tx: Tx, reward: UUID) -> OnShelf | None:
    """One reward by id."""
    row = await tx.row("rewards/find", reward_id=reward)
    return None if row is None else _on_shelf(row)


async def lock(tx: Tx, reward: UUID) -> OnShelf | None:
    """One reward by id, which no other transaction changes before this one ends."""
    row = await tx.row("rewards/lock", reward_id=reward)
    return None if row is None else _on_shelf(row)


async def before(
    tx: Tx, last: UUID, rows_max: int, active: bool | None, category: str | None
) -> list[Reward]:
    """Rewards added before `last`, newest first."""
    rows = await tx.rows("rewards/list", before=last, limit=rows_max, active=active, category=category)
    return [_on_shelf(row).reward for row in rows]


async def change(tx: Tx, after: Reward) -> None:
    """Write a locked reward as it is after a change; the revision goes up by one, the stock stays."""
    await tx.run(
        "rewards/change",
        reward_id=after.id,
        name=after.name,
        description=after.description,
        price=after.price,
        category=after.category,
        instant=after.instant,
        active=after.active,
        fair_value=_stated(after),
        lowered_by=after.lowered_by,
        moved_by=after.moved_by,
        face=after.face,
        name_es=None if after.names is None else after.names.es,
        description_es=None if after.descriptions is None else after.descriptions.es,
        picture=after.picture,
    )


def _stated(reward: Reward) -> int | None:
    """The fair value as it was stated; one that follows from the price is not kept."""
    return reward.fair_value if reward.fair_value_stated else None


async def set_stock(tx: Tx, reward: UUID, stock: int) -> None:
    """Write what is left of a locked reward."""
    await tx.run("rewards/set_stock", reward_id=reward, stock=stock)


async def return_stock(tx: Tx, reward: UUID, quantity: int) -> None:
    """Put pieces back; a reward that never runs out goes on never running out."""
    await tx.run("rewards/return_stock", reward_id=reward, quantity=quantity)


async def note_stock_change(
    tx: Tx,
    actor: Actor,
    reward: UUID,
    change: int,
    reason: str,
    write_off: UUID | None = None,
    redemption_change: UUID | None = None,
) -> UUID:
    """Write why the stock was changed, and return the id that this goes under.

    Fewer only by a write-off, or by a redemption that was replaced or taken back.
    """
    change_id = tx.new_id()
    sealed = tx.cipher.seal(actor.clinic, "stock_changes.reason", reason)
    await tx.run(
        "stock_changes/insert",
        reward_id=reward,
        stock_change_id=change_id,
        change=change,
        reason=sealed,
        changed_by=actor.id,
        write_off_id=write_off,
        redemption_change_id=redemption_change,
    )
    return change_id


async def taken(tx: Tx, reward: UUID) -> int:
    """How many pieces of a locked reward were asked for so far and not returned."""
    return int(await tx.value("rewards/taken", reward_id=reward))


async def known_codes(tx: Tx, codes: Sequence[str]) -> set[str]:
    """Which of some codes the clinic has or had already."""
    index_of = {code_index(tx, code): code for code in codes}
    rows = await tx.rows("reward_codes/known", code_indexes=list(index_of))
    return {index_of[row["code_index"]] for row in rows}


async def add_codes(tx: Tx, reward: UUID, codes: Sequence[str]) -> None:
    """Write new codes of a locked reward.

    Raises UniqueViolationError where one was added elsewhere meanwhile.
    """
    # Ids made in one moment are in no order; codes are given in the order of the list that they came in.
    ids = sorted(tx.new_id() for _ in codes)
    await tx.run(
        "reward_codes/insert",
        reward_id=reward,
        code_id=ids,
        code=[tx.cipher.seal(tx.clinic, "reward_codes.code", code) for code in codes],
        code_index=[code_index(tx, code) for code in codes],
    )


async def take_codes(tx: Tx, reward: UUID, redemption: UUID, quantity: int) -> tuple[str, ...]:
    """Take unused codes for a redemption; fewer come back where there are not enough."""
    rows = await tx.rows("reward_codes/take", reward_id=reward, redemption_id=redemption, quantity=quantity)
    return _codes(tx, rows)


async def take_code_for_prize(tx: Tx, reward: UUID, prize: UUID) -> str | None:
    """Take an unused code for a prize, if there is one."""
    codes = _codes(tx, await tx.rows("reward_codes/take_for_prize", reward_id=reward, prize_id=prize))
    return codes[0] if codes else None


async def codes_of_prize(tx: Tx, prize: UUID) -> list[GivenCode]:
    """The codes that a prize was given as, in their order: one at most stands, those before it are void."""
    return _given(tx, await tx.rows("reward_codes/of_prize", prize_id=prize))


async def codes_of(tx: Tx, redemption: UUID) -> list[GivenCode]:
    """The codes that a redemption was given, in their order, those that are void among them."""
    return _given(tx, await tx.rows("reward_codes/of_redemption", redemption_id=redemption))


async def void_codes(tx: Tx, reward: UUID, codes: Sequence[UUID], change: UUID) -> None:
    """Write that codes of a locked reward are worth nothing any more, by a change of their redemption."""
    await tx.run("reward_codes/void", reward_id=reward, code_id=codes, redemption_change_id=change)


def _given(tx: Tx, rows: Sequence[Record]) -> list[GivenCode]:
    return [
        GivenCode(row["code_id"], code, row["is_void"])
        for row, code in zip(rows, _codes(tx, rows), strict=True)
    ]


def _codes(tx: Tx, rows: Sequence[Record]) -> tuple[str, ...]:
    ordered = sorted(rows, key=lambda row: cast("UUID", row["code_id"]))
    return tuple(tx.cipher.open(tx.clinic, "reward_codes.code", row["code"]).decode() for row in ordered)


def code_index(tx: Tx, code: str) -> bytes:
    """The keyed hash by which a code is known again."""
    return tx.cipher.blind(tx.clinic, "reward_codes.code", code)


def _on_shelf(row: Record) -> OnShelf:
    reward = Reward(
        row["reward_id"],
        row["name"],
        cast("Unit", row["unit"]),
        row["price"],
        cast("RewardKind", row["kind"]),
        row["category"],
        row["instant"],
        row["active"],
        row["created_at"],
        row["description"],
        row["stock"],
        row["fair_value"],
        row["fair_value"] is not None,
        row["lowered_by"],
        row["moved_by"],
        row["provider_product_id"],
        row["face"],
        None if row["name_es"] is None else RewardName(row["name"], row["name_es"]),
        None if row["description_es"] is None else RewardText(row["description"], row["description_es"]),
        cast("Picture | None", row["picture"]),
    )
    return OnShelf(reward, row["revision"])
