"""Texts of the pages of budgets."""

from typing import Final

from service.core.catalogs import Texts, plural

WORDS: Final[Texts] = {
    "manage.budget.lead": (
        "What there is to spend by program and funder, and what is spent of it. A budget stops nothing: "
        "a limit does."
    ),
    "manage.budget.none": "No budget yet. Set one to see what is spent and promised of it.",
    "manage.budget.all_programs": "All programs",
    "manage.budget.own_money": "the clinic's own money",
    "manage.budget.of_funder": "money of {name}",
    "manage.budget.days": "{since} to {until}",
    "manage.budget.set": "Set",
    "manage.budget.spent": "Spent",
    "manage.budget.promised": "Promised",
    "manage.budget.left": "Left",
    "manage.budget.meter": "{percent}% spent",
    "manage.budget.people": plural(
        "One open enrollment is paid from it.", "{count} open enrollments are paid from it."
    ),
    "manage.budget.status.later": "not begun",
    "manage.budget.status.well": "all well",
    "manage.budget.status.near": "nearly spent",
    "manage.budget.status.over_promised": "promised too much",
    "manage.budget.status.spent": "all spent",
    "manage.budget.status.over": "ended",
    "manage.budget.why.near": "{percent}% is spent. Ask for more, or enroll nobody else on it.",
    "manage.budget.why.over_promised": (
        "If everybody comes to every visit, {amount} more is paid than there is."
    ),
    "manage.budget.why.spent": "Everything is spent. People are still paid what they earn.",
    "manage.budget.promised_why": (
        "Promised is what those enrolled now would still be paid from tomorrow on if they came to every "
        "visit with success; draws count as they win on average."
    ),
    "manage.budget.add": "Set a budget",
    "manage.budget.change": "Change this budget",
    "manage.budget.save": "Save",
    "manage.budget.amount": "How much there is",
    "manage.budget.program": "For which program",
    "manage.budget.funding": "Funder (empty: the clinic)",
    "manage.budget.first": "First day",
    "manage.budget.last": "Last day",
    "manage.budget.warn": "Warn from (percent)",
    "manage.budget.reason": "Where it comes from",
    "manage.budget.done.set": "The budget is set.",
    "manage.budget.done.changed": "The budget is changed.",
}
