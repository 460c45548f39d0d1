"""Outcomes of a program as one line of its form: `late: neutral, cut_down: success 50`."""

import re
from typing import Any, Final

from service.core.rules import WHOLE

_ONE: Final = re.compile(
    r"\s*(?P<word>[A-Za-z0-9_]{1,64})\s*:\s*(?P<effect>success|failure|neutral)\s*(?:(?P<pays>[0-9]{1,3})\s*%?)?\s*"
)


def read_outcomes(text: str) -> dict[str, Any]:
    """The outcomes of a line, each with its effect and the percent that it pays.

    Raises ValueError for what is not such a line.
    """
    found: dict[str, Any] = {}
    for part in text.split(","):
        one = _ONE.fullmatch(part)
        if one is None or one["word"] in found:
            raise ValueError(text)
        effect, pays = one["effect"], one["pays"]
        found[one["word"]] = effect if pays is None else {"effect": effect, "pays": int(pays)}
    return found


def with_titles(read: dict[str, Any], before: object) -> dict[str, Any]:
    """The outcomes with the titles that they had: a line has no room for them."""
    if not isinstance(before, dict):
        return read
    for word, rule in read.items():
        title = before.get(word, {}).get("title") if isinstance(before.get(word), dict) else None
        if title is not None:
            read[word] = ({"effect": rule} if isinstance(rule, str) else rule) | {"title": title}
    return read


def written_outcomes(value: object) -> str:
    """Outcomes of a document as that line."""
    if not isinstance(value, dict):
        return ""
    return ", ".join(f"{word}: {_written(rule)}" for word, rule in value.items())


def _written(rule: object) -> str:
    if not isinstance(rule, dict):
        return str(rule)
    pays = rule.get("pays", WHOLE)
    return str(rule.get("effect", "")) + ("" if pays == WHOLE else f" {pays}")
