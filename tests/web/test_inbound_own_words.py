"""A source whose messages say a program's own outcome word, known by its behavior alone, and the hours."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import httpx

from tests.web.test_inbound import NOW, available, enrolled, outside, signed, source

if TYPE_CHECKING:
    from tests.web.conftest import Clinic

__all__ = ["outside"]
OUTCOMES = {"cut_down": {"effect": "success", "pays": 50}}
MAPPING: dict[str, Any] = {
    "outcome": {"at": "$.result", "words": {"REDUCED": "cut_down", "NEG": "negative"}},
    "occurred_at": {"at": "$.time"},
    "participant_reference": {"at": "$.who"},
    "behavior": {"value": "test"},
}


async def test_a_mapping_says_a_programs_own_word_where_a_program_has_it(
    clinic: Clinic, outside: httpx.AsyncClient
) -> None:
    """Until one is published the word is a slip, and no other behavior has it even then."""
    person = await enrolled(clinic)
    early = await clinic.post("/v1/sources", {"mapping": MAPPING})
    assert [one["pointer"] for one in early.json()["errors"]] == ["$.mapping.outcome.words.REDUCED"]
    earn = {"type": "rate", "amount": 250, "per": "dose"}
    target = {"name": "test", "behavior": "test", "outcomes": OUTCOMES}
    phases = [{"weeks": [1, 12], "earn": earn}]
    program = {"name": "ladder", "title": "A ladder", "unit": "usd", "weeks": 12}
    published = await clinic.post("/v1/programs", {**program, "targets": [{**target, "phases": phases}]})
    assert published.status_code == 201, published.text
    other = {**MAPPING, "behavior": {"value": "homework"}}
    refused = await clinic.post("/v1/sources", {"mapping": other})
    assert len(refused.json()["errors"]) == 2
    made = await source(clinic, mapping={**MAPPING, "quantity": {"at": "$.doses"}})
    (enrollment,) = (await clinic.get("/v1/enrollments", participant=person)).json()["items"]
    moved = {"version": 2, "reason": "The newer one knows the word."}
    assert (await clinic.post(f"/v1/enrollments/{enrollment['id']}/move", moved)).status_code == 200
    at = (NOW - timedelta(hours=1)).isoformat()
    body = json.dumps({"who": "A-1", "result": "REDUCED", "time": at, "doses": "3"})
    taken = await outside.post(made["address"], content=body, headers=signed(made, body))
    assert taken.status_code == 202
    (message,) = (await clinic.get("/v1/inbound-messages", source=made["id"])).json()["items"]
    event = (await clinic.get(f"/v1/events/{message['event']}")).json()["event"]
    assert (event["outcome"], event["quantity"]) == ("cut_down", 3.0)
    assert await available(clinic, person) == 375
