"""Texts of the week, at the front desk."""

from typing import Final

from service.core.catalogs import Texts

WORDS: Final[Texts] = {
    "desk.week.title": "Week",
    "desk.week.steps": "Days",
    "desk.week.before": "Week before",
    "desk.week.yesterday": "Yesterday",
    "desk.week.today": "Today",
    "desk.week.tomorrow": "Tomorrow",
    "desk.week.after": "Week after",
    "desk.week.closed": "Closed",
    "desk.week.count_missed": "{count} did not come",
    "desk.week.count_expected": "{count} expected",
    "desk.week.count_came": "{count} came",
    "desk.week.count_excused": "{count} excused",
    "desk.week.missed": "Did not come",
    "desk.week.expected": "Expected",
    "desk.week.came": "Came",
    "desk.week.excused": "Excused",
    "desk.week.nobody": "Nobody is expected on this day.",
    "desk.week.more": "The first {count} people are shown. Find the others on the day's list.",
}
