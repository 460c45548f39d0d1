"""Whatever is sent, the answer says what is wrong and where, and nothing breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import msgspec
import pytest

from service.core.refusals import Refused
from service.web.api.routes import ROUTES
from service.web.contract.examples import BODIES
from service.web.http.decoding import shape
from tests.web.conftest import assert_problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.web.http.route import Route
    from tests.web.conftest import Clinic

JSON = {"content-type": "application/json"}


async def send(clinic: Clinic, body: bytes, path: str = "/v1/participants", **headers: str) -> httpx.Response:
    """Post bytes as they are."""
    return await clinic.client().post(path, content=body, headers={**JSON, **headers})


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


@pytest.mark.parametrize(
    ("path", "asked", "says"),
    [
        (
            "/v1/events",
            {"cursor": "!"},
            ("not have the form", "`next_cursor` of the page before"),
        ),
        ("/v1/enrollments", {"status": "shut"}, ("This must be one of: `closed`, `open`.",)),
    ],
)
async def test_decoding_faults_are_worded_for_people(
    clinic: Clinic, path: str, asked: dict[str, str], says: tuple[str, ...]
) -> None:
    """No pattern of our own code: what the field is, or which words it takes."""
    (fault,) = (await clinic.get(path, "manager", **asked)).json()["errors"]
    assert all(words in fault["detail"] for words in says)
    assert "regex" not in fault["detail"]


async def test_a_word_or_a_form_deep_in_a_body_is_named_too(clinic: Clinic) -> None:
    """Of a closed list every word is named; of a reference that it has another form."""
    cap = {"per": "decade", "unit": "usd", "amount": 1, "starts_on": "2026-01-01", "reason": "x"}
    fault = (await clinic.post("/v1/caps", cap)).json()["errors"][0]
    assert fault["pointer"] == "$.per"
    assert fault["detail"] == "This must be one of: `day`, `enrollment`, `event`, `month`, `week`, `year`."
    fault = (await clinic.post("/v1/participants", {"reference": "\u0007"})).json()["errors"][0]
    assert fault["detail"].startswith("This text does not have the form that it must have here.")


@pytest.mark.parametrize("years", ["0001-01-01", "1900-12-31", "2200-01-01", "9999-12-31"])
async def test_the_ends_of_the_calendar_are_no_crash(clinic: Clinic, years: str) -> None:
    """What is recorded there is a slip, and is said to be one; what is asked from there is answered."""
    at = f"{years}T00:00:00+14:00" if years < "1901" else f"{years}T23:59:59-14:00"
    event = {"participant_reference": "a", "behavior": "test", "outcome": "negative", "occurred_at": at}
    assert_problem(await clinic.post("/v1/events", event), 422, "invalid")
    some = "019cb012-7d40-7000-8000-000000000001"
    new = {"participant": some, "program": "p", "starts_on": years}
    assert_problem(await clinic.post("/v1/enrollments", new), 422, "invalid")
    for path in ("/v1/events", "/v1/audit"):
        assert (await clinic.get(path, since=at, until=at)).json()["items"] == []
    for path, name in (
        (f"/v1/enrollments/{some}/outlook", "on"),
        (f"/v1/enrollments/{some}/visits", "until"),
        ("/v1/visits", "day"),
        ("/v1/caps", "on"),
    ):
        answer = await clinic.get(path, "manager", **{name: years})
        assert_problem(answer, 422, "invalid")
        assert answer.json()["errors"][0]["pointer"] == name


def dated(kind: msgspec.inspect.Type, place: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The place of every field of a shape that holds a time or a day; none of a list's is judged."""
    if isinstance(kind, msgspec.inspect.Metadata):
        kind = kind.type
    if isinstance(kind, msgspec.inspect.UnionType):
        for one in kind.types:
            yield from dated(one, place)
    elif isinstance(kind, msgspec.inspect.ListType | msgspec.inspect.VarTupleType):
        assert not [*dated(kind.item_type)], "a day in a list is not judged by `far_years`"
    elif isinstance(kind, msgspec.inspect.StructType):
        for field in kind.fields:
            yield from dated(field.type, (*place, field.encode_name))
    elif isinstance(kind, msgspec.inspect.DateType | msgspec.inspect.DateTimeType):
        yield place


