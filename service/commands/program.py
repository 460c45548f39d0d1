"""`rewards program check` and `rewards program table`: a program judged, and shown visit by visit."""

from argparse import Namespace
from pathlib import Path

from rich.table import Table

from schemas.books import ProgramTable
from schemas.problem import Fault
from schemas.program import Program, Unit
from schemas.receipts import Money
from service.commands.speech import CommandError, complain, console, say, say_json
from service.core.authoring.programs import decode, load
from service.core.authoring.table import check_outcomes, parse_run, spread, table
from service.core.compiled import compile_rules
from service.core.words.sentences import money


def check(args: Namespace) -> int:
    """Judge a program and run the cases beside it; every fault is named at its place."""
    path: Path = args.file
    cases = _cases_of(path)
    found = load(_read(path), None if cases is None else _read(cases), yaml=_is_yaml(path))
    for warning in found.warnings:
        say(f"note: {warning.pointer}: {warning.detail}")
    for fault in found.faults:
        complain(f"{path}: {fault.pointer}: {fault.detail}")
    for wrong in found.case_faults:
        where = "".join(
            (
                f", target {wrong.target}" if wrong.target else "",
                f", visit {wrong.visit}" if wrong.visit else "",
            )
        )
        complain(f"{cases}: case {wrong.case}{where}: expected {wrong.expected}, came out as {wrong.actual}")
    if found.program is None or found.faults or found.case_faults:
        return 1
    ran = "it has no cases beside it" if cases is None else f"every case of {cases.name} comes out"
    say(f"{found.program.name} is sound, and {ran}.")
    return 0


def show_table(args: Namespace) -> int:
    """Show what each imagined visit earns."""
    program = _program(args.file)
    targets = [target.name for target in program.targets]
    target = args.target or targets[0]
    if target not in targets:
        raise CommandError(f"{program.name} has no target {target}. It has: {', '.join(targets)}.")
    if args.target is None and len(targets) > 1:
        raise CommandError(
            f"{program.name} has several targets. Name one with --target: {', '.join(targets)}."
        )
    values = parse_run(args.outcomes)
    if isinstance(values, Fault):
        raise CommandError(f"--outcomes is wrong: {values.detail}.")
    visits = spread(program, target, values)
    faults = check_outcomes(program, visits)
    if faults:
        raise CommandError(f"--outcomes is wrong: {faults[0].detail}.")
    found = table(program, visits, args.language)
    if args.json:
        say_json(found)
    else:
        _draw(program, target, found)
    return 0


def _draw(program: Program, target: str, found: ProgramTable) -> None:
    drawn = Table(title=f"{program.title}: {target}", title_justify="left")
    for name in ("visit", "week", "outcome", "base", "bonus", "total"):
        drawn.add_column(name, justify="left" if name == "outcome" else "right", no_wrap=True)
    drawn.add_column("why", overflow="fold")
    for visit, row in enumerate(found.rows, start=1):
        amounts = (_money(amount, row.unit) for amount in (row.base, row.bonus, row.total))
        why = " ".join(reason.text for reason in row.reasons)
        drawn.add_row(str(visit), str(row.week), row.outcome, *amounts, why)
    out = console()
    out.print(drawn)
    if found.welcome:
        out.print(f"Welcome: {_money(found.welcome, compile_rules(program).program.unit)}")
    totals = found.totals or (Money(program.unit, 0),)
    out.print("Total: " + " + ".join(_money(one.amount, one.unit) for one in totals))


def _money(amount: int, unit: Unit) -> str:
    return money(amount, unit, "en")


def _program(path: Path) -> Program:
    found = decode(_read(path), yaml=_is_yaml(path))
    if isinstance(found, Program):
        return found
    raise CommandError(f"{path}: {found[0].pointer}: {found[0].detail}")


def _cases_of(path: Path) -> Path | None:
    beside = path.with_name(f"{path.stem}.cases.json")
    return beside if beside.exists() else None


def _is_yaml(path: Path) -> bool:
    return path.suffix.lower() in {".yaml", ".yml"}


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as why:
        raise CommandError(f"{path} cannot be read ({why.strerror}). Name a program file.") from why
