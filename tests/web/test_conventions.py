"""What users of good HTTP APIs expect: problems, traces, tags, pages, bounds."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import TYPE_CHECKING

import httpx
import pytest

from service.web.contract.docs import SCRIPT
from service.web.http.answers import CODES, MEANINGS
from tests.web.conftest import assert_problem

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


async def test_litestar_s_refusals_are_problem_details(clinic: Clinic) -> None:
    """Unknown paths and methods are problems like any other, and say nothing of the query."""
    client = clinic.client()
    assert_problem(await client.get("/v1/nothing?name=Ann"), 404, "not_found")
    assert_problem(await client.put("/v1/events"), 405, "method_not_allowed")
    assert (await client.put("/v1/events")).headers["allow"] == "GET, HEAD, OPTIONS, POST"
    assert_problem(await client.request("PURGE", "/v1/events"), 405, "method_not_allowed")
    assert_problem(await client.get("/v1/participants?name=Ann&x=1"), 422, "invalid")
    assert_problem(await client.delete("/v1/programs/table"), 405, "method_not_allowed")


async def test_a_fixed_path_beside_a_template_is_no_id(clinic: Clinic) -> None:
    """No event is called `batch`, and no program may be called `table`: what is there has POST and no GET."""
    for path in ("/v1/events/batch", "/v1/programs/table"):
        answer = await clinic.client().get(path)
        assert_problem(answer, 405, "method_not_allowed")
        assert answer.headers["allow"] == "OPTIONS, POST"
    document = {
        "name": "table",
        "title": "Table",
        "unit": "usd",
        "weeks": 1,
        "targets": [
            {
                "name": "a",
                "behavior": "test",
                "phases": [{"weeks": [1, 1], "earn": {"type": "flat", "amount": 5}}],
            }
        ],
    }
    refused = await clinic.post("/v1/programs", document)
    assert_problem(refused, 422, "program_faulty")
    assert [fault["pointer"] for fault in refused.json()["errors"]] == ["$.name"]


async def test_the_trace_is_taken_over_or_begun(clinic: Clinic) -> None:
    """A caller finds their own trace again; nonsense begins a new one."""
    client = clinic.client()
    taken = await client.get("/v1/programs", headers={"traceparent": f"00-{TRACE}-00f067aa0ba902b7-01"})
    assert taken.headers["traceparent"].startswith(f"00-{TRACE}-")
    assert taken.headers["traceparent"].endswith("-01")
    assert "00f067aa0ba902b7" not in taken.headers["traceparent"]
    for bad in ("nonsense", f"ff-{TRACE}-00f067aa0ba902b7-01", f"00-{'0' * 32}-00f067aa0ba902b7-01"):
        begun = await client.get("/v1/programs", headers={"traceparent": bad})
        assert TRACE not in begun.headers["traceparent"]


async def test_an_edit_names_the_version_that_it_edits(clinic: Clinic) -> None:
    """428 without If-Match, 412 when stale, 304 for who has it already."""
    client = clinic.client()
    made = await clinic.post("/v1/participants", {"reference": "a"})
    path, tag = made.headers["location"], made.headers["etag"]
    assert path == f"/v1/participants/{made.json()['id']}"
    assert_problem(await client.patch(path, json={"name": "B"}), 428, "precondition_required")
    changed = await client.patch(path, json={"name": "B"}, headers={"if-match": tag})
    assert (changed.status_code, changed.json()["name"]) == (200, "B")
    assert_problem(
        await client.patch(path, json={"name": "C"}, headers={"if-match": tag}), 412, "precondition_failed"
    )
    assert_problem(
        await client.patch(path, json={}, headers={"if-match": f"W/{changed.headers['etag']}"}),
        412,
        "precondition_failed",
    )
    assert_problem(await client.patch(path, json={}, headers={"if-match": "bare"}), 400, "malformed")
    both = await client.patch(
        path, json={"name": "D"}, headers={"if-match": f"{tag}, {changed.headers['etag']}"}
    )
    assert both.status_code == 200
    assert (await client.patch(path, json={"name": "E"}, headers={"if-match": "*"})).status_code == 200
    read = await client.get(path)
    known = await client.get(path, headers={"if-none-match": f'"x", {read.headers["etag"]}'})
    assert (known.status_code, known.content) == (304, b"")
    assert (await client.get(path, headers={"if-none-match": tag})).status_code == 200


async def test_a_reward_s_tag_shows_its_stock_and_its_edit_needs_only_its_version(clinic: Clinic) -> None:
    """A cached shelf is never stale, and a sale does not spoil an edit."""
    client = clinic.client()
    new = {"name": "Mug", "unit": "usd", "price": 1, "kind": "item", "category": "leisure", "stock": 5}
    made = await clinic.post("/v1/rewards", new)
    path, tag = made.headers["location"], made.headers["etag"]
    await client.post(f"{path}/stock", json={"change": 1, "reason": "found one"})
    assert (await client.get(path, headers={"if-none-match": tag})).json()["stock"] == 6
    assert (await client.patch(path, json={"price": 2}, headers={"if-match": tag})).status_code in {200, 412}


async def test_a_list_goes_on_where_its_page_ended(clinic: Clinic) -> None:
    """Following `Link` sees each item once, with the filters kept."""
    for number in range(7):
        await clinic.post("/v1/participants", {"reference": f"a-{number}"})
    seen, path = [], "/v1/participants?limit=3"
    for _ in range(3):
        page = await clinic.client().get(path)
        seen += [one["reference"] for one in page.json()["items"]]
        if "link" not in page.headers:
            assert page.json()["next_cursor"] is None
            break
        link = page.headers["link"]
        assert link.startswith("<")
        assert link.endswith('>; rel="next"')
        path = link[1:].split(">", 1)[0]
        assert "limit=3" in path
    assert seen == [f"a-{number}" for number in reversed(range(7))]


async def test_every_post_honors_its_key(clinic: Clinic) -> None:
    """The first answer again, with its status; another body or path under the key is a conflict."""
    first = await clinic.post("/v1/participants", {"reference": "a"}, idempotency_key="x" * 255)
    again = await clinic.post("/v1/participants", {"reference": "a"}, idempotency_key="x" * 255)
    assert (again.status_code, again.headers["idempotent-replayed"], again.json()) == (
        201,
        "true",
        first.json(),
    )
    assert again.headers["location"] == first.headers["location"]
    assert again.headers["etag"] == first.headers["etag"]
    other = await clinic.post("/v1/participants", {"reference": "b"}, idempotency_key="x" * 255)
    assert_problem(other, 422, "idempotency_conflict")
    assert_problem(
        await clinic.post("/v1/keys", {"role": "auditor"}, idempotency_key="x" * 255),
        422,
        "idempotency_conflict",
    )
    assert_problem(await clinic.post("/v1/redemptions", {}), 400, "idempotency_key_required")


async def test_head_and_options_are_as_they_should_be(clinic: Clinic) -> None:
    """HEAD is GET without the body; OPTIONS lists the methods."""
    client = clinic.client()
    got, head = await client.get("/v1/programs"), await client.head("/v1/programs")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == got.headers["content-length"]
    options = await client.options("/v1/participants/x")
    assert (options.status_code, options.headers["allow"]) == (204, "GET, HEAD, OPTIONS, PATCH")


async def test_every_answer_has_the_headers_that_protect(clinic: Clinic) -> None:
    """Personal data is not stored on the way, and nothing is sniffed or framed."""
    for path in ("/v1/participants", "/v1/nothing", "/livez", "/docs"):
        answer = await clinic.client().get(path)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        if path.startswith("/v1"):
            assert answer.headers["cache-control"] == "no-store"


async def test_each_refusal_s_type_leads_to_its_explanation(clinic: Clinic) -> None:
    """The closed list and the table of meanings are one; each has its page."""
    assert set(CODES) == set(MEANINGS)
    async with httpx.AsyncClient(base_url=clinic.url) as anyone:
        for code in CODES:
            page = await anyone.get(f"/problems/{code}")
            assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
            assert MEANINGS[code].title in page.text
        assert (await anyone.get("/problems/nonsense")).status_code == 404


async def test_the_pages_load_nothing_from_elsewhere(clinic: Clinic) -> None:
    """Only the reference page has scripts, and its looser policy holds for nothing else."""
    async with httpx.AsyncClient(base_url=clinic.url) as anyone:
        for path in ("/docs", "/problems/not_found"):
            answer = await anyone.get(path)
            policy = answer.headers["content-security-policy"]
            assert ("script-src 'self'" in policy) is (path == "/docs")
            assert ("unsafe-inline" in policy) is (path == "/docs")
            assert "script-src 'unsafe" not in policy
            page = answer.text
            assert ("<script" in page) is (path == "/docs")
            assert re.findall(r"<script(?! src=\"/docs/[a-z0-9.-]+\"></script>)", page) == []
            assert re.findall(r"(?:src|href|action|data|poster)\s*=\s*[\"']?\s*(?:https?:)?//", page) == []
            assert "url(" not in page
            assert "@import" not in page
        for path in (
            "/openapi.json",
            "/docs.css",
            "/docs/openapi.json",
            "/docs/reference.js",
            "/docs/nothing.js",
        ):
            assert "script-src" not in (await anyone.get(path)).headers["content-security-policy"]
        assert (await anyone.get("/docs.css")).headers["content-type"].startswith("text/css")


@pytest.mark.parametrize("path", ["/openapi.json", "/docs/openapi.json", f"/docs/{SCRIPT.stem}"])
async def test_large_documents_are_sent_with_gzip_on_request(clinic: Clinic, path: str) -> None:
    """The same content either way, and caches are told that there are two."""
    async with httpx.AsyncClient(base_url=clinic.url) as anyone:
        plain = await anyone.get(path, headers={"accept-encoding": "identity"})
        packed = await anyone.get(path, headers={"accept-encoding": "br, gzip"})
    assert (plain.status_code, packed.status_code) == (200, 200)
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert plain.headers["vary"] == packed.headers["vary"] == "accept-encoding"
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 3
    assert packed.content == plain.content


async def test_vendored_reference_script_is_served_unchanged(clinic: Clinic) -> None:
    """What is served is what the license names, and may be kept for ever."""
    named = re.search(r"^[0-9a-f]{64}$", SCRIPT.with_name("license.txt").read_text(), re.MULTILINE)
    assert named is not None
    async with httpx.AsyncClient(base_url=clinic.url) as anyone:
        served = await anyone.get(f"/docs/{SCRIPT.stem}")
    assert sha256(served.content).hexdigest() == named[0]
    assert "immutable" in served.headers["cache-control"]


async def test_metrics_hold_templates_and_never_ids(server: Server, clinic: Clinic) -> None:
    """A label has few values, and none of them says who."""
    made = await clinic.post("/v1/participants", {"reference": "a"})
    await clinic.get(made.headers["location"])
    await clinic.get("/v1/nothing/at/all")
    text = await server.metrics()
    assert 'route="/v1/participants/{participant}"' in text
    assert made.json()["id"] not in text
    assert "/v1/nothing" not in text


async def test_a_program_is_taken_as_json_and_as_yaml(clinic: Clinic) -> None:
    """Both say the same: the second is found, not made."""
    document = {
        "name": "two-forms",
        "title": "Two forms",
        "unit": "points",
        "weeks": 1,
        "targets": [
            {
                "name": "a",
                "behavior": "homework",
                "phases": [{"weeks": [1, 1], "earn": {"type": "flat", "amount": 5}}],
            }
        ],
    }
    tried = await clinic.client().post("/v1/programs?dry_run=true", json=document)
    assert tried.status_code == 200, tried.text
    assert (await clinic.get("/v1/programs/two-forms")).status_code == 404
    made = await clinic.post("/v1/programs", document)
    assert (made.status_code, made.json()["version"]) == (201, 1)
    yaml = {"content-type": "application/yaml; charset=utf-8"}
    found = await clinic.client().post("/v1/programs", content=json.dumps(document).encode(), headers=yaml)
    assert (found.status_code, found.json()) == (200, made.json())
    document["weeks"] = 0
    faulty = await clinic.post("/v1/programs", document)
    assert_problem(faulty, 422, "program_faulty")
    assert faulty.json()["errors"][0]["pointer"] == "$.weeks"
    deep = await clinic.client().post("/v1/programs", content=b"[" * 100_000, headers=yaml)
    assert_problem(deep, 422, "program_faulty")
    nul = await clinic.post("/v1/programs", {**document, "weeks": 1, "title": "a\0b"})
    assert nul.status_code == 422
    read = await clinic.get("/v1/programs/two-forms/versions/1", "integration")
    assert read.json() == made.json()
    assert read.headers["etag"]
