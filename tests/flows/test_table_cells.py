"""Cells of tables: other encodings, stray quotation marks, and ids that a spreadsheet has spoiled."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from service.core.refusals import Refused
from service.flows.imports.enroll_people import Line
from tests.flows.tabling import (
    HEAD,
    ROW,
    decided,
    read,
    why,
    whys,
)


def test_text_without_a_quotation_mark_s_end_takes_no_longer_than_its_lines() -> None:
    """Each line is named, in time that grows with their number alone."""
    text = HEAD + 'B-1,"open\n' * 20_000
    began = time.monotonic()
    assert len(read(text)) >= 100
    assert time.monotonic() - began < 20


def test_line_with_a_stray_quotation_mark_keeps_what_it_said() -> None:
    """It is refused, and can be corrected where it stands in the file of refused lines."""
    text = HEAD + ROW.replace("B-1", '"B" 1')
    (one,) = read(text)
    assert whys(text) == {2: "line_quote"}
    assert ",".join(one.said.values()) + "\n" == ROW.replace("B-1", "B 1")


def test_bytes_that_are_not_of_the_encoding_are_named_by_line() -> None:
    """The other lines are read; a text that is UTF-8 elsewhere is not taken for another encoding."""
    good = ROW.replace("\n", ",Señora Núñez\n").encode()
    bad = ROW.replace("\n", ",se").encode() + b"\xf1ora\n"
    data = HEAD.replace("\n", ",note\n").encode() + good + good + bad + good
    assert whys(data) == {2: "", 3: "", 4: "line_bytes", 5: ""}
    assert decided(data).encoding == "utf-8"


@pytest.mark.parametrize("byte", [0x80, 0xF1, 0xFF])
def test_byte_that_is_not_of_the_encoding_is_shown_as_it_stands(byte: int) -> None:
    """From the first that no ASCII text has to the last that there is."""
    good = ROW.replace("\n", ",Señora Núñez\n").encode()
    bad = ROW.replace("\n", ",").encode() + bytes([byte]) + b"\n"
    _, one, _ = read(HEAD.replace("\n", ",note\n").encode() + good + bad + good)
    assert isinstance(one.line, Refused)
    assert one.line.values["byte"] == f"0x{byte:02X}"


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("cp1252", "José"),
        ("cp1252", "“fine” · ok"),
        ("mac-roman", "María Núñez, José Pérez"),
        ("cp850", "Peña llegó"),
    ],
)
def test_encoding_of_older_programs_is_found(encoding: str, note: str) -> None:
    """Windows-1252 where nothing speaks against it."""
    data = HEAD.replace("\n", ",note\n").encode() + (ROW.strip() + f',"{note}"\n').encode(encoding)
    (one,) = read(data)
    assert isinstance(one.line, Line)
    assert one.line.event.note == note


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1.2E+08", "id_powers"),
        ("1,2e+08", "id_powers"),
        ("4711.0", "id_decimal"),
        ("'0004711", "id_apostrophe"),
        ("#N/A", "id_error"),
        ("#REF!", "id_error"),
        ("#¡REF!", "id_error"),
        ("#####", "id_error"),
        ("NULL", "id_nothing"),
        ("nan", "id_nothing"),
        ("-", "id_nothing"),
        ("2-Mar", "id_date"),
        ("Mar-02", "id_date"),
        ("3/2/2026", "id_date"),
        ("2026-03-02", "id_date"),
    ],
)
@pytest.mark.parametrize("column", ["participant_reference", "reference"])
def test_ids_that_a_spreadsheet_has_spoiled_are_refused_as_such(text: str, kind: str, column: str) -> None:
    """In every column of ids, and in JSON too."""
    head = HEAD.replace("\n", ",reference\n")
    cells = ["B-1", *ROW.strip().split(",")[1:], "R-1"]
    cells[0 if column == "participant_reference" else -1] = f'"{text}"'
    assert whys(head + ",".join(cells) + "\n") == {2: kind}
    said = f'{{"{column}": "{text}", "target": "t", "outcome": "negative"}}\n'
    assert whys(said) == {1: kind}


@pytest.mark.parametrize(
    "text", ["0004711", "12E4", "A-2", "1-2-3", "#4711", "N-1", "nancy", "2-mat", "12.5", "MAR-1234"]
)
def test_ids_that_only_look_odd_are_taken(text: str) -> None:
    """What may be somebody's number is that."""
    assert whys(HEAD + ROW.replace("B-1", text)) == {2: ""}


def test_bytes_that_are_no_text_are_refused_whole() -> None:
    """A picture is named as none of the kinds that are read."""
    assert why(Path(__file__).read_bytes()[:50] + bytes(range(256)) * 20) == "malformed.not_text"
    assert why(b"") == "invalid.columns_missing"
