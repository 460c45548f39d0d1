"""Who was shown to whom today: a list that refreshes itself tells the audit trail of whoever is new in it.

A desk looks at the same hundreds of people again and again, and an entry for each at every look would bury
the trail. Each of them is told of once a day and viewer, by every process that shows them. What is remembered
may be lost: then they are told of once more.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import UUID

from service.flows.perform import Act

VIEWERS_MAX: Final = 64
"""Of how many viewers a process remembers whom they were shown; the one who came first makes room."""

_shown: dict[tuple[UUID, UUID], tuple[date, set[UUID]]] = {}


def audit_listed(act: Act, today: date, people: Iterable[UUID], **detail: str | int) -> None:
    """Tell the audit trail of those who are shown to the actor for the first time today."""
    viewer = act.clinic, act.actor.id
    day, known = _shown.get(viewer, (today, set()))
    if day != today:
        known = set()
    new = [one for one in people if one not in known]
    for one in new:
        act.audit("visits.listed", None, one, **detail)

    def remember() -> None:
        while len(_shown) >= VIEWERS_MAX and viewer not in _shown:
            del _shown[next(iter(_shown))]
        since, before = _shown.get(viewer, (today, set()))
        _shown[viewer] = today, {*new, *(before if since == today else ())}

    if new:
        act.after.append(remember)
