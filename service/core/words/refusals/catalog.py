"""Every refusal and fault in words: as the API says it, and as pages say it to people in their language."""

from collections.abc import Callable
from typing import Final, assert_never

from schemas import problem
from schemas.people import Language
from service.core.catalogs import ByLanguage, by_language
from service.core.refusals import Amount, Day, Fault, Refused, Value
from service.core.words.refusals import (
    access,
    codes,
    documents,
    draws,
    fhir,
    groups,
    imports,
    inbound,
    ledger,
    merges,
    notices,
    people,
    program_language,
    program_notes,
    programs,
    providers,
    reading,
    reminders,
    requests,
    second_looks,
    shapes,
    sheets,
    shelf,
    submissions,
    visits,
)
from service.core.words.refusals.sentence import Catalog
from service.core.words.sentences import MoneyWriter, day_words, money

SENTENCES: Final[Catalog] = {
    **access.SENTENCES,
    **codes.SENTENCES,
    **documents.SENTENCES,
    **draws.SENTENCES,
    **fhir.SENTENCES,
    **groups.SENTENCES,
    **imports.SENTENCES,
    **inbound.SENTENCES,
    **ledger.SENTENCES,
    **merges.SENTENCES,
    **notices.SENTENCES,
    **people.SENTENCES,
    **program_language.SENTENCES,
    **program_notes.SENTENCES,
    **programs.SENTENCES,
    **providers.SENTENCES,
    **reading.SENTENCES,
    **reminders.SENTENCES,
    **requests.SENTENCES,
    **second_looks.SENTENCES,
    **shapes.SENTENCES,
    **sheets.SENTENCES,
    **shelf.SENTENCES,
    **submissions.SENTENCES,
    **visits.SENTENCES,
}
SPOKEN: Final[ByLanguage[dict[str, str]]] = by_language(
    "refusal", {reason: sentence.on_pages for reason, sentence in SENTENCES.items()}
)
"""What pages say in a language, by reason."""


def in_english(one: Refused | Fault) -> str:
    """What the API and the command line say; days are written by ISO 8601.

    Raises KeyError for a reason that the catalog lacks, and for a value that its sentence needs.
    """
    return _said(one, SENTENCES[one.reason].english, _plain, in_english)


def for_people(one: Refused | Fault, language: Language, write: MoneyWriter = money) -> str:
    """What a page says in its language; days and amounts are written as people write them.

    Raises KeyError like `in_english`.
    """

    def shown(value: Value) -> object:
        match value:
            case Amount(amount=amount, unit=unit):
                return write(amount, unit, language)
            case Day(on=on):
                return day_words(on, language)
            case _:
                return _plain(value)

    return _said(one, SPOKEN[language][one.reason], shown, lambda other: for_people(other, language, write))


def wire_fault(one: Fault) -> problem.Fault:
    """A fault as it is answered and printed: its place, and the API's sentence."""
    return problem.Fault(one.pointer, in_english(one))


def wire_faults(faults: tuple[Fault, ...]) -> tuple[problem.Fault, ...]:
    """Faults as they are answered."""
    return tuple(map(wire_fault, faults))


def _said(
    one: Refused | Fault, text: str, show: Callable[[Value], object], say: Callable[[Fault], str]
) -> str:
    values = {name: show(value) for name, value in one.values.items()}
    if isinstance(one, Refused) and one.faults and "{fault}" in text:
        values |= {"place": one.faults[0].pointer, "fault": say(one.faults[0])}
    return text.format(**values)


def _plain(value: Value) -> object:
    match value:
        case tuple():
            return ", ".join(value)
        case Amount(amount=amount, unit=unit):
            return money(amount, unit, "en")
        case Day(on=on):
            return on.isoformat()
        case str() | int():
            return value
        case _ as unreachable:
            assert_never(unreachable)
