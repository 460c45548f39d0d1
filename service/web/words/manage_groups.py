"""Texts of groups under Manage."""

from typing import Final

from service.core.catalogs import Texts

WORDS: Final[Texts] = {
    "manage.group.lead": (
        "Who meets on which days. At the desk a session is one screen: everybody is recorded with one press."
    ),
    "manage.group.none": "There is no group yet.",
    "manage.group.ended": "does not meet any more",
    "manage.group.add": "Add a group",
    "manage.group.change": "Change the group",
    "manage.group.name_en": "Name in English",
    "manage.group.name_es": "Name in Spanish",
    "manage.group.places": "Where attendance is recorded",
    "manage.group.places_why": (
        "One target of each program. A member is recorded in the first one that they are enrolled in."
    ),
    "manage.group.no_places": "No program has attendance yet. Publish one first.",
    "manage.group.times": "Days and times",
    "manage.group.times_why": "Leave the time empty on days without a session.",
    "manage.group.begins": "Begins",
    "manage.group.minutes": "Minutes",
    "manage.group.day.mon": "Monday",
    "manage.group.day.tue": "Tuesday",
    "manage.group.day.wed": "Wednesday",
    "manage.group.day.thu": "Thursday",
    "manage.group.day.fri": "Friday",
    "manage.group.day.sat": "Saturday",
    "manage.group.day.sun": "Sunday",
    "manage.group.leader": "Led by",
    "manage.group.nobody": "Nobody yet",
    "manage.group.members": "Members",
    "manage.group.empty": "Nobody is in this group yet.",
    "manage.group.find": "Find somebody to put in",
    "manage.group.put_in": "Put in",
    "manage.group.remove": "Take out",
    "manage.group.active": "This group meets",
    "manage.group.today": "Today's session",
    "manage.group.done.made": "Made. Put people in below.",
    "manage.group.done.changed": "Changed.",
    "manage.group.done.added": "Put in.",
    "manage.group.done.removed": "Taken out. What was recorded stays.",
}
