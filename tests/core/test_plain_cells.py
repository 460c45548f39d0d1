"""Cells of a refused file are harmless in a spreadsheet and come back unchanged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.plain_cells import FORMULA, cell_as_it_was, plain_cell


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1 555 0100", "-x", "@name", "\tx", "\rx", "\nx", "\uff1d1", "\uff0b1", "\uff0d1", "\uff20a"],
)
def test_formula_is_marked(text: str) -> None:
    """A spreadsheet shows it and calculates nothing."""
    assert plain_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "LAB-55", "-5", "-5.25", "0004711"])
def test_plain_text_and_numbers_stay_as_they_are(text: str) -> None:
    """Nothing calculates there."""
    assert plain_cell(text) == text


@given(st.text(alphabet="'=+-@\t\r\na1\uff1d\uff0b\uff0d\uff20", max_size=6))
def test_every_cell_comes_back_as_it_was(text: str) -> None:
    """And none begins a formula meanwhile."""
    assert cell_as_it_was(plain_cell(text)) == text
    assert not plain_cell(text).startswith(FORMULA) or plain_cell(text)[0] == "-"


def test_cell_that_was_corrected_by_hand_is_taken_as_it_stands() -> None:
    """Its apostrophe is no mark: nothing follows it that a spreadsheet would calculate."""
    assert cell_as_it_was("'0004711") == "'0004711"
