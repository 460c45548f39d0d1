"""Check a table without effect: how it is read, what its lines say, and what somebody has to choose."""

from collections.abc import Iterable
from datetime import tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from service.core.refusals import Refused, refused
from service.core.sheets.choices import judge_choices
from service.core.sheets.columns import columns_of
from service.core.sheets.decided import StrangeWord
from service.core.sheets.decoding import Bytes
from service.core.sheets.mapping import Mapping
from service.core.sheets.outcome_words import usual_outcomes
from service.core.sheets.reading import Reader
from service.flows.imports.enroll_people import Line
from service.flows.imports.event_lines import Read, Reading, read_table
from service.flows.imports.people_lines import PersonLine
from service.flows.imports.tables import JsonLines
from service.store.imports import Found, Trouble

TROUBLES_SHOWN: Final = 10
"""How many lines that would be refused are shown with why."""
SAMPLES: Final = 3
"""Of how many lines the cells are shown beside the columns."""
SAMPLE_LETTERS: Final = 60
WORDS_SHOWN: Final = 50
NUMBERS_MAX: Final = 50_000
"""How many different numbers of people are compared with each other."""


class Checked(Struct, frozen=True):
    """What a check found: whether the lines are JSON, how many there are, and the rest."""

    is_json: bool
    lines: int
    found: Found
    numbers: frozenset[str] = frozenset()
    """The numbers of people in the table, up to a limit."""


def number_of(read: Read) -> str | None:
    """The number of the person whom a line is about, where it names one."""
    match read.line:
        case PersonLine(person=person):
            return person.reference
        case Line(event=event):
            return event.participant_reference
        case _:
            return None


def zone_of(mapping: Mapping, own: tzinfo) -> tzinfo | Refused:
    """The zone of a table's times without an offset; the clinic's own where none is chosen."""
    if mapping.zone is None:
        return own
    try:
        return ZoneInfo(mapping.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return refused("invalid.time_zone", "$.zone")


def check(data: Bytes, mapping: Mapping, own: tzinfo) -> Checked:
    """Go through a table; `own` is the clinic's zone."""
    zone = zone_of(mapping, own)
    why = zone if isinstance(zone, Refused) else judge_choices(mapping)
    if why is not None or isinstance(zone, Refused):
        return Checked(is_json=False, lines=0, found=Found((), 0, 0, (), why))
    reading = read_table(data, mapping, zone)
    if isinstance(reading, Refused):
        return Checked(is_json=False, lines=0, found=Found((), 0, 0, (), reading))
    return _checked(reading)


def _checked(reading: Reading) -> Checked:
    is_json = isinstance(reading.table, JsonLines)
    good, bad = 0, 0
    troubles: list[Trouble] = []
    samples: list[tuple[str, ...]] = []
    numbers: set[str] = set()
    for read in reading.lines():
        if len(numbers) < NUMBERS_MAX and (number := number_of(read)) is not None:
            numbers.add(number)
        if len(samples) < SAMPLES and not is_json:
            samples.append(tuple(str(read.said.get(name, ""))[:SAMPLE_LETTERS] for name in reading.columns))
        if isinstance(read.line, Refused):
            bad += 1
            if len(troubles) < TROUBLES_SHOWN:
                troubles.append(Trouble(read.number, read.line))
        else:
            good += 1
    found = Found(
        reading.columns,
        good if reading.why is None else 0,
        bad if reading.why is None else 0,
        tuple(troubles) if reading.why is None else (),
        reading.why,
        reading.table.decided,
        () if isinstance(reading.table, JsonLines) else columns_of(reading.table.heading),
        tuple(samples),
        _words(reading.reader),
    )
    return Checked(is_json, good + bad, found, frozenset(numbers))


def _words(reader: Reader | None) -> tuple[StrangeWord, ...]:
    if reader is None:
        return ()
    found: Iterable[tuple[tuple[str, str], int]] = reader.strange.most_common(WORDS_SHOWN)
    return tuple(StrangeWord(of, word, lines, usual_outcomes(word, None)) for (of, word), lines in found)
