"""A log line holds ids, counts and times, whatever the code that wrote it meant to say."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from service import logs


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Give a stream that takes the logs for one test, and put logging back as it was."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    logs.set_up("info", "json", stream)
    yield stream
    structlog.contextvars.clear_contextvars()
    structlog.reset_defaults()
    for handler in root.handlers:
        handler.close()
    root.handlers[:] = before
    root.setLevel(level)


def last(stream: io.StringIO) -> dict[str, object]:
    """Read the last line that was logged."""
    line: dict[str, object] = json.loads(stream.getvalue().splitlines()[-1])
    return line


def test_a_fact_is_one_line_with_its_ids(lines: io.StringIO) -> None:
    """A machine can read each line by itself."""
    structlog.get_logger("service.flows").info("event_recorded", event_id="0198", amount=1750)
    line = last(lines)
    assert line.pop("timestamp")
    assert line == {
        "event": "event_recorded",
        "event_id": "0198",
        "amount": 1750,
        "level": "info",
        "logger": "service.flows",
    }


def test_a_key_that_is_not_on_the_list_is_dropped_and_named(lines: io.StringIO) -> None:
    """A name, a result or a free text does not reach the log by oversight."""
    structlog.get_logger().info("event_recorded", event_id="0198", outcome="positive", name="Ann")
    assert last(lines)["dropped"] == ["name", "outcome"]
    assert "positive" not in lines.getvalue()
    assert "Ann" not in lines.getvalue()


def test_request_ids_are_on_every_line_and_filtered_too(lines: io.StringIO) -> None:
    """The trace is found again in every line; a bound name is dropped like any other."""
    with structlog.contextvars.bound_contextvars(trace_id="4bf9", phone="555"):
        structlog.get_logger().info("reward_given")
    assert last(lines)["trace_id"] == "4bf9"
    assert last(lines)["dropped"] == ["phone"]


def test_the_standard_library_s_loggers_pass_the_same_guard(lines: io.StringIO) -> None:
    """A library's line has our form, and its extras are dropped."""
    logging.getLogger("uvicorn").warning("started %s", "well", extra={"email": "ann@example.org"})
    assert last(lines)["event"] == "started well"
    assert "ann@example.org" not in lines.getvalue()


def test_an_exception_shows_its_kind_and_places_and_not_its_message(lines: io.StringIO) -> None:
    """A message can quote the row that broke a constraint; the places are enough to find the fault."""
    try:
        int("(phone)=(555-0199)")
    except ValueError:
        structlog.get_logger().exception("request_failed", status=500)
        logging.getLogger("asyncpg").exception("query_failed")
    assert lines.getvalue().count("ValueError at ") == 2
    assert "ValueError at " in str(last(lines)["exception"])
    assert "test_an_exception_shows" in str(last(lines)["exception"])
    assert "555-0199" not in lines.getvalue()


def test_lines_below_the_level_are_not_written(lines: io.StringIO) -> None:
    """The level counts for our loggers and for everyone's."""
    structlog.get_logger("service").debug("looked")
    logging.getLogger("asyncpg").debug("looked")
    assert lines.getvalue() == ""


def test_the_console_form_shows_the_same_line_to_a_person() -> None:
    """The form changes, the guard does not."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    logs.set_up("info", "console", stream)
    structlog.get_logger().info("event_recorded", event_id="0198", note="free text")
    structlog.reset_defaults()
    root.handlers[:] = before
    root.setLevel(level)
    assert "event_recorded" in stream.getvalue()
    assert "0198" in stream.getvalue()
    assert "free text" not in stream.getvalue()
