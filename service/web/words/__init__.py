"""Every text of the pages in English, by its key; the catalogs have it in the other languages.

Plain, short, kind. A template holds no text of its own: it says a key. A test looks for letters that a
template should not hold, for keys that there are not, and for values that one language has and one lacks.
"""

from typing import Final

from service.core.catalogs import ByLanguage, Texts, by_language
from service.web.words import (
    accounts,
    desk,
    entry,
    manage,
    portal,
    portal_sharing,
    reminders,
    second_looks,
    shared,
    signin,
    staff_passkeys,
    submissions,
)

FACES: Final = (
    shared, signin, entry, desk, portal, portal_sharing, manage, accounts, staff_passkeys, second_looks,
    reminders, submissions,
)  # fmt: skip  # table: files of texts
"""Whose texts they are; no key belongs to two of them."""

WORDS: Final[Texts] = {key: text for face in FACES for key, text in face.WORDS.items()}
"""The English, by key."""
SAID: Final[ByLanguage[Texts]] = by_language("", WORDS)
"""The texts in a language, by key."""
