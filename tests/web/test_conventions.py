"""What users of good HTTP APIs expect: problems, traces, tags, pages, bounds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import httpx
import pytest

from service.web.answers import CODES, MEANINGS

if TYPE_CHECKING:
    from conftest import Clinic

JSON = {"content-type": "application/json"}
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


async def send(clinic: Clinic, body: bytes, path: str = "/v1/participants", **headers: str) -> httpx.Response:
    """Post bytes as they are."""
    return await clinic.client().post(path, content=body, headers={**JSON, **headers})


def assert_problem(answer: httpx.Response, status: int, code: str) -> None:
    """Hold an answer against the one shape that refusals have."""
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    problem = answer.json()
    assert set(problem) == {"type", "title", "status", "detail", "instance", "code", "errors", "trace_id"}
    assert (problem["code"], problem["status"], problem["type"]) == (code, status, f"/problems/{code}")
    assert problem["trace_id"] in answer.headers["traceparent"]
    assert "?" not in problem["instance"]
    assert answer.headers["cache-control"] == "no-store"


async def test_what_litestar_refuses_has_our_shape(clinic: Clinic) -> None:
    """Unknown paths and methods are problems like any other, and say nothing of the query."""
    client = clinic.client()
    assert_problem(await client.get("/v1/nothing?name=Ann"), 404, "not_found")
    assert_problem(await client.put("/v1/events"), 405, "method_not_allowed")
    assert (await client.put("/v1/events")).headers["allow"] == "GET, HEAD, OPTIONS, POST"
    assert_problem(await client.request("PURGE", "/v1/events"), 405, "method_not_allowed")
    assert_problem(await client.get("/v1/participants?name=Ann&x=1"), 422, "invalid")
    assert_problem(await client.get("/v1/programs/table"), 405, "method_not_allowed")


@pytest.mark.parametrize(
    ("body", "status", "code", "pointer"),
    [
        (b"", 400, "malformed", None),
        (b"{", 400, "malformed", None),
        (b'{"reference": "\xff"}', 400, "malformed", None),
        (b'{"reference": "\\ud800"}', 400, "malformed", None),
        (b"\xef\xbb\xbf{}", 400, "malformed", None),
        (b"[" * 200_000, 422, "invalid", "$"),
        (b'{"reference":' + b"[" * 200_000, 422, "invalid", "$.reference"),
        (b"[]", 422, "invalid", "$"),
        (b"{}", 422, "invalid", "$.reference"),
        (b'{"reference": 1}', 422, "invalid", "$.reference"),
        (b'{"reference": ' + b"9" * 5000 + b"}", 422, "invalid", "$.reference"),
        (b'{"reference": ""}', 422, "invalid", "$.reference"),
        (b'{"reference": "a", "surprise": 1}', 422, "invalid", "$.surprise"),
        (b'{"reference": "a", "name": "b\\u0000c"}', 422, "invalid", "$.name"),
        (b'{"reference": "a", "email": "nobody"}', 422, "invalid", "$.email"),
        (b'{"reference": "a", "language": "fr"}', 422, "invalid", "$.language"),
        (b'{"reference": "' + b"x" * 5_000_000 + b'"}', 413, "too_large", None),
    ],
    ids=lambda value: repr(value)[:40],
)
async def test_a_bad_body_is_a_problem_at_its_place(
    clinic: Clinic, body: bytes, status: int, code: str, pointer: str | None
) -> None:
    """Whatever is sent, the answer says what is wrong and where."""
    answer = await send(clinic, body)
    assert_problem(answer, status, code)
    if pointer is not None:
        assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]


async def test_a_backslash_before_u0000_is_a_text_like_any_other(clinic: Clinic) -> None:
    """Only the character itself is refused, not six letters that look like it."""
    answer = await send(clinic, b'{"reference": "a", "name": "b\\\\u0000c"}')
    assert (answer.status_code, answer.json()["name"]) == (201, "b\\u0000c")


async def test_other_media_are_415_and_406(clinic: Clinic) -> None:
    """A form is no JSON, and who wants only pictures gets none."""
    answer = await clinic.client().post("/v1/participants", data={"reference": "a"})
    assert_problem(answer, 415, "unsupported_media_type")
    assert_problem(await send(clinic, b"{}", accept="image/png"), 406, "not_acceptable")
    for accept in ("*/*", "application/*", "text/html, application/json;q=0.9"):
        assert (await clinic.client().get("/v1/programs", headers={"accept": accept})).status_code == 200


@pytest.mark.parametrize("years", ["0001-01-01", "9999-12-31"])
async def test_the_ends_of_the_calendar_are_no_crash(clinic: Clinic, years: str) -> None:
    """A day or a time so far off is a slip, and is said to be one."""
    at = f"{years}T00:00:00+14:00" if years < "1" else f"{years}T23:59:59-14:00"
    event = {"participant_reference": "a", "behavior": "test", "outcome": "negative", "occurred_at": at}
    assert_problem(await clinic.post("/v1/events", event), 422, "invalid")
    some = "019cb012-7d40-7000-8000-000000000001"
    new = {"participant": some, "program": "p", "starts_on": years}
    assert_problem(await clinic.post("/v1/enrollments", new), 422, "invalid")
    assert_problem(await clinic.get("/v1/events", since=at), 422, "invalid")
    assert_problem(await clinic.get(f"/v1/enrollments/{some}/outlook", on=years), 422, "invalid")


@pytest.mark.parametrize(
    "query",
    [
        "limit=0", "limit=201", "limit=a", "limit=1.5", "limit=1&limit=2", "limit=", "cursor=!", "cursor=",
        "participant=x", "since=2026-01-01", "since=yesterday", "reference=a", "%00=1", "participant=%00",
        "participant=%ff", "limit=99999999999999999999", "null", "since=null",
    ],
)  # fmt: skip
async def test_a_bad_query_is_invalid(clinic: Clinic, query: str) -> None:
    """Every parameter has its bounds; an unknown one is a slip that would otherwise widen the list."""
    answer = await clinic.client().get(f"/v1/events?{query}")
    assert_problem(answer, 422, "invalid")
    assert answer.json()["errors"]


@pytest.mark.parametrize(
    "path",
    [
        "/v1/participants/zzz", "/v1/participants/019cb0127d4070008000000000000001",
        "/v1/participants/%00", "/v1/programs/NOT-A-SLUG", "/v1/programs/%F0%28", "/v1/programs/a/versions/0",
        "/v1/programs/a/versions/x", "/v1/programs/a/versions/99999999999999999999999", "/v1/programs/a%00b",
    ],
)  # fmt: skip
async def test_an_id_that_cannot_be_one_is_not_found(clinic: Clinic, path: str) -> None:
    """A path names something or it does not."""
    assert_problem(await clinic.client().get(path), 404, "not_found")


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
    assert_problem(await client.patch(path, json={"name": "C"}, headers={"if-match": tag}), 412, "precondition_failed")
    assert_problem(await client.patch(path, json={}, headers={"if-match": f"W/{changed.headers['etag']}"}), 412, "precondition_failed")
    assert_problem(await client.patch(path, json={}, headers={"if-match": "bare"}), 400, "malformed")
    both = await client.patch(path, json={"name": "D"}, headers={"if-match": f'{tag}, {changed.headers["etag"]}'})
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


@pytest.mark.parametrize("key", ["", "a b", '"', "é", "x" * 256, '"a"b"', "a\tb"])
async def test_a_malformed_key_is_said_to_be_one(clinic: Clinic, key: str) -> None:
    """1 to 255 visible ASCII characters, bare or quoted."""
    answer = await clinic.client().post(
        "/v1/participants", content=b'{"reference": "a"}', headers={**JSON, "idempotency-key": key.encode("latin-1")}
    )
    assert_problem(answer, 400, "idempotency_key_malformed")


async def test_every_post_honors_its_key(clinic: Clinic) -> None:
    """The first answer again, with its status; another body or path under the key is a conflict."""
    first = await clinic.post("/v1/participants", {"reference": "a"}, idempotency_key="x" * 255)
    again = await clinic.post("/v1/participants", {"reference": "a"}, idempotency_key="x" * 255)
    assert (again.status_code, again.headers["idempotent-replayed"], again.json()) == (201, "true", first.json())
    assert again.headers["location"] == first.headers["location"]
    other = await clinic.post("/v1/participants", {"reference": "b"}, idempotency_key="x" * 255)
    assert_problem(other, 422, "idempotency_conflict")
    assert_problem(await clinic.post("/v1/keys", {"role": "auditor"}, idempotency_key="x" * 255), 422, "idempotency_conflict")
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
    """The contract for people is served whole, without script."""
    async with httpx.AsyncClient(base_url=clinic.url) as anyone:
        for path in ("/", "/docs"):
            page = (await anyone.get(path)).text
            assert "<script" not in page
            assert "http://" not in page.replace("http://www.w3.org", "")
            assert "https://" not in page
        assert (await anyone.get("/docs.css")).headers["content-type"].startswith("text/css")


async def test_metrics_hold_templates_and_never_ids(clinic: Clinic) -> None:
    """A label has few values, and none of them says who."""
    made = await clinic.post("/v1/participants", {"reference": "a"})
    await clinic.get(made.headers["location"])
    await clinic.get("/v1/nothing/at/all")
    text = (await clinic.client().get("/metrics")).text
    assert 'route="/v1/participants/{participant}"' in text
    assert made.json()["id"] not in text
    assert "/v1/nothing" not in text


async def test_a_program_is_taken_as_json_and_as_yaml(clinic: Clinic) -> None:
    """Both say the same: the second is found, not made."""
    document = {
        "name": "two-forms", "title": "Two forms", "unit": "points", "weeks": 1,
        "targets": [{"name": "a", "behavior": "homework", "phases": [{"weeks": [1, 1], "earn": {"type": "flat", "amount": 5}}]}],
    }  # fmt: skip
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
