"""The summary of faults on top of a form: each leads to its field, and says what the field is called.

A template names a field by what it is sent as. Where its page has it, under which id and label, is seen in
what was drawn: so no link leads nowhere.
"""

import re
from typing import Final

_ASKED: Final = re.compile(r'<a href="#([^"]+)" data-field>(.*?)</a>', re.DOTALL)
_TAGS: Final = re.compile(r"<[^>]*>")


def with_fault_links(drawn: bytes) -> bytes:
    """A page whose summary of faults leads to the fields that it has, called by their labels."""
    page = drawn.decode()

    def led(asked: re.Match[str]) -> str:
        name, says = asked[1], asked[2]
        field = _field_of(page, name)
        if field is None:
            return says
        label = re.search(rf'<label[^>]* for="{re.escape(field)}"[^>]*>(.*?)</label>', page, re.DOTALL)
        called = "" if label is None else _TAGS.sub("", label[1]).strip()
        return f'<a href="#{field}">{f"<b>{called}:</b> " if called else ""}{says}</a>'

    return _ASKED.sub(led, page).encode()


def _field_of(page: str, name: str) -> str | None:
    """The id of what a page has under a name: a field, or the place that its fault speaks of."""
    if f' id="{name}"' in page:
        return name
    for field in re.finditer(rf'<(?:input|select|textarea)\b[^>]* name="{re.escape(name)}"[^>]*>', page):
        found = re.search(r' id="([^"]+)"', field[0])
        if found is not None:
            return found[1]
    return None
