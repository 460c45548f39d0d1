"""Tables as they come: however they are written, the same lines come out; any bytes are read or refused."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.core.refusals import Refused
from service.core.sheets.mapping import Column, Mapping, OutcomeWord
from service.flows.imports.enroll_people import Line
from service.flows.imports.event_lines import Reading, read_table
from tests.flows.importing import LOS_ANGELES, PLAIN
from tests.flows.tabling import (
    COLUMNS,
    HEAD,
    MONTH_FIRST,
    ROW,
    THAT,
    case,
    decided,
    opened,
    read,
    why,
    whys,
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("02-semicolon.csv", {2: ""}),
        ("04b-blank-rows.csv", {2: ""}),
        ("08-headers.csv", {2: ""}),
        ("08g-stray-quote.csv", {2: "", 3: "line_quote", 4: ""}),
        ("35j-title-line.csv", {4: ""}),
        (
            "06-excel-ids.csv",
            {
                2: "id_powers",
                3: "id_powers",
                4: "",
                5: "",
                6: "id_apostrophe",
                7: "id_decimal",
                8: "id_error",
                9: "id_nothing",
            },
        ),
    ],
)
def test_cases_from_practice_give_what_they_must(name: str, expected: dict[int, str]) -> None:
    """Each line is read or named."""
    assert whys(case(name)) == expected


def test_case_of_dates_is_one_moment_in_every_form_once_a_form_is_chosen() -> None:
    """A date alone and a number of seconds are refused in words, or taken where that is chosen."""
    data = case("07-dates.csv")
    lines = read(data, MONTH_FIRST)
    assert {one.line.event.occurred_at for one in lines if isinstance(one.line, Line)} == {THAT}
    assert {no: word for no, word in whys(data, MONTH_FIRST).items() if word} == {
        7: "time_date_alone",
        13: "time_unix",
    }
    all_taken = Mapping(times="month/day/year", date_alone="noon", unix_times=True)
    assert set(whys(data, all_taken).values()) == {""}


def test_case_of_outcomes_reads_our_words_in_any_letters_and_others_where_they_are_mapped() -> None:
    """A dash and an empty cell are no outcome."""
    data = case("08b-outcome-case.csv")
    mapping = Mapping(outcomes=(OutcomeWord("no show", "missed"), OutcomeWord("DETECTED", "positive")))
    said = [one.line.event.outcome if isinstance(one.line, Line) else "" for one in read(data, mapping)]
    assert said == ["negative", "negative", "negative", "positive", "missed", "", ""]
    assert whys(data) | {} == {
        2: "",
        3: "",
        4: "",
        5: "outcome_word",
        6: "outcome_word",
        7: "outcome_none",
        8: "line_lacks",
    }
    reading = opened(data)
    list(reading.lines())
    assert reading.reader is not None
    assert set(reading.reader.strange) == {
        ("stimulant-negative", "Detected"),
        ("stimulant-negative", "No show"),
        ("stimulant-negative", "-"),
    }


def test_word_can_mean_something_for_one_target_alone() -> None:
    """Nobody who misses a session has missed a test."""
    text = HEAD + ROW.replace("negative,2026", "No show,2026")
    text += ROW.replace("stimulant-negative,negative", "group-session,No show")
    words = (OutcomeWord("No show", "missed"), OutcomeWord("No show", "absent", "group-session"))
    lines = [one.line for one in read(text, Mapping(outcomes=words))]
    assert [line.event.outcome for line in lines if isinstance(line, Line)] == ["missed", "absent"]


SEPARATORS = st.sampled_from([",", ";", "\t", "|"])
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
WORDS = st.sampled_from(
    ["José", "Peña", "¿sí?", "fine", ";", "|", ",", "\t", '"', "\n", "a\nb", "'", "n.º 2", "café"]
)
NOTES = st.lists(WORDS, min_size=1, max_size=8).map(" ".join).filter(str.strip)
TITLES = st.sampled_from(["", "Visits exported 3/2/2026", 'All of "us"', "A report, of 3 visits"])


@settings(max_examples=150, deadline=None)
@given(
    encoding=ENCODINGS,
    separator=SEPARATORS,
    newline=st.sampled_from(["\n", "\r\n"]),
    titles=st.lists(TITLES, max_size=3),
    order=st.permutations(COLUMNS),
    notes=st.lists(NOTES, min_size=1, max_size=5),
    blanks=st.integers(0, 2),
    says_separator=st.booleans(),
)
def test_table_is_the_same_lines_however_it_is_written(
    encoding: str,
    separator: str,
    newline: str,
    titles: list[str],
    order: list[str],
    notes: list[str],
    blanks: int,
    *,
    says_separator: bool,
) -> None:
    """In any encoding, with any separator, newline, title lines and order of columns, and with empty rows."""
    rows = [
        {
            "participant_reference": f"P-{number}",
            "target": "stimulant-negative",
            "outcome": "negative",
            "occurred_at": "2026-03-02T09:30:00-08:00",
            "program": "our-program",
            "starts_on": "2026-03-02",
            "note": note,
        }
        for number, note in enumerate(notes)
    ]
    file = io.StringIO(newline="")
    if says_separator:
        file.write(f"sep={separator}{newline}")
    writer = csv.writer(file, delimiter=separator, lineterminator=newline)
    for title in titles:
        writer.writerow([title])
    writer.writerow([name.replace("_", " ").title() for name in order])
    for row in rows:
        writer.writerow([row[name] for name in order])
        for _ in range(blanks):
            writer.writerow([""] * len(order))
    lines = read(file.getvalue().encode(encoding))
    assert [one.line for one in lines if isinstance(one.line, Refused)] == []
    found = [one.line for one in lines if isinstance(one.line, Line)]
    assert [line.event.participant_reference for line in found] == [
        row["participant_reference"] for row in rows
    ]
    said = [(line.event.note or "").split() for line in found]
    assert said == [row["note"].strip().split() for row in rows]
    assert {line.event.occurred_at for line in found} == {THAT}
    assert {line.starts_on for line in found} == {date(2026, 3, 2)}


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=200).map(str.encode)), st.booleans())
def test_any_bytes_are_a_table_or_refused(data: bytes, is_below_a_header: bool) -> None:
    """Never an error, and each line of it an event or why not."""
    made = read_table(HEAD.encode() + data if is_below_a_header else data, MONTH_FIRST, LOS_ANGELES)
    if isinstance(made, Reading):
        for one in made.lines():
            assert isinstance(one.line, Line | Refused)


def test_header_is_found_by_what_others_call_its_columns() -> None:
    """In English and Spanish; a date and a time of day in columns of their own are one moment."""
    english = "MRN,Test Result,Collection Date,Collection Time,Target\n"
    english += "0012,NEG,3/2/2026,9:30 AM,Stimulant Negative\n"
    spanish = (
        "Número de paciente;Resultado;Fecha;Hora;Objetivo\n0012;Negative;3/2/2026;9:30;stimulant-negative\n"
    )
    for text in (english, spanish):
        (one,) = read(text, MONTH_FIRST)
        assert isinstance(one.line, Line)
        assert one.line.event.participant_reference == "0012"
        assert one.line.event.occurred_at == THAT
        assert (one.line.event.outcome, one.line.event.target) == ("negative", "stimulant-negative")


def test_columns_that_are_not_known_are_all_named_unless_they_are_passed_over_by_choice() -> None:
    """A name that is mistyped is never silently left out."""
    text = HEAD.replace("\n", ",Ward,Bed\n") + ROW.replace("\n", ",3,7\n")
    assert why(text) == "invalid.columns_unknown"
    assert why(text.replace(",Bed", "")) == "invalid.column_unknown"
    assert whys(text, Mapping(others="passed_over")) == {2: ""}
    assert decided(text, Mapping(others="passed_over")).passed_over == ("Ward", "Bed")
    named = Mapping(columns=(Column("ward"), Column("Bed", "note")))
    (one,) = read(text, named)
    assert isinstance(one.line, Line)
    assert one.line.event.note == "7"
    assert why(HEAD + ROW, Mapping(columns=(Column("Room", "note"),))) == "invalid.column_absent"


def test_column_that_stands_twice_is_named() -> None:
    """By its name, and where two are chosen to be the same."""
    made = read_table((HEAD.replace("program", "outcome") + ROW).encode(), PLAIN, LOS_ANGELES)
    assert isinstance(made, Reading)
    assert made.why is not None
    assert made.why.values["column"] == "outcome"
    both = (
        Column("Chart", "participant_reference"),
        Column("participant_reference", "participant_reference"),
    )
    assert why(HEAD.replace("\n", ",Chart\n") + ROW, Mapping(columns=both)) == "invalid.column_named_twice"


def test_columns_without_a_name_hold_nothing_or_their_line_is_refused() -> None:
    """An unquoted comma shifts cells beyond the header, and nothing is lost by it."""
    text = HEAD.replace("\n", ",,\n") + ROW.replace("\n", ",,\n") + ROW.replace("\n", ",oh\n")
    assert whys(text) == {2: "", 3: "cells"}


def test_what_a_table_lacks_can_be_said_for_all_its_lines() -> None:
    """A cell of the line's own goes before it."""
    text = "mrn,result,date,target\nB-1,neg,3/2/2026 9:30,\nB-2,neg,3/2/2026 9:30,other\n"
    mapping = Mapping(times="month/day/year", constants={"target": "ours", "starts_on": "3/1/2026"})
    lines = [one.line for one in read(text, mapping)]
    assert [line.event.target for line in lines if isinstance(line, Line)] == ["ours", "other"]
    assert {line.starts_on for line in lines if isinstance(line, Line)} == {date(2026, 3, 1)}
