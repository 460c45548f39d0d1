"""Texts that the pages of Manage share."""

from typing import Final

from service.core.catalogs import Texts

WORDS: Final[Texts] = {
    "manage.no_such_person": "Nobody here has this code or reference. Look at it again.",
    "manage.give_time": "Enter a day and a time.",
    "manage.tick_sure": "Tick the box to say that you mean it.",
    "manage.older": "Older",
    "manage.newest": "Newest",
    "manage.everything": "Everything",
    "manage.show_these": "Show",
    "manage.from": "From",
    "manage.to": "To",
    "manage.to_optional": "To (optional)",
    "manage.person": "Code or reference",
    "manage.csv": "Download as CSV",
}
