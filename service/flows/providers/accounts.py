"""Accounts with reward providers: add, change and read them, and ask one whether everything is right."""

from typing import Final, assert_never
from uuid import UUID

from msgspec import UNSET
from msgspec.structs import asdict, replace

from schemas.providers import (
    GiftbitAccess,
    HandAccess,
    NewProviderAccount,
    ProviderAccount,
    ProviderAccountChange,
    ProviderAccountPage,
    ProviderChecked,
    ProviderDifferencePage,
    ProviderName,
    TangoAccess,
    TremendousAccess,
)
from service.core.cursors import Page, before_id, cut
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.outbound.addresses import Allowed
from service.outbound.post import WebhookClient
from service.outbound.providers.interface import Trouble
from service.outbound.providers.opening import address_of, provider_of
from service.outbound.urls import Unfit, read_url
from service.store import provider_accounts, provider_differences
from service.store.database.pool import Database
from service.store.provider_accounts import WEBHOOK, Known

PUBLIC_ONLY: Final = Allowed()


async def add_account(
    act: Act, new: NewProviderAccount, allowed: Allowed = PUBLIC_ONLY
) -> Done[ProviderAccount] | Refused:
    """Add an account; its keys are kept sealed and shown to nobody."""
    if isinstance(new.access, HandAccess):
        if new.address is not None or new.webhook_secret is not None:
            return refused("invalid.by_hand_asks_nobody", "$.access")
        address = ""
    elif isinstance(
        read_url(address := new.address or address_of(new.access, new.environment), allowed), Unfit
    ):
        return refused("url_not_allowed.provider", "$.address")
    account_id = act.new_id()
    made = ProviderAccount(
        account_id,
        provider_name(new),
        new.name,
        address,
        new.warn_below,
        active=True,
        created_at=act.now,
        created_by=act.actor.id,
        webhook=f"{WEBHOOK}{account_id}",
    )
    await provider_accounts.insert(act, made, new.access, new.webhook_secret)
    act.audit("provider.added", made.id, None, provider=made.provider, warn_below=made.warn_below)
    return Done(made, "created", 1)


def provider_name(new: NewProviderAccount) -> ProviderName:
    """Who an account is with."""
    match new.access:
        case TremendousAccess():
            return "tremendous"
        case TangoAccess():
            return "tango"
        case GiftbitAccess():
            return "giftbit"
        case HandAccess():
            return "by_hand"
        case _ as unreachable:
            assert_never(unreachable)


async def change_account(
    act: Act, account: UUID, change: ProviderAccountChange, revision: int
) -> Done[ProviderAccount] | Refused:
    """Change what is named; refused where somebody else changed the account since `revision`."""
    known = await provider_accounts.lock(act, account)
    if known is None:
        return refused("not_found.provider_account")
    if known.revision != revision:
        return refused("precondition_failed.provider_account")
    changed = {field: getattr(change, field) for field in change.__struct_fields__}
    changed = {field: value for field, value in changed.items() if value is not UNSET}
    access = changed.pop("access", known.access)
    secret = changed.pop("webhook_secret", known.webhook_secret)
    if type(access) is not type(known.access):
        return refused("invalid.provider_stays", "$.access")
    if isinstance(access, HandAccess) and secret is not None:
        return refused("invalid.by_hand_asks_nobody", "$.webhook_secret")
    after = Known(replace(known.account, **changed), access, secret, known.revision)
    if after == known:
        return Done(known.account, revision=revision)
    await provider_accounts.change(act, after)
    told = [field for field, value in asdict(change).items() if value is not UNSET]
    act.audit(
        "provider.changed", account, None, fields=",".join(sorted(told)), active=int(after.account.active)
    )
    shown = await provider_accounts.find(act, account)
    return Done(after.account if shown is None else shown.account, revision=revision + 1)


async def read_account(act: Act, account: UUID) -> Done[ProviderAccount] | Refused:
    """One account by id, without its keys."""
    known = await provider_accounts.find(act, account)
    if known is None:
        return refused("not_found.provider_account")
    return Done(known.account, revision=known.revision)


async def list_accounts(act: Act, page: Page) -> Done[ProviderAccountPage] | Refused:
    """The clinic's accounts without their keys, newest first."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await provider_accounts.before(act, last, page.limit + 1)
    return Done(ProviderAccountPage(*cut(found, page, lambda one: one.id.bytes)))


async def list_differences(
    act: Act, account: UUID, page: Page, *, standing: bool | None = None
) -> Done[ProviderDifferencePage] | Refused:
    """Where an account's list and ours differ, newest first."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    if await provider_accounts.find(act, account) is None:
        return refused("not_found.provider_account")
    found = await provider_differences.before(act, account, last, page.limit + 1, standing=standing)
    return Done(ProviderDifferencePage(*cut(found, page, lambda one: one.id.bytes)))


async def check_account(
    database: Database, clinic: UUID, account: UUID, client: WebhookClient
) -> ProviderChecked | None:
    """Ask an account what it holds and what it offers, now; none where there is no such account.

    Nothing is ordered, and no transaction is open meanwhile.
    """
    async with database.transaction(clinic) as tx:
        known = await provider_accounts.find(tx, account)
    if known is None:
        return None
    if isinstance(known.access, HandAccess):
        return ProviderChecked(account, ok=True)
    provider = provider_of(known.access, known.account.address, client, _at_once)
    balance = await provider.balance()
    if isinstance(balance, Trouble):
        return ProviderChecked(account, ok=False, fault=_why(balance))
    products = await provider.products()
    if isinstance(products, Trouble):
        return ProviderChecked(account, ok=False, fault=_why(products), balance=balance)
    return ProviderChecked(account, ok=True, balance=balance, products=len(products))


async def _at_once() -> None:
    """Two or three calls that somebody waits for keep to no pace."""


def _why(trouble: Trouble) -> str:
    return getattr(trouble, "why", "busy")
