"""Spans for OpenTelemetry: what requests, batches and deliveries took; off unless somebody asks for them.

A span says ids, counts and closed words, as a line of the log does: never a name, an outcome, or a path as it
was asked. It is made once its work is over, under the ids that the log and the answer have, so what is served
costs nothing more while nobody asks for spans, and little while somebody does.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final, Literal

from msgspec import Struct

from service.clock import machine_clock
from service.version import VERSION

EXPORT_S_MAX: Final = 5.0
"""How long one sending of spans may take, in seconds, and what is left at the end."""
NEEDED: Final = "opentelemetry.exporter.otlp.proto.http"
SAMPLED: Final = 1
NS: Final = 1_000_000_000

Kind = Literal["server", "internal", "client"]


class Span(Struct, frozen=True):
    """Work that is over: what, under which ids, how long it took in seconds, and what else is known of it.

    A span without a trace begins one; `parent` is the id of the span that asked for it, if it sent one.
    """

    name: str
    kind: Kind
    seconds: float
    facts: Mapping[str, str | int]
    trace_id: str | None = None
    span_id: str | None = None
    parent: str | None = None
    is_fault: bool = False


class Tracing:
    """Whether spans are kept in this process, and by whom."""

    def __init__(self) -> None:
        """Begin with nobody who asks for any."""
        self._keep: Callable[[Span], None] | None = None

    @property
    def is_on(self) -> bool:
        """Whether anybody asks for spans."""
        return self._keep is not None

    def tell(self, span: Span) -> None:
        """Keep a span, where somebody asks for it."""
        if self._keep is not None:
            self._keep(span)

    @contextmanager
    def to(self, url: str | None, process: Literal["web", "worker"]) -> Iterator[None]:
        """Send spans to an address by OTLP over HTTP until the block ends; to none where there is none."""
        if url is None or self._keep is not None:
            yield
            return
        exporter = import_module(f"{NEEDED}.trace_exporter").OTLPSpanExporter(url, timeout=EXPORT_S_MAX)
        with self.by(exporter, process):
            yield

    @contextmanager
    def by(self, exporter: Any, process: Literal["web", "worker"]) -> Iterator[None]:  # noqa: ANN401  SDK
        """Have spans sent by an exporter of OpenTelemetry until the block ends, some at a time."""
        export, made = import_module("opentelemetry.sdk.trace.export"), _maker(process)
        processor = export.BatchSpanProcessor(exporter, export_timeout_millis=EXPORT_S_MAX * 1000)
        self._keep = lambda span: processor.on_end(made(span))
        try:
            yield
        finally:
            self._keep = None
            ending = threading.Thread(target=processor.shutdown, daemon=True)
            ending.start()
            # What a collector that says nothing has not taken by then is lost.
            ending.join(EXPORT_S_MAX)


TRACING: Final = Tracing()
"""Of this process."""


def is_installed() -> bool:
    """Whether the extra `otel` is there."""
    try:
        return find_spec(NEEDED) is not None
    except ModuleNotFoundError:
        return False


def _maker(process: str) -> Callable[[Span], Any]:
    """What makes the SDK's spans of ours."""
    sdk, trace = import_module("opentelemetry.sdk.trace"), import_module("opentelemetry.trace")
    resource = import_module("opentelemetry.sdk.resources").Resource.create(
        {"service.name": f"rewards-{process}", "service.version": VERSION, "process.pid": os.getpid()}
    )
    kinds = {
        "server": trace.SpanKind.SERVER,
        "client": trace.SpanKind.CLIENT,
        "internal": trace.SpanKind.INTERNAL,
    }
    context = partial(trace.SpanContext, trace_flags=trace.TraceFlags(SAMPLED))
    fault, right = trace.Status(trace.StatusCode.ERROR), trace.Status()

    def made(span: Span) -> Any:  # noqa: ANN401  a span of the SDK
        ended = int(machine_clock().timestamp() * NS)
        trace_id = int(span.trace_id or os.urandom(16).hex(), 16)
        own = context(trace_id, int(span.span_id or os.urandom(8).hex(), 16), is_remote=False)
        asked = None if span.parent is None else context(trace_id, int(span.parent, 16), is_remote=True)
        return sdk.ReadableSpan(
            span.name,
            own,
            asked,
            resource,
            dict(span.facts),
            kind=kinds[span.kind],
            status=fault if span.is_fault else right,
            start_time=ended - int(span.seconds * NS),
            end_time=ended,
        )

    return made
