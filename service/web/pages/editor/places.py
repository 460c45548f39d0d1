"""A place of a program's document in words, for people who write programs and not documents."""

from typing import Final

from service.core.pointers import steps_of
from service.web.pages.framework.voice import Voice
from service.web.words.manage_places import FIELDS

PARTS: Final = frozenset({"targets", "phases", "bonuses", "allowances", "caps", "bowls", "tiers", "cases"})
"""The lists whose items are called by their name, or else by their number."""


def in_words(pointer: str, document: object, voice: Voice) -> str:
    """Where something lies, such as `Target “stimulant-negative”, phase 2, the step`.

    A field that has no word keeps its own name; of the whole document it is `The program`.
    """
    steps = steps_of(pointer)
    if steps is None:
        return pointer
    said: list[str] = []
    field = ""
    value = document
    for place, step in enumerate(steps):
        holder, value = (steps[place - 1] if place else ""), _child(value, step)
        if step.isdecimal() and holder in PARTS:
            said.append(_part(holder, int(step) + 1, value, voice))
            field = ""
        elif not step.isdecimal():
            field = f"{holder}.{step}" if f"{holder}.{step}" in FIELDS else step
    if field:
        said.append(voice.plain(f"manage.place.field.{field}") if field in FIELDS else field)
    text = ", ".join(said) or voice.plain("manage.place.program")
    return text[0].upper() + text[1:]


def _part(name: str, number: int, value: object, voice: Voice) -> str:
    called = value.get("name") if isinstance(value, dict) else None
    if isinstance(called, str) and called:
        return voice.plain(f"manage.place.{name}_named", name=called)
    return voice.plain(f"manage.place.{name}", number=number)


def _child(value: object, step: str) -> object:
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list) and step.isdecimal() and int(step) < len(value):
        return value[int(step)]
    return None
