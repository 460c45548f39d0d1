"""Programs to begin with by what they are for: a few answers are put into a template that explains itself."""

from typing import Final

from msgspec import Struct

from schemas.program import Unit
from schemas.purposes import Purpose

STEP_PERCENT, MAX_PERCENT = 15, 265
"""What each rise adds and what the top is, of the first amount: as in California's program."""


class Answers(Struct, frozen=True):
    """What an author is asked: amounts in minor units."""

    name: str
    title: str
    weeks: int
    per_week: int
    start: int
    unit: Unit = "usd"


USUAL: Final[dict[Purpose, Answers]] = {
    "tests": Answers("tests", "Negative tests", 12, 2, 1000),
    "groups": Answers("groups", "Coming to group", 12, 3, 300),
    "homework": Answers("homework", "Homework", 12, 1, 500),
    "iop": Answers("iop", "Intensive outpatient program", 6, 3, 500),
    "smoking": Answers("smoking", "Not smoking", 4, 5, 300),
    "medication": Answers("medication", "Taking medication", 12, 7, 200),
}
"""The answers that most authors begin with, by purpose."""


def written(template: str, answers: Answers) -> str:
    """The document of a template with the answers in it."""
    step = max(1, answers.start * STEP_PERCENT // 100)
    values = {
        "name": answers.name,
        "title": f'"{answers.title}"' if set(answers.title) & set(":#\"'{}[]&*!|>%@`") else answers.title,
        "unit": answers.unit,
        "weeks": answers.weeks,
        "per_week": answers.per_week,
        "start": answers.start,
        "step": step,
        "max": max(answers.start + step, answers.start * MAX_PERCENT // 100),
        "half": max(1, answers.weeks * answers.per_week // 2),
    }
    for name, value in values.items():
        template = template.replace(f"<{name}>", str(value))
    return template
