"""Texts of Manage, those of its larger pages in files of their own."""

from typing import Final

from service.core.catalogs import Texts, plural
from service.web.words import (
    manage_approvals,
    manage_billing,
    manage_brands,
    manage_budgets,
    manage_consents,
    manage_deeds,
    manage_duplicates,
    manage_editor,
    manage_groups,
    manage_guardians,
    manage_import_columns,
    manage_imports,
    manage_moves,
    manage_papers,
    manage_places,
    manage_progress,
    manage_providers,
    manage_records,
    manage_reports,
    manage_rewards,
    manage_screening,
    manage_shared,
    manage_shelf,
    manage_sources,
    manage_subscribers,
    manage_trials,
)

WORDS: Final[Texts] = {
    **manage_consents.WORDS,
    **manage_deeds.WORDS,
    **manage_duplicates.WORDS,
    **manage_editor.WORDS,
    **manage_places.WORDS,
    **manage_billing.WORDS,
    **manage_guardians.WORDS,
    **manage_screening.WORDS,
    **manage_brands.WORDS,
    **manage_budgets.WORDS,
    **manage_groups.WORDS,
    **manage_import_columns.WORDS,
    **manage_imports.WORDS,
    **manage_moves.WORDS,
    **manage_papers.WORDS,
    **manage_records.WORDS,
    **manage_reports.WORDS,
    **manage_rewards.WORDS,
    **manage_shared.WORDS,
    **manage_progress.WORDS,
    **manage_providers.WORDS,
    **manage_shelf.WORDS,
    **manage_approvals.WORDS,
    **manage_sources.WORDS,
    **manage_subscribers.WORDS,
    **manage_trials.WORDS,
    "manage.programs.lead": (
        "A program says what each visit pays. A published version never changes; people keep "
        "the version they started with."
    ),
    "manage.programs.new": "New program",
    "manage.programs.none": (
        "There is no program yet. Start from one below: each is a published schedule, and "
        "you can change every number."
    ),
    "manage.programs.starters": "Start from a known schedule",
    "manage.programs.starters_lead": (
        "Schedules from studies and health plans, with worked cases that are checked before you publish."
    ),
    "manage.programs.start_here": "Start from this",
    "manage.every_visit": "If every visit earns",
    "manage.one_miss_recovery": "One miss, then back",
    "manage.one_miss_none": "One miss, no recovery",
    "manage.one_miss": "One miss",
    "manage.recovery_worth": "After a miss at visit {visit}, the way back is worth {amount}.",
    "manage.all_targets": "All targets together, every visit a success:",
    "manage.visit_by_visit": "Visit by visit",
    "manage.visit": "Visit",
    "manage.week": "Week",
    "manage.perfect": "No misses",
    "manage.with_recovery": "Back after a miss",
    "manage.without": "Not back",
    "manage.miss": "miss",
    "manage.total": "Total",
    "manage.welcome_in": "The totals include the welcome of {amount}.",
    "manage.version_from": "Version {version}, published {day}.",
    "manage.people_in": "People",
    "manage.people_count": "People in this version: {count}.",
    "manage.in_older": "People in an older version: {count}",
    "manage.not_newest": "Version {version} is the newest.",
    "manage.new_version": "New version",
    "manage.published": (
        "Version {version} is published. New people start in it; everybody else stays where they are."
    ),
    "manage.says": "What it says",
    "manage.versions": "Versions",
    "manage.version": "Version",
    "manage.since": "Since",
    "manage.document": "The document",
    "manage.pays": "What it pays",
    "manage.target": "Target",
    "manage.miss_at": "Imagine a miss at visit",
    "manage.show": "Show",
    "manage.chart.title": "What each visit pays, weeks {weeks}",
    "manage.chart.missed": "visit {visit} missed",
    "manage.said.week": "Week {first}:",
    "manage.said.outcome_success": "{outcome} counts as a success.",
    "manage.said.outcome_failure": "{outcome} counts as a miss.",
    "manage.said.outcome_neutral": "{outcome} changes nothing.",
    "manage.said.outcome_part": "{outcome} counts as a success and pays {percent}% of the value due.",
    "manage.said.day": "Day {first}:",
    "manage.said.days": "Days {first} to {last}:",
    "manage.said.weeks": "Weeks {first} to {last}:",
    "manage.said.rate": "{noun}, {amount} per {one}",
    "manage.said.each": "The amounts are for each {one}.",
    "manage.said.flat": "{noun}, {amount} each time.",
    "manage.said.every_one": "{noun}, {start} the first time and {step} more each time in a row",
    "manage.said.every": "{noun}, {start} the first time and {step} more after every {count} in a row",
    "manage.said.every_week": (
        "{noun}, {start} the first week and {step} more after each week without a miss"
    ),
    "manage.said.up_to": ", up to {most}.",
    "manage.said.table": "{noun}, {values} one after another. The last amount repeats.",
    "manage.said.no_reset": "A miss pays nothing and changes nothing else.",
    "manage.said.reset": "After a miss it starts again.",
    "manage.said.reset_rung": "After a miss it goes back to step {step}.",
    "manage.said.reset_back": plural(
        "After a miss it goes back one step.", "After a miss it goes back {count} steps."
    ),
    "manage.said.first": "It opens at {amount} (step {step}).",
    "manage.said.anew": "The steps begin again with these weeks.",
    "manage.said.recovery_next_due": plural(
        "After one success, the next pays what was due at the miss.",
        "After {count} in a row, the next one pays the amount that was due when they missed.",
    ),
    "manage.said.recovery_next_paid": plural(
        "After one success, the next pays what was last paid before the miss.",
        "After {count} in a row, the next one pays the last amount before the miss.",
    ),
    "manage.said.recovery_nth_due": plural(
        "The next success pays what was due at the miss.",
        "The last of {count} in a row pays the amount that was due when they missed.",
    ),
    "manage.said.recovery_nth_paid": plural(
        "The next success pays what was last paid before the miss.",
        "The last of {count} in a row pays the last amount before the miss.",
    ),
    "manage.said.run": plural(
        "Each one pays {amount} more.", "Every {count} in a row pays a bonus of {amount}."
    ),
    "manage.said.run_at": "{amount} more at these counts in a row: {at}.",
    "manage.said.condition": "Only on a day with a {noun} too.",
    "manage.said.once": "Each is paid once.",
    "manage.said.bonus_weeks": "Only in weeks {first} to {last}.",
    "manage.said.week_bonus": plural(
        "The first success in a week pays a bonus of {amount}.",
        "Success number {count} in a week pays a bonus of {amount}.",
    ),
    "manage.said.total": "A bonus of {amount} when the total reaches: {at}.",
    "manage.said.visits_on": "Expected on: {days}.",
    "manage.said.visits": plural("One visit a week is expected.", "{count} visits a week are expected."),
    "manage.said.visits_drawn": plural(
        "On one day a week, drawn by lot from {days}. Nobody knows the day before its morning.",
        "On {count} days a week, drawn by lot from {days}. Nobody knows a day before its morning.",
    ),
    "manage.said.every_weeks": "Only every {weeks} weeks.",
    "manage.said.first_day": "Not on the first day.",
    "manage.said.missed_after": "One that nobody comes to counts as missed {hours} hours after its day.",
    "manage.said.limit_day": plural(
        "At most 1 a day earns a reward.", "At most {count} a day earn a reward."
    ),
    "manage.said.limit_week": plural(
        "At most 1 a week earns a reward.", "At most {count} a week earn a reward."
    ),
    "manage.said.limit_month": plural(
        "At most 1 a month earns a reward.", "At most {count} a month earn a reward."
    ),
    "manage.said.limit_enrollment": plural("It is paid once.", "At most {count} in all earn a reward."),
    "manage.said.cap": "At most {amount} per {period}.",
    "manage.said.welcome": "A welcome of {amount} on the first day.",
    "manage.per.event": "visit",
    "manage.per.day": "day",
    "manage.per.week": "calendar week",
    "manage.per.month": "calendar month",
    "manage.per.year": "calendar year",
    "manage.per.enrollment": "enrollment",
    "manage.seeds.link": "Draw seeds",
    "manage.move.open": "See who, and move them",
}
