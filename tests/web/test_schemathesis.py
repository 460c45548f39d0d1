"""Schemathesis reads the whole contract, asks in every way that it can think of, and finds nothing."""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import msgspec
import pytest
from msgspec import Struct

from service.web.api.routes import ROUTES
from service.web.contract import examples, examples_of_inbound
from service.web.contract.refusals import codes_of
from tests import clock

if TYPE_CHECKING:
    from tests.web.conftest import Clinic

HERE = Path(__file__).parent
RUN_S_MAX = 1200
"""How long a run may take, in seconds, on a machine that has other work too."""
ONCE: tuple[tuple[str, Struct, tuple[str, ...]], ...] = (
    ("Program", examples.PROGRAM, ("NewBackTest", "NewForecast", "NewReview", "NewTable")),
    ("EventMapping", examples_of_inbound.MAPPING, ("Sample", "SourceChange")),
)
"""Documents that one reader reads for several operations, with a sound one of each, and the bodies around it.

Where one is made it is tried in every way; tried so in each of these too, a run cost twice as much.
"""


@pytest.mark.slow
@pytest.mark.seconds(215)
@pytest.mark.timeout(RUN_S_MAX + 60)
async def test_schemathesis_finds_nothing(clinic: Clinic, tmp_path: Path) -> None:
    """All checks hold: examples, bounds, chance, and walks along the links."""
    await furnish(clinic)
    async with httpx.AsyncClient(base_url=clinic.url) as anyone:
        served = (await anyone.get("/openapi.json")).json()
    (tmp_path / "spelled_out.json").write_bytes(msgspec.json.encode(spelled_out(served)))
    command = Path(sys.executable).parent / "schemathesis"
    process = await asyncio.create_subprocess_exec(
        str(command),
        "--config-file",
        str(HERE / "schemathesis.toml"),
        "run",
        "spelled_out.json",
        "--url",
        clinic.url,
        "--checks",
        "all",
        "--phases",
        "examples,coverage,fuzzing,stateful",
        "--max-examples",
        "20",
        "--header",
        f"Authorization: Bearer {clinic.keys['manager']}",
        "--no-color",
        # In two threads of Python 3.11 it can fail in itself: "AST constructor recursion depth mismatch".
        "--workers",
        "1",
        cwd=tmp_path,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await asyncio.wait_for(process.communicate(), RUN_S_MAX)
    assert process.returncode == 0, said.decode(errors="replace")


def spelled_out(contract: dict[str, Any]) -> dict[str, Any]:
    """Spell out what the contract says shortly: each status of `default`, and the bodies of links.

    So a status that the operation cannot answer with is found, and links are walked with their bodies.
    """
    shown = [route for route in ROUTES if route.shown]
    refused = contract["components"]["responses"]["Refused"]
    for route in shown:
        answers = contract["paths"][route.path][route.method.lower()]["responses"]
        del answers["default"]
        for status in codes_of(route, shown):
            answers.setdefault(str(status), refused)
        for link in (link for answer in answers.values() for link in answer.get("links", {}).values()):
            if "x-requestBody" in link:
                link["requestBody"] = link.pop("x-requestBody")
    schemas = contract["components"]["schemas"]
    for name, sound, bodies in ONCE:
        whole = {"$ref": f"#/components/schemas/{name}"}
        this_one = {"type": "object", "const": msgspec.to_builtins(sound)}
        for field in (field for body in bodies for field in schemas[body]["properties"].values()):
            if whole in field.get("anyOf", ()):
                field["anyOf"][field["anyOf"].index(whole)] = this_one
    return contract


async def furnish(clinic: Clinic) -> None:
    """Put something of everything there, so that not every question ends at `not_found`."""
    await clinic.post("/v1/programs", msgspec.to_builtins(examples.PROGRAM))
    person = await clinic.post("/v1/participants", {"reference": "A-1042"})
    start = (clock.now() - timedelta(days=60)).date().isoformat()
    who = person.json()["id"]
    await clinic.post(
        "/v1/enrollments", {"participant": who, "program": examples.PROGRAM_NAME, "starts_on": start}
    )
    at = (clock.now() - timedelta(days=1)).isoformat()
    await clinic.post(
        "/v1/events", {"participant": who, "behavior": "test", "outcome": "negative", "occurred_at": at}
    )
    reward = {"name": "Ticket", "unit": "usd", "price": 50, "kind": "item", "category": "leisure", "stock": 9}
    there = await clinic.post("/v1/rewards", reward)
    redemption = {"participant": who, "reward": there.json()["id"]}
    done = await clinic.post("/v1/redemptions", redemption, idempotency_key="first")
    assert done.status_code == 201, done.text
    award = {"participant": who, "unit": "usd", "amount": 50, "reason": "Helped others"}
    await clinic.client("clinician").post(
        "/v1/manual-awards", json=award, headers={"idempotency-key": "by-hand"}
    )
