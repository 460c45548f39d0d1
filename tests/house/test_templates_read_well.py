"""A template is laid out one element a line, so that a change of one shows as one line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from service.web.pages.framework.render import TEMPLATES

BLOCK = re.compile(
    r"<(?:article|aside|blockquote|body|caption|dd|details|dialog|div|dl|dt|fieldset|figure|footer|form|h[1-6]"
    r"|head|header|hr|legend|li|main|nav|ol|optgroup|option|p|section|summary|table|tbody|td|tfoot|th|thead|tr"
    r"|ul)\b"
)
"""The beginning of an element beside which a line break draws nothing."""


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_no_line_begins_two_elements(path: Path) -> None:
    """Phrases stay whole, for a break inside one is a space on the page; all else has a line of its own."""
    crowded = [
        f"line {number}: {line.strip()[:80]}"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(BLOCK.findall(line)) > 1
    ]
    assert crowded == []
