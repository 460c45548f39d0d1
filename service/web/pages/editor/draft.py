"""A program that is being written: read from the form or from the document, judged, and its cases run."""

import asyncio
from typing import Literal

import msgspec
from msgspec import Struct

from schemas.cases import CaseFault, Cases
from schemas.program import Program
from service.core.authoring import documents
from service.core.authoring.cases import run
from service.core.authoring.lines import line_of
from service.core.authoring.programs import check, decode, plain, warnings
from service.core.pointers import steps_of
from service.core.refusals import Fault, fault
from service.web.pages.editor.fields import NEW, Plain
from service.web.pages.editor.reading import add, overlay, remove
from service.web.pages.framework.call import PageCall

Tab = Literal["form", "document"]


class Place(Struct, frozen=True):
    """One fault as a page shows it: the form's field, the document's pointer and line, and what is wrong."""

    path: str
    pointer: str
    fault: Fault
    line: int | None = None


class Draft(Struct, frozen=True):
    """A program on its way: its text in either form, and all that is known of it."""

    tab: Tab
    of: str
    base: Plain | None
    text: str
    cases: str
    program: Program | None
    faults: tuple[Place, ...]
    warnings: tuple[Place, ...]
    unread: dict[str, str]
    cases_total: int
    red: tuple[CaseFault, ...]
    cases_fault: Fault | None
    written: object
    """What it says as plain values, whatever is wrong with it."""

    @property
    def is_sound(self) -> bool:
        """Whether it may be published: no fault, and every case comes out."""
        return self.program is not None and not (self.faults or self.unread or self.red or self.cases_fault)


async def draft_of_program(program: Program | None, cases: str, of: str) -> Draft:
    """Begin from a program, or from a simple one."""
    base = msgspec.json.decode(msgspec.json.encode(NEW if program is None else plain(program)))
    return await asyncio.to_thread(_judged, "form", of, base, "", cases, {})


async def draft_of_form(call: PageCall) -> Draft:
    """Read what was sent, with what its button wants done: another tab, one more item, one fewer."""
    return await asyncio.to_thread(_draft, {name: texts[0] for name, texts in call.form.fields.items()})


def _draft(sent: dict[str, str]) -> Draft:
    of, cases, operation = sent.get("of", ""), sent.get("cases", ""), sent.get("do", "")
    if sent.get("tab") == "document":
        text = sent.get("text", "")
        draft = _judged("document", of, None, text, cases, {})
        if operation == "form" and draft.program is not None:
            return _judged("form", of, _plain_of(draft.program), "", cases, {})
        return draft
    base = _base(sent.get("base", ""))
    read = overlay(base, sent, is_new=not of)
    verb, _, path = operation.partition(":")
    if verb == "add":
        add(read.plain, path)
    elif verb == "remove":
        remove(read.plain, path)
    if operation == "document" and not read.faults:
        return _judged("document", of, None, pretty(read.plain), cases, {})
    return _judged("form", of, read.plain, "", cases, read.faults)


def pretty(value: object) -> str:
    """A document as people read it: indented, fields in their own order."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()


def _base(text: str) -> Plain:
    try:
        found = msgspec.json.decode(text.encode())
    except msgspec.DecodeError:
        found = None
    return found if isinstance(found, dict) else msgspec.json.decode(msgspec.json.encode(NEW))


def _plain_of(program: Program) -> Plain:
    found: Plain = msgspec.json.decode(msgspec.json.encode(plain(program)))
    return found


def _judged(tab: Tab, of: str, base: Plain | None, text: str, cases: str, unread: dict[str, str]) -> Draft:
    is_json = tab == "form" or text.lstrip().startswith("{")
    written = text if base is None else pretty(base)
    program = decode(written.encode(), yaml=not is_json)
    faults: tuple[Fault, ...] = ()
    doubts: tuple[Fault, ...] = ()
    red: tuple[CaseFault, ...] = ()
    total, cases_fault = 0, None
    sound: Program | None = None
    if isinstance(program, Program):
        faults = check(program)
        if of and program.name != of:
            faults = (*faults, fault("$.name", "program.name_kept", name=of))
        if not faults:
            sound, doubts = program, warnings(program)
            total, red, cases_fault = _cases(program, cases)
    else:
        faults = program
    lines = None if tab == "form" else text
    return Draft(
        tab,
        of,
        base,
        text,
        cases,
        sound,
        _places(faults, lines),
        _places(doubts, lines),
        unread,
        total,
        red,
        cases_fault,
        documents.plain_value(written.encode(), is_yaml=not is_json),
    )


def _cases(program: Program, cases: str) -> tuple[int, tuple[CaseFault, ...], Fault | None]:
    if not cases.strip():
        return 0, (), None
    read = documents.read(cases.encode(), Cases, is_yaml=not cases.lstrip().startswith("{"))
    if isinstance(read, Cases):
        return len(read.cases), run(program, read), None
    return 0, (), read[0]


def _places(faults: tuple[Fault, ...], text: str | None) -> tuple[Place, ...]:
    return tuple(
        Place(
            ".".join(steps_of(one.pointer) or ()),
            one.pointer,
            one,
            None if text is None else line_of(text, one.pointer),
        )
        for one in faults
    )
