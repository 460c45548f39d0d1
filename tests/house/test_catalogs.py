"""The catalogs are whole, in step with the English, and all that a language takes."""

from __future__ import annotations

import re
import string
from gettext import c2py
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from babel.core import Locale
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

import service
from docs.printing.catalogs import catalogs, renewed
from schemas.languages import FOLDER, OWN, SOURCE, SPOKEN, headers
from schemas.languages.po import Entry, entries_of, read_entries
from schemas.people import NewParticipant
from service.core.catalogs import Texts, by_language, plural, text_of

SERVICE = Path(service.__file__).parent
PRINTED = catalogs()
LANGUAGES = [one for one in SPOKEN if one != SOURCE]
BRANCH = re.compile(
    r"""(?:language|lang|code)\s*[!=]=\s*["'][a-z]{2}["']|[!=]=\s*["'](?:en|es|vi)["']"""
    r"""|startswith\(\s*["'](?:en|es|vi)["']|\bif [\w.]*language [!=]="""
    r"""|\.(?:en|es) if (?:\w+\.)*language|\["(?:en|es)"\]"""
)
"""What chooses words by a language's name, where the catalogs choose."""
KEPT = {"commands/program_file.py": "authors of documents read the API's own sentence, which is English"}
WIDER = ((10, 4.0), (20, 3.0), (30, 2.4), (50, 2.1), (70, 1.9), (10_000, 1.7))
"""How much longer than an English text of up to so many letters another language may be."""


