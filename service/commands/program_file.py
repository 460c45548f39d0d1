"""A program's file with the file of cases beside it: read, judged, and refused in words."""

from pathlib import Path

import msgspec
from msgspec import Struct

from schemas.cases import CaseFault
from schemas.languages import SOURCE
from schemas.people import Language
from schemas.program import Program
from service.commands.failures import unreadable
from service.commands.speech import CommandError, Exit
from service.core.authoring.programs import Loaded, load
from service.core.refusals import Fault
from service.core.words.refusals.catalog import for_people, in_english, wire_faults


class Judged(Struct, frozen=True):
    """A program file with the file of cases beside it, and what is known of both."""

    path: Path
    cases: Path | None
    found: Loaded


def said(one: Fault, language: Language) -> str:
    """A fault or a note in a language, as authors of documents read it."""
    return in_english(one) if language == SOURCE else for_people(one, language)


def judge(path: Path) -> Judged:
    """Read a program and its cases, and judge both."""
    document, cases = _read(path), _cases_of(path)
    examples = None if cases is None else _read(cases)
    cases_yaml = cases is not None and _is_yaml(cases)
    return Judged(path, cases, load(document, examples, yaml=_is_yaml(path), cases_yaml=cases_yaml))


def sound(judged: Judged, language: Language = "en") -> Program:
    """The program, if it may be published; else raises CommandError that names each fault with its place."""
    found = judged.found
    words = [f"{judged.path}: {one.pointer}: {said(one, language)}" for one in found.faults]
    words += [f"{judged.cases}: {one.pointer}: {said(one, language)}" for one in found.cases_unread]
    words += [f"{judged.cases}: {_case_sentence(one)}" for one in found.case_faults]
    if found.program is None or words:
        raise CommandError(Exit.WRONG, "program_faulty", "\n".join(words), result(judged))
    return found.program


def _case_sentence(fault: CaseFault) -> str:
    target = f", target {fault.target}" if fault.target else ""
    visit = f", visit {fault.visit}" if fault.visit else ""
    return f"case {fault.case}{target}{visit}: expected {fault.expected}, came out as {fault.actual}"


def result(judged: Judged) -> dict[str, object]:
    """What `check --json` prints of it."""
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
