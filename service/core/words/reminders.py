"""The words of reminders: no program, no behavior, no amount, and no clinic but as it calls itself."""

from datetime import date, time
from typing import Final

from schemas.people import Language
from schemas.reminders import ReminderKind
from service.core.catalogs import ByLanguage, by_language
from service.core.words.words import MONTHS

SUBJECTS: Final[ByLanguage[str]] = by_language("reminders.subjects", "A reminder")
_WEEKDAYS: Final[ByLanguage[tuple[str, ...]]] = by_language(
    "reminders.weekdays", ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
)
_HELLO: Final[ByLanguage[tuple[str, str]]] = by_language(
    "reminders.hello", ("Hello.", "Hello from {called}.")
)
_TEXTS: Final[dict[ReminderKind, dict[Language, tuple[str, str]]]] = {
    "before_visit": {
        "en": ("You have an appointment on {day}.", "You have an appointment on {day} at {at}."),
        "es": ("Tienes una cita el {day}.", "Tienes una cita el {day} a las {at}."),
    },
    "after_miss": {
        "en": (
            "We keep your place. You are welcome back any day we are open.",
            "We keep your place. Your next appointment is on {day}.",
        ),
        "es": (
            "Te guardamos tu lugar. Puedes volver cualquier día que estemos abiertos.",
            "Te guardamos tu lugar. Tu próxima cita es el {day}.",
        ),
    },
    "waiting": {
        "en": ("Something is waiting for you. Ask for it when you come.",) * 2,
        "es": ("Hay algo que te espera. Pídelo cuando vengas.",) * 2,
    },
}
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
    hello = _HELLO[language][0 if called is None else 1].format(called=called)
    is_fuller = at is not None if kind == "before_visit" else day is not None
    said = _TEXTS[kind][language][1 if is_fuller else 0]
    text = said.format(
        day="" if day is None else _day(day, language), at="" if at is None else _time(at, language)
    )
    return f"{hello} {text} {_STOP[language][1 if hears_replies else 0]}"


def _day(day: date, language: Language) -> str:
    weekday, month = _WEEKDAYS[language][day.weekday()], MONTHS[language][day.month - 1]
    return f"{weekday}, {month} {day.day}" if language == "en" else f"{weekday} {day.day} de {month}"


def _time(at: time, language: Language) -> str:
    if language == "es":
        return f"{at.hour}:{at.minute:02}"
    return f"{at.hour % 12 or 12}:{at.minute:02} {'AM' if at.hour < 12 else 'PM'}"  # noqa: PLR2004  noon
