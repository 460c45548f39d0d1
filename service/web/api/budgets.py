"""Budgets by program and funder: set, changed, and read with what is spent, promised and left."""

from uuid import UUID

from msgspec import Struct

from schemas.budgets import Budget, BudgetChange, BudgetPage, NewBudget
from schemas.events import Day
from service.core.cursors import LIMIT, Page
from service.flows.ledger.budgets import change_budget, list_budgets, read_budget, set_budget
from service.web.http.answers import Answer
from service.web.http.call import Call
from service.web.http.pagination import IdCursor, Limit
from service.web.http.route import AUDITORS, MANAGERS, route


class BudgetsQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which budgets are asked for: with `on`, those that pay what counts for that day."""

    on: Day | None = None
    """Only those that pay what counts for this local day."""
    limit: Limit = LIMIT
    cursor: IdCursor | None = None


@route(
    "POST",
    "/v1/budgets",
    "set_budget",
    roles=MANAGERS,
    answer=Budget,
    statuses=(201,),
    tagged=True,
    refusals=("unknown_program",),
)
async def add(call: Call, body: NewBudget) -> Answer:
    """Set a budget: what there is to spend on one program's people, or on everybody's, out of whose money.

    It keeps nobody from being paid: a cap does that. Subscribers are told (`budget.reached`) when its warning
    percent is spent, and when all of it is.
    """
    return await call.perform(lambda act: set_budget(act, body), lambda made: f"/v1/budgets/{made.id}")


@route("GET", "/v1/budgets", "list_budgets", roles=AUDITORS, answer=BudgetPage)
async def find(call: Call, asked: BudgetsQuery) -> Answer:
    """List the budgets as they stand, newest first."""
    page = Page(asked.limit, asked.cursor)
    return await call.perform(lambda act: list_budgets(act, page, asked.on))


@route(
    "GET",
    "/v1/budgets/{budget}",
    "read_budget",
    roles=AUDITORS,
    answer=Budget,
    tagged=True,
    refusals=("not_found",),
)
async def read(call: Call, budget: UUID) -> Answer:
    """Read a budget as it stands."""
    return await call.perform(lambda act: read_budget(act, budget))


@route(
    "PATCH",
    "/v1/budgets/{budget}",
    "change_budget",
    roles=MANAGERS,
    answer=Budget,
    tagged=True,
    edits=True,
    refusals=("not_found",),
)
async def change(call: Call, budget: UUID, body: BudgetChange) -> Answer:
    """Change a budget; a field left out stays. With another amount it is told of anew."""
    return await call.perform(
        call.edited(
            lambda act: read_budget(act, budget),
            lambda act, revision: change_budget(act, budget, body, revision),
        )
    )
