"""What the demo's clinic has arranged: budgets, what is taken as homework, and reminders; and who used it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from schemas.budgets import NewBudget
from schemas.reminders import NewReminderLeave, ReminderSettingsChange
from schemas.submissions import NewSubmission, SubmissionSettingsChange
from service.core.refusals import Refused
from service.demo.cast import CALIFORNIA, COUNTY
from service.flows.ledger.budgets import set_budget
from service.flows.perform import Act, Done
from service.flows.reminders import settings as reminders
from service.flows.submissions import submissions

BUDGETS: Final[tuple[tuple[str | None, str | None, int, str], ...]] = (
    (None, COUNTY, 60_000, "County contract 26-114, for whomever the county pays."),
    (CALIFORNIA, None, 350_000, "Set aside by the clinic for the California schedule."),
)
"""The program, the funder, the amount in cents, and where it comes from."""
YEAR: Final = timedelta(days=365)
BEGUN: Final = timedelta(days=150)
"""How long ago the budgets' year began: before the first of the demo's visits."""
TAKES: Final = SubmissionSettingsChange(("homework",))
REMINDS: Final = ReminderSettingsChange(("before_visit", "waiting"), hours_before=24, called="Riverside")
"""Nothing gives away what kind of clinic it is; the demo shows texts on the screen and sends none."""
REMINDED: Final = "MRN-1001"
HANDED_IN: Final = ("MRN-1013", "cbt-homework")
WRITTEN: Final = (
    "Three times I wanted to use this week. Tuesday after work: I called my sister. Thursday at the bus "
    "stop: I walked home the long way. Saturday: I went to the meeting early and helped with the chairs."
)


async def arrange(act: Act, today: date) -> Done[None] | Refused:
    """Set budgets, and turn homework and reminders on, as a manager does."""
    for program, funding, cents, reason in BUDGETS:
        new = NewBudget("usd", cents, today - BEGUN, today - BEGUN + YEAR, reason, program, funding)
        made = await set_budget(act, new)
        if isinstance(made, Refused):
            return made
    await submissions.set_settings(act, TAKES)
    await reminders.set_settings(act, REMINDS)
    return Done(None)


async def use(act: Act, people: Mapping[str, UUID], enrollment: UUID) -> Done[None] | Refused:
    """Hand homework in for somebody, and write down who said yes to texts, as the desk does."""
    _, target = HANDED_IN
    handed_in = await submissions.hand_in(act, NewSubmission(enrollment, target, WRITTEN), None)
    if isinstance(handed_in, Refused):
        return handed_in
    said = await reminders.say_leave(act, people[REMINDED], NewReminderLeave("text"))
    return said if isinstance(said, Refused) else Done(None)
