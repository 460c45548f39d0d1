"""What a target counts, as a line of the form: a known word, or four of its own."""

from typing import Any, Final

OWN: Final = 4
"""One and several in English, then one and several in Spanish."""


def read_measure(text: str) -> str | dict[str, Any]:
    """The measure of a line: `hour`, or `lap, laps, vuelta, vueltas`.

    Raises ValueError for what is neither one word nor four.
    """
    words = [one.strip() for one in text.split(",")]
    if len(words) == 1:
        return words[0].lower()
    if len(words) != OWN or not all(words):
        raise ValueError(text)
    one, many, uno, muchos = words
    return {"one": {"en": one, "es": uno}, "many": {"en": many, "es": muchos}}


def written_measure(value: object) -> str:
    """The line of a measure as a document has it."""
    if not isinstance(value, dict):
        return str(value)
    one, many = value.get("one") or {}, value.get("many") or {}
    return ", ".join(str(each.get(language, "")) for language in ("en", "es") for each in (one, many))