def holes(text: str) -> set[str]:
    """The values that a text asks for."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def alike(names: set[str]) -> set[str]:
    """Names without their capitals: a language chooses whether a word begins its sentence."""
    return {name.casefold() for name in names}


def said_of(language: str) -> list[Entry]:
    """Every text that a catalog says."""
    return [one for one in entries_of(language) if one.is_said]


@pytest.mark.parametrize("path", sorted(PRINTED), ids=lambda path: path.name)
def test_a_catalog_is_in_step_with_the_english(path: Path) -> None:
    """A text that is new, changed or gone shows in every catalog: `python -m docs.printing`."""
    assert path.read_text(encoding="utf-8") == PRINTED[path], "stale; run python -m docs.printing"


@pytest.mark.parametrize("language", [one for one in OWN if one != SOURCE])
def test_a_language_that_is_no_draft_has_every_text(language: str) -> None:
    """An empty text, or one whose English changed, is read in English by somebody who may not read it."""
    assert [one.context for one in entries_of(language) if not one.is_said] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_asks_for_the_same_values_as_its_english(language: str) -> None:
    """One that lacks a value hides it; one that has another fails on the page of whoever reads it."""
    wrong = [
        (one.context, form)
        for one in said_of(language)
        for form in one.texts
        if not form.strip() or alike(holes(form)) != alike(holes(one.english[-1]))
        # A form of one can say its number in words.
        if not (len(one.english) > 1 and holes(form) <= holes(one.english[-1]))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_is_not_much_longer_than_its_english(language: str) -> None:
    """It would break its button, its column or the phone; a refusal has a line of its own."""
    long = [
        (one.context, text)
        for one in said_of(language)
        for english, text in zip(one.english, one.texts, strict=False)
        if not one.context.startswith("refusal.")
        and len(text) > 12 + len(english) * next(share for most, share in WIDER if len(english) <= most)
    ]
    assert long == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_are_counted_as_in_cldr(language: str) -> None:
    """The header has the rule of the locale, and every counted text a form for each of its numbers."""
    rule = get_plural(SPOKEN[language].locale)
    count, which = rule.num_plurals, c2py(rule.plural_expr)
    said = SPOKEN[language].plurals
    ours = c2py(said.partition("plural=")[2].rstrip("; "))
    assert said.startswith(f"nplurals={count};")
    assert [ours(number) for number in range(200)] == [which(number) for number in range(200)]
    counted = [one for one in entries_of(language) if len(one.english) > 1]
    assert counted
    assert [one.context for one in counted if len(one.texts) != count] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_reader_reads_what_babel_reads(language: str) -> None:
    """Ours is the faster one; a catalog that a tool wrote, with its lines wrapped, is read alike."""
    text = (FOLDER / f"{language}.po").read_text(encoding="utf-8")
    catalog = read_po(BytesIO(text.encode()))
    theirs = {
        one.context: (one.string if isinstance(one.string, tuple) else (one.string,))
        for one in catalog
        if one.id
    }
    assert {one.context: one.texts for one in entries_of(language)} == theirs
    assert Locale.parse(headers(text)["Language"]).language == language


def test_a_wrapped_text_and_a_comment_are_read() -> None:
    """Tools wrap long lines, keep what is gone behind `#~`, and mark what somebody has to look at again."""
    text = (
        'msgid ""\nmsgstr ""\n"Language: es_US\\n"\n\n'
        '#. To translators.\n#: somewhere.py:3\n#, fuzzy\n#| msgid "Old"\n'
        'msgctxt "a.b"\nmsgid "New"\nmsgstr "Viejo"\n\n'
        'msgctxt "a.c"\nmsgid ""\n"One \\"two\\"\\n"\n"three"\nmsgstr ""\n"Uno \\"dos\\"\\n"\n"tres"\n\n'
        '#~ msgctxt "a.d"\n#~ msgid "Gone"\n#~ msgstr "Ido"\n'
    )
    assert list(read_entries(text)) == [
        Entry("a.b", ("New",), ("Viejo",), is_fuzzy=True),
        Entry("a.c", ('One "two"\nthree',), ('Uno "dos"\ntres',)),
    ]


def test_a_catalog_is_renewed_from_the_english() -> None:
    """A new text comes in empty, a changed one is fuzzy with its old English, and one that is gone goes."""
    header = 'msgid ""\nmsgstr ""\n"Language: es_US\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    old = (
        f'{header}msgctxt "b"\nmsgid "Old"\nmsgstr "Viejo"\n\nmsgctxt "c"\nmsgid "Gone"\nmsgstr "Ido"\n\n'
        'msgctxt "d"\nmsgid "Stays"\nmsgstr "Queda"\n'
    )
    english: Texts = {"d": "Stays", "b": "New", "a": plural("One", "{count}")}
    assert renewed(old, english, {"d": "Of a thing."}) == (
        f'{header}msgctxt "a"\nmsgid "One"\nmsgid_plural "{{count}}"\nmsgstr[0] ""\nmsgstr[1] ""\n\n'
        '#, fuzzy\n#| msgid "Old"\nmsgctxt "b"\nmsgid "New"\nmsgstr "Viejo"\n\n'
        '#. Of a thing.\nmsgctxt "d"\nmsgid "Stays"\nmsgstr "Queda"\n'
    )


def test_what_a_draft_lacks_is_said_in_english() -> None:
    """A draft grows text by text, and every page of it can be read meanwhile."""
    drafts = [one for one, spoken in SPOKEN.items() if spoken.is_draft]
    assert drafts
    for language in drafts:
        lacking = [
            one for one in entries_of(language) if not one.is_said and one.context.startswith("manage.")
        ]
        assert lacking
        texts = by_language("", {one.context: one.english[0] for one in lacking if len(one.english) == 1})
        assert texts[language] == texts[SOURCE]


def test_a_draft_is_nobody_s_own_language() -> None:
    """What is sent to a person, or printed for them to sign, is in words that somebody has gone over."""
    for language, spoken in SPOKEN.items():
        made = {"reference": "A-1", "language": language}
        if spoken.is_draft:
            with pytest.raises(msgspec.ValidationError):
                msgspec.convert(made, NewParticipant)
        else:
            assert msgspec.convert(made, NewParticipant).language == language


def test_a_counted_text_has_a_form_for_each_number() -> None:
    """English and Spanish have two, and a language without plurals one."""
    units = by_language("words.units", {"points": plural("point", "points")})
    assert [text_of(units[one]["points"], 1) for one in ("en", "es", "vi")] == ["point", "punto", "điểm"]
    assert [text_of(units[one]["points"], 2) for one in ("en", "es", "vi")] == ["points", "puntos", "điểm"]


def test_no_code_branches_on_a_language() -> None:
    """Another language would need code for each such place."""
    found = {
        path.relative_to(SERVICE).as_posix()
        for path in [*SERVICE.rglob("*.py"), *SERVICE.rglob("*.html")]
        if not path.is_relative_to(SERVICE / "demo") and BRANCH.search(path.read_text(encoding="utf-8"))
    }
    assert found == set(KEPT)
