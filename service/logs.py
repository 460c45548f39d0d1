"""Structured logs: facts in snake_case with ids, and nothing that could say who somebody is.

A log line is written by `structlog.get_logger().info("event_recorded", event_id=..., amount=1750)`.
Every key must be on the closed list below; a key that is not on it is dropped, and its name alone is
kept under `dropped`. So a name, a result or a free text cannot reach the log by oversight: it would first
need a key here, and a reader of that change would see it. Whatever the standard library's loggers say
(the web server, the database driver) passes the same guard.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable
from typing import Final, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from service.settings import LogFormat, LogLevel

SAFE_KEYS: Final = frozenset({
    # what the machinery itself adds
    "event", "level", "logger", "timestamp", "exception", "dropped",
    # ids: they say which record, to someone who may open the record
    "award_id", "clinic_id", "correction_id", "delivery_id", "draw_id", "enrollment_id", "event_id", "key_id",
    "manual_award_id", "participant_id", "program_id", "redemption_id", "reward_id", "source_id", "staff_id",
    "subscriber_id", "bowl_id", "request_id", "trace_id", "span_id",
    # sums and counts
    "amount", "attempts", "awards", "batch_items", "bytes", "count", "dead", "delivered", "events", "failed",
    "held", "items", "needed", "sequence", "unit", "withheld", "workers", "p",
    # time taken
    "duration_ms", "offset_s", "wait_s",
    # the request, as the route's pattern and never as the path that was asked for
    "code", "method", "role", "route", "status",
    # the process and its surroundings
    "address", "constraint", "error", "host", "migration", "pid", "port", "process", "query", "setting",
    "signal", "store", "version",
})  # fmt: skip  # table: the words that a log may use, by kind
"""The closed list of keys that a log line may have; each is an id, a count, a time or a word of our own."""


def set_up(level: LogLevel, form: LogFormat, stream: TextIO | None = None) -> None:
    """Send all logs, ours and the standard library's, to one stream (stderr unless given) in one form.

    Args:
        level: the least severe level that is written.
        form: `json`, one object a line, or `console`, for a person.
        stream: where lines go; stdout stays free for what a command prints.
    """
    out = sys.stderr if stream is None else stream
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: Processor = (
        structlog.processors.JSONRenderer()
        if form == "json"
        else structlog.dev.ConsoleRenderer(
            colors=out.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                exception_without_values,
                keep_safe_keys,
                renderer,
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    _quiet(("httpx", "httpcore", "asyncio"))
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def keep_safe_keys(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Drop every key that is not on the closed list, and name the dropped ones without their values."""
    unsafe = sorted(key for key in line if key not in SAFE_KEYS)
    if not unsafe:
        return line
    kept: EventDict = {key: value for key, value in line.items() if key in SAFE_KEYS}
    kept["dropped"] = unsafe
    return kept


def exception_without_values(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Replace an exception by where it happened and what kind it was, leaving out its message.

    A message may carry what was in the request: PostgreSQL's, for one, quotes the row that broke a
    constraint. The kind and the places are enough to find the fault.
    """
    info = line.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    if isinstance(info, tuple):
        info = info[1]
    if isinstance(info, BaseException):
        line["exception"] = _places(info)
    return line


def _places(error: BaseException) -> str:
    chain: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        frames: list[str] = []
        trace = current.__traceback__
        while trace is not None:
            code = trace.tb_frame.f_code
            frames.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        chain.append(f"{type(current).__name__} at {' < '.join(reversed(frames)) or 'no place'}")
        current = current.__cause__ or current.__context__
    return "; from ".join(chain)


def _quiet(names: Iterable[str]) -> None:
    # These log the full address of every request at "info", and an address can hold an id of ours and
    # a subscriber's secret path.
    for name in names:
        logging.getLogger(name).setLevel(logging.WARNING)
