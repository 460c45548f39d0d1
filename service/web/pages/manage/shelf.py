"""The shelf: rewards with their prices and stock, added, changed and restocked."""

import re
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Literal
from uuid import UUID

from msgspec import Struct

from schemas.program import Unit
from schemas.shelf import NewCodes, NewReward, Reward, RewardChange, StockChange
from service.core.currencies import is_money, plain, worth_unit
from service.core.cursors import Page
from service.core.pictures import PICTURES
from service.core.plausible_codes import faults_of as faults_in
from service.core.plausible_codes import notes_of
from service.core.refusals import Fault, Refused, invalid, placed
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
NAMED_MAX = 20
"""How many wrong lines of a paste are named at once."""
ADDED_BEFORE = "shelf.code_added_before"
ODD = frozenset({"paste.of_lengths", "paste.end_in_zeros"})
"""Notes on codes that may all be right."""
LINE_SHOWN = 40
"""How much of a wrong line is shown, in letters."""


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
        NewReward,
        price=price,
        fair_value=fair_value,
        instant=bool(call.form.value("instant")),
        picture=call.form.value("picture") or None,
        **_in_both(call),
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


@page("POST", PATH + "/{reward}", who=MANAGING, asks_again=True)
async def change(call: PageCall, reward: UUID) -> Answer:
    """Change a reward, unless somebody else did so meanwhile."""
    price, fair_value = amount_of(call, "price"), _fair_value(call)
    for read in (price, fair_value):
        if isinstance(read, Refused):
            return await _reward(call, reward, None, read)
    revision = call.form.value("revision")
    wanted = call.form.read(
        RewardChange,
        price=price,
        fair_value=fair_value,
        instant=bool(call.form.value("instant")),
        active=bool(call.form.value("active")),
        picture=call.form.value("picture") or None,
        **_in_both(call),
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
    """Add the codes that were pasted, one a line.

    Where a line is no code nothing is kept: all lines stay in the form, and the wrong ones are named. What is
    only odd is asked about once. Codes that were added are never shown again here.
    """
    pasted = _Pasted.of(call.form.typed("codes"))
    wanted = call.form.having("codes", *pasted.lines).read(NewCodes)
    if isinstance(wanted, Refused):
        return await _reward(call, reward, None, placed(wanted, "$.codes"), pasted)
    notes = notes_of(pasted.lines)
    if notes and not faults_in(pasted.lines) and not call.form.value("as_they_are"):
        return await _reward(call, reward, None, invalid(*notes), pasted)
    done = await call.do(partial(add_codes, reward_id=reward, new=wanted))
    if isinstance(done, Refused):
        return await _reward(call, reward, None, done, pasted)
    return call.go(f"{PATH}/{reward}?done=codes")


class _Pasted(Struct, frozen=True):
    """Lines as they were pasted: the text, and each line that is not blank with its number from 1."""

    text: str
    numbered: tuple[tuple[int, str], ...]

    @classmethod
    def of(cls, text: str) -> "_Pasted":
        """The lines of a text."""
        lines = enumerate(text.splitlines(), 1)
        return cls(text, tuple((number, line.strip()) for number, line in lines if line.strip()))

    @property
    def lines(self) -> list[str]:
        """The lines that are not blank."""
        return [line for _, line in self.numbered]

    def wrong(self, refusal: Refused | None) -> list[tuple[int, str, Fault]]:
        """The lines that are wrong: their numbers, their texts and why."""
        found = []
        for fault in () if refusal is None else refusal.faults:
            place = re.fullmatch(r"\$\.codes\[(\d+)\]", fault.pointer)
            if place is not None and int(place[1]) < len(self.numbered):
                found.append((*self.numbered[int(place[1])], fault))
        return found

    def kept(self, refusal: Refused | None) -> str:
        """The text for the form, with a blank line for a code that is on the shelf: it is not shown again."""
        known = {number for number, _, fault in self.wrong(refusal) if fault.reason == ADDED_BEFORE}
        lines = enumerate(self.text.splitlines(), 1)
        return "\n".join("" if number in known else line for number, line in lines)

    def named(self, call: PageCall, refusal: Refused | None) -> list[str]:
        """What is wrong with which lines, as a page says it."""
        said = []
        for number, line, fault in self.wrong(refusal)[:NAMED_MAX]:
            why = call.voice.explain(fault)
            if fault.reason == ADDED_BEFORE:
                said.append(call.voice.plain("manage.shelf.line_known", number=number, why=why))
            else:
                shown = line[:LINE_SHOWN]
                said.append(call.voice.plain("manage.shelf.line", number=number, line=shown, why=why))
        return said


def amount_of(call: PageCall, name: str) -> int | Refused:
    """An amount as it was typed, in the unit that the form's field `unit` says."""
    try:
        return money_in(call.form.value(name), call.form.value("unit") or "usd")
    except ValueError:
        return page_refusal("invalid", "manage.unread.money", f"$.{name}")


def _in_both(call: PageCall) -> dict[str, object]:
    """The name and description as they were typed: in both languages where the Spanish field holds one."""
    said: dict[str, object] = {}
    for field in ("name", "description"):
        en, es = call.form.value(field), call.form.value(f"{field}_es")
        said[field] = en
        if es:
            said[f"{field}s"] = {"en": en, "es": es}
    return said | ({} if said["description"] else {"description": None})


def _fair_value(call: PageCall) -> int | Refused | None:
    """A fair value as it was typed, in the currency of the price; none where the field is left empty."""
    text = call.form.value("fair_value").strip()
    if not text:
        return None
    unit = call.form.value("unit")
    try:
        return money_in(text, unit if is_money(unit) else "usd")
    except ValueError:
        return page_refusal("invalid", "manage.unread.money", "$.fair_value")


def typed(amount: int, unit: Unit) -> str:
    """An amount as a field holds it."""
    return plain(amount, unit)


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
        "pictures": PICTURES,
    }
    return call.show_refused("manage/shelf.html", refusal, **values)


