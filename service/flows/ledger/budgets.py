"""Budgets by program and funder: set, changed and read, with what is spent, promised and left of each."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from msgspec import UNSET
from msgspec.structs import asdict, replace

from schemas.budgets import Budget, BudgetChange, BudgetPage, BudgetStatus, NewBudget
from schemas.notices import BudgetReached
from service.core.actors import system
from service.core.authoring.promises import Course, OpenEnrollments, course_of, promised
from service.core.calendar import local_day
from service.core.cursors import LAST_ID, Page, before_id, cut
from service.core.notices.telling import Notice
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done, perform
from service.store import budgets, clinics, episodes, programs
from service.store.budgets import KnownBudget
from service.store.database.pool import Database

BUDGETS_MAX: Final = 200
"""How many budgets a clinic may have on one day, and of how many it is told that they are reached."""
ALL: Final = 100


async def set_budget(act: Act, new: NewBudget) -> Done[Budget] | Refused:
    """Set a budget; it keeps nobody from being paid, and says when it is spent."""
    if new.unit == "draw":
        return refused("invalid.budget_of_draws", "$.unit")
    if new.ends_on < new.starts_on:
        return refused("invalid.budget_ends_first", "$.ends_on", day=new.starts_on)
    if new.program is not None and await programs.latest(act, new.program) is None:
        return refused("unknown_program.unpublished", "$.program", program=new.program)
    if len(await budgets.before(act, LAST_ID, BUDGETS_MAX, new.starts_on)) >= BUDGETS_MAX:
        return refused("invalid.budgets_many", "$", most=BUDGETS_MAX)
    made = KnownBudget(
        act.new_id(),
        new.program,
        new.funding,
        new.unit,
        new.amount,
        new.starts_on,
        new.ends_on,
        new.warn_percent,
        new.reason,
        act.now,
        act.actor.id,
        1,
    )
    await budgets.insert(act, made)
    act.audit(
        "budget.set",
        made.id,
        program=made.program or "",
        funding=made.funding or "",
        unit=made.unit,
        amount=made.amount,
        starts_on=made.starts_on.isoformat(),
        ends_on=made.ends_on.isoformat(),
    )
    (shown,) = await _shown(act, [made])
    return Done(shown, "created", 1)


async def change_budget(
    act: Act, budget_id: UUID, change: BudgetChange, revision: int
) -> Done[Budget] | Refused:
    """Change what is named; refused where somebody else changed the budget since `revision`."""
    known = await budgets.lock(act, budget_id)
    if known is None:
        return refused("not_found.budget")
    if known.revision != revision:
        return refused("precondition_failed.budget")
    changed = {field: value for field, value in asdict(change).items() if value is not UNSET}
    after = replace(known, **changed)
    if after.ends_on < known.starts_on:
        return refused("invalid.budget_ends_first", "$.ends_on", day=known.starts_on)
    if after != known:
        after = replace(after, revision=revision + 1)
        await budgets.change(act, after)
        fields = ",".join(sorted(changed))
        act.audit("budget.changed", budget_id, fields=fields, before=known.amount, amount=after.amount)
    (shown,) = await _shown(act, [after])
    return Done(shown, revision=after.revision)


async def read_budget(act: Act, budget_id: UUID) -> Done[Budget] | Refused:
    """One budget by id, as it stands; that it was read is told."""
    known = await budgets.find(act, budget_id)
    if known is None:
        return refused("not_found.budget")
    act.audit("budget.read", budget_id)
    (shown,) = await _shown(act, [known])
    return Done(shown, revision=known.revision)


async def list_budgets(act: Act, page: Page, on: date | None = None) -> Done[BudgetPage] | Refused:
    """Budgets, newest first; with `on`, those that pay what counts for that day.."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    known, more = cut(await budgets.before(act, last, page.limit + 1, on), page, lambda one: one.id.bytes)
    act.audit("budget.listed", count=len(known))
    return Done(BudgetPage(tuple(await _shown(act, known)), more))


async def count_reached(act: Act) -> int:
    """How many of today's budgets have their warning percent spent, or more."""
    return len(await _reached(act))


async def watch_budgets(database: Database, clinic: UUID) -> int:
    """Tell of every budget of a clinic that was reached since it was last looked; returns how many.

    Raises OSError or asyncpg.PostgresError where the database is away.
    """

    async def operation(act: Act) -> Done[int]:
        told = 0
        for budget, spent in await _reached(act):
            for percent in sorted({budget.warn_percent, ALL}):
                if spent * 100 >= budget.amount * percent and await budgets.tell(act, budget, percent, spent):
                    act.audit("budget.reached", budget.id, percent=percent, amount=budget.amount, spent=spent)
                    reached = BudgetReached(budget.id, percent, budget.unit, budget.amount, spent)
                    act.notify(Notice("budget.reached", reached))
                    told += 1
        return Done(told)

    done = await perform(database, system(clinic), operation)
    return done.value if isinstance(done, Done) else 0


async def _reached(act: Act) -> list[tuple[KnownBudget, int]]:
    """Today's budgets whose warning percent is spent, or more, each with what is spent."""
    today = local_day(act.now, await clinics.zone(act))
    held = await budgets.before(act, LAST_ID, BUDGETS_MAX, today)
    spent = await budgets.spent(act, held)
    return [(one, spent[one.id]) for one in held if spent[one.id] * 100 >= one.amount * one.warn_percent]


async def _shown(act: Act, some: Sequence[KnownBudget]) -> list[Budget]:
    """Budgets as they stand today."""
    if not some:
        return []
    today = local_day(act.now, await clinics.zone(act))
    spent = await budgets.spent(act, some)
    enrolled = await budgets.open_enrollments(act)
    courses: dict[tuple[str, int], Course] = {}
    for each in enrolled:
        if any(_pays(one, each) for one in some) and (each.program, each.version) not in courses:
            rules = await episodes.rules_of(act, each.program, each.version)
            courses[each.program, each.version] = course_of(rules)
    return [_standing(one, spent[one.id], enrolled, courses, today) for one in some]


def _pays(budget: KnownBudget, enrolled: OpenEnrollments) -> bool:
    return budget.program in {None, enrolled.program} and budget.funding == enrolled.funding


def _standing(
    one: KnownBudget,
    spent: int,
    enrolled: Sequence[OpenEnrollments],
    courses: dict[tuple[str, int], Course],
    today: date,
) -> Budget:
    own = [each for each in enrolled if _pays(one, each)]
    # What today brings may be recorded already; what is promised begins tomorrow, or with the budget.
    after = max(today, one.starts_on - timedelta(days=1))
    ahead = round(
        sum(promised(courses[each.program, each.version], one.unit, each, after, one.ends_on) for each in own)
    )
    return Budget(
        one.id,
        one.unit,
        one.amount,
        spent,
        ahead,
        one.amount - spent - ahead,
        _status(one, spent, ahead, today),
        sum(each.count for each in own),
        one.starts_on,
        one.ends_on,
        one.warn_percent,
        one.reason,
        one.created_at,
        one.created_by,
        one.program,
        one.funding,
    )


def _status(one: KnownBudget, spent: int, ahead: int, today: date) -> BudgetStatus:
    if spent >= one.amount:
        return "spent"
    if today > one.ends_on:
        return "over"
    if spent * 100 >= one.amount * one.warn_percent:
        return "near"
    if spent + ahead > one.amount:
        return "over_promised"
    return "later" if today < one.starts_on else "well"
