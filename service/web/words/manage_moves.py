"""Texts of Manage on moving people to a newer version of their program."""

from typing import Final

from service.core.catalogs import Texts, plural

WORDS: Final[Texts] = {
    "manage.move.title": "Move people to version {version}",
    "manage.move.lead": (
        "All their visits are counted again by the new version. What is worth more is paid, "
        "and nothing that was paid is taken back."
    ),
    "manage.move.reason_given": "Version {version} of the program",
    "manage.move.progress": "{moved} of {all} moved",
    "manage.move.go_on": "Go on",
    "manage.move.stop": "Stop",
    "manage.move.moved": "Moved: {count}",
    "manage.move.everybody": "Move everybody who can be",
    "manage.move.some_stay": plural(
        "One of them would stay in their version; why stands beside them.",
        "{count} of them would stay in their version; why stands beside each.",
    ),
    "manage.move.all": "Move all {count}",
    "manage.move.one": "Move",
    "manage.move.from": "version {version}, since {day}",
    "manage.move.paid": "{amount} more would be paid at once.",
    "manage.move.nothing": "Nothing more is paid for visits until now.",
    "manage.move.first_of": "The first {count} of {all} are shown.",
    "manage.move.none": "Everybody is in the newest version.",
}
