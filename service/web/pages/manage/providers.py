"""Reward providers on pages: accounts and how each stands, their catalogs, and rewards made of them."""

from functools import partial
from typing import Any, Final, Literal
from uuid import UUID

from msgspec import Struct

from schemas.providers import (
    Access,
    GiftbitAccess,
    HandAccess,
    NewProduct,
    NewProviderAccount,
    ProductChange,
    ProviderAccount,
    ProviderAccountChange,
    ProviderChecked,
    ProviderDifference,
    ProviderProduct,
    TangoAccess,
    TremendousAccess,
)
from schemas.shelf import NewReward, Reward
from service.core.cursors import Page
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
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
from service.flows.shelf.rewards import add_reward
from service.outbound.providers.calls import provider_client
from service.web.http.answers import Answer
from service.web.http.pagination import IdCursor
from service.web.pages.editor.reading import money_in
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import allowed_of, faults_of, word_of
from service.web.pages.framework.page import MANAGING, SEEING, page
from service.web.pages.framework.page_refusal import page_refusal
from service.web.pages.manage.shelf import amount_of

PATH: Final = "/manage/providers"
ONE: Final = PATH + "/{provider_account}"
SHOWN: Final = 100
NAMES: Final = (("tremendous", "Tremendous"), ("tango", "Tango (BHN)"), ("giftbit", "Giftbit"))
BY_HAND: Final = "by_hand"


class ProviderQuery(Struct, frozen=True):
    """Query parameters: the message of the operation just done, and where the catalog goes on."""

    done: Literal["added", "changed", "allowed", "checked", "card_added"] | None = None
    cursor: IdCursor | None = None


class Shown(Struct, frozen=True):
    """An account with a page of its catalog, and the differences that stand."""

    account: ProviderAccount
    revision: int
    products: tuple[ProviderProduct, ...]
    more: str | None
    differences: tuple[ProviderDifference, ...]


@page("GET", PATH, who=SEEING)
async def show(call: PageCall) -> Answer:
    """Show every account with how it stands, and a form for a new one."""
    return await _listed(call)


@page("POST", PATH, who=MANAGING, asks_again=True)
async def add(call: PageCall) -> Answer:
    """Add an account; its keys are shown nowhere after that."""
    access = _access(call)
    if isinstance(access, Refused):
        return await _listed(call, access)
    warn_below = _dollars(call, "warn_below")
    if isinstance(warn_below, Refused):
        return await _listed(call, warn_below)
    more = {} if warn_below is None else {"warn_below": warn_below}
    new = call.form.read(NewProviderAccount, access=access, **more)
    if isinstance(new, Refused):
        return await _listed(call, new)
    operation = partial(add_account, new=new, allowed=allowed_of(call))
    made = await call.do(operation, call.form.once, ProviderAccount)
    if isinstance(made, Refused):
        return await _listed(call, made)
    return call.go(f"{PATH}/{made.id}?done=added")


@page("GET", ONE, who=SEEING)
async def see(call: PageCall, provider_account: UUID, asked: ProviderQuery) -> Answer:
    """Show one account: how it stands, what differs, and its catalog."""
    return await _shown(call, provider_account, asked)


@page("POST", ONE, who=MANAGING, asks_again=True)
async def change(call: PageCall, provider_account: UUID) -> Answer:
    """Change an account: its name, when it warns, whether it is used, and its key where one is typed."""
    revision = call.form.value("revision")
    known = await call.do(partial(read_account, account=provider_account))
    if isinstance(known, Refused):
        return call.refuse(known)
    warn_below = _dollars(call, "warn_below")
    if isinstance(warn_below, Refused):
        return await _shown(call, provider_account, ProviderQuery(), warn_below)
    values: dict[str, Any] = {"active": bool(call.form.value("active"))}
    if warn_below is not None:
        values["warn_below"] = warn_below
    if call.form.value("api_key").strip():
        access = _access(call, known.provider)
        if isinstance(access, Refused):
            return await _shown(call, provider_account, ProviderQuery(), access)
        values["access"] = access
    wanted = call.form.read(ProviderAccountChange, **values)
    if isinstance(wanted, Refused):
        return await _shown(call, provider_account, ProviderQuery(), wanted)
    number = int(revision) if revision.isdecimal() and len(revision) < 10 else 0  # noqa: PLR2004  an int4
    done = await call.do(partial(change_account, account=provider_account, change=wanted, revision=number))
    if isinstance(done, Refused):
        return await _shown(call, provider_account, ProviderQuery(), done)
    return call.go(f"{PATH}/{provider_account}?done=changed")


@page("POST", ONE + "/check", who=MANAGING)
async def check(call: PageCall, provider_account: UUID) -> Answer:
    """Ask the provider now what the account holds and offers."""
    client = provider_client(call.resources.settings)
    try:
        found = await check_account(
            call.resources.database, call.signed_in.actor.clinic, provider_account, client
        )
    finally:
        client.close()
    return await _shown(call, provider_account, ProviderQuery(), checked=found)