def changed(body: Any, place: tuple[str, ...], value: str) -> Any:  # noqa: ANN401  any JSON
    """Put a value into a body, and what is missing on the way to it."""
    if not place:
        return value
    inner = body if isinstance(body, dict) else {}
    return inner | {place[0]: changed(inner.get(place[0]), place[1:], value)}


BODIED = [
    one for one in ROUTES if isinstance(one.body_type, type) and issubclass(one.body_type, msgspec.Struct)
]


@pytest.mark.parametrize("route", BODIED, ids=lambda one: one.name)
def test_no_body_holds_a_day_at_the_end_of_the_calendar(route: Route) -> None:
    """Every route's own example is refused at the place of a far day, whatever its handler remembers."""
    examples = [msgspec.to_builtins(one) for one in BODIES[route.name].values()]
    for place in dated(msgspec.inspect.type_info(route.body_type)):
        # One that has the shape in which the day stands, so that nothing else is wrong.
        example = next((one for one in examples if len(place) == 1 or one.get(place[0])), examples[0])
        for years in ("0001-01-01", "1900-12-31", "2200-01-01", "9999-12-31"):
            now = example
            for name in place:
                now = now.get(name) if isinstance(now, dict) else None
            when = years if len(str(now or "")) <= len(years) else f"{years}T12:00:00Z"
            found = shape(msgspec.json.encode(changed(example, place, when)), route.body_type)
            assert isinstance(found, Refused)
            assert [one.pointer for one in found.faults] == [f"$.{'.'.join(place)}"]


@pytest.mark.parametrize("written", [b"250.0", b"2.5e2", b"25000E-2"])
async def test_a_number_without_a_fraction_is_whole(clinic: Clinic, written: bytes) -> None:
    """JSON has one kind of number; what was left of it after the point would be refused."""
    body = b'{"name": "Mug", "unit": "usd", "price": %b, "kind": "item", "category": "leisure", "stock": 4.0}'
    made = await send(clinic, body % written, "/v1/rewards")
    assert (made.status_code, made.json()["price"]) == (201, 250)
    assert_problem(await send(clinic, body % b"250.5", "/v1/rewards"), 422, "invalid")
    assert_problem(await send(clinic, body % b"1e999", "/v1/rewards"), 422, "invalid")
    program = b'{"name": "a", "title": "A", "unit": "usd", "weeks": 1.0, "targets": []}'
    faults = (await send(clinic, program, "/v1/programs")).json()["errors"]
    assert [one["pointer"] for one in faults] == ["$.targets"]


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=201",
        "limit=a",
        "limit=1.5",
        "limit=1&limit=2",
        "limit=",
        "cursor=!",
        "cursor=",
        "participant=x",
        "since=2026-01-01",
        "since=yesterday",
        "reference=a",
        "%00=1",
        "participant=%00",
        "participant=%ff",
        "limit=99999999999999999999",
        "null",
        "since=null",
    ],
)
async def test_a_bad_query_is_invalid(clinic: Clinic, query: str) -> None:
    """Every parameter has its bounds; an unknown one is a slip that would otherwise widen the list."""
    answer = await clinic.client().get(f"/v1/events?{query}")
    assert_problem(answer, 422, "invalid")
    assert answer.json()["errors"]


@pytest.mark.parametrize(
    "path",
    [
        "/v1/participants/zzz",
        "/v1/participants/019cb0127d4070008000000000000001",
        "/v1/participants/%00",
        "/v1/programs/NOT-A-SLUG",
        "/v1/programs/%F0%28",
        "/v1/programs/a/versions/0",
        "/v1/programs/a/versions/x",
        "/v1/programs/a/versions/99999999999999999999999",
        "/v1/programs/a%00b",
    ],
)
async def test_an_id_that_cannot_be_one_is_not_found(clinic: Clinic, path: str) -> None:
    """A path names something or it does not."""
    assert_problem(await clinic.client().get(path), 404, "not_found")


@pytest.mark.parametrize("key", ["", "a b", '"', "é", "x" * 256, '"a"b"', "a\tb"])
async def test_a_malformed_key_is_said_to_be_one(clinic: Clinic, key: str) -> None:
    """1 to 255 visible ASCII characters, bare or quoted."""
    answer = await clinic.client().post(
        "/v1/participants",
        content=b'{"reference": "a"}',
        headers=httpx.Headers({**JSON, "idempotency-key": key}, encoding="latin-1"),
    )
    assert_problem(answer, 400, "idempotency_key_malformed")
