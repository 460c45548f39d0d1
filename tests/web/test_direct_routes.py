"""The routes that are asked most are answered before the framework, exactly as behind it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import uuid4

import httpx
import pytest

from service import app as apps
from service.app import create_app
from service.web.api.routes import DIRECT, ROUTES
from service.web.http.direct import Direct
from tests.web.test_limits_keys_and_stores import running

if TYPE_CHECKING:
    from service.settings import Settings
    from tests.web.conftest import Clinic, Server

SOME = "019cb012-7d40-7000-8000-000000000001"
EVENTS, BATCH = "/v1/events", "/v1/events/batch"
BALANCE = f"/v1/participants/{SOME}/balance"
JSON = {"content-type": "application/json"}
ASKED: list[tuple[str, str, bytes, dict[str, str]]] = [
    ("POST", EVENTS, b"", JSON),
    ("POST", EVENTS, b"{", JSON),
    ("POST", EVENTS, b"{}", JSON),
    ("POST", EVENTS, b"{}", {"content-type": "text/plain"}),
    ("POST", EVENTS, b"{}", JSON | {"accept": "text/html"}),
    ("POST", EVENTS, b"{}", JSON | {"idempotency-key": "\x7f"}),
    ("POST", EVENTS, b"x" * 5_000_000, JSON),
    ("POST", EVENTS + "/", b"{}", JSON),
    ("POST", EVENTS + "?a=1", b"{}", JSON),
    ("PUT", EVENTS, b"{}", JSON),
    ("GET", EVENTS, b"", {}),
    ("HEAD", EVENTS, b"", {}),
    ("POST", BATCH, b"[]", JSON),
    ("POST", BATCH, b"nothing", JSON),
    ("POST", BATCH, b"{}\n{}\n", {"content-type": "application/x-ndjson"}),
    ("GET", BATCH, b"", {}),
    ("GET", BALANCE, b"", {}),
    ("HEAD", BALANCE, b"", {}),
    ("OPTIONS", BALANCE, b"", {}),
    ("DELETE", BALANCE, b"", {}),
    ("GET", BALANCE + "/", b"", {}),
    ("GET", BALANCE + "?x=1", b"", {}),
    ("GET", "/v1/participants/no-id/balance", b"", {}),
    ("GET", "/v1/participants/%30/balance", b"", {}),
    ("GET", "/v1/participants//balance", b"", {}),
    ("GET", f"/v1/participants/{SOME}/{SOME}/balance", b"", {}),
]
"""What is asked of them and beside them: nearly all of it refused."""
CHANGING = {"traceparent", "date", "content-length", "ratelimit"}


def told(answer: httpx.Response) -> tuple[int, dict[str, str], bytes]:
    """What an answer says, without what is another each time."""
    headers = {name: value for name, value in answer.headers.items() if name not in CHANGING}
    return answer.status_code, headers, re.sub(rb'"trace_id":"[0-9a-f]{32}"', b"", answer.content)


async def answers(settings: Settings, key: str) -> list[tuple[int, dict[str, str], bytes]]:
    """Ask an app everything, with and without a key."""
    async with running(create_app(settings), key) as client:
        return [
            told(await client.request(method, path, content=body, headers=headers | more))
            for method, path, body, headers in ASKED
            for more in ({}, {"authorization": "Bearer cmr_nonsense"})
        ]


async def test_they_are_answered_as_behind_the_framework(
    server: Server, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same status, headers and body for everything that can be wrong with a request."""
    directly = await answers(server.settings, clinic.keys["manager"])
    monkeypatch.setattr(apps, "DIRECT", ())
    behind = await answers(server.settings, clinic.keys["manager"])
    assert len(directly) == 2 * len(ASKED)
    for number, (one, other) in enumerate(zip(directly, behind, strict=True)):
        assert one == other, ASKED[number // 2][:2]


async def test_each_of_them_stands_in_the_table_and_is_found(clinic: Clinic) -> None:
    """By its own method and path, and by no other."""
    direct = Direct(DIRECT)
    assert all(route in ROUTES for route in DIRECT)
    for route in DIRECT:
        who = str(uuid4())
        found = direct.find(route.method, route.path.replace("{participant}", who))
        assert found == (route, {"participant": who} if "{" in route.path else {})
    assert direct.find("GET", f"/v1/participants/{clinic.id}/statement") is None
    assert direct.find("DELETE", EVENTS) is None


def test_a_route_of_two_parameters_is_not_taken() -> None:
    """It would not be found rightly."""
    two = next(route for route in ROUTES if route.path.count("{") == 2)
    with pytest.raises(ValueError, match="participants"):
        Direct([two])