@page("POST", ONE + "/products", who=MANAGING)
async def add_card(call: PageCall, provider_account: UUID) -> Answer:
    """Add a kind of card that staff load by hand."""
    least, most = _dollars(call, "least"), _dollars(call, "most")
    for one in (least, most):
        if isinstance(one, Refused):
            return await _shown(call, provider_account, ProviderQuery(), one)
    new = call.form.read(NewProduct, least=least, most=most)
    if isinstance(new, Refused):
        return await _shown(call, provider_account, ProviderQuery(), new)
    done = await call.do(
        partial(add_product, account=provider_account, new=new), call.form.once, ProviderProduct
    )
    if isinstance(done, Refused):
        return await _shown(call, provider_account, ProviderQuery(), done)
    return call.go(f"{PATH}/{provider_account}?done=card_added")


@page("POST", ONE + "/products/{provider_product}", who=MANAGING)
async def allow(call: PageCall, provider_account: UUID, provider_product: UUID) -> Answer:
    """Allow a product on the shelf, or no more."""
    wanted = ProductChange(allowed=call.form.value("allowed") == "yes")
    done = await call.do(
        partial(change_product, account=provider_account, product=provider_product, change=wanted)
    )
    if isinstance(done, Refused):
        return await _shown(call, provider_account, ProviderQuery(), done)
    return call.go(f"{PATH}/{provider_account}?done=allowed")


@page("POST", ONE + "/rewards", who=MANAGING)
async def offer(call: PageCall, provider_account: UUID) -> Answer:
    """Put a reward on the shelf that this provider delivers."""
    price, face = amount_of(call, "price"), _dollars(call, "face")
    for read in (price, face):
        if isinstance(read, Refused):
            return await _shown(call, provider_account, ProviderQuery(), read)
    new = call.form.read(NewReward, price=price, face=face, kind="provider", instant=False)
    if isinstance(new, Refused):
        return await _shown(call, provider_account, ProviderQuery(), new)
    done = await call.do(partial(add_reward, new=new), call.form.once, Reward)
    if isinstance(done, Refused):
        return await _shown(call, provider_account, ProviderQuery(), done)
    return call.go(f"/manage/shelf/{done.id}?done=added")


def _access(call: PageCall, provider: str | None = None) -> Access | Refused:
    """How the clinic is known at a provider, as it was typed."""
    match provider or call.form.value("provider"):
        case "tango":
            return call.form.read(TangoAccess)
        case "giftbit":
            return call.form.read(GiftbitAccess)
        case "by_hand":
            return HandAccess()
        case _:
            return call.form.read(TremendousAccess)


def _dollars(call: PageCall, name: str) -> int | Refused | None:
    """An amount of dollars as it was typed; none where the field is left empty."""
    text = call.form.value(name).strip()
    if not text:
        return None
    try:
        return money_in(text, "usd")
    except ValueError:
        return page_refusal("invalid", "manage.unread.money", f"$.{name}")


async def _listed(call: PageCall, refusal: Refused | None = None) -> Answer:
    found = await call.do(partial(list_accounts, page=Page(SHOWN)))
    if isinstance(found, Refused):
        return call.refuse(found)
    return call.show_refused(
        "manage/providers.html",
        refusal,
        accounts=found.items,
        names=(*NAMES, (BY_HAND, call.voice.plain("manage.prov.by_hand"))),
        faults=faults_of(call, refusal),
        once=word_of(call),
    )


async def _shown(
    call: PageCall,
    account: UUID,
    asked: ProviderQuery,
    refusal: Refused | None = None,
    checked: ProviderChecked | None = None,
) -> Answer:
    async def operation(act: Act) -> Done[Shown] | Refused:
        known = await read_account(act, account)
        if isinstance(known, Refused):
            return known
        products = await list_products(act, account, Page(SHOWN, asked.cursor))
        differs = await list_differences(act, account, Page(SHOWN), standing=True)
        if isinstance(products, Refused) or isinstance(differs, Refused):
            return products if isinstance(products, Refused) else refused("not_found.provider_account")
        page = products.value
        return Done(
            Shown(known.value, known.revision or 0, page.items, page.next_cursor, differs.value.items)
        )

    found = await call.do(operation)
    if isinstance(found, Refused):
        return call.refuse(found)
    values: dict[str, Any] = {
        "found": found,
        "one": found.account,
        "asked": asked,
        "checked": checked,
        "is_stale": refusal is not None and refusal.code == "precondition_failed",
        "faults": faults_of(call, refusal),
        "once": word_of(call),
    }
    return call.show_refused("manage/provider.html", refusal, **values)
