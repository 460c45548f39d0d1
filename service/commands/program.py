"""`rewards program check` and `rewards program table`: a program judged, and shown visit by visit."""

from argparse import Namespace
from pathlib import Path

import msgspec
from msgspec import Struct
from rich.table import Table

from schemas.books import ProgramTable
from schemas.cases import CaseFault
from schemas.program import Program, Unit
from schemas.receipts import Money
from service.commands.failures import unreadable
from service.commands.speech import CommandError, Exit, console, say, say_json
from service.core.authoring.programs import Loaded, load
from service.core.authoring.table import check_outcomes, parse_run, spread, table
from service.core.compiled import compile_rules
from service.core.refusals import Fault
from service.core.words.refusals.catalog import in_english, wire_faults
from service.core.words.sentences import money


class _Judged(Struct, frozen=True):
    """A program file with the file of cases beside it, and what is known of both."""

    path: Path
    cases: Path | None
    found: Loaded


def check(args: Namespace) -> int:
    """Judge a program and run the cases beside it; raises CommandError that names every fault."""
    judged = _judge(args.file)
    if not args.json:
        for warning in judged.found.warnings:
            say(f"note: {warning.pointer}: {in_english(warning)}")
    program = _sound(judged)
    if args.json:
        say_json(_result(judged))
        return Exit.DONE
    cases = judged.cases
    ran = "it has no cases beside it" if cases is None else f"every case of {cases.name} comes out"
    say(f"{program.name} is sound, and {ran}.")
    return Exit.DONE


def show_table(args: Namespace) -> int:
    """Show what each imagined visit earns; raises CommandError as `check` does for a faulty program."""
    program = _sound(_judge(args.file))
    targets = [target.name for target in program.targets]
    target = args.target or targets[0]
    if target not in targets:
        detail = f"{program.name} has no target {target}. It has: {', '.join(targets)}."
        raise CommandError(Exit.USAGE, "usage", detail)
    if args.target is None and len(targets) > 1:
        detail = f"{program.name} has several targets. Name one with --target: {', '.join(targets)}."
        raise CommandError(Exit.USAGE, "usage", detail)
    values = parse_run(args.outcomes)
    if isinstance(values, Fault):
        raise CommandError(Exit.USAGE, "usage", f"--outcomes is wrong: {in_english(values)}.")
    visits = spread(program, target, values)
    faults = check_outcomes(program, visits)
    if faults:
        raise CommandError(Exit.USAGE, "usage", f"--outcomes is wrong: {in_english(faults[0])}.")
    found = table(program, visits, args.language)
    if args.json:
        say_json(found)
    else:
        _draw(program, target, found)
    return Exit.DONE


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


def _judge(path: Path) -> _Judged:
    document, cases = _read(path), _cases_of(path)
    examples = None if cases is None else _read(cases)
    cases_yaml = cases is not None and _is_yaml(cases)
    return _Judged(path, cases, load(document, examples, yaml=_is_yaml(path), cases_yaml=cases_yaml))


def _sound(judged: _Judged) -> Program:
    """The program, if it may be published; else raises CommandError that names each fault with its place."""
    found = judged.found
    words = [f"{judged.path}: {one.pointer}: {in_english(one)}" for one in found.faults]
    words += [f"{judged.cases}: {one.pointer}: {in_english(one)}" for one in found.cases_unread]
    words += [f"{judged.cases}: {_case_sentence(one)}" for one in found.case_faults]
    if found.program is None or words:
        raise CommandError(Exit.WRONG, "program_faulty", "\n".join(words), _result(judged))
    return found.program


def _case_sentence(fault: CaseFault) -> str:
    target = f", target {fault.target}" if fault.target else ""
    visit = f", visit {fault.visit}" if fault.visit else ""
    return f"case {fault.case}{target}{visit}: expected {fault.expected}, came out as {fault.actual}"


def _result(judged: _Judged) -> dict[str, object]:
    found = judged.found
    placed = [(judged.path, one) for one in found.faults] + [
        (judged.cases, one) for one in found.cases_unread
    ]
    faults = [{"file": str(file), "pointer": one.pointer, "detail": in_english(one)} for file, one in placed]
    return {
        "program": None if found.program is None else found.program.name,
        "sound": found.program is not None and not faults and not found.case_faults,
        "cases": None if judged.cases is None else str(judged.cases),
        "notes": wire_faults(found.warnings),
        "faults": faults,
        "case_faults": [
            {"file": str(judged.cases), **msgspec.structs.asdict(one)} for one in found.case_faults
        ],
    }


def _cases_of(path: Path) -> Path | None:
    """The file of cases beside a program; raises CommandError where there are two."""
    named = [path.with_name(f"{path.stem}.cases{ending}") for ending in (".json", ".yaml", ".yml")]
    beside = [one for one in named if one.exists()]
    if len(beside) > 1:
        detail = f"{beside[0]} and {beside[1]} both hold cases of {path}. Keep one of them."
        raise CommandError(Exit.USAGE, "usage", detail)
    return beside[0] if beside else None


def _is_yaml(path: Path) -> bool:
    return path.suffix.lower() in {".yaml", ".yml"}


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as why:
        raise unreadable(path, why, "Name a program file.") from why
