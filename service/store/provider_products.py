"""What reward providers' catalogs offer, and what of it a clinic allows."""

from collections.abc import Sequence
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from schemas.providers import ProviderProduct
from service.store.database.pool import Tx


class Offered(Struct, frozen=True):
    """A product as a catalog has it; values are in cents, and `forbidden` says why it is never allowed."""

    reference: str
    name: str
    category: str
    least: int
    most: int
    faces: tuple[int, ...]
    forbidden: str | None


async def put(tx: Tx, account: UUID, offered: Sequence[Offered]) -> None:
    """Write a whole catalog: what it has no more is gone, and what is forbidden is allowed no more."""
    await tx.run(
        "provider_products/put",
        provider_account_id=account,
        provider_product_id=[tx.new_id() for _ in offered],
        reference=[one.reference for one in offered],
        name=[one.name for one in offered],
        category=[one.category for one in offered],
        least=[one.least for one in offered],
        most=[one.most for one in offered],
        faces=[",".join(map(str, one.faces)) for one in offered],
        forbidden=[one.forbidden for one in offered],
    )
    await tx.run("provider_products/went", provider_account_id=account)


async def add(tx: Tx, account: UUID, product: UUID, new: Offered) -> None:
    """Write a kind of card that staff load by hand."""
    await tx.run(
        "provider_products/add",
        provider_account_id=account,
        provider_product_id=product,
        reference=new.reference,
        name=new.name,
        category=new.category,
        least=new.least,
        most=new.most,
    )


async def find(tx: Tx, product: UUID) -> ProviderProduct | None:
    """One product by id."""
    row = await tx.row("provider_products/find", provider_product_id=product)
    return None if row is None else _product(row)


async def lock(tx: Tx, product: UUID) -> ProviderProduct | None:
    """One product by id, which no other transaction changes before this one ends."""
    row = await tx.row("provider_products/lock", provider_product_id=product)
    return None if row is None else _product(row)


async def after(
    tx: Tx, account: UUID, last: UUID, rows_max: int, *, allowed: bool | None
) -> list[ProviderProduct]:
    """The products of an account's catalog after one, in the order in which they came."""
    rows = await tx.rows(
        "provider_products/list",
        provider_account_id=account,
        after=last,
        limit=rows_max,
        allowed=allowed,
    )
    return [_product(row) for row in rows]


async def allow(tx: Tx, product: UUID, by: UUID, *, allowed: bool) -> None:
    """Write whether the clinic allows a product."""
    await tx.run("provider_products/allow", provider_product_id=product, allowed=allowed, allowed_by=by)


def _product(row: Record) -> ProviderProduct:
    return ProviderProduct(
        row["provider_product_id"],
        row["provider_account_id"],
        row["reference"],
        row["name"],
        row["category"],
        row["least"],
        row["most"],
        tuple(row["faces"]),
        row["allowed"],
        row["forbidden"],
        row["allowed_by"],
        row["gone_at"] is not None,
    )
