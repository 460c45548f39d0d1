"""Texts of the page of charts that may be one person's."""

from typing import Final

from service.core.catalogs import Texts

WORDS: Final[Texts] = {
    "manage.dup.title": "Possible duplicates",
    "manage.dup.lead": (
        "Charts that may be about one person. Look at both before you merge; nothing is merged by itself."
    ),
    "manage.dup.why.number": "Their numbers differ by capitals, blanks, zeros or a slip.",
    "manage.dup.why.name": "They have the same name and phone number.",
    "manage.dup.merge": "See what a merge would do",
    "manage.dup.apart": "Two people",
    "manage.dup.done": "Noted: they are two people.",
    "manage.dup.none": ("No two charts have numbers, or a name and phone number, that are nearly the same."),
    "manage.dup.more": "These are the first {count}. The others follow once these are done.",
}
