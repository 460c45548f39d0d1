"""Which brands and categories of what providers deliver may be given."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from schemas.brand_rules import BrandRule
from service.store.database.pool import Tx


class Called(NamedTuple):
    """What a product is called in its catalog."""

    name: str
    category: str


async def set_rule(tx: Tx, new: BrandRule) -> None:
    """Write what may be given from now on."""
    await tx.run(
        "brand_rules/set",
        brand_rule_id=new.id,
        program=new.program,
        categories=None if new.categories is None else list(new.categories),
        brands=None if new.brands is None else list(new.brands),
        set_by=new.set_by,
    )


async def rules(tx: Tx) -> list[BrandRule]:
    """The newest rule of the clinic and of each program."""
    return [
        BrandRule(
            row["brand_rule_id"],
            row["set_at"],
            row["set_by"],
            row["program"],
            None if row["categories"] is None else tuple(row["categories"]),
            None if row["brands"] is None else tuple(row["brands"]),
        )
        for row in await tx.rows("brand_rules/rules")
    ]


async def programs(tx: Tx, participant: UUID) -> frozenset[str]:
    """The programs that somebody is in now."""
    rows = await tx.rows("brand_rules/programs", participant_id=participant)
    return frozenset(row["program"] for row in rows)


async def products(tx: Tx, some: Sequence[UUID]) -> dict[UUID, Called]:
    """What some products are called in their catalogs, by id."""
    rows = await tx.rows("brand_rules/products", products=some)
    return {row["provider_product_id"]: Called(row["name"], row["category"]) for row in rows}
