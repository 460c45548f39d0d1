"""A process with a shifted clock says so, and goes by that time in everything it does."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from msgspec.structs import replace
from structlog.testing import capture_logs

from schemas.keys import NewKey
from schemas.shown_once import shown
from service.app import create_app
from service.clock import clock_of
from service.flows.access.keys import issue_key
from service.flows.perform import Done, perform
from service.flows.setup.clinics import operator
from tests import clock
from tests.web.conftest import assert_problem
from tests.web.desk import PROGRAM
from tests.web.manage import signed_in, text_of
from tests.web.test_limits_keys_and_stores import running

if TYPE_CHECKING:
    import pytest

    from tests.web.conftest import Clinic, Server

LEAP_DAY = datetime(2032, 2, 29, 17, 30, tzinfo=UTC)


async def test_a_shifted_clock_is_logged_and_stands_in_readyz(clinic: Clinic, server: Server) -> None:
    """Whoever looks after the process cannot miss it; where nothing is shifted, neither speaks of it."""
    for offset_s, said in ((-3600, {"clock_offset_s": -3600}), (0, {})):
        with capture_logs() as logged:
            app = create_app(replace(server.settings, clock_offset_s=offset_s))
            async with running(app, clinic.keys["manager"]) as client:
                ready = (await client.get("/readyz")).json()
        # It may not have begun to hear of revoked keys yet.
        ready.pop("revocations", None)
        assert ready == {"status": "ready", "postgresql": "ready", "redis": "ready"} | said
        warned = [one for one in logged if one["event"] == "clock_shifted"]
        assert [(one["log_level"], one["offset_s"]) for one in warned] == [
            ("warning", offset_s) for _ in said
        ]


async def test_events_days_the_trail_and_sessions_go_by_the_shifted_clock(
    clinic: Clinic, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A visit on the leap day is none of the future, the page has its day, an old session is over."""
    offset_s = clock.offset_s_to(LEAP_DAY)
    before = await signed_in(server, clinic.id, "front_desk")
    with monkeypatch.context() as turned:
        turned.setattr(server.database, "clock", clock_of(offset_s))
        then = await signed_in(server, clinic.id, "front_desk")
        # The clinic's own keys have ended by then.
        issued = await perform(
            server.database, operator(UUID(clinic.id)), lambda act: issue_key(act, NewKey("manager"))
        )
        assert isinstance(issued, Done)
    await clinic.post("/v1/programs", PROGRAM)
    person = (await clinic.post("/v1/participants", {"reference": "L-1"})).json()["id"]
    enrolled = {"participant": person, "program": PROGRAM["name"], "starts_on": "2032-02-28"}
    event = {
        "participant": person,
        "behavior": "test",
        "outcome": "negative",
        "occurred_at": LEAP_DAY.isoformat(),
    }
    assert_problem(await clinic.post("/v1/enrollments", enrolled), 422, "invalid")
    app = create_app(replace(server.settings, clock_offset_s=offset_s))
    async with running(app, shown(issued.value.key)) as client:
        assert (await client.post("/v1/enrollments", json=enrolled)).status_code == 201
        assert (await client.post("/v1/events", json=event)).status_code == 201
        entries = (await client.get("/v1/audit", params={"limit": 200})).json()["items"]
        recorded = [one["at"] for one in entries if one["deed"] == "enrollment.opened"]
        assert [at[:13] for at in recorded] == ["2032-02-29T17"]
        page = await client.get("/desk", headers={"cookie": f"__Host-cmr_session={then}"})
        assert "Sunday, February 29, 2032" in text_of(page.text)
        over = await client.get("/desk", headers={"cookie": f"__Host-cmr_session={before}"})
        assert over.status_code == 303
    assert_problem(await clinic.post("/v1/events", event), 422, "event_in_future")
