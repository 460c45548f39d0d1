"""The files for integration engines do what they say: Mirth's channel and Medplum's bot, run in Node."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import httpx
import msgspec
import pytest

from service.core.inbound.result_presets import FHIR, ORU

if TYPE_CHECKING:
    from tests.web.conftest import Clinic

FEEDS = Path(__file__).resolve().parents[2] / "deploy" / "feeds"
MESSAGE = (
    "MSH|^~\\&|LAB|NORTHLAB|REWARDS|CLINIC|20261120081500-0500||ORU^R01^ORU_R01|M1|P|2.5.1\rPID|1||H-1\r"
)
RUN_BOT = """
import { handler } from %s;
const { resource, results, secrets } = JSON.parse(process.env.GIVEN);
const medplum = { readReference: async (one) => results[one.reference] };
try {
  console.log(JSON.stringify({ value: await handler(medplum, { input: resource, secrets }) }));
} catch (error) {
  console.log(JSON.stringify({ error: error.message }));
}
"""
RUN_SCRIPT = """
const vm = require('node:vm');
const { script, names } = JSON.parse(process.env.GIVEN);
const context = vm.createContext({ ...names, SENT: 'SENT', QUEUED: 'QUEUED', ERROR: 'ERROR' });
const value = vm.runInContext(`(function () {${script}\\n})()`, context);
console.log(JSON.stringify({ value, status: context.responseStatus }));
"""


async def node(program: str, *, is_module: bool, given: dict[str, Any]) -> dict[str, Any]:
    """Run a program in Node; gives what it printed."""
    found = shutil.which("node")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("CI has no Node")
        pytest.skip("Node is not here")
    kind = ["--input-type=module"] if is_module else []
    process = await asyncio.create_subprocess_exec(
        found,
        *kind,
        "-e",
        program,
        env={**os.environ, "GIVEN": json.dumps(given)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complained = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 0, complained.decode()
    return json.loads(said)  # type: ignore[no-any-return]  # JSON


async def bot(resource: dict[str, Any], address: str, secret: str, **results: Any) -> dict[str, Any]:  # noqa: ANN401
    """Run Medplum's bot on a resource."""
    secrets = {
        "REWARDS_ADDRESS": {"valueString": address},
        "REWARDS_SECRET": {"valueString": secret},
    }
    program = RUN_BOT % json.dumps((FEEDS / "medplum-bot.mjs").as_uri())
    given = {"resource": resource, "results": results, "secrets": {} if not secret else secrets}
    return await node(program, is_module=True, given=given)


def channel() -> ET.Element:
    """Read Mirth's channel, which must be well-formed."""
    return ET.fromstring((FEEDS / "mirth-channel.xml").read_text(encoding="utf-8"))  # noqa: S314  our own


def text(place: str) -> str:
    """Give the one text at a place of the channel."""
    (found,) = channel().iterfind(f".//{place}")
    return found.text or ""


async def source(clinic: Clinic, mapping: Any) -> dict[str, Any]:  # noqa: ANN401  a mapping
    """Add a source that is believed by bearer."""
    told = {"verifier": {"type": "bearer"}, "mapping": msgspec.to_builtins(mapping)}
    answer = await clinic.post("/v1/sources", told)
    assert answer.status_code == 201, answer.text
    return answer.json()  # type: ignore[no-any-return]  # JSON


