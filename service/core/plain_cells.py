"""Cells of CSV that no spreadsheet takes for a formula, and that come back as they were."""

import re
from typing import Final

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Characters that a spreadsheet takes for the beginning of a formula: all of OWASP's list (CSV Injection).

The last four are the full-width forms of the first, which spreadsheets of East Asia read as these.
"""
MARK: Final = "'"

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def plain_cell(text: str) -> str:
    """A cell with a mark before it where a spreadsheet would calculate, or where it begins with one."""
    is_formula = text.startswith(FORMULA) and not _NUMBER.fullmatch(text)
    return MARK + text if is_formula or text.startswith(MARK) else text


def cell_as_it_was(text: str) -> str:
    """A cell without the mark that `plain_cell` put before it."""
    return text[1:] if text.startswith(MARK) and text[1:].startswith((*FORMULA, MARK)) else text
