"""The columns of an import on a page: what each is, how times are written, what words mean."""

from functools import partial
from typing import Any, Final, get_args
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from service.core.outcomes import FIXED, outcomes_of
from service.core.refusals import Refused
from service.core.sheets.choices import SEPARATOR_OF
from service.core.sheets.columns import as_field
from service.core.sheets.decided import StrangeWord
from service.core.sheets.decoding import ENCODINGS, shown_encoding
from service.core.sheets.mapping import Column, Field, Mapping, OutcomeWord, TimeForm
from service.core.sheets.splitting import SEPARATOR_NAMES
from service.flows.imports.bring_import import Import, match_columns, read_import
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import MANAGING, page

COLUMNS: Final = "/manage/imports/{number}/columns"
FORM_MAX: Final = 512 * 1024
"""The largest form, in bytes: a table may have hundreds of columns."""
PLACES_MAX: Final = 500
FORMS: Final[dict[TimeForm, str]] = {
    "offset": "offset",
    "month/day/year": "month_first",
    "day/month/year": "day_first",
    "year-month-day": "year_first",
    "pattern": "pattern",
}
OFFERED: Final = tuple(
    field for field in get_args(Field) if field not in {"another", "corrects", "participant", "enrollment"}
)
"""What a column is usually one of, as it is offered."""
CONSTANTS: Final[tuple[Field, ...]] = ("program", "target", "behavior", "starts_on")
"""What a table may lack, and every line of it then means."""
OUTCOMES: Final = tuple(dict.fromkeys(one for behavior in FIXED for one in outcomes_of(behavior)))


class Choices(Struct, frozen=True):
    """What a form offers of an import: its columns with cells of theirs, and its words for outcomes."""

    columns: tuple[tuple[Column, tuple[str, ...]], ...]
    words: tuple[StrangeWord, ...]
    sheets: tuple[str, ...]
    is_open: bool


def choices_of(one: Import) -> Choices | None:
    """What can be chosen of an import that has not begun; none where nothing can."""
    if one.status not in {"checked", "previewed", "unreadable"} or not one.found.matched:
        return None
    found = one.found
    samples = [
        tuple(row[place] for row in found.samples if place < len(row) and row[place])
        for place in (found.columns.index(column.name) for column in found.matched)
    ]
    chosen = {(word.of or "", word.word) for word in one.mapping.outcomes}
    words = tuple(StrangeWord(word.of or "", word.word, 0, (word.outcome,)) for word in one.mapping.outcomes)
    strange = tuple(word for word in found.words if (word.of, word.word) not in chosen)
    decided = found.decided
    sheets = () if decided is None or decided.sheet is None else (decided.sheet, *decided.other_sheets)
    is_open = one.status == "unreadable" or bool(found.bad) or bool(strange)
    return Choices(tuple(zip(found.matched, samples, strict=True)), (*words, *strange), sheets, is_open)


def shown(call: PageCall, one: Import) -> dict[str, Any]:
    """What the templates of an import's columns are given."""
    by_itself = ("", call.voice.say("manage.imp.by_itself"))
    choices = choices_of(one)
    sheets = () if choices is None else sorted(choices.sheets)
    separators = ((name, call.voice.say(f"manage.imp.separator.{name}")) for name in SEPARATOR_OF)
    return {
        "own_zone": str(call.voice.zone),
        "encoding_name": shown_encoding,
        "separator_name": lambda sign: SEPARATOR_NAMES.get(sign, "other"),
        "choices": choices,
        "offered": OFFERED,
        "constants": CONSTANTS,
        "forms": tuple(FORMS.items()),
        "outcomes": OUTCOMES,
        "encodings": (by_itself, *((name, name) for name in ENCODINGS)),
        "separators": (by_itself, *separators),
        "sheets": (by_itself, *((name, name) for name in sheets)),
    }


@page("POST", COLUMNS, who=MANAGING, bytes_max=FORM_MAX)
async def match(call: PageCall, number: UUID) -> Answer:
    """Read the table as it was chosen."""
    known = await call.do(partial(read_import, import_id=number))
    if isinstance(known, Refused):
        return call.refuse(known)
    mapping = _mapping(call, known.mapping)
    made = await call.do(partial(match_columns, import_id=number, mapping=mapping))
    return call.refuse(made) if isinstance(made, Refused) else call.go(f"/manage/imports/{number}")


def _mapping(call: PageCall, known: Mapping) -> Mapping:
    form = call.form
    times = form.value("times")
    constants: dict[Field, str] = {}
    for field in CONSTANTS:
        if text := form.value(f"set-{field}"):
            constants[field] = text[:128]
    return replace(
        known,
        columns=_columns(call),
        others="refused",
        constants=constants,
        times=next((one for one in FORMS if one == times), "offset"),
        pattern=form.value("pattern")[:100] or None,
        zone=form.value("zone")[:64] or None,
        date_alone="noon" if form.value("date_alone") == "noon" else "refused",
        unix_times=form.value("unix_times") == "yes",
        outcomes=_words(call),
        encoding=form.value("encoding")[:40] or None,
        separator=SEPARATOR_OF.get(form.value("separator")),
        sheet=form.value("sheet")[:100] or None,
    )


def _columns(call: PageCall) -> tuple[Column, ...]:
    form = call.form
    found: dict[str, Column] = {}
    for place in range(PLACES_MAX):
        name = form.value(f"column-{place}")
        if name:
            found[name] = Column(name, as_field(form.value(f"field-{place}")))
    return tuple(found.values())


def _words(call: PageCall) -> tuple[OutcomeWord, ...]:
    form = call.form
    found: list[OutcomeWord] = []
    for place in range(PLACES_MAX):
        word, outcome = form.value(f"word-{place}")[:64], form.value(f"means-{place}")[:64]
        if word and outcome:
            found.append(OutcomeWord(word, outcome, form.value(f"of-{place}")[:128] or None))
    return tuple(found)
