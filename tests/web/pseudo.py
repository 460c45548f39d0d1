"""The service with one language more, in which every text of the catalogs stands between marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from schemas.languages import SPOKEN, Spoken
from service.app import from_environment
from service.core.catalogs import CATALOGS, ENGLISH, Plural, Text

if TYPE_CHECKING:
    from service.web.gateway import Gateway

PSEUDO: Final = "qps"
LETTERS: Final = "desk.key."
"""The keys of the desk are single letters, and stay so."""


def marked(text: Text) -> Text:
    """A text as this language says it."""
    if isinstance(text, Plural):
        return Plural(tuple(f"⟦{form}⟧" for form in text.forms), text.which)
    return f"⟦{text}⟧"


def speaking() -> Gateway:
    """Put the language beside those that there are, as a catalog does, and make the application."""
    cast("dict[str, Spoken]", SPOKEN)[PSEUDO] = Spoken("en_US", "⟦Pseudo⟧", is_draft=True)
    CATALOGS[PSEUDO] = {
        context: text if context.startswith(LETTERS) else marked(text) for context, text in ENGLISH.items()
    }
    return from_environment()
