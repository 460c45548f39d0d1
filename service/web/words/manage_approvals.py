"""Texts of Manage on approvals, on openings, and on what one person does alone."""

from typing import Final

from service.core.catalogs import Texts

WORDS: Final[Texts] = {
    "manage.app.lead": (
        "Two things need a second person: rewards that no visit earned, and stock that is written off."
    ),
    "manage.app.waiting": "Waiting: {count}",
    "manage.app.none": "Nothing is waiting.",
    "manage.app.by": "Proposed by {who}: {at}",
    "manage.app.operator": "the service's operator",
    "manage.app.pieces": "Write off {count}: {reward}",
    "manage.app.replacement": "Replace {count}: {reward}",
    "manage.app.take_back": "Take back {count}: {reward}",
    "manage.app.replaced_before": "Replaced before for the same reward: {amount}",
    "manage.app.given_by": "handed over by {who}, {at}",
    "manage.app.openings": "Openings that wait: {count}",
    "manage.app.alone": "What one person does alone",
    "manage.app.alone_why": (
        "Up to this much, the desk replaces a reward or takes it back. Above it, another person approves."
    ),
    "manage.app.alone_up_to": "Alone up to {amount}",
    "manage.app.limit": "New limit",
    "manage.app.done.limited": "The new limit holds from now on.",
    "manage.open.title": "Openings",
    "manage.open.lead": (
        "What people bring along from another system: what they can still spend, and what they were paid."
    ),
    "manage.open.propose": "Propose an opening",
    "manage.open.as_of": "The state of which day",
    "manage.open.as_of_hint": "Its year is the one that caps and the tax report count it in.",
    "manage.open.available": "Can be spent",
    "manage.open.available_hint": ("What they had left there. It is credited once another manager approves."),
    "manage.open.paid_before": "Paid out before",
    "manage.open.paid_before_hint": "What they were paid there. It is history, and can never be spent.",
    "manage.open.paid_in_year": "Of it, in that same year",
    "manage.open.paid_in_year_hint": "Leave it empty if all of it was paid in that year.",
    "manage.open.list": "On record",
    "manage.open.none": "Nothing was brought along yet.",
    "manage.open.sums": "To spend: {available} · Paid before: {paid} · As of {day}",
    "manage.open.of_year": "Paid in that year: {amount}",
    "manage.open.earned_here": (
        "Visits up to that day have earned {amount} here. Check that this is not in both."
    ),
    "manage.open.unrecovered": "{amount} was spent already and stays",
    "manage.open.withdraw": "Withdraw",
    "manage.open.withdraw_says": (
        "It is taken out of the books again. What was spent of it stays with the person."
    ),
    "manage.open.proposed": "waits",
    "manage.open.approved": "approved",
    "manage.open.refused": "refused",
    "manage.open.withdrawn": "withdrawn",
    "manage.open.done.proposed": "Proposed. Another manager must approve it.",
    "manage.open.done.approved": "Approved, and on record.",
    "manage.open.done.refused": "Refused.",
    "manage.open.done.withdrawn": "Withdrawn.",
    "manage.app.own": "You proposed this. Another manager must approve it.",
    "manage.app.manager_must": "A manager must approve this.",
    "manage.app.approve": "Approve",
    "manage.app.refuse": "Refuse",
    "manage.app.why_not": "Why not (optional)",
    "manage.app.propose": "Propose a reward",
    "manage.app.propose_why": "Nothing is paid until another person approves it.",
    "manage.app.settled": "Settled lately",
    "manage.app.approved": "approved",
    "manage.app.refused": "refused",
    "manage.app.done.proposed": "Proposed. It now waits for another person.",
    "manage.app.done.approved": "Approved.",
    "manage.app.done.refused": "Refused. Nothing was paid or taken.",
}
