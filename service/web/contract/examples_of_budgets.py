"""Examples of budgets, for the contract."""

from datetime import date
from typing import Final

from msgspec import Struct

from schemas.budgets import Budget, BudgetChange, BudgetPage, NewBudget
from service.web.contract.samples import AT, PROGRAM_NAME, sample_id

BUDGET, MANAGER = map(sample_id, (43, 7))

BODIES: Final[dict[str, dict[str, object]]] = {
    "set_budget": {
        "a grant for a year": NewBudget(
            "usd", 5_000_000, date(2026, 1, 1), date(2026, 12, 31), "Grant 24-117.", PROGRAM_NAME, "county"
        ),
        "the clinic's own, told early": NewBudget(
            "points", 200_000, date(2026, 1, 1), date(2026, 6, 30), "Agreed with the board.", warn_percent=60
        ),
    },
    "change_budget": {"more of it": BudgetChange(amount=6_000_000, reason="Grant 24-117 and more.")},
}
"""Bodies of requests, by operation."""

_BUDGET: Final = Budget(
    BUDGET,
    "usd",
    5_000_000,
    4_012_500,
    310_000,
    677_500,
    "near",
    12,
    date(2026, 1, 1),
    date(2026, 12, 31),
    80,
    "Grant 24-117.",
    AT,
    MANAGER,
    PROGRAM_NAME,
    "county",
)

ANSWERS: Final[dict[type[Struct], Struct]] = {Budget: _BUDGET, BudgetPage: BudgetPage((_BUDGET,))}
"""Answers, by their shape."""
