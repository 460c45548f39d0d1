"""Imports on a page: a text of events is checked without effect, begun, and followed to its end."""

import csv
import io
from functools import partial
from typing import Annotated, Final, Literal
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from schemas.events import NewEvent
from service.core.cursors import Page
from service.core.plain_cells import plain_cell
from service.core.refusals import Refused
from service.flows.imports.bring_import import Import, begin_import, check_import, list_imports, read_import
from service.flows.imports.preview_import import preview_import, read_preview
from service.store.imports import Corrections
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.download import as_csv, as_file
from service.web.pages.framework.forms import faults_of, word_of
from service.web.pages.framework.page import MANAGING, page
from service.web.pages.framework.page_refusal import page_refusal
from service.web.pages.manage import import_columns

PATH: Final = "/manage/imports"
ONE: Final = "/manage/imports/{number}"
BYTES_MAX: Final = 5 * 1024 * 1024
"""The largest file or text that is taken, in bytes."""
FORM_MAX: Final = 16 * 1024 * 1024
"""The largest form, in bytes: in some, what is not a letter takes three."""
SHOWN: Final = 50
"""How many lines of a preview stand on one page."""
EXAMPLE: Final = (
    ("participant_reference", "target", "outcome", "occurred_at", "reference", "program", "starts_on"),
    (
        "MRN-1001",
        "stimulant-negative",
        "negative",
        "2026-02-03T09:30:00-08:00",
        "LAB-55",
        "our-program",
        "2026-02-02",
    ),
)
COLUMNS: Final = tuple(sorted({"starts_on", *NewEvent.__struct_fields__}))


@page("GET", PATH, who=MANAGING)
async def show(call: PageCall) -> Answer:
    """Show the imports so far, and a form for a new one."""
    return await _listed(call)


@page("GET", PATH + "/example.csv", who=MANAGING)
async def example(_call: PageCall) -> Answer:
    """Give a file to begin from."""
    return as_csv("example.csv", [list(row) for row in EXAMPLE])


@page("POST", PATH, who=MANAGING, bytes_max=FORM_MAX)
async def check(call: PageCall) -> Answer:
    """Keep a file or a text and check it; nothing of it is recorded yet."""
    data = call.form.files.get("file") or call.form.typed("text").encode()
    if len(data) > BYTES_MAX:
        return await _listed(call, page_refusal("too_large", "manage.imp.too_long", "$.text"))
    if not data.strip():
        return await _listed(call, page_refusal("invalid", "manage.imp.no_text", "$.text"))
    made = await call.do(partial(check_import, data=data), call.form.once, Import)
    return await _listed(call, made) if isinstance(made, Refused) else call.go(f"{PATH}/{made.id}")


class PreviewQuery(Struct, frozen=True):
    """Which lines of a preview are shown: those after one in the order of the file, or in one state."""

    after: Annotated[int, Meta(ge=0, le=2**31 - 1)] = 0
    state: Literal["", "recorded", "known", "corrected", "refused"] = ""


@page("GET", ONE, who=MANAGING)
async def see(call: PageCall, number: UUID, asked: PreviewQuery) -> Answer:
    """Show what was found, what would become of each line, or how far it has come.

    A part of it looks again by itself while it runs.
    """
    known = await call.do(partial(read_import, import_id=number))
    if isinstance(known, Refused):
        return call.refuse(known)
    if call.request.is_part:
        # At its end the whole page is loaded once more.
        more = [] if known.status in {"running", "previewing"} else [(b"hx-refresh", b"true")]
        return call.show("manage/import_state.html", 200, *more, one=known)
    preview = None
    if known.status == "previewed":
        of = partial(
            read_preview, import_id=number, after=asked.after, state=asked.state or None, limit=SHOWN
        )
        preview = await call.do(of)
        if isinstance(preview, Refused):
            return call.refuse(preview)
    return call.show(
        "manage/import.html",
        one=known,
        preview=preview,
        asked=asked,
        explained=partial(_explained, call),
        **import_columns.shown(call, known),
    )


@page("POST", ONE + "/preview", who=MANAGING)
async def preview(call: PageCall, number: UUID) -> Answer:
    """Let a worker try it by the very rules; nothing of it is recorded."""
    enrolls, corrections = _chosen(call)
    language = call.voice.language
    known = await call.do(
        partial(preview_import, import_id=number, enrolls=enrolls, corrections=corrections, language=language)
    )
    return call.refuse(known) if isinstance(known, Refused) else call.go(f"{PATH}/{number}")


@page("POST", ONE + "/begin", who=MANAGING)
async def begin(call: PageCall, number: UUID) -> Answer:
    """Let a worker record it; sent again, it is not begun again."""
    enrolls, corrections = _chosen(call)
    known = await call.do(partial(begin_import, import_id=number, enrolls=enrolls, corrections=corrections))
    return call.refuse(known) if isinstance(known, Refused) else call.go(f"{PATH}/{number}")


def _chosen(call: PageCall) -> tuple[bool, Corrections]:
    """Whether people are enrolled, and whether corrections and additions are applied."""
    corrections: Corrections = "apply" if call.form.value("corrections") == "apply" else "offer"
    return call.form.value("enrolls") == "yes", corrections


@page("GET", ONE + "/refused", who=MANAGING)
async def refused_lines(call: PageCall, number: UUID) -> Answer:
    """Give the lines that were refused, each with why, to be corrected and brought in again."""
    known = await call.do(partial(read_import, import_id=number))
    if isinstance(known, Refused):
        return call.refuse(known)
    if not known.refused_lines:
        return call.refuse(page_refusal("not_found", "shared.not_found"))
    if known.is_csv:
        rows: list[list[object]] = [
            [number, code, _explained(call, _why(kept)), *map(plain_cell, said)]
            for number, code, kept, *said in csv.reader(io.StringIO(known.refused_lines, newline=""))
        ]
        return as_csv("refused.csv", rows)
    lines = [msgspec.json.decode(line) for line in known.refused_lines.splitlines()]
    told = [{**line, "words": _explained(call, _why(line["words"]))} for line in lines]
    body = b"".join(msgspec.json.encode(line) + b"\n" for line in told)
    return as_file("refused.ndjson", b"application/x-ndjson; charset=utf-8", body)


def _why(kept: object) -> Refused | str:
    """Why a line was refused; of what was kept before there were reasons, its sentence."""
    try:
        if isinstance(kept, str):
            return msgspec.json.decode(kept, type=Refused)
        return msgspec.convert(kept, Refused)
    except msgspec.MsgspecError:
        return str(kept)


def _explained(call: PageCall, why: Refused | str) -> str:
    return why if isinstance(why, str) else call.voice.explain(why)


async def _listed(call: PageCall, refusal: Refused | None = None) -> Answer:
    found = await call.do(partial(list_imports, page=Page(20)))
    if isinstance(found, Refused):
        return call.refuse(found)
    return call.show_refused(
        "manage/imports.html",
        refusal,
        imports=found.items,
        columns=COLUMNS,
        example="\n".join(",".join(row) for row in EXAMPLE),
        faults=faults_of(call, refusal),
        once=word_of(call),
    )
