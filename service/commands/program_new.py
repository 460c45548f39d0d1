"""`rewards program new`: a few questions, and a document that explains itself."""

import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar, cast, get_args

import schemas
from schemas.purposes import Purpose
from service.commands.program_file import said
from service.commands.speech import CommandError, Exit, say, say_json
from service.core.authoring.programs import load
from service.core.authoring.purposes import USUAL, Answers, written

TEMPLATES: Final = Path(schemas.__file__).parent / "templates"
T = TypeVar("T")


def new(args: Namespace) -> int:
    """Ask what was not given as options, and write the program; raises CommandError where it has faults."""
    if args.file.exists():
        detail = f"{args.file} is there already; name a new file."
        raise CommandError(Exit.USAGE, "usage", detail)
    asks = sys.stdin.isatty() and not args.json
    purpose = cast("Purpose", args.purpose or _purpose(asks=asks))
    usual = USUAL[purpose]
    answers = Answers(
        args.name or _answer("Its short name", args.file.stem, str, asks=asks),
        args.title or _answer("Its title for people", usual.title, str, asks=asks),
        args.weeks or _answer("For how many weeks", usual.weeks, int, asks=asks),
        args.per_week or _answer("How many visits a week", usual.per_week, int, asks=asks),
        args.start
        or _answer(
            "What the first success pays, in minor units (cents, points)", usual.start, int, asks=asks
        ),
        args.unit,
    )
    text = written((TEMPLATES / f"{purpose}.yaml").read_text(encoding="utf-8"), answers)
    found = load(text.encode(), yaml=True)
    if found.faults:
        words = "\n".join(f"{one.pointer}: {said(one, 'en')}" for one in found.faults)
        raise CommandError(Exit.USAGE, "usage", words)
    try:
        args.file.write_text(text, encoding="utf-8")
    except OSError as error:
        detail = f"{args.file} cannot be written ({error.strerror}); name another place."
        raise CommandError(Exit.USAGE, "usage", detail) from error
    if args.json:
        say_json({"file": str(args.file), "program": answers.name, "purpose": purpose})
    else:
        for one in found.warnings:
            say(f"note: {one.pointer}: {said(one, 'en')}")
        say(f"{args.file} is written. See what it pays: rewards program table {args.file}")
    return Exit.DONE


def _purpose(*, asks: bool) -> str:
    purposes = get_args(Purpose)
    if not asks:
        detail = f"Say what it is for with --purpose: {', '.join(purposes)}."
        raise CommandError(Exit.USAGE, "usage", detail)
    while True:
        told = input(f"What is it for? ({', '.join(purposes)}) ").strip().lower()
        if told in purposes:
            return told
        say(f"Write one of: {', '.join(purposes)}.")


def _answer(question: str, usual: T, read: Callable[[str], T], *, asks: bool) -> T:
    while asks:
        told = input(f"{question}? [{usual}] ").strip()
        if not told:
            break
        try:
            return read(told)
        except ValueError:
            say(f"Write a whole number, such as {usual}.")
    return usual
