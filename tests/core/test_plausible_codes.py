"""What cannot be the code of a card is named, and what is only odd is said."""

from __future__ import annotations

import pytest

from service.core.plausible_codes import faults_of, notes_of
from service.core.words.refusals.catalog import for_people, in_english


@pytest.mark.parametrize(
    "code",
    [
        "GIFT-0001",
        "A-1",
        "6006 4912 3456 7890",
        "1234567890123456",
        "12E45678",
        "ABCDE",
        "PIN2024CODE7",
        "CODE-1",
    ],
)
def test_codes_of_cards_are_let_through(code: str) -> None:
    """Grouped by blanks, of digits alone, or with an E in them: all of these are printed on cards."""
    assert faults_of([code]) == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1.2E+15", "paste.spoiled"),
        ("6,00649E+15", "paste.spoiled"),
        ("1E+15", "paste.spoiled"),
        ("4711.0", "paste.spoiled"),
        ("#N/A", "paste.spoiled"),
        ("#REF!", "paste.spoiled"),
        ("=A1", "paste.spoiled"),
        ("'6006491234567890", "paste.spoiled"),
        ("NULL", "paste.spoiled"),
        ("Code", "paste.heading"),
        ("Gift card number", "paste.heading"),
        ("Número de tarjeta", "paste.heading"),
        ("6006491234\t1234", "paste.several"),
        ("6006491234;1234", "paste.several"),
        ("12", "paste.short"),
        ("---", "paste.short"),
        ("ABC\x07DEF", "paste.unprintable"),
    ],
)
def test_what_is_no_code_is_named_at_its_place(text: str, reason: str) -> None:
    """The others around it are not; each reason has its words in both languages."""
    (found,) = faults_of(["GIFT-0001", text, "GIFT-0002"])
    assert (found.pointer, found.reason) == ("$.codes[1]", reason)
    assert in_english(found).endswith(".")
    assert for_people(found, "es").endswith(".")


def test_codes_of_several_lengths_are_said() -> None:
    """With how many there are of each; codes of one length are nothing to say."""
    (note,) = notes_of(["1234567890", "1234567891", "12345"])
    assert note.reason == "paste.of_lengths"
    assert "5 (1), 10 (2)" in in_english(note)
    assert notes_of(["1234567890", "1234567891"]) == ()


def test_long_codes_that_all_end_in_zeros_are_said() -> None:
    """A spreadsheet keeps fifteen digits; one such code alone is chance."""
    (note,) = notes_of(["6006491234567890", "6006491234567810"])
    assert note.reason == "paste.end_in_zeros"
    assert notes_of(["6006491234567890", "6006491234567811"]) == ()
    assert notes_of(["6006491234567890"]) == ()
