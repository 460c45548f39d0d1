"""What a program asks before somebody is enrolled, set by a manager."""

from functools import partial
from typing import Final, Literal, NamedTuple

import msgspec
from msgspec import Struct

from schemas.guardians import NewGuardianRule
from schemas.screening import Asked, NewScreeningQuestions, Question, ScreeningQuestions
from service.core.catalogs import text_of
from service.core.guardians import need_of
from service.core.refusals import Refused, refused
from service.flows.people.guardians import list_guardian_rules, set_guardian_rule
from service.flows.people.screening import read_questions, set_questions
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.forms import faults_of, word_of
from service.web.pages.framework.page import MANAGING, SEEING, page
from service.web.words import SAID

PATH: Final = "/manage/programs/{program}/screening"
ROWS: Final = 6
"""How many questions the form has room for, at least."""
SPARE: Final = 2
OFFERED: Final = ("diagnosis", "level_of_care", "age", "payer", "not_in_another")
"""The questions that are offered where a program asks none yet; nothing is asked before they are saved."""


class ScreeningQuery(Struct, frozen=True):
    """Query parameters: the message of the operation just done."""

    done: Literal["set", "guardian"] | None = None


class Row(NamedTuple):
    """One question of the form as it stands in its fields."""

    name: str
    en: str
    es: str
    fits: str


@page("GET", PATH, who=SEEING)
async def show(call: PageCall, program: str, asked: ScreeningQuery) -> Answer:
    """Show what a program asks."""
    return await _show(call, program, done=asked.done)


@page("POST", PATH + "/guardian", who=MANAGING)
async def guardian(call: PageCall, program: str) -> Answer:
    """Set who needs a guardian's consent in a program."""
    new = call.form.read(NewGuardianRule, program=program)
    if isinstance(new, Refused):
        return await _show(call, program, new)
    done = await call.do(partial(set_guardian_rule, new=new))
    if isinstance(done, Refused):
        return await _show(call, program, done)
    return call.go(f"/manage/programs/{program}/screening?done=guardian")


@page("POST", PATH, who=MANAGING)
async def save(call: PageCall, program: str) -> Answer:
    """Set what a program asks from now on."""
    given = [
        {
            "name": row.name or f"question-{place}",
            "asks": {"en": row.en, **({"es": row.es} if row.es else {})},
            "fits": row.fits,
        }
        for place, row in enumerate(_typed(call), 1)
        if row.en
    ]
    by_another = bool(call.form.value("by_another"))
    try:
        questions = msgspec.convert(given, tuple[Question, ...])
    except msgspec.ValidationError:
        return await _show(call, program, refused("malformed.request"))
    new = NewScreeningQuestions(questions, by_another)
    done = await call.do(partial(set_questions, program=program, new=new), call.form.once, ScreeningQuestions)
    if isinstance(done, Refused):
        return await _show(call, program, done)
    return call.go(f"/manage/programs/{program}/screening?done=set")


def _typed(call: PageCall) -> list[Row]:
    """The rows of the form as they were sent."""
    value = call.form.value
    count = sum(name.startswith("en.") for name in call.form.fields)
    return [
        Row(
            value(f"name.{no}"),
            value(f"en.{no}").strip(),
            value(f"es.{no}").strip(),
            value(f"fits.{no}") or "yes",
        )
        for no in range(count)
    ]


def _offered(name: str) -> tuple[str, str]:
    """A question that is offered, in the languages that one is asked in."""
    english, spanish = (
        text_of(SAID[language][f"manage.screen.offered.{name}"]) for language in Asked.__struct_fields__
    )
    return english, spanish


async def _show(
    call: PageCall, program: str, refusal: Refused | None = None, *, done: str | None = None
) -> Answer:
    known = await call.do(partial(read_questions, program=program))
    if isinstance(known, Refused) and known.code != "not_found":
        return call.refuse(known)
    rules = await call.do(list_guardian_rules)
    rows = _typed(call)
    if not rows and isinstance(known, ScreeningQuestions):
        rows = [Row(one.name, one.asks.en, one.asks.es or "", one.fits) for one in known.questions]
    elif not rows:
        rows = [Row(name, *_offered(name), "yes") for name in OFFERED]
    rows += [Row("", "", "", "yes")] * max(SPARE, ROWS - len(rows))
    by_another = isinstance(known, ScreeningQuestions) and known.exception_by_another
    return call.show_refused(
        "manage/screening.html",
        refusal,
        program=program,
        known=None if isinstance(known, Refused) else known,
        need="minors" if isinstance(rules, Refused) else need_of(rules.items, program),
        rows=rows,
        by_another=by_another,
        done=done,
        faults=faults_of(call, refusal),
        once=word_of(call),
    )
