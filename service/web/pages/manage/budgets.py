"""Budgets by program and funder: what is set, spent, promised and left, with a file of it."""

from functools import partial
from typing import Any, Final, Literal
from uuid import UUID

from msgspec import Struct

from schemas.budgets import Budget, BudgetChange, BudgetPage, NewBudget
from service.core.calendar import local_day
from service.core.cursors import LIMIT_MAX, Page
from service.core.refusals import Refused
from service.flows.ledger.budgets import change_budget, list_budgets, read_budget, set_budget
from service.flows.perform import Act, Done
from service.flows.programs.programs import list_programs
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.download import amount_cell, as_csv
from service.web.pages.framework.forms import faults_of, word_of
from service.web.pages.framework.page import MANAGING, SEEING, page
from service.web.pages.manage.shelf import amount_of

PATH: Final = "/manage/budgets"
REVISION_MAX: Final = 2**31 - 1


class BudgetsQuery(Struct, frozen=True):
    """Query parameters: the message of the operation just done."""

    done: Literal["set", "changed"] | None = None


class _Shown(Struct, frozen=True):
    """A budget, with the number of its version that an edit names."""

    budget: Budget
    revision: int


@page("GET", PATH, who=SEEING)
async def listed(call: PageCall, asked: BudgetsQuery) -> Answer:
    """Show every budget as it stands."""
    return await _listed(call, asked.done)


@page("GET", PATH + ".csv", who=SEEING)
async def file(call: PageCall) -> Answer:
    """Give every budget as it stands as a file."""
    found = await call.do(partial(list_budgets, page=Page(LIMIT_MAX)))
    if isinstance(found, Refused):
        return call.refuse(found)
    head: list[object] = ["program", "funding", "starts_on", "ends_on", "unit", "set", "spent", "promised"]
    rows: list[list[object]] = [
        [
            one.program or "",
            one.funding or "",
            one.starts_on,
            one.ends_on,
            one.unit,
            *(amount_cell(each, one.unit) for each in (one.amount, one.spent, one.promised, one.left)),
            one.people,
            one.status,
            one.reason,
        ]
        for one in found.items
    ]
    return as_csv("budgets.csv", [[*head, "left", "people", "status", "reason"], *rows])


@page("POST", PATH, who=MANAGING)
async def add(call: PageCall) -> Answer:
    """Set a budget."""
    amount = amount_of(call, "amount")
    new = amount if isinstance(amount, Refused) else call.form.read(NewBudget, amount=amount)
    if isinstance(new, Refused):
        return await _listed(call, None, new)
    done = await call.do(partial(set_budget, new=new), call.form.once, Budget)
    return await _listed(call, None, done) if isinstance(done, Refused) else call.go(f"{PATH}?done=set")


@page("GET", PATH + "/{budget}", who=SEEING)
async def show(call: PageCall, budget: UUID) -> Answer:
    """Show one budget, and how it may be changed."""
    return await _show(call, budget)


@page("POST", PATH + "/{budget}", who=MANAGING)
async def change(call: PageCall, budget: UUID) -> Answer:
    """Change a budget, unless somebody else did so meanwhile."""
    text = call.form.value("revision")
    revision = int(text) if text.isdecimal() and int(text) <= REVISION_MAX else 0
    amount = amount_of(call, "amount")
    wanted = amount if isinstance(amount, Refused) else call.form.read(BudgetChange, amount=amount)
    if isinstance(wanted, Refused):
        return await _show(call, budget, wanted)
    done = await call.do(partial(change_budget, budget_id=budget, change=wanted, revision=revision))
    return await _show(call, budget, done) if isinstance(done, Refused) else call.go(f"{PATH}?done=changed")


async def _listed(call: PageCall, done: str | None, refusal: Refused | None = None) -> Answer:
    found: BudgetPage | Refused = await call.do(partial(list_budgets, page=Page(LIMIT_MAX)))
    titles = await _titles(call)
    if isinstance(found, Refused):
        return call.refuse(found)
    values: dict[str, Any] = {
        "budgets": found.items,
        "titles": titles,
        "done": done,
        "faults": faults_of(call, refusal),
        "once": word_of(call),
        "today": local_day(call.now, call.voice.zone),
    }
    return call.show_refused("manage/budgets.html", refusal, **values)


async def _show(call: PageCall, budget: UUID, refusal: Refused | None = None) -> Answer:
    async def operation(act: Act) -> Done[_Shown] | Refused:
        known = await read_budget(act, budget)
        return known if isinstance(known, Refused) else Done(_Shown(known.value, known.revision or 0))

    found = await call.do(operation)
    if isinstance(found, Refused):
        return call.refuse(found)
    titles = await _titles(call)
    values: dict[str, Any] = {
        "one": found.budget,
        "revision": found.revision,
        "titles": titles,
        "faults": faults_of(call, refusal),
        "sent": "amount" in call.form.fields,
        "typed_amount": amount_cell(found.budget.amount, found.budget.unit),
    }
    return call.show_refused("manage/budget.html", refusal, **values)


async def _titles(call: PageCall) -> dict[str, str]:
    programs = await call.do(partial(list_programs, page=Page(LIMIT_MAX)))
    if isinstance(programs, Refused):
        return {}
    return {one.name: call.voice.titled(one.document.title) for one in programs.items}
