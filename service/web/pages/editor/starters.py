"""The programs that come with the service, to start from: published schedules with their worked cases."""

from functools import cache
from pathlib import Path
from typing import Final

from msgspec import Struct

import schemas
from schemas.program import Program
from schemas.purposes import Purpose
from service.core.authoring.programs import decode
from service.core.authoring.purposes import USUAL, written

FOLDER: Final = Path(schemas.__file__).parent / "programs"
TEMPLATES: Final = Path(schemas.__file__).parent / "templates"


class Starter(Struct, frozen=True):
    """One program to start from: its document as it was written, and its worked cases."""

    program: Program
    text: str
    cases: str


@cache
def begun(purpose: Purpose) -> Program:
    """A program to begin with by what it is for, with the usual answers."""
    template = (TEMPLATES / f"{purpose}.yaml").read_text(encoding="utf-8")
    found = decode(written(template, USUAL[purpose]).encode(), yaml=True)
    if not isinstance(found, Program):
        message = f"the template for {purpose} is no program"
        raise TypeError(message)
    return found


@cache
def starters() -> dict[str, Starter]:
    """Every program to start from, by its name."""
    found: dict[str, Starter] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        text = path.read_bytes()
        program = decode(text, yaml=True)
        if isinstance(program, Program):
            beside = path.with_name(f"{path.stem}.cases.json")
            cases = beside.read_text(encoding="utf-8") if beside.exists() else ""
            found[program.name] = Starter(program, text.decode("utf-8"), cases)
    return found
