"""Texts of Manage on the shelf, hand-overs, caps, closures and seeds."""

from typing import Final

from service.core.catalogs import Texts

WORDS: Final[Texts] = {
    "manage.reason": "Reason",
    "manage.shelf.lead": "What people can spend their balance on.",
    "manage.shelf.lowered": (
        "One person lowered its price or what it is worth. A colleague hands it out, and nobody takes it "
        "by themselves, until another manager has looked at the price and saved it."
    ),
    "manage.shelf.moved": (
        "One person put it into another category. As a prize a colleague hands it out, until another "
        "manager has looked at the category and saved it."
    ),
    "manage.shelf.none": "The shelf is empty. Add the first reward below.",
    "manage.shelf.name": "Name",
    "manage.shelf.category": "Category",
    "manage.shelf.how": "Handed over",
    "manage.shelf.price": "Price",
    "manage.shelf.left": "Left",
    "manage.shelf.fair_value": "Worth",
    "manage.shelf.fair_value_field": "Worth in money",
    # Translators: {currency} is the name of a currency, such as "dollars" or "Euro (EUR)".
    "manage.shelf.fair_value_in": "Worth in {currency}",
    "manage.shelf.fair_value_why": (
        "What a piece would cost in a store: in the currency of the price, in dollars where it costs points. "
        "Left empty, it follows from the price."
    ),
    "manage.shelf.worth_is": "worth {amount}",
    "manage.shelf.no_worth": "worth not known",
    "manage.shelf.description": "Description",
    "manage.shelf.off": "off the shelf",
    "manage.shelf.endless": "no limit",
    "manage.shelf.none_left": "none left",
    "manage.shelf.count_left": "Left: {count}",
    "manage.shelf.kind.item": "by a person, later",
    "manage.shelf.kind.instant": "at once",
    "manage.shelf.kind.provider": "link of a provider",
    "manage.shelf.kind.code": "a code, at once",
    "manage.shelf.kind.thing": "a thing",
    "manage.shelf.what": "What it is",
    "manage.shelf.stock": "How many (leave empty for no limit)",
    "manage.shelf.instant": "Given at once, without setting it aside",
    "manage.shelf.active": "On the shelf",
    "manage.shelf.add": "Add a reward",
    "manage.shelf.change": "Change it",
    "manage.shelf.restock": "Change the stock",
    "manage.shelf.restock_why": (
        "Pieces that came in are counted at once. To write some off, put a minus before the "
        "number; another person then approves it."
    ),
    "manage.shelf.pieces": "Pieces (10 or -2)",
    "manage.shelf.codes": "Add codes",
    "manage.shelf.codes_why": (
        "Codes are kept encrypted and each is given once. Here only their number is shown."
    ),
    "manage.shelf.line": "Line {number} ({line}): {why}",
    "manage.shelf.line_known": "Line {number}: {why} It is left out below.",
    "manage.shelf.lines_wrong": (
        "No code was added yet. Mend these lines, or take them out, and send all again:"
    ),
    "manage.shelf.as_they_are": "I have looked at them: add them as they are",
    "manage.shelf.codes_label": "Codes, one a line",
    "manage.shelf.stale": (
        "Someone changed this reward while you were editing. Your changes were not "
        "saved. Check the fields and save again."
    ),
    "manage.shelf.done.added": "It is on the shelf.",
    "manage.shelf.done.changed": "Saved.",
    "manage.shelf.done.stocked": "The new stock is saved.",
    "manage.shelf.done.proposed": "Proposed. The stock stays as it is until another person approves it.",
    "manage.shelf.done.codes": "The codes are added.",
    "manage.red.lead": "What was asked for, what waits to be handed over, and what was given.",
    "manage.red.find": "Find",
    "manage.red.status": "Which",
    "manage.red.any": "all of them",
    "manage.red.held": "waiting",
    "manage.red.given": "given",
    "manage.red.canceled": "canceled",
    "manage.red.ordered": "on order",
    "manage.red.awaiting_provider": "on its way",
    "manage.red.awaiting_funds": "waits for the account's money",
    "manage.red.failed": "not delivered",
    "manage.red.reversed": "paid back",
    "manage.red.call_back": "Call it back",
    "manage.red.done.called_back": "The provider is asked to cancel it. How that ends shows here.",
    "manage.red.until": "Up to the day",
    "manage.red.all": "Show all",
    "manage.red.a_reward": "A reward",
    "manage.red.asked": "asked for: {at}",
    "manage.red.settled": "done: {at}",
    "manage.red.give": "Hand it over",
    "manage.red.cancel": "Cancel, give the balance back",
    "manage.red.none": "There is none of these. When somebody redeems a reward, it shows here.",
    "manage.red.done.given": "Handed over.",
    "manage.red.done.canceled": "Canceled. The balance is back.",
    "manage.cap.lead": "The most that one person can get in a period, in all programs together.",
    "manage.cap.none": "There is no cap over all programs. Programs may have caps of their own.",
    "manage.cap.most": "{amount} per {period}",
    "manage.cap.funder": "Funder: {name}",
    "manage.cap.clinic": "The clinic's own",
    "manage.cap.from": "from {day}",
    "manage.cap.to": "to {day}",
    "manage.cap.holds": "in force",
    "manage.cap.over": "ended",
    "manage.cap.later": "not yet in force",
    "manage.cap.add": "Set a cap",
    "manage.cap.add_why": (
        "It applies from now on and takes nothing back. Amounts over the limit are not "
        "paid, and the record says why."
    ),
    "manage.cap.first": "First day",
    "manage.cap.last": "Last day",
    "manage.cap.funding": "Funder (empty: the clinic)",
    "manage.cap.done.set": "The cap is set.",
    "manage.cap.done.ended": "The cap has a last day.",
    "manage.cap.done.threshold": "The threshold is set.",
    "manage.cap.done.worth": "What a point is worth is set.",
    "manage.worth.title": "What a point is worth",
    "manage.worth.why": (
        "What people get for points counts in money against the caps and in the year's report, by what "
        "it is worth. Nothing counted so far changes."
    ),
    "manage.worth.none": "Nobody has said it yet, so what points buy counts against no cap in money.",
    "manage.worth.from": "From {day} on: {amount} a point",
    "manage.worth.cents": "Cents a point",
    "manage.worth.first": "From the day",
    "manage.worth.reason": "Reason (optional)",
    "manage.cap.tax": "Tax reporting",
    "manage.cap.tax_why": "Report a person when payments in a calendar year reach this amount.",
    "manage.cap.tax_report": "The year's report",
    "manage.cap.from_year": "From {year} on: {amount}",
    "manage.cap.year": "From the year",
    "manage.cap.set": "Set",
    "manage.cap.most_now": "The person closest to it has {amount} ({percent}%).",
    "manage.cap.near_now": "People at 80% or more: {near}. At the limit: {top}.",
    "manage.cap.near": "Who came near it",
    "manage.cap.near_none": "No one has reached 80% yet.",
    "manage.cap.reached": "{percent} % in {period}",
    "manage.cap.end": "End this cap",
    "manage.cap.end_why": "Its last day is set once: today or later.",
    "manage.clo.lead": "On these days nobody is expected, and nobody's visit counts as missed.",
    "manage.clo.none": "No closure is entered. Add holidays here before they come.",
    "manage.clo.add": "Add a closure",
    "manage.clo.first": "First day",
    "manage.clo.last": "Last day (empty: the same)",
    "manage.clo.remove": "Remove",
    "manage.clo.entered": "The closure is entered.",
    "manage.clo.excused": "Visits that no longer count as missed: {count}.",
    "manage.clo.removed": "The closure is taken back. Its days are open again.",
    "manage.seeds.lead": (
        "Each draw is made from a secret number, the seed. Its fingerprint is published "
        "before anything is drawn, so nobody can choose what comes out."
    ),
    "manage.seeds.rotate": "Reveal this seed and begin a new one",
    "manage.seeds.rotated": "The old seed is revealed below, and a new one is in use.",
    "manage.seeds.in_use": "in use",
    "manage.seeds.revealed": "revealed {at}",
    "manage.seeds.commitment": "Fingerprint (SHA-256):",
    "manage.seeds.seed": "Seed:",
    "manage.seeds.none": "There is no seed yet. The first one is made when something is drawn.",
    "manage.seeds.how": "How to check a draw",
    "manage.seeds.step1": "Wait until its seed is revealed, or reveal it here.",
    "manage.seeds.step2": (
        "Take the draw's record from the service (GET /v1/draws/ and its id) and keep it as a file."
    ),
    "manage.seeds.step3": (
        "Run: rewards draw check FILE. It works out every slip again and says whether each is right."
    ),
}