async def _reward(
    call: PageCall,
    reward: UUID,
    done: str | None,
    refusal: Refused | None = None,
    pasted: _Pasted | None = None,
) -> Answer:
    known = await call.do(_with_revision(reward))
    if isinstance(known, Refused):
        return call.refuse(known)
    is_stale = refusal is not None and refusal.code == "precondition_failed"
    now = known.reward
    fields = {
        "name": now.name,
        "price": typed(now.price, now.unit),
        "fair_value": typed(now.fair_value or 0, worth_unit(now.unit)) if now.fair_value_stated else "",
        "category": now.category,
        "description": now.description or "",
        "name_es": "" if now.names is None else now.names.es,
        "description_es": "" if now.descriptions is None else now.descriptions.es,
        "picture": now.picture or "",
    }
    sent = bool(refusal) and "revision" in call.form.fields
    texts = {name: call.form.value(name) if sent else text for name, text in fields.items()}
    values: dict[str, Any] = {
        "one": now,
        "pictures": PICTURES,
        "revision": known.revision,
        "done": done,
        "texts": texts,
        "now_is": fields,
        "faults": {} if is_stale else faults_of(call, refusal),
        "is_stale": is_stale,
        "pasted": "" if pasted is None else pasted.kept(refusal),
        "named": [] if pasted is None else pasted.named(call, refusal),
        "odd": refusal is not None and any(one.reason in ODD for one in refusal.faults),
    }
    return call.show_refused("manage/reward.html", refusal, **values)


def _with_revision(reward: UUID) -> Callable[[Act], Awaitable[Done[Shelved] | Refused]]:
    async def operation(act: Act) -> Done[Shelved] | Refused:
        done = await read_reward(act, reward)
        return done if isinstance(done, Refused) else Done(Shelved(done.value, done.revision or 0))

    return operation
