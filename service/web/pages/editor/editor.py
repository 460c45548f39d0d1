"""A new program, or a new version of one: written as a form or as a document, seen as it pays, published."""

from functools import partial
from typing import Any, Final

from msgspec import Struct

from schemas.books import PublishedProgram
from schemas.program import Program, Slug
from schemas.purposes import Purpose
from service.core.authoring.programs import digest
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.flows.programs.programs import count_people, publish_program, read_program
from service.web.http.answers import Answer
from service.web.pages.editor.changes import changes_of
from service.web.pages.editor.draft import Draft, draft_of_form, draft_of_program, pretty
from service.web.pages.editor.fields import PICKS, groups_of
from service.web.pages.editor.places import in_words
from service.web.pages.editor.programs import next_titles, preview_of
from service.web.pages.editor.reading import text_in
from service.web.pages.editor.starters import begun, starters
from service.web.pages.editor.trying import evidence_of, past_of
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import MANAGING, page
from service.web.pages.framework.page_refusal import page_refusal

EDITOR_BYTES_MAX = 1024 * 1024
FAULTY: Final = Refused("program_faulty")
"""What is wrong stands at its places on the page."""


class EditorQuery(Struct, frozen=True):
    """The editor's first draft: a published program, one to start from, or a simple one."""

    of: Slug | None = None
    starter: Slug | None = None
    purpose: Purpose | None = None


class Known(Struct, frozen=True):
    """The latest published version of what is being written, and how many people are in any version."""

    latest: PublishedProgram | None
    people: int = 0


@page("GET", "/manage/program-editor", who=MANAGING)
async def edit(call: PageCall, asked: EditorQuery) -> Answer:
    """Open the editor."""
    if asked.of is not None:
        known = await _known(call, asked.of)
        if isinstance(known, Refused):
            return call.refuse(known)
        if known.latest is None:
            return call.refuse(page_refusal("not_found", "shared.not_found"))
        ready = starters().get(asked.of)
        cases = ready.cases if ready is not None else ""
        draft = await draft_of_program(known.latest.document, cases, asked.of)
        return await _show(call, draft, known)
    if asked.purpose is not None:
        return await _show(call, await draft_of_program(begun(asked.purpose), "", ""), Known(None))
    starter = starters().get(asked.starter or "")
    program, cases = (None, "") if starter is None else (starter.program, starter.cases)
    return await _show(call, await draft_of_program(program, cases, ""), Known(None))


@page("POST", "/manage/program-editor", who=MANAGING, bytes_max=EDITOR_BYTES_MAX)
async def write(call: PageCall) -> Answer:
    """Read what was written, and show what it pays or, when it is to be reviewed, what it changes."""
    draft = await draft_of_form(call)
    known = await _known(call, draft.of)
    if isinstance(known, Refused):
        return call.refuse(known)
    if call.form.value("do") == "review":
        if draft.is_sound:
            return await review(call, draft)
        return await _show(call, draft, known, FAULTY)
    return await _show(call, draft, known)


@page("POST", "/manage/program-editor/publish", who=MANAGING, bytes_max=EDITOR_BYTES_MAX)
async def publish(call: PageCall) -> Answer:
    """Publish what was reviewed, if it is still sound and nobody published meanwhile."""
    draft = await draft_of_form(call)
    if not draft.is_sound or draft.program is None:
        known = await _known(call, draft.of)
        if isinstance(known, Refused):
            return call.refuse(known)
        return await _show(call, draft, known, FAULTY)
    operation = partial(_publish, program=draft.program, version=call.form.value("version"))
    done = await call.do(operation)
    if isinstance(done, Refused):
        if done.code == "precondition_failed":
            return await review(call, draft, done)
        return call.refuse(done)
    return call.go(f"/manage/programs/{done.name}?version={done.version}&published=true")


async def review(call: PageCall, draft: Draft, late: Refused | None = None) -> Answer:
    """Show what would change before it does: in words, in totals, and who keeps the old version.

    `late` is the refusal of publishing what somebody else has changed meanwhile.
    """
    program = draft.program
    if program is None:
        return call.refuse(page_refusal("invalid", "shared.form_unreadable"))
    known = await _known(call, program.name)
    if isinstance(known, Refused):
        return call.refuse(known)
    before = None if known.latest is None else known.latest.document
    values: dict[str, Any] = {
        "draft": draft,
        "program": program,
        "known": known,
        "version": 1 if known.latest is None else known.latest.version + 1,
        "is_same": known.latest is not None and known.latest.digest == digest(program),
        "changes": changes_of(before, program, call.voice, await next_titles(call, before, program)),
        "document": draft.text if draft.tab == "document" else pretty(draft.base),
        "is_late": late is not None,
        "past": None if known.latest is None else await past_of(call, program),
        "evidence": (await evidence_of(call, program)).lines,
    }
    return call.show_refused("manage/review.html", late, **values)


async def _publish(act: Act, program: Program, version: str) -> Done[PublishedProgram] | Refused:
    done = await publish_program(act, program)
    if isinstance(done, Done) and done.made == "created" and str(done.value.version) != version:
        return refused("precondition_failed.program")
    return done


async def _known(call: PageCall, name: str) -> Known | Refused:
    if not name:
        return Known(None)

    async def operation(act: Act) -> Done[Known] | Refused:
        latest = await read_program(act, name)
        if isinstance(latest, Refused):
            return Done(Known(None))
        counted = await count_people(act)
        people = counted.value if isinstance(counted, Done) else {}
        return Done(Known(latest.value, sum(count for (of, _), count in people.items() if of == name)))

    return await call.do(operation)


async def _show(call: PageCall, draft: Draft, known: Known, refusal: Refused | None = None) -> Answer:
    miss = call.form.value("miss")
    at = int(miss) if miss.isdecimal() and int(miss[:4]) > 0 else None
    preview = None
    if draft.program is not None:
        preview = await preview_of(call, draft.program, call.form.value("target") or None, at)
    groups = () if draft.base is None else groups_of(draft.base, is_new=not draft.of)
    base = draft.base or {}
    texts = {
        spec.path: call.form.fields[spec.path][0] if spec.path in draft.unread else text_in(base, spec)
        for group in groups
        for spec in group.specs
    }
    faults = {one.path: call.voice.explain(one.fault) for one in draft.faults}
    faults |= {path: call.voice.plain(f"manage.unread.{kind}") for path, kind in draft.unread.items()}
    values: dict[str, Any] = {
        "draft": draft,
        "known": known,
        "preview": preview,
        "groups": groups,
        "texts": texts,
        "picks": PICKS,
        "faults": faults,
        "led": {f"f-{path.replace('.', '-')}": says for path, says in faults.items() if path in texts},
        "elsewhere": [one for one in draft.faults if one.path not in texts],
        "sentences": {one.place: one.text for one in preview.said} if preview else {},
        "base": pretty(draft.base) if draft.base is not None else "",
        "version": 1 if known.latest is None else known.latest.version + 1,
        "is_refused": refusal is not None,
        "where": lambda pointer: in_words(pointer, draft.written, call.voice),
    }
    return call.show_refused("manage/editor.html", refusal, **values)
