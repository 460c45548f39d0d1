"""People in an older version of a program: what moving each of them would change, and the move itself.

Everybody is moved by an operation of their own, a few in each request; the rest is found here later.
"""

from functools import partial
from typing import Any, Final
from uuid import UUID

from msgspec import Struct

from schemas.people import MoveEnrollment
from schemas.program import Slug
from schemas.receipts import MovedEnrollment
from service.core.refusals import Refused
from service.flows.people.transfers import move_enrollment
from service.flows.perform import Act, Done
from service.flows.programs.programs import InOlder, count_people, list_older, read_program
from service.web.http.answers import Answer
from service.web.pages.editor.trying import past_of
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import CLINICAL, page

SHOWN: Final = 20
STEP: Final = 5
"""How many people one request moves."""


class MoveQuery(Struct, frozen=True):
    """How many are to be moved in all where a move is under way, and how many were."""

    moved: int = 0


class Ahead(Struct, frozen=True):
    """Somebody in an older version, and what the move would do, or why it cannot be."""

    one: InOlder
    moved: MovedEnrollment | None
    refusal: Refused | None


@page("GET", "/manage/programs/{name}/people", who=CLINICAL)
async def show(call: PageCall, name: Slug, asked: MoveQuery) -> Answer:
    """Show who is in an older version, with what a move would change."""
    return await _show(call, name, asked.moved)


@page("POST", "/manage/programs/{name}/people", who=CLINICAL)
async def move(call: PageCall, name: Slug) -> Answer:
    """Move one person, or the next few of all."""
    latest = await call.do(lambda act: read_program(act, name))
    if isinstance(latest, Refused):
        return call.refuse(latest)
    reason = call.form.value("reason") or call.voice.plain("manage.move.reason_given", version=latest.version)
    to = call.form.read(MoveEnrollment, version=latest.version, reason=reason)
    if isinstance(to, Refused):
        return call.refuse(to)
    chosen = await _chosen(call, name, latest.version)
    if isinstance(chosen, Refused):
        return call.refuse(chosen)
    refused_one: tuple[UUID, Refused] | None = None
    count = 0
    last = UUID(int=0)
    for enrollment in chosen:
        operation = partial(move_enrollment, enrollment_id=enrollment, to=to, is_preview=False)
        done = await call.do(operation)
        last = enrollment
        if isinstance(done, Refused):
            refused_one = (enrollment, done)
        else:
            count += 1
    before = call.form.value("moved")
    total = count + (int(before) if before.isdecimal() and len(before) < 7 else 0)  # noqa: PLR2004  a count
    is_all = bool(call.form.value("all"))
    if refused_one is not None and not is_all:
        return call.refuse(refused_one[1])
    is_more = is_all and len(chosen) == STEP
    if is_more:
        return await _show(call, name, total, after=last, reason=reason)
    return call.go(f"/manage/programs/{name}/people?moved={total}")


def _movable(ahead: list[Ahead]) -> int:
    return sum(one.refusal is None for one in ahead)


async def _chosen(call: PageCall, name: str, version: int) -> list[UUID] | Refused:
    try:
        if call.form.value("enrollment"):
            return [UUID(call.form.value("enrollment"))]
        after = UUID(call.form.value("after") or str(UUID(int=0)))
    except ValueError:
        return []
    operation = partial(list_older, name=name, version=version, after=after, rows_max=STEP)
    found = await call.do(operation)
    return found if isinstance(found, Refused) else [one.enrollment for one in found]


async def _show(
    call: PageCall, name: str, moved: int, *, after: UUID | None = None, reason: str = ""
) -> Answer:
    async def operation(act: Act) -> Done[tuple[int, str, int, tuple[InOlder, ...]]] | Refused:
        latest = await read_program(act, name)
        if isinstance(latest, Refused):
            return latest
        older = await list_older(act, name, latest.value.version, rows_max=SHOWN)
        counted = await count_people(act)
        people = counted.value if isinstance(counted, Done) else {}
        left = sum(n for (of, number), n in people.items() if of == name and number < latest.value.version)
        listed = older.value if isinstance(older, Done) else ()
        return Done((latest.value.version, call.voice.titled(latest.value.document.title), left, listed))

    found = await call.do(operation)
    if isinstance(found, Refused):
        return call.refuse(found)
    version, title, left, older = found
    past = None
    if after is None and older:
        latest = await call.do(lambda act: read_program(act, name))
        past = None if isinstance(latest, Refused) else await past_of(call, latest.document)
    ahead = [] if after is not None else [await _ahead(call, one, version) for one in older]
    values: dict[str, Any] = {
        "name": name,
        "version": version,
        "title": title,
        "left": left,
        "ahead": ahead,
        "movable": _movable(ahead),
        "past": past,
        "moved": moved,
        "after": after,
        "reason": reason,
    }
    return call.show("manage/people.html", **values)


async def _ahead(call: PageCall, one: InOlder, version: int) -> Ahead:
    to = MoveEnrollment(version, call.voice.plain("manage.move.reason_given", version=version))
    operation = partial(move_enrollment, enrollment_id=one.enrollment, to=to, is_preview=True)
    done = await call.do(operation)
    return Ahead(one, None, done) if isinstance(done, Refused) else Ahead(one, done, None)
