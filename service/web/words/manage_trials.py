"""Texts of a program's forecast, of its design review, and of its back-test."""

from typing import Final

from service.core.catalogs import Texts

WORDS: Final[Texts] = {
    "manage.forecast.title": "What it will cost",
    "manage.forecast.lead": (
        "So many people start together and come as people in trials did. Each line is for all of them."
    ),
    "manage.forecast.people": "People who start together",
    "manage.forecast.budget": "Budget, if there is one",
    "manage.forecast.show": "Forecast",
    "manage.forecast.month": "Month",
    "manage.forecast.low": "At least, 19 times in 20",
    "manage.forecast.median": "In the middle",
    "manage.forecast.high": "At most, 19 times in 20",
    "manage.forecast.expected": "On average",
    "manage.forecast.greatest": "Everybody every time",
    "manage.forecast.all": "In all",
    "manage.forecast.chart": (
        "Cost by month for {people} people: each bar from one group in twenty to nineteen "
        "in twenty, with the middle one. The table has the numbers."
    ),
    "manage.forecast.over": "Groups like this that spend more than {budget}: {percent} in 100.",
    "manage.forecast.cap": "The cap of {amount} a {per} keeps {unpaid} from being paid, on average.",
    "manage.forecast.published": (
        "As people came in three public trials: {percent} of a hundred come again the next week. {habits}"
    ),
    "manage.forecast.own": (
        "As people came to this program here: {percent} of a hundred come again the next week. {habits}"
    ),
    "manage.forecast.habit": (
        "{behavior}: {good} of a hundred go well after one that did, {back} after a miss."
    ),
    "manage.forecast.shelf": "Prizes from the shelf are not counted.",
    "manage.forecast.imagined": "{count} people were imagined. It is a forecast and no promise.",
    "manage.forecast.unread": "Write how many people, from 1 to {most}, and a budget as an amount.",
    "manage.evidence.title": "Beside the evidence",
    "manage.evidence.lead": "What studies say, and how this program stands. It is advice; you decide.",
    "manage.evidence.in_line": "As in the evidence",
    "manage.evidence.look": "Look again",
    "manage.evidence.unknown": "Not known",
    "manage.evidence.source": "Source",
    "manage.said.then": (
        "After {count} successes of “{target}”, “{program}” is offered. Nobody is moved by itself."
    ),
    "manage.purpose.title": "Begin with what it is for",
    "manage.purpose.tests": "Tests",
    "manage.purpose.tests_says": (
        "Twice a week for twelve weeks. The amount rises with each two negatives in a row, "
        "and comes back after a miss."
    ),
    "manage.purpose.groups": "Coming to group",
    "manage.purpose.groups_says": (
        "Three sessions a week for twelve weeks, with a bonus for each whole week."
    ),
    "manage.purpose.homework": "Homework",
    "manage.purpose.homework_says": "One task a week, each worth the same, and a milestone halfway.",
    "manage.purpose.iop": "Intensive outpatient, six weeks",
    "manage.purpose.iop_says": (
        "Groups, individual sessions, tests and a relapse prevention plan, each with a ladder of its own."
    ),
    "manage.purpose.smoking": "Not smoking",
    "manage.purpose.smoking_says": (
        "Five breath tests a week for four weeks, with a bonus for each three in a row."
    ),
    "manage.purpose.medication": "Medication",
    "manage.purpose.medication_says": (
        "A dose a day for twelve weeks. A dose that the prescriber holds back is nobody's miss."
    ),
    "manage.due.title": "Who could go on",
    "manage.due.lead": (
        "They have reached what this program names for the next one. Nobody is moved by itself."
    ),
    "manage.due.one": "“{title}”, with {count} successes",
    "manage.due.more": "Shown are 20 of {count}.",
    "manage.past.title": "On your own past",
    "manage.past.lead": (
        "What people in this program, now or before, would have earned by these rules. "
        "Nothing is paid or taken."
    ),
    "manage.past.changed": "For {changed} of {people} it would have been another amount.",
    "manage.past.newest": "These are the {people} who started last.",
    "manage.past.person": "Started",
    "manage.past.earned": "Earned",
    "manage.past.would": "By these rules",
    "manage.past.all": "All together",
}
