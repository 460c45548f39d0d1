"""Texts by language: the English stands in the code, and the catalogs of `schemas/languages` have the others.

A table of texts is made once with `by_language`, under a context that no other has, and read by a language:
`PHRASES[language]["next"]`. Whatever a catalog lacks is said in English. A text that is counted is a `plural`
of two English forms; how many forms another language has, and when each is said, is its catalog's to say.

A comment `# Translators: ...` above an entry goes into the catalogs with it.
"""

from collections.abc import Callable, Iterator, Mapping
from gettext import c2py
from typing import Final, Protocol, TypeVar, cast

from msgspec import Struct

from schemas.languages import SOURCE, SPOKEN
from schemas.languages.po import entries_of
from schemas.people import Language

_ENGLISH_RULE: Final = c2py("n != 1")
T = TypeVar("T")


class Plural(Struct, frozen=True):
    """A text in as many forms as its language counts by."""

    forms: tuple[str, ...]
    which: Callable[[int], int] = _ENGLISH_RULE

    def of(self, count: int) -> str:
        """The form that is said of so many."""
        return self.forms[self.which(abs(count))]


Text = str | Plural
Texts = dict[str, Text]
"""Texts by key."""


def plural(one: str, other: str) -> Plural:
    """An English text that is counted: of one, and of any other number."""
    return Plural((one, other))


def text_of(text: Text, count: object = None) -> str:
    """A text as it stands, or its form for a count; without a number, the form of many."""
    if isinstance(text, str):
        return text
    return text.of(count) if isinstance(count, int) else text.forms[-1]


class _Catalogs(dict[Language, Mapping[str, Text]]):
    """The texts of every language by context, each read when it is first spoken."""

    def __missing__(self, language: Language) -> Mapping[str, Text]:
        """Read a catalog; raises KeyError for a language that has none."""
        rule = SPOKEN[language].plurals
        count = int(rule.partition("nplurals=")[2].partition(";")[0])
        which = c2py(rule.partition("plural=")[2].rstrip("; "))
        read: dict[str, Text] = {}
        for one in entries_of(language):
            if one.is_said and len(one.texts) == (count if len(one.english) > 1 else 1):
                read[one.context] = Plural(one.texts, which) if len(one.english) > 1 else one.texts[0]
        self[language] = read
        return read


CATALOGS: Final = _Catalogs({SOURCE: {}})
"""What each catalog says, by context; the source has none."""
ENGLISH: Final[Texts] = {}
"""Every text that is there to be put into another language, by context."""


TABLES: Final[list[Mapping[Language, object]]] = []
"""Every table of texts."""


def load() -> None:
    """Put every text into every language now, so that nobody waits for it later."""
    for table in TABLES:
        for language in SPOKEN:
            table[language]


class ByLanguage(dict[Language, T]):
    """One table of texts in every language that it was asked for in."""

    def __init__(self, context: str, english: T) -> None:
        """Keep the English, and let the catalogs know of it."""
        super().__init__({SOURCE: english})
        TABLES.append(self)
        self._context, self._english = context, english
        ENGLISH.update(_leaves(context, english))

    def __missing__(self, language: Language) -> T:
        """Put the table into a language, once; raises KeyError for one that is not spoken here."""
        made = cast("T", _translated(self._context, self._english, CATALOGS[language]))
        self[language] = made
        return made


def by_language(context: str, english: T) -> ByLanguage[T]:
    """A table of texts by language, of its English: one text, or texts by name or in a row.

    Looking up a language that is not spoken here raises KeyError.
    """
    return ByLanguage(context, english)


def _inside(context: str, key: object) -> str:
    return f"{context}.{key}" if context else str(key)


def _leaves(context: str, english: object) -> Iterator[tuple[str, Text]]:
    """Every text of a table with its context; an empty one is the same in all languages."""
    match english:
        case Mapping():
            for key, part in english.items():
                yield from _leaves(_inside(context, key), part)
        case tuple():
            for place, part in enumerate(english):
                yield from _leaves(_inside(context, place), part)
        case Plural():
            yield context, english
        case str() if english:
            yield context, english


def _translated(context: str, english: object, said: Mapping[str, Text]) -> object:
    match english:
        case Mapping():
            return {key: _translated(_inside(context, key), part, said) for key, part in english.items()}
        case tuple():
            return tuple(
                _translated(_inside(context, place), part, said) for place, part in enumerate(english)
            )
        case Plural() | str():
            found = said.get(context, english)
            return found if isinstance(found, Plural) == isinstance(english, Plural) else english
        case _:
            return english


class Worded(Protocol):
    """A noun, a title or a name: its English, and a field for each other language that it is written in."""

    @property
    def en(self) -> str:
        """In English."""


def worded(words: Worded, language: Language) -> str:
    """A program's own words in a language that they are written in.

    What comes with the service has its words in the catalogs; a clinic's own words that are not written in a
    language are read in English.
    """
    own = getattr(words, language, None)
    if isinstance(own, str):
        return own
    said, english = CATALOGS[language], words.en
    found = said.get(f"noun.{english}")
    if found is None and (small := english[:1].lower() + english[1:]) != english:
        # A noun that begins a line, as a target is called by what a success is called.
        found = said.get(f"noun.{small}")
        found = None if found is None else text_of(found)[:1].upper() + text_of(found)[1:]
    return english if found is None else text_of(found)
