"""Texts of the page of service lines and billing codes."""

from typing import Final

from service.core.catalogs import Texts

WORDS: Final[Texts] = {
    "manage.bill.lead": (
        "What was done, by your own codes, for whoever bills it. Nothing of it is shown to participants."
    ),
    "manage.bill.lines": "Service lines",
    "manage.bill.on": "Date",
    "manage.bill.procedure": "Procedure code",
    "manage.bill.procedure_hint": "Empty: nothing is billed from that day on.",
    "manage.bill.result": "Result code",
    "manage.bill.minutes": "Minutes",
    "manage.bill.staff": "Recorded by",
    "manage.bill.status": "Status",
    "manage.bill.status.final": "as recorded",
    "manage.bill.status.corrected": "corrected",
    "manage.bill.status.void": "void",
    "manage.bill.none": "Nothing in these days has a code.",
    "manage.bill.codes": "Codes",
    "manage.bill.codes_why": (
        "A code for one outcome goes before one for every outcome. A later first day replaces an earlier "
        "one, for visits from that day on."
    ),
    "manage.bill.every_outcome": "every outcome",
    "manage.bill.nothing": "Not billed",
    "manage.bill.from": "from {day}",
    "manage.bill.add": "Set a code",
    "manage.bill.of": "Program and target",
    "manage.bill.outcome": "Outcome",
    "manage.bill.starts_on": "First day",
    "manage.bill.done": "The code is set.",
    "manage.acc.for_billing": "Billing of services",
    "manage.acc.what.service_lines": "service lines",
    "manage.deed.billing_rule_set": "set a billing code",
    "manage.deed.billing_rule_listed": "read the billing codes",
    "manage.deed.service_line_listed": "read service lines",
    "manage.deed.service_line_read": "read what is billed for somebody",
    "shared.nav.billing": "Billing",
    "shared.about.billing": "service lines codes claims CPT HCPCS",
}
