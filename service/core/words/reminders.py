"""The words of reminders: no program, no behavior, no amount, and no clinic but as it calls itself."""

from datetime import date, time
from typing import Final

from babel.dates import format_date, format_skeleton, format_time

from schemas.languages import SPOKEN
from schemas.people import Language
from schemas.reminders import ReminderKind
from service.core.catalogs import ByLanguage, by_language

SUBJECTS: Final[ByLanguage[str]] = by_language("reminders.subjects", "A reminder")
_HELLO: Final[ByLanguage[tuple[str, str]]] = by_language(
    "reminders.hello", ("Hello.", "Hello from {called}.")
)
_TEXTS: Final[ByLanguage[dict[ReminderKind, tuple[str, str]]]] = by_language(
    "reminders.texts",
    {
        "before_visit": ("You have an appointment on {day}.", "You have an appointment on {day} at {at}."),
        "after_miss": (
            "We keep your place. You are welcome back any day we are open.",
            "We keep your place. Your next appointment is on {day}.",
        ),
        "waiting": ("Something is waiting for you. Ask for it when you come.",) * 2,
    },
)
"""Each text twice: without and with what may be known, the time of a visit or the day of the next one."""
_STOP: Final[ByLanguage[tuple[str, str]]] = by_language(
    "reminders.stop", ("To stop these, tell us or use your own page.", "Reply STOP to stop these.")
)


def reminder_words(
    kind: ReminderKind,
    language: Language,
    *,
    called: str | None = None,
    day: date | None = None,
    at: time | None = None,
    hears_replies: bool = False,
) -> str:
    """A reminder in somebody's language; of a visit its `day`, and the time where it is known.

    After a miss `day` is that of the next visit, where there is one.
    """
    hello = _HELLO[language][called is not None].format(called=called)
    is_fuller = at is not None if kind == "before_visit" else day is not None
    said = _TEXTS[language][kind][is_fuller]
    text = said.format(
        day="" if day is None else _day(day, language), at="" if at is None else _time(at, language)
    )
    return f"{hello} {text} {_STOP[language][hears_replies]}"


def _day(day: date, language: Language) -> str:
    # CLDR has no whole weekday and month without a year in every language; a comma joins them in all.
    locale = SPOKEN[language].locale
    return f"{format_date(day, 'EEEE', locale=locale)}, {format_skeleton('MMMMd', day, locale=locale)}"


def _time(at: time, language: Language) -> str:
    # A narrow space is in no alphabet of text messages, and would double the price of the whole one.
    return format_time(at, "short", locale=SPOKEN[language].locale).replace("\u202f", " ")
