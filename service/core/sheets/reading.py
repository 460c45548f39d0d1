"""Rows of a table as what they mean: fields of an event or of a person, by the mapping; else why not."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import tzinfo
from typing import Final, cast

from service.core.refusals import Refused, refused
from service.core.sheets.columns import Heading, is_of_people
from service.core.sheets.mapping import Field, Mapping
from service.core.sheets.moments import Times, read_day, read_moment
from service.core.sheets.outcome_words import BEHAVIORS, OUTCOMES, read_outcome
from service.core.sheets.spoiled import spoiled_id

YEARS: Final = range(1901, 2200)
"""The years in which a behavior can have been verified; further off, calendar sums end."""
WORDS_KEPT: Final = 200
"""How many different words for outcomes are kept to be asked about."""

_INVISIBLE: Final = "\u200b\u200c\u200d\u2060\ufeff"
_AS_TEXT: Final = re.compile(r'="(.*)"', re.DOTALL)
_COMMAS: Final = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_QUANTITY: Final = re.compile(r"[0-9]{1,7}(\.[0-9]{1,6})?")
_MINUTES: Final = re.compile(r"[0-9]{1,4}")
_YES: Final = frozenset({"true", "yes", "y", "x", "1", "si", "sí", "s", "verdadero"})
_NO: Final = frozenset({"false", "no", "n", "0", "falso"})
_LANGUAGES: Final = {
    word: language
    for language, words in (
        ("en", "en eng english inglés ingles"),
        ("es", "es spa spanish español espanol castellano"),
    )
    for word in words.split()
}


class Reader:
    """Reads the rows of one table.

    Attributes:
        strange: words for outcomes that nobody has said the meaning of, with the target or behavior that they
            stand beside, and how often.
    """

    def __init__(self, heading: Heading, mapping: Mapping, zone: tzinfo) -> None:
        """Read under a header as a mapping says; `zone` is that of times without an offset."""
        self._names = heading.names
        self._fields = heading.fields
        self._mapping = mapping
        self._times = Times(mapping.times, zone, mapping.pattern, mapping.date_alone, mapping.unix_times)
        self._column: dict[str, str] = {
            field: name
            for name, field in zip(heading.names, heading.fields, strict=True)
            if field is not None
        }
        self.of_people = is_of_people(heading, mapping)
        self.strange: Counter[tuple[str, str]] = Counter()

    def read(self, cells: Sequence[str]) -> dict[str, object] | Refused:
        """The fields of one row; those without a text are left out."""
        beyond = [cell for cell in cells[len(self._names) :] if cell.strip()]
        if beyond:
            return refused("malformed.cells", cells=len(cells), columns=len(self._names))
        given: dict[Field, str] = dict(self._mapping.constants)
        for field, cell in zip(self._fields, cells, strict=False):
            if field is not None and (text := clean(cell)):
                given[field] = text
        for name in ("participant_reference", "reference"):
            if name in given and (why := spoiled_id(given[cast("Field", name)], self._named(name))):
                return why
        return self._of_person(given) if self.of_people else self._of_event(given)

    def _of_event(self, given: dict[Field, str]) -> dict[str, object] | Refused:
        found: dict[str, object] = {str(field): text for field, text in given.items()}
        for slug in ("target", "program"):
            if slug in found:
                found[slug] = as_slug(str(found[slug]))
        if "behavior" in given:
            found["behavior"] = given["behavior"].casefold()
        for mark in ("another", "corrects"):
            if mark in found:
                said = str(found[mark]).casefold()
                if said not in _YES | _NO:
                    return refused("invalid.mark", f"$.{mark}", column=self._named(mark), text=said[:48])
                found[mark] = said in _YES
        quantity, minutes = ("quantity", self._quantity(given)), ("minutes", self._minutes(given))
        for name, value in (("outcome", self._outcome(given)), quantity, minutes, *self._when(given)):
            if isinstance(value, Refused):
                return value
            if value is not None:
                found[name] = value
        found.pop("time_of_day", None)
        return found

    def _when(self, given: dict[Field, str]) -> list[tuple[str, object]]:
        return [("occurred_at", self._moment(given)), ("starts_on", self._day(given))]

    def _of_person(self, given: dict[Field, str]) -> dict[str, object] | Refused:
        found: dict[str, object] = {str(field): text for field, text in given.items()}
        names = [given[name] for name in ("given_name", "family_name") if name in given]
        if names and "name" not in given:
            found["name"] = " ".join(names)
        for name in ("given_name", "family_name"):
            found.pop(name, None)
        found["reference"] = found.pop("participant_reference", None)
        if "language" in given:
            found["language"] = _LANGUAGES.get(given["language"].casefold(), given["language"])
        if "program" in given:
            found["program"] = as_slug(given["program"])
        day = self._day(given)
        if isinstance(day, Refused):
            return day
        return {**found, **({} if day is None else {"starts_on": day})}

    def _outcome(self, given: dict[Field, str]) -> str | Refused | None:
        text = given.get("outcome")
        if text is None:
            return None
        of = [given[name] for name in ("target", "behavior") if name in given]
        said = given.get("behavior", "").casefold()
        behavior = said if said in BEHAVIORS else None
        outcome = read_outcome(text, self._mapping.outcomes, of, behavior, self._named("outcome"))
        if isinstance(outcome, Refused) or outcome not in OUTCOMES | {
            one.outcome for one in self._mapping.outcomes
        }:
            key = (of[0] if of else "", text[:64])
            if key in self.strange or len(self.strange) < WORDS_KEPT:
                self.strange[key] += 1
        return outcome

    def _quantity(self, given: dict[Field, str]) -> object:
        """A quantity as people write it: `3.5`, `3,5`, `12,000`."""
        text = given.get("quantity")
        if text is None:
            return None
        bare = text if _COMMAS.fullmatch(text) is None else text.replace(",", "")
        bare = bare.replace(",", ".")
        if _QUANTITY.fullmatch(bare) is None:
            return refused("invalid.quantity", "$.quantity", column=self._named("quantity"), text=text[:48])
        return float(bare)

    def _minutes(self, given: dict[Field, str]) -> object:
        """Minutes attended, as a whole number."""
        text = given.get("minutes")
        if text is None:
            return None
        bare = text.removesuffix(".0").replace(",", "")
        if _MINUTES.fullmatch(bare) is None:
            return refused("invalid.minutes", "$.minutes", column=self._named("minutes"), text=text[:48])
        return int(bare)

    def _moment(self, given: dict[Field, str]) -> object:
        text = given.get("occurred_at")
        if text is None:
            return None
        if "time_of_day" in given:
            # A spreadsheet writes a day as its midnight, and a time of day as one of its first days.
            day = re.sub(r"[ T]00:00(?::00)?$|\.0+$", "", text)
            text = f"{day} {given['time_of_day']}"
        at = read_moment(text, self._times, self._named("occurred_at"))
        if not isinstance(at, Refused) and at.year not in YEARS:
            return refused("invalid.line_year", "$.occurred_at", year=at.year)
        return at

    def _day(self, given: dict[Field, str]) -> object:
        text = given.get("starts_on")
        return None if text is None else read_day(text, self._times, self._named("starts_on"))

    def _named(self, field: str) -> str:
        """A field as the table calls it."""
        return self._column.get(field, field)


def clean(cell: str) -> str:
    """A cell without blanks and invisible signs around it; `="0012"` in CSV is a text for a spreadsheet."""
    text = cell.strip().strip(_INVISIBLE).strip()
    found = _AS_TEXT.fullmatch(text)
    return text if found is None else found[1].strip()


def as_slug(text: str) -> str:
    """The name of a program or target, however its letters and blanks are written."""
    return re.sub(r"[\s]+", "-", text.casefold())
