"""`rewards program check` and `rewards program table`: a program judged, and shown visit by visit."""

from argparse import Namespace
from typing import Final

from rich.table import Table

from schemas.books import ProgramTable, TableOutcome
from schemas.program import Program, Unit
from schemas.receipts import Money
from service.commands.program_file import judge, result, said, sound
from service.commands.speech import CommandError, Exit, console, say, say_json
from service.core.authoring.perfect import costs, perfect_run
from service.core.authoring.scenarios import success_of, visits_of
from service.core.authoring.table import check_outcomes, parse_run, spread, table
from service.core.catalogs import ByLanguage, by_language
from service.core.naming import program_title
from service.core.refusals import Fault
from service.core.words.refusals.catalog import in_english
from service.core.words.sentences import money

NOTE: Final[ByLanguage[str]] = by_language("program.note", "note")


def check(args: Namespace) -> int:
    """Judge a program and run the cases beside it; raises CommandError that names every fault."""
    judged = judge(args.file)
    if not args.json:
        for warning in judged.found.warnings:
            word = NOTE[args.language]
            say(f"{word}: {warning.pointer}: {said(warning, args.language)}")
    program = sound(judged, args.language)
    if args.json:
        say_json(result(judged))
        return Exit.DONE
    cases = judged.cases
    ran = "it has no cases beside it" if cases is None else f"every case of {cases.name} comes out"
    say(f"{program.name} is sound, and {ran}.")
    return Exit.DONE


def show_table(args: Namespace) -> int:
    """Show what each imagined visit earns, of one target or of all together under the caps they share.

    Raises CommandError as `check` does for a faulty program.
    """
    program = sound(judge(args.file))
    names = [target.name for target in program.targets]
    if args.target is not None and args.target not in names:
        detail = f"{program.name} has no target {args.target}. It has: {', '.join(names)}."
        raise CommandError(Exit.USAGE, "usage", detail)
    shown = names if args.target is None else [args.target]
    visits = _visits(program, shown, args.outcomes)
    faults = check_outcomes(program, visits)
    if faults:
        raise CommandError(Exit.USAGE, "usage", f"--outcomes is wrong: {in_english(faults[0])}.")
    found = table(program, visits, args.language)
    if args.json:
        say_json(found)
    else:
        _draw(program, shown, found)
    return Exit.DONE


def _visits(program: Program, shown: list[str], told: list[str]) -> tuple[TableOutcome, ...]:
    """The visits of each target in the order of weeks; of one that nothing is told of, all are successes."""
    runs: dict[str, tuple[str, ...]] = {}
    for one in told:
        name, is_named, notation = one.rpartition("=")
        if not is_named and len(shown) > 1:
            several = f"{program.name} has several targets: {', '.join(shown)}"
            detail = f"{several}. Write --outcomes TARGET={one}, or name one with --target."
            raise CommandError(Exit.USAGE, "usage", detail)
        target = name.strip() if is_named else shown[0]
        if target not in shown:
            detail = f"there is no target {target} to tell of. There are: {', '.join(shown)}."
            raise CommandError(Exit.USAGE, "usage", detail)
        values = parse_run(notation)
        if isinstance(values, Fault):
            raise CommandError(Exit.USAGE, "usage", f"--outcomes is wrong: {in_english(values)}.")
        runs[target] = values
    laid: list[TableOutcome] = []
    for own in program.targets:
        if own.name in shown:
            every = (success_of(own.behavior),) * visits_of(program, own)
            laid += spread(program, own.name, runs.get(own.name, every))
    return tuple(sorted(laid, key=lambda one: one.week))


def _draw(program: Program, shown: list[str], found: ProgramTable) -> None:
    several = len(shown) > 1
    called = program_title(program).en
    title = called if several else f"{called}: {shown[0]}"
    drawn = Table(title=title, title_justify="left")
    if several:
        drawn.add_column("target", no_wrap=True)
    # Side by side there is room for the sums alone.
    sums = ("total",) if several else ("base", "bonus", "total")
    for name in ("visit", "week", "outcome", *sums):
        drawn.add_column(name, justify="left" if name == "outcome" else "right", no_wrap=True)
    drawn.add_column("why", overflow="fold")
    seen: dict[str, int] = {}
    for row in found.rows:
        seen[row.target] = seen.get(row.target, 0) + 1
        values = (row.total,) if several else (row.base, row.bonus, row.total)
        amounts = (_money(amount, row.unit) for amount in values)
        why = " ".join(reason.text for reason in row.reasons)
        first = (row.target,) if several else ()
        drawn.add_row(*first, str(seen[row.target]), str(row.week), row.outcome, *amounts, why)
    out = console()
    out.print(drawn)
    if found.welcome:
        out.print(f"Welcome: {_money(found.welcome, program.unit)}")
    totals = found.totals or (Money(program.unit, 0),)
    out.print("Total: " + " + ".join(_money(one.amount, one.unit) for one in totals))
    if len(shown) == len(program.targets):
        for cost in costs(program, perfect_run(program)):
            if cost.draws:
                expected, most = _money(round(cost.expected), cost.unit), _money(cost.greatest, cost.unit)
                out.print(f"A perfect run with its prizes costs {expected} on average, {most} at the most.")


def _money(amount: int, unit: Unit) -> str:
    return money(amount, unit, "en")
