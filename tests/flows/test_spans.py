"""Each attempt to deliver a notice is told to whoever asks for spans, with ids and what became of it."""

from __future__ import annotations

from typing import Any

import pytest

from service.store.database.ids import new_id
from service.tracing import TRACING
from tests.flows.conftest import Scene
from tests.flows.subscribers import Worker, subscribe, tell_many
from tests.outbound.receivers import answer, answering, receiving

export = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter")


@pytest.mark.parametrize(("status", "outcome"), [(200, "delivered"), (503, "failed")])
async def test_an_attempt_is_told_with_what_became_of_it(scene: Scene, status: int, outcome: str) -> None:
    """By ids: not where it went, and not what it said."""
    exporter = export.InMemorySpanExporter()
    who = new_id()
    async with receiving(answering(answer(status, b"thanks"))) as receiver:
        one = await subscribe(scene, receiver.url)
        await tell_many(scene, 1, who)
        with TRACING.by(exporter, "worker"):
            await Worker(scene).deliver(one)
        (asked,) = receiver.asked
    spans: list[Any] = [span for span in exporter.get_finished_spans() if span.name == "deliver notice"]
    assert [dict(span.attributes) for span in spans] == [
        {
            "rewards.clinic_id": str(scene.clinic),
            "rewards.subscriber_id": str(one),
            "rewards.delivery_id": asked.headers["webhook-id"],
            "rewards.sequence": 1,
            "rewards.outcome": outcome,
        }
    ]
    assert spans[0].status.is_ok == (outcome == "delivered")
    assert spans[0].resource.attributes["service.name"] == "rewards-worker"
    assert receiver.url not in str(spans[0].to_json())
    assert str(who) not in str(spans[0].to_json())
    assert not TRACING.is_on
