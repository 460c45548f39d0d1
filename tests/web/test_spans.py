"""Spans are sent to whoever asks for them, with ids and closed words alone, and to nobody else."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import pytest

from service import settings, tracing
from service.tracing import TRACING, Span
from tests.house.test_settings_are_checked import ENOUGH
from tests.web.conftest import answering, environment_of, free_port, make_clinic, start_server

if TYPE_CHECKING:
    from service.embedded import Stores
    from tests.web.conftest import Clinic, Server

pytest.importorskip("opentelemetry.exporter.otlp.proto.http")

COME_S_MAX: Final = 20.0
TRACE, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


class Collector(ThreadingHTTPServer):
    """Takes spans as a collector of OpenTelemetry does (OTLP over HTTP, in protobuf)."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Taking)
        self.bodies: list[bytes] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """Where spans are sent."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1/traces"

    @property
    def spans(self) -> list[Any]:
        """All that came."""
        shapes = import_module("opentelemetry.proto.collector.trace.v1.trace_service_pb2")
        found = [shapes.ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        scopes = [scope for one in found for of in one.resource_spans for scope in of.scope_spans]
        return [span for scope in scopes for span in scope.spans]

    async def until(self, name: str) -> Any:  # noqa: ANN401  a message of protobuf
        """Wait for a span of a name, and give it."""
        end = time.monotonic() + COME_S_MAX
        while not (found := [span for span in self.spans if span.name == name]):
            assert time.monotonic() < end, f"{name} is not among {[span.name for span in self.spans]}"
            await asyncio.sleep(0.05)
        return found[0]


class Taking(BaseHTTPRequestHandler):
    """Takes one sending."""

    server: Collector

    def do_POST(self) -> None:
        """Keep it, and say so."""
        body = self.rfile.read(int(self.headers["content-length"]))
        if self.headers.get("content-encoding") is None:
            self.server.bodies.append(body)
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing on the terminal."""


@pytest.fixture
def collector() -> Iterator[Collector]:
    """Run a collector."""
    made = Collector()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture
async def traced(
    stores: Stores, served_database: str, server: Server, collector: Collector
) -> AsyncIterator[Clinic]:
    """Give a clinic of a server that sends spans."""
    port = free_port()
    process = start_server(
        {
            **environment_of(stores, served_database),
            "TRACES_URL": collector.url,
            "OTEL_BSP_SCHEDULE_DELAY": "100",
        },
        port,
    )
    try:
        await answering(f"http://127.0.0.1:{port}", process)
        made = await make_clinic(server.database, f"http://127.0.0.1:{port}")
        yield made
        await made.close()
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, 20)


def facts(span: Any) -> dict[str, str | int]:  # noqa: ANN401  a message of protobuf
    """Read what a span says."""
    return {one.key: one.value.string_value or one.value.int_value for one in span.attributes}


async def test_a_request_and_its_batch_are_told_with_ids_alone(traced: Clinic, collector: Collector) -> None:
    """Under the trace that the caller sent and the answer names; no name, number or path is in them."""
    sampled = {"traceparent": f"00-{TRACE}-{PARENT}-01"}
    person = await traced.post(
        "/v1/participants", {"reference": "MRN-7781", "name": "Josephine"}, "manager", **sampled
    )
    who = person.json()["id"]
    read = await traced.client().get(f"/v1/participants/{who}/balance")
    assert read.status_code == 200
    missing = await traced.get("/v1/participants/none")
    told = await collector.until("POST /v1/participants")
    assert (told.trace_id.hex(), told.parent_span_id.hex()) == (TRACE, PARENT)
    assert person.headers["traceparent"] == f"00-{TRACE}-{told.span_id.hex()}-01"
    assert facts(told) == {
        "http.request.method": "POST",
        "http.route": "/v1/participants",
        "http.response.status_code": 201,
        "rewards.clinic_id": traced.id,
        "rewards.actor_id": traced.key_ids["manager"],
        "rewards.role": "manager",
    }
    assert 0 < told.end_time_unix_nano - told.start_time_unix_nano < COME_S_MAX * 1e9
    batch = await collector.until("batch of balances")
    assert facts(batch) == {"rewards.clinic_id": traced.id, "rewards.items": 1}
    refused = await collector.until("GET /v1/participants/{participant}")
    assert facts(refused)["rewards.code"] == missing.json()["code"]
    for word in (b"Josephine", b"MRN-7781", who.encode(), b"participants/none"):
        assert not any(word in body for body in collector.bodies), word


async def test_who_asks_for_no_span_has_none(traced: Clinic, collector: Collector) -> None:
    """A trace that its beginner does not sample is sampled nowhere (W3C Trace Context, 3.2.2.5)."""
    await traced.client().get("/v1/programs", headers={"traceparent": f"00-{TRACE}-{PARENT}-00"})
    await traced.get("/v1/rewards")
    await collector.until("GET /v1/rewards")
    assert "GET /v1/programs" not in [span.name for span in collector.spans]


def test_spans_need_the_extra_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything starts; and without the setting nothing of it is read."""
    asked = {**ENOUGH, "TRACES_URL": "http://collector:4318/v1/traces"}
    assert settings.read(asked).traces_url == asked["TRACES_URL"]
    monkeypatch.setattr(tracing, "NEEDED", "opentelemetry_that_is_not_there.http")
    with pytest.raises(settings.SettingsError, match="Install the extra `otel`"):
        settings.read(asked)
    looks = "import sys, service.app; sys.exit('opentelemetry.exporter' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", looks], check=False).returncode == 0
    assert not TRACING.is_on
    TRACING.tell(Span("nothing", "internal", 0.1, {}))


def test_a_collector_that_says_nothing_holds_up_no_end() -> None:
    """What it has not taken by then is lost."""

    class Hung:
        """An exporter whose collector is frozen."""

        def export(self, _spans: object) -> None:
            """Never come back."""
            threading.Event().wait()

        def shutdown(self) -> None:
            """Neither."""
            threading.Event().wait()

    began = time.monotonic()
    with TRACING.by(Hung(), "worker"):
        TRACING.tell(Span("a", "internal", 0.1, {}))
    assert time.monotonic() - began < tracing.EXPORT_S_MAX + 3
