"""The voice of a page: its language and time zone, with the words, days and amounts that it has in them."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, format_time, format_timedelta
from markupsafe import Markup, escape
from msgspec import UnsetType

from schemas.languages import SOURCE, SPOKEN
from schemas.people import Language
from schemas.program import Title, Unit
from schemas.shelf import RewardName, RewardText
from service.core.access.sessions import Session
from service.core.catalogs import text_of, worded
from service.core.currencies import UNITS, is_money
from service.core.numerals import currency_name
from service.core.refusals import Fault, Refused
from service.core.words.refusals.catalog import SENTENCES, for_people
from service.core.words.sentences import money
from service.core.words.shipped import SHIPPED
from service.web.http import cookies
from service.web.http.speaking import wanted_of
from service.web.pages.framework.request import PageRequest
from service.web.words import SAID, WORDS

TIERS: Final[Mapping[str, str]] = {
    "good job": "desk.tier.good_job",
    "small": "desk.tier.small",
    "large": "desk.tier.large",
    "jumbo": "desk.tier.jumbo",
}
"""The words for the tiers of the predefined bowl."""
UTC_ZONE: Final = ZoneInfo("UTC")


class Voice:
    """One language and one time zone: the words, days, times and amounts of one page."""

    def __init__(self, language: Language, zone: ZoneInfo, now: datetime) -> None:
        """Speak a language, in a clinic's zone, at a moment."""
        self.language = language
        self.zone = zone
        self._now = now
        self._locale = SPOKEN[language].locale
        self._words = SAID[language]

    def say(self, key: str, **values: object) -> Markup:
        """A text of the pages, with values put in; what is put in is escaped.

        A text that is counted is said in the form of its `count`.

        Raises KeyError for a text that there is not, and for a value that it needs and is not given.
        """
        return Markup(escape(self._text(key, values))).format(**values)  # noqa: S704  the text is ours, and format escapes the rest

    def plain(self, key: str, **values: object) -> str:
        """The same text with nothing escaped, for what a template or a chart escapes later: once.

        Raises KeyError like `say`.
        """
        return self._text(key, values).format(**values)

    def explain(self, one: Refused | Fault) -> str:
        """Why something was refused, or what is wrong at a place; what the pages refuse has a text of theirs.

        Raises KeyError like `say`.
        """
        if one.reason in SENTENCES:
            return for_people(one, self.language)
        return self.plain(one.reason.partition(".")[2], **one.values)

    def _text(self, key: str, values: Mapping[str, object]) -> str:
        found = self._words[key]
        return found if isinstance(found, str) else text_of(found, values.get("count"))

    def money(self, amount: int, unit: Unit) -> str:
        """An amount in its unit: `$17.50`, `7 draws`."""
        return money(amount, unit, self.language)

    def unit(self, unit: Unit) -> str:
        """What a unit is called: `dollars`, `points`, another currency by its name and code: `Euro (EUR)`."""
        if is_money(unit) and unit != "usd":
            return currency_name(unit, self.language)
        return self.plain(f"manage.pick.unit.{unit}")

    def units(self, *, draws: bool = False) -> list[tuple[Unit, str]]:
        """The units to choose from: dollars and points first, then every other currency by its name."""
        first: tuple[Unit, ...] = ("usd", "points", "draw") if draws else ("usd", "points")
        others = [(one, self.unit(one)) for one in UNITS if is_money(one) and one != "usd"]
        return [*((one, self.unit(one)) for one in first), *sorted(others, key=lambda one: one[1].casefold())]

    def outcome(self, word: str, title: Title | UnsetType | None = None) -> str:
        """An outcome as people read it: a program's own word by its title, or as it is written."""
        known = f"desk.outcome.{word}"
        if known in WORDS:
            return self.plain(known)
        if isinstance(title, Title):
            return self.titled(title)
        return word[:1].upper() + word[1:].replace("_", " ")

    def tier(self, name: str) -> str:
        """A tier of a bowl as people read it: those of the predefined bowl in the language of the page."""
        return self.plain(TIERS[name]) if name in TIERS else name[:1].upper() + name[1:]

    def category(self, slug: str) -> str:
        """A category of the shelf: the usual ones in the language of the page, others as they are written."""
        known = f"manage.category.{slug.replace('-', '_')}"
        return self.plain(known) if known in WORDS else slug.replace("-", " ")

    def titled(self, title: Title | RewardName | RewardText | str) -> str:
        """A title in the language of the page; one that is written once is read in both."""
        if isinstance(title, str):
            title = SHIPPED.get(title) or Title(title, title)
        return worded(title, self.language)

    def day(self, day: date | datetime, form: str = "yMMMMd") -> str:
        """A day by one of CLDR's skeletons: `MMMEd` is `Thu, Oct 15`, `MMMMEEEEd` `Thursday, October 15`."""
        local = day.astimezone(self.zone).date() if isinstance(day, datetime) else day
        return format_skeleton(form, local, locale=self._locale)

    def day_of(self, day: date | datetime) -> str:
        """A day as it is said: today, yesterday, or its name."""
        local = day.astimezone(self.zone).date() if isinstance(day, datetime) else day
        today = self._now.astimezone(self.zone).date()
        if local == today:
            return self.plain("shared.today")
        if local == today - timedelta(days=1):
            return self.plain("shared.yesterday")
        return self.day(local, "MMMEd" if local.year == today.year else "yMMMd")

    def time(self, at: datetime) -> str:
        """A time of day in the clinic's zone: `9:12 AM`."""
        # CLDR puts a narrow no-break space before AM, which few fonts draw well.
        return format_time(at.astimezone(self.zone), "short", locale=self._locale).replace("\u202f", "\u00a0")

    def clock(self, text: str) -> str:
        """A time of the day that is written as `13:00`: `1:00 PM`."""
        return format_time(time.fromisoformat(text), "short", locale=self._locale).replace("\u202f", "\u00a0")

    def moment(self, at: datetime) -> str:
        """A day and a time."""
        return f"{self.day_of(at)}, {self.time(at)}"

    def since(self, at: datetime) -> str:
        """How long ago something was: `2 hours ago`."""
        return format_timedelta(at - self._now, add_direction=True, locale=self._locale)

    def long_day(self, day: date) -> str:
        """A whole day: `Thursday, October 22, 2026`."""
        return format_date(day, "full", locale=self._locale)


def language_of(request: PageRequest, session: Session | None) -> Language:
    """The language last chosen in this browser, else the person's own, else what the browser asks for."""
    chosen = request.cookies.get(cookies.LANGUAGE)
    if chosen is not None and chosen in SPOKEN:
        return chosen
    if session is not None and session.subject is not None:
        return session.language
    return wanted_of(request.headers.get("accept-language", "")) or SOURCE


def voice_of(request: PageRequest, session: Session | None, now: datetime) -> Voice:
    """The words, days and amounts of a page: in the clinic's time zone, in UTC where nobody is signed in."""
    zone = UTC_ZONE if session is None else ZoneInfo(session.zone)
    return Voice(language_of(request, session), zone, now)
