"""Reward providers: the clinic's accounts, their catalogs, and where their lists differ from ours."""

from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from schemas.providers import (
    NewProduct,
    NewProviderAccount,
    ProductChange,
    ProviderAccount,
    ProviderAccountChange,
    ProviderAccountPage,
    ProviderChecked,
    ProviderDifferencePage,
    ProviderNotice,
    ProviderProduct,
    ProviderProductPage,
)
from service.core.cursors import LIMIT, Page
from service.core.refusals import Refused, refused
from service.flows.providers.accounts import (
    add_account,
    change_account,
    check_account,
    list_accounts,
    list_differences,
    read_account,
)
from service.flows.providers.by_hand import add_product
from service.flows.providers.catalog import change_product, list_products
from service.flows.providers.notices import BYTES_MAX, SIGNATURE, take_notice
from service.outbound.addresses import Allowed
from service.outbound.providers.calls import provider_client
from service.web.http.answers import Answer, as_json
from service.web.http.call import NO_STORE, Call
from service.web.http.pagination import IdCursor, Limit, PageQuery
from service.web.http.route import AUDITORS, MANAGERS, OPEN, route

_encode = msgspec.json.Encoder().encode


class ProductsQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which products are asked for."""

    allowed: bool | None = None
    """Only those that the clinic allows, or only the others."""
    limit: Limit = LIMIT
    cursor: IdCursor | None = None


class DifferencesQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which differences are asked for."""

    standing: bool | None = None
    """Only those that the last match found, or only those that are gone."""
    limit: Limit = LIMIT
    cursor: IdCursor | None = None


def _allowed(call: Call) -> Allowed:
    settings = call.resources.settings
    return Allowed(settings.webhook_allow_loopback, settings.webhook_allow_private)


@route(
    "POST",
    "/v1/providers",
    "add_provider_account",
    scope="secrets.write",
    roles=MANAGERS,
    answer=ProviderAccount,
    statuses=(201,),
    tagged=True,
    refusals=("url_not_allowed",),
)
async def add(call: Call, body: NewProviderAccount) -> Answer:
    """Add an account with a reward provider; its keys are kept encrypted and never shown again.

    Its catalog is read by the worker, and nothing of it is on the shelf before the clinic allows it.
    """
    return await call.perform(
        lambda act: add_account(act, body, _allowed(call)), lambda made: f"/v1/providers/{made.id}"
    )


@route("GET", "/v1/providers", "list_provider_accounts", roles=AUDITORS, answer=ProviderAccountPage)
async def find(call: Call, asked: PageQuery) -> Answer:
    """List the accounts and how each stands, newest first."""
    return await call.perform(lambda act: list_accounts(act, Page(asked.limit, asked.cursor)))


@route(
    "GET",
    "/v1/providers/{provider_account}",
    "read_provider_account",
    roles=AUDITORS,
    answer=ProviderAccount,
    tagged=True,
    refusals=("not_found",),
)
async def read(call: Call, provider_account: UUID) -> Answer:
    """Read an account: what it holds, what is on order, and what was last heard of it."""
    return await call.perform(lambda act: read_account(act, provider_account))


@route(
    "PATCH",
    "/v1/providers/{provider_account}",
    "change_provider_account",
    scope="secrets.write",
    roles=MANAGERS,
    answer=ProviderAccount,
    tagged=True,
    edits=True,
    refusals=("not_found",),
)
async def change(call: Call, provider_account: UUID, body: ProviderAccountChange) -> Answer:
    """Change an account; a field left out stays. While it is not active, what is on order waits."""
    return await call.perform(
        call.edited(
            lambda act: read_account(act, provider_account),
            lambda act, revision: change_account(act, provider_account, body, revision),
        )
    )


@route(
    "POST",
    "/v1/providers/{provider_account}/check",
    "check_provider_account",
    roles=MANAGERS,
    answer=ProviderChecked,
    refusals=("not_found",),
)
async def check(call: Call, provider_account: UUID) -> Answer:
    """Ask now what an account holds and offers.

    Nothing is ordered.
    """
    resources = call.resources
    client = provider_client(resources.settings)
    try:
        found = await check_account(resources.database, call.actor.clinic, provider_account, client)
    finally:
        client.close()
    if found is None:
        return call.refuse(refused("not_found.provider_account"))
    return as_json(_encode(found), 200, NO_STORE)


@route(
    "GET",
    "/v1/providers/{provider_account}/products",
    "list_provider_products",
    roles=AUDITORS,
    answer=ProviderProductPage,
    refusals=("not_found",),
)
async def products(call: Call, provider_account: UUID, asked: ProductsQuery) -> Answer:
    """List what the account's catalog offers in US dollars, and what of it the clinic allows."""
    page = Page(asked.limit, asked.cursor)
    return await call.perform(lambda act: list_products(act, provider_account, page, allowed=asked.allowed))


@route(
    "POST",
    "/v1/providers/{provider_account}/products",
    "add_provider_product",
    roles=MANAGERS,
    answer=ProviderProduct,
    statuses=(201,),
    refusals=("not_found", "category_not_allowed"),
)
async def add_card(call: Call, provider_account: UUID, body: NewProduct) -> Answer:
    """Add a kind of card that staff load by hand; it is allowed at once."""
    return await call.perform(lambda act: add_product(act, provider_account, body))


@route(
    "POST",
    "/v1/providers/{provider_account}/products/{provider_product}",
    "change_provider_product",
    roles=MANAGERS,
    answer=ProviderProduct,
    refusals=("not_found", "category_not_allowed"),
)
async def allow(call: Call, provider_account: UUID, provider_product: UUID, body: ProductChange) -> Answer:
    """Allow a product on the shelf, or no more.

    What names cash, alcohol, tobacco, cannabis, gambling or firearms is never allowed.
    """
    return await call.perform(lambda act: change_product(act, provider_account, provider_product, body))


@route(
    "GET",
    "/v1/providers/{provider_account}/differences",
    "list_provider_differences",
    roles=AUDITORS,
    answer=ProviderDifferencePage,
    refusals=("not_found",),
)
async def differences(call: Call, provider_account: UUID, asked: DifferencesQuery) -> Answer:
    """List where the provider's list of orders and ours differ, newest first; they are matched once a day."""
    page = Page(asked.limit, asked.cursor)
    return await call.perform(
        lambda act: list_differences(act, provider_account, page, standing=asked.standing)
    )


@route(
    "POST",
    "/v1/provider-notices/{provider_account}",
    "receive_provider_notice",
    roles=OPEN,
    answer=ProviderNotice,
    statuses=(202,),
    reads=("application/json",),
    shape=dict[str, Any],
    refusals=("unauthenticated", "malformed", "unavailable"),
)
async def notice(call: Call, provider_account: UUID, body: bytes) -> Answer:
    """Take a provider's notice that something changed, signed with the account's `webhook_secret`.

    It is believed that something changed; what, the provider is asked. An unknown account is answered like a
    wrong signature. Tremendous signs in `Tremendous-Webhook-Signature`.
    """
    if len(body) > BYTES_MAX:
        return call.refuse(refused("too_large.message", bytes=BYTES_MAX))
    signature = call.header(SIGNATURE.encode()) or ""
    taken = await take_notice(call.resources.database, provider_account, signature, body)
    if isinstance(taken, Refused):
        return call.refuse(taken)
    return as_json(_encode(ProviderNotice(taken=True)), 202, NO_STORE)
