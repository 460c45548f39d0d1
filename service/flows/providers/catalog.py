"""What a provider's catalog offers: read every day, and not on the shelf before the clinic allows it."""

from collections.abc import Sequence
from uuid import UUID

from msgspec.structs import replace

from schemas.providers import ProductChange, ProviderProduct, ProviderProductPage
from service.core.actors import system
from service.core.cursors import Page, after_id, cut
from service.core.refusals import Refused, refused
from service.core.shelf import forbidden_in
from service.flows.perform import Act, Done, perform
from service.outbound.providers.interface import Product
from service.store import provider_accounts, provider_products
from service.store.database.pool import Database
from service.store.provider_products import Offered

NAME_CHARACTERS_MAX = 200


async def put_catalog(database: Database, clinic: UUID, account: UUID, products: Sequence[Product]) -> None:
    """Write a catalog as it was read; one product stands for each name that the provider knows it by."""
    named = sorted(products, key=lambda one: one.name.casefold())
    offered = {one.reference: _offered(one) for one in named if 0 < one.least <= one.most}

    async def operation(act: Act) -> Done[None]:
        await provider_products.put(act, account, list(offered.values()))
        act.audit("provider.catalog_read", account, None, products=len(offered))
        return Done(None)

    await perform(database, system(clinic), operation)


def _offered(one: Product) -> Offered:
    forbidden = "cash" if one.is_cash else forbidden_in(f"{one.name} {one.category}")
    name, category = one.name[:NAME_CHARACTERS_MAX], one.category[:NAME_CHARACTERS_MAX]
    return Offered(one.reference, name, category, one.least, one.most, one.faces, forbidden)


async def list_products(
    act: Act, account: UUID, page: Page, *, allowed: bool | None = None
) -> Done[ProviderProductPage] | Refused:
    """The catalog of an account, by name as far as it was read at once."""
    last = after_id(page)
    if isinstance(last, Refused):
        return last
    if await provider_accounts.find(act, account) is None:
        return refused("not_found.provider_account")
    found = await provider_products.after(act, account, last, page.limit + 1, allowed=allowed)
    return Done(ProviderProductPage(*cut(found, page, lambda one: one.id.bytes)))


async def change_product(
    act: Act, account: UUID, product: UUID, change: ProductChange
) -> Done[ProviderProduct] | Refused:
    """Allow a product on the shelf, or no more; what names cash, alcohol, tobacco and the like never is."""
    known = await provider_products.lock(act, product)
    if known is None or known.account != account:
        return refused("not_found.provider_product")
    if change.allowed and known.forbidden is not None:
        return refused("category_not_allowed.product", "$.allowed")
    if change.allowed == known.allowed:
        return Done(known)
    await provider_products.allow(act, product, act.actor.id, allowed=change.allowed)
    act.audit("provider.product_changed", product, None, allowed=int(change.allowed))
    return Done(replace(known, allowed=change.allowed, allowed_by=act.actor.id))
