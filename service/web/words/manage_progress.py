"""Texts of the page that says who stays, who comes, and what it costs."""

from typing import Final

from service.core.catalogs import Texts

WORDS: Final[Texts] = {
    "manage.prog.title": "Who stays, and what it costs",
    "manage.prog.lead": "From {since} to {until}. Sums and shares only: nobody is named.",
    "manage.prog.than_since": "Compare with: from",
    "manage.prog.than_until": "to",
    "manage.prog.than_hint": "Empty: as many days, just before.",
    "manage.prog.periods": "Two periods side by side",
    "manage.prog.these": "These days",
    "manage.prog.others": "The others",
    "manage.prog.now": "{since} to {until}",
    "manage.prog.p.people": "People who earned",
    "manage.prog.p.net": "Earned",
    "manage.prog.p.by_person": "Earned by a person",
    "manage.prog.p.by_success": "Earned by a visit that earned",
    "manage.prog.p.came": "Visits that people came to",
    "manage.prog.p.attendance": "Of the visits, people came to",
    "manage.prog.p.success": "Of those, had the outcome that earns",
    "manage.prog.p.recorded": "Result to reward (median)",
    "manage.prog.p.given": "Asking to hand-over (median)",
    "manage.prog.kept": "Who stays",
    "manage.prog.kept_why": (
        "Of everybody who began in these days and for whom a program week is over, how many came in it "
        "or later. A week counts only for programs that have it."
    ),
    "manage.prog.kept_chart": "Who stays, by program week",
    "manage.prog.none_began": "Nobody began in these days long enough ago.",
    "manage.prog.program_week": "Program week",
    "manage.prog.began": "Began",
    "manage.prog.still": "Still coming",
    "manage.prog.share": "Share",
    "manage.prog.published": "Published figures",
    "manage.prog.published_why": (
        "Completed treatment in public trials for stimulants: with incentives, and without. People and "
        "programs differ; they are a yardstick, not a target."
    ),
    "manage.prog.weeks_of": "Weeks",
    "manage.prog.with": "With incentives",
    "manage.prog.without": "Without",
    "manage.prog.source": "Source",
    "manage.prog.weeks": "Visits by week and program",
    "manage.prog.weeks_chart": "Visits that people came to, by week",
    "manage.prog.success_chart": "Visits with the outcome that earns, by week",
    "manage.prog.came": "Came",
    "manage.prog.missed": "Nobody came",
    "manage.prog.earning": "Outcome that earns",
    "manage.prog.percent": "{count}%",
    "manage.prog.no_visits": "No visits in these days.",
    "manage.prog.book": "All as a spreadsheet (.xlsx)",
    "manage.prog.files": "Single tables as CSV",
    "manage.prog.file.weeks": "Weeks as CSV",
    "manage.prog.file.stays": "Who stays as CSV",
    "manage.prog.file.periods": "Periods as CSV",
    "manage.prog.file.targets": "Behaviors as CSV",
    "manage.prog.file.recorders": "Who recorded as CSV",
    "manage.prog.file.groups": "Groups as CSV",
    "manage.prog.targets": "By behavior",
    "manage.prog.targets_why": (
        "Each behavior of a program by its own name; of a test, the outcome that earns is a negative one. "
        "A visit counts as it stands now: what was withdrawn counts nowhere."
    ),
    "manage.prog.targets_chart": "Visits with the outcome that earns, by behavior",
    "manage.prog.target": "Behavior",
    "manage.prog.failing": "Other outcome",
    "manage.prog.recorders": "By who recorded",
    "manage.prog.recorders_why": (
        "What each person recorded and handed over, and how soon. It says how the work is shared, and "
        "nothing of how well anybody works."
    ),
    "manage.prog.who": "Who",
    "manage.prog.service": "The service",
    "manage.prog.given": "Rewards handed over",
    "manage.prog.groups": "By group",
    "manage.prog.groups_why": (
        "All visits of the people of a group, on the days on which they were in it. Who is in two groups "
        "counts in both."
    ),
    "manage.prog.group": "Group",
    "manage.prog.attended": "Attendance",
    "manage.prog.no_groups": "Nobody was in a group in these days.",
}
