"""Every text of the pages, English and Spanish side by side: `key: (English, Spanish)`.

Plain, short, kind. A template holds no text of its own: it says a key. A test looks for letters that a
template should not hold, for keys that there are not, and for values that one language has and one lacks.
"""

from typing import Final

from service.web.words import (
    accounts,
    desk,
    entry,
    manage,
    portal,
    portal_sharing,
    second_looks,
    shared,
    signin,
)

Words = dict[str, tuple[str, str]]

WORDS: Final[Words] = {
    **shared.WORDS,
    **signin.WORDS,
    **entry.WORDS,
    **desk.WORDS,
    **portal.WORDS,
    **portal_sharing.WORDS,
    **manage.WORDS,
    **accounts.WORDS,
    **second_looks.WORDS,
}