async def test_the_channel_posts_what_the_service_takes(clinic: Clinic) -> None:
    """Its address, headers, media type and content, with the engine's variables filled in, get 202."""
    made = await source(clinic, ORU)
    names = {
        "REWARDS_ADDRESS": clinic.url + made["address"],
        "REWARDS_SECRET": made["secret"],
        "message.messageId": "17",
        "message.rawData": MESSAGE,
    }

    def filled(template: str) -> str:
        for name, value in names.items():
            template = template.replace(f"${{{name}}}", value)
        assert "${" not in template
        return template

    (headers,) = channel().iterfind(".//headers")
    given = {entry.findtext("string") or "": entry.findtext("list/string") or "" for entry in headers}
    posted = {name: filled(value) for name, value in given.items()}
    (properties,) = channel().iterfind(".//connector/properties")
    posted["content-type"] = properties.findtext("contentType") or ""
    address, content = properties.findtext("host") or "", properties.findtext("content") or ""
    async with httpx.AsyncClient() as engine:
        for _ in range(2):
            answer = await engine.post(filled(address), content=filled(content), headers=posted)
            assert answer.status_code == 202, answer.text
    kept = (await clinic.get("/v1/inbound-messages")).json()["items"]
    assert [one["source"] for one in kept] == [made["id"]]


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("HTTP/1.1 202 Accepted", "SENT"),
        ("HTTP/1.1 503 Service Unavailable", "QUEUED"),
        ("HTTP/1.1 401 Unauthorized", "QUEUED"),
        ("HTTP/1.1 200 OK", "QUEUED"),
        ("HTTP/1.1 413 Content Too Large", "ERROR"),
        ("", "QUEUED"),
    ],
)
async def test_the_channel_keeps_what_was_not_taken(line: str, status: str) -> None:
    """Its embedded JavaScript takes 202 alone for sent; what can never be taken is not tried for ever."""
    script = text("com.mirth.connect.plugins.javascriptstep.JavaScriptStep/script")
    names = {"responseStatusMessage": line, "responseStatus": "SENT"}
    ran = await node(RUN_SCRIPT, is_module=False, given={"script": script, "names": names})
    assert ran["status"] == status


@pytest.mark.parametrize(("kind", "wanted"), [("ORU", True), ("SIU", True), ("ADT", True), ("ACK", False)])
async def test_the_channel_hands_on_what_a_mapping_reads(kind: str, wanted: bool) -> None:
    """Its filter lets reports, appointments and people through."""
    script = text("com.mirth.connect.plugins.javascriptrule.JavaScriptRule/script")
    names = {"msg": {"MSH": {"MSH.9": {"MSH.9.1": kind}}}}
    ran = await node(RUN_SCRIPT, is_module=False, given={"script": script, "names": names})
    assert ran["value"] is wanted


async def test_the_bot_hands_a_report_on_with_its_results(clinic: Clinic) -> None:
    """As one Bundle, which the service keeps; run again it is the same message."""
    made = await source(clinic, FHIR)
    report: dict[str, Any] = {"resourceType": "DiagnosticReport", "id": "r1", "status": "final"}
    report |= {"meta": {"versionId": "2"}, "result": [{"reference": "Observation/o1"}]}
    results = {"Observation/o1": {"resourceType": "Observation", "id": "o1", "status": "final"}}
    address = clinic.url + made["address"]
    first = await bot(report, address, made["secret"], **results)
    again = await bot(report, address, made["secret"], **results)
    assert first["value"]["id"] == again["value"]["id"]
    kept = (await clinic.get(f"/v1/inbound-messages/{first['value']['id']}")).json()
    body = json.loads(kept["body"]) if isinstance(kept.get("body"), str) else kept
    assert "Observation" in json.dumps(body)


class _Answers(BaseHTTPRequestHandler):
    statuses: list[int]
    asked: list[tuple[str | None, bytes]]

    def do_POST(self) -> None:
        """Keep what was sent, and give the next status."""
        body = self.rfile.read(int(self.headers["content-length"]))
        self.asked.append((self.headers["webhook-id"], body))
        self.send_response(self.statuses.pop(0))
        self.send_header("content-length", "12")
        self.end_headers()
        self.wfile.write(b'{"id": "m1"}')

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@contextmanager
def answering(*statuses: int) -> Iterator[tuple[str, type[_Answers]]]:
    """Serve some statuses in their order."""
    made = type("Answers", (_Answers,), {"statuses": list(statuses), "asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), made)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1/inbound/x", made
    finally:
        server.shutdown()
        server.server_close()


async def test_the_bot_tries_again_with_the_same_id_and_fails_where_it_is_not_taken() -> None:
    """503 is tried again, 401 is not, and an error says nothing of anybody."""
    resource = {"resourceType": "Observation", "id": "o1", "meta": {"versionId": "7"}, "note": "Jordan Roe"}
    with answering(503, 202) as (url, there):
        assert (await bot(resource, url, "s3cret"))["value"] == {"id": "m1"}
    assert [name for name, _ in there.asked] == ["Observation/o1/7"] * 2
    assert len(set(there.asked)) == 1
    with answering(401) as (url, there):
        told = await bot(resource, url, "s3cret")
    assert len(there.asked) == 1
    assert "Observation/o1/7" in told["error"]
    assert "Roe" not in told["error"]
    assert "s3cret" not in told["error"]
    assert "REWARDS_ADDRESS" in (await bot(resource, "", ""))["error"]
