"""When reminders may go out, what an answer means, and what their words do not say."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.people import Language
from schemas.reminders import ReminderKind
from service.core.reminders import Quiet, is_quiet, meaning_of, visit_window
from service.core.words.reminders import reminder_words

ZONE = ZoneInfo("America/Los_Angeles")
NIGHT = Quiet(time(20), time(8))
NONE = Quiet(time(0), time(0))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of March 2026 by the clinic's clocks, which spring forward on the 8th."""
    return datetime(2026, 3, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


@pytest.mark.parametrize(
    ("begins", "hours", "sent"),
    [
        (at(4, 9), 24, at(3, 9)),
        (at(4, 9), 12, at(4, 8)),  # 21:00 is quiet: they end an hour before the visit
        (at(4, 7, 30), 3, at(3, 19)),  # 04:30 is quiet, and 08:00 too late: an hour before they began
        (at(4, 8, 30), 12, at(3, 19)),
        (at(8, 9), 12, at(8, 8)),  # the night in which clocks spring forward
    ],
)
def test_a_reminder_due_in_quiet_hours_goes_out_at_their_border(
    begins: datetime, hours: int, sent: datetime
) -> None:
    """When they end, where that leaves an hour; else before they begin."""
    assert visit_window(begins, hours, NIGHT, ZONE).begins == sent


@given(st.integers(0, 700 * 24 * 60), st.integers(1, 72), st.times(), st.times())
def test_no_reminder_begins_long_before_its_time_or_after_its_visit(
    minutes: int, hours: int, begins: time, ends: time
) -> None:
    """Whatever the hours are, and whatever the clocks do."""
    visit = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    quiet = Quiet(begins.replace(microsecond=0), ends.replace(microsecond=0))
    window = visit_window(visit, hours, quiet, ZONE)
    assert window.begins < window.ends == visit
    assert visit - window.begins <= timedelta(hours=hours + 26)


def test_quiet_hours_that_begin_when_they_end_are_none() -> None:
    """And those over midnight cover both sides of it."""
    assert not any(is_quiet(at(3, hour), NONE, ZONE) for hour in range(24))
    assert [hour for hour in range(24) if is_quiet(at(3, hour), NIGHT, ZONE)] == [*range(8), *range(20, 24)]


@pytest.mark.parametrize(
    "text", ["STOP", "stop.", "Please stop texting me", "Cancel", "ALTO", "Baja", "opt-out"]
)
def test_stop_is_heard_however_it_is_written(text: str) -> None:
    """In both languages; one reminder too few does less harm."""
    assert meaning_of(text) == "stop"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("START", "start"),
        ("Iniciar", "start"),
        ("", "nothing"),
        ("Can I cancel Monday and come on Friday?", "nothing"),
        ("When do I start?", "nothing"),
        ("thanks", "nothing"),
    ],
)
def test_start_is_heard_alone(text: str, meant: str) -> None:
    """Nobody is reminded again because the word stood in a question."""
    assert meaning_of(text) == meant


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("kind", get_args(ReminderKind))
def test_no_reminder_says_what_somebody_is_here_for(kind: ReminderKind, language: Language) -> None:
    """No program, drug, behavior, reward or amount, whatever is known."""
    for day in (None, date(2026, 3, 3)) if kind != "before_visit" else (date(2026, 3, 3),):
        for clock in (None, time(13, 5)):
            for called in (None, "Your care team"):
                said = reminder_words(kind, language, called=called, day=day, at=clock).casefold()
                for told in ("test", "drug", "clinic", "reward", "prize", "draw", "$", "group", "clínica"):
                    assert told not in said
                assert "{" not in said
                assert "none" not in said


def test_a_visit_is_told_by_its_day_and_time_in_their_language() -> None:
    """As people say them."""
    day = date(2026, 3, 3)
    assert reminder_words("before_visit", "en", day=day, at=time(13, 5), hears_replies=True) == (
        "Hello. You have an appointment on Tuesday, March 3 at 1:05 PM. Reply STOP to stop these."
    )
    assert reminder_words("before_visit", "es", called="Tu equipo", day=day) == (
        "Hola de parte de Tu equipo. Tienes una cita el martes, 3 de marzo. "
        "Para no recibir más, avísanos o usa tu propia página."
    )
