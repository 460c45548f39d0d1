"""The span of a request, for OpenTelemetry: under the ids that its log line and its answer have."""

from __future__ import annotations

from typing import Final

from service.tracing import TRACING, Span
from service.web.http.context import RequestContext
from service.web.http.measures import METHODS

UNKNOWN: Final = "_OTHER"
"""What OpenTelemetry's conventions call any other method."""
FAULT: Final = 500


def tell_request(context: RequestContext, method: str, seconds: float) -> None:
    """Tell of a request that was answered, unless whoever asked said that it is not sampled."""
    if not TRACING.is_on:
        return
    if context.parent_id is not None and not int(context.flags, 16) & 1:
        return
    asked = method if method in METHODS else UNKNOWN
    facts: dict[str, str | int] = {
        "http.request.method": asked,
        "http.route": context.route,
        "http.response.status_code": context.status,
    }
    if context.actor is not None:
        facts |= {
            "rewards.clinic_id": str(context.actor.clinic),
            "rewards.actor_id": str(context.actor.id),
            "rewards.role": context.actor.role,
        }
    if context.code is not None:
        facts["rewards.code"] = context.code
    TRACING.tell(
        Span(
            f"{asked} {context.route}",
            "server",
            seconds,
            facts,
            context.trace_id,
            context.span_id,
            context.parent_id,
            is_fault=context.status >= FAULT,
        )
    )
