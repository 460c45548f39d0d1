"""The shelf: rewards with their prices and stock, added, changed and restocked."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Literal
from uuid import UUID

from msgspec import Struct

from schemas.shelf import NewCodes, NewReward, Reward, RewardChange, StockChange
from service.core.cursors import Page
from service.core.refusals import Refused, placed
from service.flows.perform import Act, Done
from service.flows.shelf.rewards import (
    add_codes,
    add_reward,
    change_reward,
    change_stock,
    list_rewards,
    read_reward,
)
from service.web.http.answers import Answer
from service.web.pages.editor.reading import money_in
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import faults_of, word_of
from service.web.pages.framework.page import MANAGING, READING, page
from service.web.pages.framework.page_refusal import page_refusal

PATH = "/manage/shelf"
SHOWN_MAX = 500
CODES_BYTES_MAX = 1024 * 1024


class ShelfQuery(Struct, frozen=True):
    """Query parameters: the message of the operation just done."""

    done: Literal["added", "changed", "stocked", "proposed", "codes"] | None = None


class Shelved(Struct, frozen=True):
    """A reward, with the number of its version that an edit names."""

    reward: Reward
    revision: int


@page("GET", PATH, who=READING)
async def shelf(call: PageCall, asked: ShelfQuery) -> Answer:
    """Show what is on the shelf, what is off it, and a form for more."""
    return await _shelf(call, asked.done)


@page("POST", PATH, who=MANAGING)
async def add(call: PageCall) -> Answer:
    """Put a reward on the shelf."""
    price, fair_value = amount_of(call, "price"), _fair_value(call)
    for read in (price, fair_value):
        if isinstance(read, Refused):
            return await _shelf(call, None, read)
    new = call.form.read(
        NewReward, price=price, fair_value=fair_value, instant=bool(call.form.value("instant"))
    )
    if isinstance(new, Refused):
        return await _shelf(call, None, new)
    done = await call.do(partial(add_reward, new=new), call.form.once, Reward)
    if isinstance(done, Refused):
        return await _shelf(call, None, done)
    return call.go(f"{PATH}/{done.id}?done=added")


@page("GET", PATH + "/{reward}", who=READING)
async def show(call: PageCall, reward: UUID, asked: ShelfQuery) -> Answer:
    """Show one reward, with the forms that change it."""
    return await _reward(call, reward, asked.done)


@page("POST", PATH + "/{reward}", who=MANAGING)
async def change(call: PageCall, reward: UUID) -> Answer:
    """Change a reward, unless somebody else did so meanwhile."""
    price, fair_value = amount_of(call, "price"), _fair_value(call)
    for read in (price, fair_value):
        if isinstance(read, Refused):
            return await _reward(call, reward, None, read)
    revision = call.form.value("revision")
    description = call.form.value("description") or None
    wanted = call.form.read(
        RewardChange,
        price=price,
        fair_value=fair_value,
        instant=bool(call.form.value("instant")),
        active=bool(call.form.value("active")),
        description=description,
    )
    if isinstance(wanted, Refused):
        return await _reward(call, reward, None, wanted)
    number = int(revision) if revision.isdecimal() and len(revision) < 10 else 0  # noqa: PLR2004  an int4
    done = await call.do(partial(change_reward, reward_id=reward, change=wanted, revision=number))
    if isinstance(done, Refused):
        return await _reward(call, reward, None, done)
    return call.go(f"{PATH}/{reward}?done=changed")


@page("POST", PATH + "/{reward}/stock", who=MANAGING)
async def stock(call: PageCall, reward: UUID) -> Answer:
    """Count pieces in, or propose to write some off."""
    wanted = call.form.read(StockChange)
    if isinstance(wanted, Refused):
        return await _reward(call, reward, None, wanted)
    done = await call.do(partial(change_stock, reward_id=reward, change=wanted))
    if isinstance(done, Refused):
        return await _reward(call, reward, None, done)
    return call.go(f"{PATH}/{reward}?done={'proposed' if done.write_off else 'stocked'}")


@page("POST", PATH + "/{reward}/codes", who=MANAGING, bytes_max=CODES_BYTES_MAX)
async def codes(call: PageCall, reward: UUID) -> Answer:
    """Add the codes that were pasted, one a line; they are never shown again here."""
    lines = [line.strip() for line in call.form.value("codes").splitlines() if line.strip()]
    wanted = call.form.having("codes", *lines).read(NewCodes)
    call = call.having(call.form.having("codes"))
    if isinstance(wanted, Refused):
        return await _reward(call, reward, None, placed(wanted, "$.codes"))
    done = await call.do(partial(add_codes, reward_id=reward, new=wanted))
    if isinstance(done, Refused):
        return await _reward(call, reward, None, placed(done, "$.codes"))
    return call.go(f"{PATH}/{reward}?done=codes")


def amount_of(call: PageCall, name: str) -> int | Refused:
    """An amount as it was typed, in the unit that the form's field `unit` says."""
    try:
        return money_in(call.form.value(name), call.form.value("unit") or "usd")
    except ValueError:
        return page_refusal("invalid", "manage.unread.money", f"$.{name}")


def _fair_value(call: PageCall) -> int | Refused | None:
    """A fair value as it was typed, in dollars; none where the field is left empty."""
    text = call.form.value("fair_value").strip()
    if not text:
        return None
    try:
        return money_in(text, "usd")
    except ValueError:
        return page_refusal("invalid", "manage.unread.money", "$.fair_value")


def typed(amount: int, unit: str) -> str:
    """An amount as a field holds it."""
    return f"{amount // 100}.{amount % 100:02}" if unit == "usd" else str(amount)


async def _shelf(call: PageCall, done: str | None, refusal: Refused | None = None) -> Answer:
    found = await call.do(lambda act: list_rewards(act, Page(SHOWN_MAX)))
    if isinstance(found, Refused):
        return call.refuse(found)
    rewards = sorted(found.items, key=lambda one: (not one.active, one.category, one.name))
    values: dict[str, Any] = {
        "rewards": rewards,
        "done": done,
        "faults": faults_of(call, refusal),
        "once": word_of(call),
    }
    return call.show_refused("manage/shelf.html", refusal, **values)


async def _reward(call: PageCall, reward: UUID, done: str | None, refusal: Refused | None = None) -> Answer:
    known = await call.do(_with_revision(reward))
    if isinstance(known, Refused):
        return call.refuse(known)
    is_stale = refusal is not None and refusal.code == "precondition_failed"
    now = known.reward
    fields = {
        "name": now.name,
        "price": typed(now.price, now.unit),
        "fair_value": typed(now.fair_value or 0, "usd") if now.fair_value_stated else "",
        "category": now.category,
        "description": now.description or "",
    }
    sent = bool(refusal) and "revision" in call.form.fields
    texts = {name: call.form.value(name) if sent else text for name, text in fields.items()}
    values: dict[str, Any] = {
        "one": now,
        "revision": known.revision,
        "done": done,
        "texts": texts,
        "now_is": fields,
        "faults": {} if is_stale else faults_of(call, refusal),
        "is_stale": is_stale,
    }
    return call.show_refused("manage/reward.html", refusal, **values)


def _with_revision(reward: UUID) -> Callable[[Act], Awaitable[Done[Shelved] | Refused]]:
    async def operation(act: Act) -> Done[Shelved] | Refused:
        done = await read_reward(act, reward)
        return done if isinstance(done, Refused) else Done(Shelved(done.value, done.revision or 0))

    return operation
