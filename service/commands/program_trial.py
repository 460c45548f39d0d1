"""`rewards program forecast` and `review`: what a program costs, and how it stands beside the evidence."""

from argparse import Namespace
from collections.abc import Collection
from typing import Final

from rich.table import Table

from schemas.forecasts import Forecast, Spread
from schemas.people import Language
from schemas.program import Behavior, Unit
from schemas.trials import Finding
from service.commands.program_file import judge, sound
from service.commands.speech import Exit, console, say, say_json
from service.core.authoring.forecast import Asked
from service.core.authoring.review import review as review_of
from service.core.catalogs import ByLanguage, by_language
from service.core.words.sentences import money
from service.flows.programs.forecasts import forecast_of

FINDINGS: Final[ByLanguage[dict[str, str]]] = by_language(
    "program_trial.findings",
    {
        "in_line": "as in the evidence",
        "look": "look again",
        "unknown": "not known",
    },
)


def forecast(args: Namespace) -> int:
    """Forecast what a program costs; raises CommandError as `check` does for a faulty program."""
    program = sound(judge(args.file))
    found = forecast_of(program, Asked(args.people, args.budget, seed=args.seed))
    if args.json:
        say_json(found)
    else:
        _draw(found, {target.behavior for target in program.targets})
    return Exit.DONE


def _draw(found: Forecast, kinds: Collection[Behavior]) -> None:
    out = console()
    for cost in found.costs:
        drawn = Table(title=f"{found.people} people who start together, in {cost.unit}", title_justify="left")
        for name in ("month", "5 %", "50 %", "95 %", "expected", "greatest"):
            drawn.add_column(name, justify="right", no_wrap=name == "month", overflow="fold")
        for one in cost.months:
            drawn.add_row(str(one.month), *_amounts(one.spent, cost.unit))
        drawn.add_row("all", *_amounts(cost.total, cost.unit))
        out.print(drawn)
    for cap in found.caps:
        unit = found.costs[0].unit
        left = money(cap.unpaid, unit, "en")
        out.print(f"The cap of {money(cap.amount, unit, 'en')} a {cap.per} leaves {left} unpaid on average.")
    if found.over_budget is not None:
        out.print(f"Groups that spend more than the budget: {found.over_budget:.0%}")
    habits = ", ".join(
        f"{name} {one.success_after_success:g} after a success and {one.success_after_miss:g} after a miss"
        for name, one in found.model.habits.items()
        if name in kinds
    )
    source = "worked out exactly" if found.is_exact else "the mean of the people imagined"
    out.print(f"Expected figures are {source}. Imagined: {found.imagined} people, seed {found.seed}.")
    out.print(f"They keep coming with {found.model.keeps_coming:g} a week, and succeed with {habits}.")


def _amounts(one: Spread, unit: Unit) -> tuple[str, ...]:
    return tuple(money(n, unit, "en") for n in (one.low, one.median, one.high, one.expected, one.greatest))


def review(args: Namespace) -> int:
    """Say how a program stands beside the evidence; raises CommandError as `check` does for a faulty one."""
    program = sound(judge(args.file), args.language)
    found = review_of(program, args.language, args.point_cents)
    if args.json:
        say_json(found)
        return Exit.DONE
    for one in found.lines:
        about = f" ({one.target})" if one.target else ""
        say(f"{_finding(one.finding, args.language)}{about}: {one.text}\n    {one.source}")
    return Exit.DONE


def _finding(finding: Finding, language: Language) -> str:
    return FINDINGS[language][finding]
