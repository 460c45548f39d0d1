"""Which brands and categories of what providers deliver may be given: shown and set."""

from functools import partial
from typing import Final, Literal

import msgspec
from msgspec import Struct

from schemas.brand_rules import NewBrandRule
from service.core.cursors import LIMIT_MAX, Page
from service.core.refusals import Refused, refused
from service.flows.programs.programs import list_programs
from service.flows.shelf.brands import list_brand_rules, set_brand_rule
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import faults_of
from service.web.pages.framework.page import MANAGING, SEEING, page

PATH: Final = "/manage/brands"


class BrandsQuery(Struct, frozen=True):
    """Query parameters: the message of the operation just done."""

    done: Literal["set"] | None = None


@page("GET", PATH, who=SEEING)
async def show(call: PageCall, asked: BrandsQuery) -> Answer:
    """Show the rules that hold."""
    return await _show(call, done=asked.done)


@page("POST", PATH, who=MANAGING)
async def save(call: PageCall) -> Answer:
    """Set what may be given, each category and brand on a line of its own."""
    lines = {name: call.form.value(name).splitlines() for name in ("categories", "brands")}
    listed = {name: [one.strip() for one in some if one.strip()] or None for name, some in lines.items()}
    try:
        new = msgspec.convert({"program": call.form.value("program") or None, **listed}, NewBrandRule)
    except msgspec.ValidationError:
        return await _show(call, refused("invalid.brands_unread", "$.categories"))
    done = await call.do(partial(set_brand_rule, new=new))
    return await _show(call, done) if isinstance(done, Refused) else call.go(f"{PATH}?done=set")


async def _show(call: PageCall, refusal: Refused | None = None, *, done: str | None = None) -> Answer:
    rules = await call.do(list_brand_rules)
    if isinstance(rules, Refused):
        return call.refuse(rules)
    programs = await call.do(partial(list_programs, page=Page(LIMIT_MAX)))
    listed = () if isinstance(programs, Refused) else programs.items
    return call.show_refused(
        "manage/brands.html",
        refusal,
        rules=rules.items,
        titles={one.name: call.voice.titled(one.document.title) for one in listed},
        faults=faults_of(call, refusal),
        done=done,
    )
