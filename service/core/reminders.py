"""Reminders: when they may go out, by quiet hours and the clinic's wall clock, and what an answer means."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from msgspec import Struct

from schemas.reminders import ReminderKind, ReminderSettings, ReplyMeant
from service.core.calendar import local_day

UNSET: Final = ReminderSettings((), 24, "20:00", "08:00", "09:00", None, replies=False)
"""What holds where nobody has set anything: nothing is sent."""

IN_TIME: Final = timedelta(hours=1)
"""A reminder that would reach somebody later than this before their visit goes out before the quiet hours."""
KEPT_DAYS: Final = 3
"""For how many days after a missed visit somebody is told that their place is kept."""
APART: Final[dict[ReminderKind, timedelta]] = {
    "before_visit": timedelta(0),
    "after_miss": timedelta(days=7),
    "waiting": timedelta(days=7),
}
"""How far apart two reminders of one kind are at least."""
REST: Final = timedelta(hours=20)
"""How long after any reminder somebody is let be; a visit to come is told of all the same."""
WAITS_FROM: Final = timedelta(days=1)
WAITS_UNTIL: Final = timedelta(days=30)
"""From when on and how long somebody is told of what waits for them."""

STOPS: Final = frozenset(
    {"stop", "stopall", "unsubscribe", "optout", "revoke", "alto", "parar", "baja", "basta"}
)
"""Words that stop reminders wherever they stand in an answer: one reminder too few does less harm."""
STOPS_ALONE: Final = frozenset({"cancel", "end", "quit", "no", "opt out", "cancelar", "para", "fin"})
"""Answers that stop them where they say nothing else."""
STARTS_ALONE: Final = frozenset({"start", "unstop", "iniciar", "comenzar", "empezar"})

_WORD: Final = re.compile(r"[^\W\d_]+")


class Quiet(Struct, frozen=True):
    """Hours of the clinic's wall clock in which nothing is sent; none where both are the same."""

    begins: time
    ends: time

    def covers(self, wall: time) -> bool:
        """Whether a time of the day lies within them."""
        if self.begins <= self.ends:
            return self.begins <= wall < self.ends
        return wall >= self.begins or wall < self.ends


class Window(Struct, frozen=True):
    """From when on a reminder may go out, and from when on it is of no use."""

    begins: datetime
    ends: datetime

    def holds(self, at: datetime) -> bool:
        """Whether it may go out at a moment."""
        return self.begins <= at < self.ends


def clock(text: str) -> time:
    """A time of the day from its text, such as `08:30`."""
    return time.fromisoformat(text)


def quiet_of(settings: ReminderSettings) -> Quiet:
    """The quiet hours that are set."""
    return Quiet(clock(settings.quiet_from), clock(settings.quiet_until))


def is_quiet(at: datetime, quiet: Quiet, zone: tzinfo) -> bool:
    """Whether a moment lies in the clinic's quiet hours, by its wall clock."""
    return quiet.covers(at.astimezone(zone).time())


def moment_on(day: date, wall: time, zone: tzinfo) -> datetime:
    """The moment (UTC) at which the clinic's wall clock shows a time on a day."""
    return datetime.combine(day, wall, zone).astimezone(UTC)


def visit_window(begins: datetime, hours: int, quiet: Quiet, zone: tzinfo) -> Window:
    """When somebody is reminded of a visit: some hours before it begins, moved to the border of quiet hours.

    What falls into them goes out when they end, or, where that were too late, an hour before they begin.
    """
    at = begins - timedelta(hours=hours)
    if is_quiet(at, quiet, zone):
        after, before = _borders(at, quiet, zone)
        at = after if after <= begins - IN_TIME else before - IN_TIME
    return Window(at, begins)


def _borders(at: datetime, quiet: Quiet, zone: tzinfo) -> tuple[datetime, datetime]:
    """When the quiet hours that a moment lies in end, and when they begin."""
    day = local_day(at, zone)
    days = [day + timedelta(days=ahead) for ahead in (-1, 0, 1)]
    ends = [moment_on(one, quiet.ends, zone) for one in days]
    begins = [moment_on(one, quiet.begins, zone) for one in days]
    return min(one for one in ends if one > at), max(one for one in begins if one <= at)


def meaning_of(text: str) -> ReplyMeant:
    """What an answer to a reminder asks for."""
    words = _WORD.findall(text.casefold())
    whole = " ".join(words)
    if STOPS & set(words) or whole in STOPS_ALONE:
        return "stop"
    return "start" if whole in STARTS_ALONE else "nothing"
