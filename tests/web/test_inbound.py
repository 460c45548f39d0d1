"""Other services send us messages over HTTP: signed by their own libraries, kept first, then understood."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import msgspec
import pytest
import standardwebhooks
import svix

from schemas.inbound import HL7_MEDIA
from service.core.inbound.result_presets import ORU
from service.web.api import inbound
from tests import clock
from tests.web.conftest import assert_problem

if TYPE_CHECKING:
    from tests.web.conftest import Clinic

NOW = clock.now()
ROOT = Path(__file__).resolve().parents[2]
PROGRAM = {
    "name": "ladder",
    "title": "A ladder",
    "unit": "usd",
    "weeks": 12,
    "targets": [
        {
            "name": "test",
            "behavior": "test",
            "phases": [{"weeks": [1, 12], "earn": {"type": "flat", "amount": 250}}],
        }
    ],
}
EVENT = {
    "participant_reference": "A-1",
    "behavior": "test",
    "outcome": "negative",
    "occurred_at": (NOW - timedelta(hours=1)).isoformat(),
}


@pytest.fixture
async def outside(clinic: Clinic) -> AsyncIterator[httpx.AsyncClient]:
    """Give a client without a key, as another service has it."""
    limits = httpx.Limits(max_connections=64)
    async with httpx.AsyncClient(base_url=clinic.url, timeout=60, limits=limits) as client:
        yield client


async def enrolled(clinic: Clinic) -> str:
    """Enroll one person who earns $2.50 for each negative test."""
    await clinic.post("/v1/programs", PROGRAM)
    person: str = (await clinic.post("/v1/participants", {"reference": "A-1"})).json()["id"]
    start = (NOW - timedelta(days=7)).date().isoformat()
    await clinic.post("/v1/enrollments", {"participant": person, "program": "ladder", "starts_on": start})
    return person


async def source(clinic: Clinic, **fields: object) -> dict[str, Any]:
    """Add a source."""
    made = await clinic.post("/v1/sources", fields)
    assert made.status_code == 201, made.text
    assert made.headers["location"] == f"/v1/sources/{made.json()['id']}"
    said: dict[str, Any] = made.json()
    return said


def signed(made: dict[str, Any], body: str, name: str = "msg_1", library: str = "webhook") -> dict[str, str]:
    """Sign as one of the libraries does."""
    at = clock.now()
    signer = (standardwebhooks if library == "webhook" else svix).Webhook(made["secret"])
    return {
        "content-type": "application/json",
        f"{library}-id": name,
        f"{library}-timestamp": str(int(at.timestamp())),
        f"{library}-signature": signer.sign(name, at, body),
    }


async def available(clinic: Clinic, person: str) -> int:
    """Read what a person has."""
    sheet = (await clinic.get(f"/v1/participants/{person}/balance")).json()
    return sum(one["available"] for one in sheet["balances"])


@pytest.mark.parametrize("library", ["webhook", "svix"])
async def test_a_signed_event_is_taken_and_recorded_once(
    clinic: Clinic, outside: httpx.AsyncClient, library: str
) -> None:
    """Fifty repeats at once are fifty same answers and one award."""
    person = await enrolled(clinic)
    made = await source(clinic)
    body = json.dumps({"type": "test.done", "timestamp": NOW.isoformat(), "data": EVENT})
    headers = signed(made, body, library=library)
    answers = await asyncio.gather(
        *[outside.post(made["address"], content=body, headers=headers) for _ in range(50)]
    )
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.content for answer in answers}) == 1
    assert sum("idempotent-replayed" not in answer.headers for answer in answers) == 1
    assert set(answers[0].json()) == {"id", "received_at"}
    assert await available(clinic, person) == 250
    listed = (await clinic.get("/v1/inbound-messages", source=made["id"])).json()["items"]
    assert [one["status"] for one in listed] == ["recorded"]
    event = (await clinic.get(f"/v1/events/{listed[0]['event']}")).json()["event"]
    assert event["recorded_by"] == made["id"]


async def test_plain_hmac_and_bearer_messages_are_accepted(
    clinic: Clinic, outside: httpx.AsyncClient
) -> None:
    """Each by its own header."""
    person = await enrolled(clinic)
    plain = await source(clinic, verifier={"type": "plain_hmac", "header": "X-Lab-Signature"})
    body = json.dumps(EVENT).encode()
    digest = hmac.new(plain["secret"].encode(), body, hashlib.sha256).hexdigest()
    headers = {"content-type": "application/json", "x-lab-signature": f"sha256={digest}"}
    assert (await outside.post(plain["address"], content=body, headers=headers)).status_code == 202
    bearer = await source(clinic, verifier={"type": "bearer"}, secret="a-secret-of-their-own")
    assert bearer["secret"] == "a-secret-of-their-own"
    headers = {"authorization": "Bearer a-secret-of-their-own", "webhook-id": "1"}
    # For an hour after the clinic's midnight, an hour ago and a day ago are one day of it.
    other = {**EVENT, "occurred_at": (NOW - timedelta(days=2)).isoformat()}
    assert (await outside.post(bearer["address"], json=other, headers=headers)).status_code == 202
    assert await available(clinic, person) == 500


async def test_documented_sender_runs_as_it_is_written(clinic: Clinic) -> None:
    """Its mapping is set, its program is run twice, and its message is kept once."""
    text = (ROOT / "docs" / "webhooks.md").read_text(encoding="utf-8")
    section = text.partition("\n## Sending messages\n")[2].partition("\n## ")[0]
    made = await source(clinic, **json.loads(section.partition("-d '")[2].partition("'\n```")[0]))
    code = section.partition("```python\n")[2].partition("```")[0]
    at = (clock.now() - timedelta(days=1)).astimezone(clock.CLINIC_ZONE)
    environment = {
        "SECRET": made["secret"],
        "ADDRESS": clinic.url + made["address"],
        "COLLECTED": at.strftime("%m/%d/%Y %H:%M"),
    }
    for _ in range(2):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", clock.shifted(code), env=environment, stdout=asyncio.subprocess.PIPE
        )
        said, _none = await process.communicate()
        assert (process.returncode, set(json.loads(said))) == (0, {"id", "received_at"})
    (message,) = (await clinic.get("/v1/inbound-messages")).json()["items"]
    assert message["code"] == "not_enrolled"


async def test_garbage_is_401_and_never_500(clinic: Clinic, outside: httpx.AsyncClient) -> None:
    """An unknown source and a wrong signature are answered alike, but for the path that was asked."""
    made = await source(clinic)
    body = json.dumps(EVENT)
    good = signed(made, body)
    hostile: list[dict[str, bytes]] = [
        {},
        {"webhook-signature": b""},
        {"webhook-signature": b"v1,\xff\xfe"},
        {"webhook-signature": b"v1," + b"A" * 5000},
        {"webhook-timestamp": b"\xb2"},
        {"webhook-timestamp": b"-9999999999999999999999"},
        {"webhook-id": b"\xe9"},
        {"authorization": f"Bearer {clinic.keys['manager']}".encode(), "webhook-signature": b"v1,AAAA"},
    ]
    details = set()
    for change in hostile:
        headers = {name: value.encode() for name, value in good.items()} | change if change else {}
        headers["content-type"] = b"application/json"
        answer = await outside.post(made["address"], content=body, headers=headers)  # type: ignore[arg-type]
        assert_problem(answer, 401, "unauthenticated")
        details.add(answer.json()["detail"])
    nobody = "/v1/inbound/019cb012-7d40-7000-8000-000000000999"
    answer = await outside.post(nobody, content=body, headers=good)
    assert_problem(answer, 401, "unauthenticated")
    assert details == {answer.json()["detail"]}
    assert (await clinic.get("/v1/inbound-messages")).json()["items"] == []


async def test_a_message_is_bounded(clinic: Clinic, outside: httpx.AsyncClient) -> None:
    """One byte more than a message may have is refused before anything is looked at."""
    made = await source(clinic, verifier={"type": "bearer"})
    headers = {"authorization": f"Bearer {made['secret']}", "content-type": "application/json"}
    most = b'"' + b"a" * (inbound.MESSAGE_BYTES_MAX - 2) + b'"'
    assert (await outside.post(made["address"], content=most, headers=headers)).status_code == 202
    assert_problem(
        await outside.post(made["address"], content=most + b" ", headers=headers), 413, "too_large"
    )


async def test_waiting_messages_are_read_retried_and_discarded(
    clinic: Clinic, outside: httpx.AsyncClient
) -> None:
    """A manager sees why, puts it right, and tries again; what is no event is put away with a reason."""
    made = await source(clinic)
    for name, message in (("a", EVENT), ("b", {"hello": "world"})):
        body = json.dumps(message)
        await outside.post(made["address"], content=body, headers=signed(made, body, name))
    trial, event = (await clinic.get("/v1/inbound-messages", status="review")).json()["items"]
    assert (trial["code"], event["code"]) == ("invalid", "not_enrolled")
    whole = (await clinic.get(f"/v1/inbound-messages/{event['id']}")).json()
    assert (json.loads(whole["body"]), whole["sender_id"]) == (EVENT, "a")
    assert whole["review"]["faults"][0]["pointer"] == "$.participant_reference"
    person = await enrolled(clinic)
    retry = f"/v1/inbound-messages/{event['id']}/retry"
    first = await clinic.post(retry, {}, idempotency_key="again")
    again = await clinic.post(retry, {}, idempotency_key="again")
    assert (first.json()["status"], again.content) == ("recorded", first.content)
    assert again.headers["idempotent-replayed"] == "true"
    assert (await clinic.post(retry, {})).json()["status"] == "recorded"
    assert await available(clinic, person) == 250
    discard = f"/v1/inbound-messages/{trial['id']}/discard"
    assert (await clinic.post(discard, {"reason": "A trial."})).json()["status"] == "discarded"
    assert_problem(await clinic.post(discard, {"reason": "A trial."}), 409, "already_settled")
    assert_problem(await clinic.post(f"/v1/inbound-messages/{trial['id']}/retry", {}), 409, "already_settled")
    told = {one["deed"] for one in (await clinic.get("/v1/audit", limit=200)).json()["items"]}
    assert {"inbound_message.read", "inbound_message.retried", "inbound_message.discarded"} <= told


async def test_a_faulty_mapping_is_refused_with_its_places(clinic: Clinic) -> None:
    """It is judged when it is set, not when the first message comes."""
    mapping = {
        "outcome": {"at": "a..b", "words": {"N": "fine"}},
        "occurred_at": {"at": "$.t", "form": "pattern", "pattern": "%Y-%m-%d %H", "zone": "Mars/Olympus"},
        "participant_reference": {"at": "$.who"},
        "behavior": {"value": "test"},
    }
    answer = await clinic.post("/v1/sources", {"mapping": mapping})
    assert_problem(answer, 422, "invalid")
    assert [one["pointer"] for one in answer.json()["errors"]] == [
        "$.mapping.outcome.at",
        "$.mapping.outcome.words.N",
        "$.mapping.occurred_at.zone",
    ]


async def test_a_source_is_edited_by_its_version_and_deleted_once(
    clinic: Clinic, outside: httpx.AsyncClient
) -> None:
    """Its secret is shown when it is made and never again; once deleted, nothing is taken from it."""
    made = await source(clinic, name="The laboratory")
    path = f"/v1/sources/{made['id']}"
    shown = await clinic.get(path)
    assert shown.json() == {name: value for name, value in made.items() if name != "secret"}
    edited = await clinic.client().patch(
        path, json={"name": "Lab"}, headers={"if-match": shown.headers["etag"]}
    )
    assert (edited.status_code, edited.json()["name"]) == (200, "Lab")
    stale = await clinic.client().patch(path, json={"name": "L"}, headers={"if-match": shown.headers["etag"]})
    assert_problem(stale, 412, "precondition_failed")
    rotated = (await clinic.post(f"{path}/secret", {})).json()
    assert rotated["secret"] != made["secret"]
    body = json.dumps(EVENT)
    for secret, name in ((made, "1"), (rotated, "2")):
        answer = await outside.post(made["address"], content=body, headers=signed(secret, body, name))
        assert answer.status_code == 202
    assert (await clinic.client().delete(path)).status_code == 200
    assert_problem(await clinic.client().delete(path), 404, "not_found")
    assert_problem(await clinic.get(path), 404, "not_found")
    answer = await outside.post(made["address"], content=body, headers=signed(rotated, body, "3"))
    assert_problem(answer, 401, "unauthenticated")
    assert (await clinic.get("/v1/sources")).json()["items"] == []


async def test_hl7_is_taken_of_a_source_that_sends_it_and_of_no_other(
    clinic: Clinic, outside: httpx.AsyncClient
) -> None:
    """In any of its media types; one whose messages are JSON is answered with what it may send."""
    mapping = msgspec.to_builtins(ORU)
    hl7 = await source(clinic, verifier={"type": "bearer"}, mapping=mapping)
    plain = await source(clinic, verifier={"type": "bearer"})
    for number, media in enumerate(HL7_MEDIA):
        body = f"MSH|^~\\&|L|L|R|C|20261120||ORU^R01|{number}|P|2.5.1\rPID|1||A-1\r".encode()
        for made, status in ((hl7, 202), (plain, 415)):
            headers = {"authorization": f"Bearer {made['secret']}", "content-type": media}
            answer = await outside.post(made["address"], content=body, headers=headers)
            assert answer.status_code == status, answer.text
    headers = {"authorization": f"Bearer {plain['secret']}", "content-type": "application/fhir+json"}
    answer = await outside.post(plain["address"], content=b"{}", headers=headers)
    assert answer.status_code == 202
    listed = (await clinic.get("/v1/inbound-messages", source=hl7["id"])).json()["items"]
    assert [one["status"] for one in listed] == ["review"] * 3
